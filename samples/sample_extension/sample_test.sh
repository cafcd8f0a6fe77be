#!/bin/bash
# Runs the sample as it is and with everything moving all the time: the output is the same.
#
#   sample_test.sh FART MAIN.dart
set -euo pipefail
fart=$1
main=$2

plain=$("$fart" "$main")
tail -n 1 <<<"$plain" | grep -qx 'The same 8 numbers came twice.'
if (($(wc -l <<<"$plain") != 9)); then echo "not 8 numbers: $plain"; exit 1; fi
stressed=$("$fart" --gc-stress=1 --verify-heap "$main")
diff <(echo "$plain") <(echo "$stressed")
