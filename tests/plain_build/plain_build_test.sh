#!/bin/bash
# An extension that is built outside of Bazel, by the commands that its author knows, runs.
#
#   plain_build_test.sh FART DART_API.H FOLDER-OF-SOURCES
set -euo pipefail
fart=$PWD/$1
include=$PWD/$(dirname "$2")
sources=$PWD/$3

cd "$TEST_TMPDIR"
cp "$sources"/*.dart .
g++ -fPIC -I"$include" -DDART_SHARED_LIB -c "$sources/stdlib_numbers.cc"
gcc -shared -Wl,-soname,libstdlib_numbers.so -o libstdlib_numbers.so stdlib_numbers.o

# A handle of the wrong type propagates an api error, which discards the Fart frames.
expected='1235
[true, true, false, false, false, false]'
for flags in '' '--gc-stress=1 --verify-heap'; do
  status=0
  # From another folder, so that the extension is found beside its importer only.
  # shellcheck disable=SC2086
  printed=$(cd / && "$fart" $flags "$TEST_TMPDIR/main.dart" 2>"$TEST_TMPDIR/errors") || status=$?
  if [[ $printed != "$expected" || $status != 255 ]]; then
    echo "exit code $status: $printed"
    cat errors
    exit 1
  fi
  grep -q "expects argument 'str' to be of type String" errors
done
