#!/bin/bash
# FART PROGRAM.dart: the program prints what the file beside it says, also when it is collected all the time.
set -euo pipefail
fart=$1
program=$2
for flags in "" "--gc-stress=23 --verify-heap"; do
  # shellcheck disable=SC2086
  "$fart" $flags "$program" | diff "${program%.dart}.expected" - ||
    { echo "differs with: fart $flags $program"; exit 1; }
done
