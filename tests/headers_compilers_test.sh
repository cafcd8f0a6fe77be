#!/bin/bash
# Each header alone, and what programs make of them, without warnings: by each compiler that is here, in
# every standard that a host may use.
#
#   headers_compilers_test.sh PROGRAM.c PROGRAM.cc HEADER...
set -euo pipefail
c_program=$1
cpp_program=$2
shift 2
include=$(dirname "$1")
careful=(-fsyntax-only -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wundef -Werror)
failed=0
tried=0

# compiles LANGUAGE PROGRAM COMPILER FLAG...
compiles() {
  tried=$((tried + 1))
  if ! "$3" -x "$1" "${@:4}" -I"$include" "${careful[@]}" "$2"; then
    echo "^ ${*:3}: $2"
    failed=1
  fi
}

# A header that needs another one does not get it here.
unit() {
  printf '#include "%s"\n' "${@:2}"
  echo "int fart_${1}_is_not_empty;"
}
c_headers=()
for header in "$@"; do
  name=${header##*/}
  unit unit "$name" >"$TEST_TMPDIR/$name.unit"
  if [[ $name = *.h ]]; then c_headers+=("$name"); fi
done
unit all "${c_headers[@]}" >"$TEST_TMPDIR/all.c"
unit all "${@##*/}" >"$TEST_TMPDIR/all.cc"

for family in gcc:g++ clang:clang++; do
  c=${family%:*}
  cpp=${family#*:}
  if ! command -v "$c" >/dev/null || ! command -v "$cpp" >/dev/null; then continue; fi
  for header in "${c_headers[@]}"; do
    compiles c "$TEST_TMPDIR/$header.unit" "$c" -std=c11 -Wstrict-prototypes
  done
  for header in "${@##*/}"; do
    compiles c++ "$TEST_TMPDIR/$header.unit" "$cpp" -std=c++17 -Wold-style-cast
  done
  for standard in c11 c17 c2x; do
    for program in "$TEST_TMPDIR/all.c" "$c_program"; do
      compiles c "$program" "$c" -std=$standard -Wstrict-prototypes
    done
  done
  for standard in c++17 c++20 c++2b; do
    for program in "$TEST_TMPDIR/all.cc" "$cpp_program"; do
      compiles c++ "$program" "$cpp" -std=$standard -Wold-style-cast
    done
  done
done
# It would be noticed.
printf '#include "dart_api.h"\nint Narrow(long x) { return (int)x; }\n' >"$TEST_TMPDIR/cast.cc"
if g++ -std=c++17 -Wold-style-cast -I"$include" "${careful[@]}" "$TEST_TMPDIR/cast.cc" 2>/dev/null; then
  echo "a cast of the old style is not noticed"
  failed=1
fi
((tried >= 26)) || { echo "only $tried compilations"; failed=1; }
echo "$tried compilations"
exit "$failed"
