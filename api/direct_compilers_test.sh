#!/bin/bash
# fart_direct_api.h is clean for every compiler, language and set of flags that a host may have.
#
#   direct_compilers_test.sh FART_DIRECT_API.H PROGRAM.c PROGRAM.cc
set -euo pipefail
include=$(dirname "$1")
c_program=$2
cpp_program=$3
careful=(-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wundef -Werror)
failed=0
tried=0

# compiles PROGRAM COMPILER FLAG...
compiles() {
  local checks
  local program=$1
  shift
  for checks in '' -DFART_DIRECT_CHECKS; do
    tried=$((tried + 1))
    # shellcheck disable=SC2086
    if ! "${@:1:1}" -O1 "${@:2}" -I"$include" "${careful[@]}" $checks -c -o "$TEST_TMPDIR/object.o" "$program"; then
      echo "$* $checks"
      failed=1
    fi
  done
}

for family in gcc:g++ clang:clang++; do
  c=${family%:*}
  cpp=${family#*:}
  if ! command -v "$c" >/dev/null; then continue; fi
  for standard in c11 c17 gnu11; do
    compiles "$c_program" "$c" -std="$standard" -Wstrict-prototypes
  done
  compiles "$c_program" "$c" -std=c11 -fexceptions
  compiles "$c_program" "$c" -std=c11 -O3
  compiles "$c_program" "$c" -std=c11 -O0
  compiles "$c_program" "$c" -std=c11 -fno-unwind-tables -fno-asynchronous-unwind-tables
  for standard in c++17 c++20; do
    compiles "$c_program" "$cpp" -x c++ -std="$standard" -Wold-style-cast
    compiles "$c_program" "$cpp" -x c++ -std="$standard" -Wold-style-cast -fno-exceptions -fno-rtti
    compiles "$cpp_program" "$cpp" -std="$standard" -Wold-style-cast
  done
done
if ((tried < 18)); then
  echo "only $tried compilations"
  failed=1
fi
exit "$failed"
