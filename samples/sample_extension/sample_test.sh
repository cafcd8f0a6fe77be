#!/bin/bash
# Runs a sample as it is and with everything moving all the time: the output is the same.
#
#   sample_test.sh FART MAIN.dart LINES LAST_LINE
set -euo pipefail
fart=$1
main=$2
lines=$3
last_line=$4

plain=$("$fart" "$main")
tail -n 1 <<<"$plain" | grep -qx "$last_line"
if (($(wc -l <<<"$plain") != lines)); then echo "not $lines lines: $plain"; exit 1; fi
stressed=$("$fart" --gc-stress=1 --verify-heap "$main")
diff <(echo "$plain") <(echo "$stressed")
