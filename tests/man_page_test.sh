#!/bin/bash
# docs/fart.1 describes each option of `fart` and none that there is not, its examples run, and so do those
# of docs/fart_report.1; groff has nothing to say about either, where there is groff.
#
#   man_page_test.sh FART PAGE FART_REPORT PAGE
set -euo pipefail
fart=$PWD/$1
page=$PWD/$2
report=$PWD/$3
report_page=$PWD/$4
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
# examples_of PAGE
examples_of() { sed -n '/^\.EX/,/^\.EE/p' "$1" | grep -v '^\.' | tr -d '\\'; }
examples=$(examples_of "$page")
[[ $(wc -l <<<"$examples") -eq 3 ]]
PATH=$(dirname "$fart"):$PATH bash -eu -o pipefail -c "$examples" >out
diff out - <<<$'2\n42'

# Its first example writes what the second reads; programs are looked for where both are.
mkdir bin
ln -s "$fart" bin/fart
ln -s "$report" bin/fart_report
echo 'main() { var kept = []; for (var i = 0; i < 200000; i++) kept.add(new List(4)); }' >program.dart
examples=$(examples_of "$report_page")
[[ $(wc -l <<<"$examples") -eq 2 ]]
PATH=$PWD/bin:$PATH bash -eu -o pipefail -c "$examples"
for chapter in '<h2>Pauses' '<h2>What the heap holds'; do
  grep -qF "$chapter" report.html || { echo "no chapter $chapter"; exit 1; }
done
for options in -h --help; do "$report" "$options" | grep -q 'fart_report FILE'; done

if command -v groff >/dev/null; then
  for each in "$page" "$report_page"; do
    said=$(groff -man -ww -z "$each" 2>&1)
    [[ -z $said ]] || { echo "$said"; exit 1; }
  done
else
  echo "man_page_test: no groff here, so their form was not checked"
fi
