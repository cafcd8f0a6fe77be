#!/bin/sh
# library_names_test.sh SCRIPT LIST SOURCE... -- the list is what the script makes of the sources.
set -eu
script=$1
list=$2
shift 2
if ! "$script" "$@" | diff "$list" -; then
  echo "Write it anew: fuzz/library_names.sh lang/lib/*/*.dart > fuzz/library_names.inc" >&2
  exit 1
fi
