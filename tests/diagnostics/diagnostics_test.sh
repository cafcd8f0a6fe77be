#!/bin/bash
# FART PROGRAM...: what each mistaken program is told is what the file beside it says, first the exit code. Of a
# long stack trace the beginning counts, and no lines of the libraries. With UPDATE set, the files are written anew.
set -euo pipefail
fart=$PWD/$1
shift
[[ $# -ge 40 ]] || { echo "only $# programs"; exit 1; }
cd "$(dirname "$1")"
differ=0
for program in "$@"; do
  name=$(basename "$program" .dart)
  code=0
  told=$("$fart" "$name.dart" 2>&1) || code=$?
  told=$(printf '%s\n%s' "$code" "$told" | head -n 12 |
    sed -E 's/ *$//; s/\((dart:[^:]*):[0-9]+:[0-9]+\)/(\1)/')
  if [[ -n ${UPDATE:-} ]]; then
    echo "$told" >"$name.expected"
  elif ! diff "$name.expected" <(echo "$told"); then
    echo "left: what $name.dart is to be told; right: what it is told"
    differ=1
  fi
done
exit "$differ"
