#!/bin/bash
# FART LIST.dart: lists a directory of known contents, also when every allocation collects.
set -euo pipefail
fart=$1
program=$2

if [[ $(uname -m) != x86_64 ]]; then echo "skipped: the structs are those of x86-64"; exit 0; fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
printf 'twelve bytes' >"$folder/a file"
: >"$folder/empty"
: >"$folder/.hidden"
ln -s empty "$folder/link"
mkdir "$folder/sub"
expected='file            12  a file
file             0  empty
link             5  link'
for flags in "" "--gc-stress=1 --verify-heap"; do
  # shellcheck disable=SC2086
  listed=$("$fart" $flags "$program" "$folder")
  diff <(echo "$expected") <(head -n 3 <<<"$listed")
  tail -n 1 <<<"$listed" | grep -Eq '^directory +[0-9]+  sub$'
  # shellcheck disable=SC2086
  "$fart" $flags "$program" "$folder/none" | grep -q "none cannot be opened: errno 2$"
done
