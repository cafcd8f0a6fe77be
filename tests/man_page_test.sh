#!/bin/bash
# docs/fart.1 describes each option of `fart` and none that there is not, its examples run, and groff
# has nothing to say about it, where there is groff.
#
#   man_page_test.sh FART PAGE
set -euo pipefail
fart=$PWD/$1
page=$PWD/$2
options=$("$fart" --help | sed -n 's/^  \(-[-a-z,]*\).*/\1/p' | tr , '\n' | sort)
described=$(sed -n '/^\.SH OPTIONS/,/^\.SH EXIT/p' "$page" | grep -A1 '^\.TP' | tr -d '\\' |
  grep -oE -- ' -{1,2}[a-z-]+' | tr -d ' ' | sort)
[[ $(wc -l <<<"$options") -gt 20 ]] || { echo "few options: $options"; exit 1; }
diff <(printf '%s\n' "$options") <(printf '%s\n' "$described") || {
  echo "left: the options of fart; right: those that $2 describes"
  exit 1
}

cd "$TEST_TMPDIR"
echo 'main() {}' >program.dart
examples=$(sed -n '/^\.EX/,/^\.EE/p' "$page" | grep -v '^\.' | tr -d '\\')
[[ $(wc -l <<<"$examples") -eq 3 ]]
PATH=$(dirname "$fart"):$PATH bash -eu -o pipefail -c "$examples" >out
diff out - <<<$'2\n42'

if command -v groff >/dev/null; then
  said=$(groff -man -ww -z "$page" 2>&1)
  [[ -z $said ]] || { echo "$said"; exit 1; }
else
  echo "man_page_test: no groff here, so its form was not checked"
fi
