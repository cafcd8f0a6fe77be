#!/bin/bash
# FART PROGRAM LIBRARY: the program prints what the file beside it says, also when it is collected
# all the time. A library that this system does not have: skipped.
set -euo pipefail
fart=$PWD/$1
program=$2
library=$3

export LD_LIBRARY_PATH=$PWD/samples/ffi
if ! "$fart" samples/ffi/opens.dart "$library"; then
  echo "skipped: there is no $library here"
  exit 0
fi
for flags in "" "--gc-stress=97 --verify-heap"; do
  # shellcheck disable=SC2086
  "$fart" $flags "$program" | diff "${program%.dart}.expected" - ||
    { echo "differs with: fart $flags $program"; exit 1; }
done
