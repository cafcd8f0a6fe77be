#!/bin/bash
# Runs each listing and compares what it prints. What --ffi-checked says of them is for people.
set -u
here=tests/ffi/memory/seed
export LD_LIBRARY_PATH="$PWD/$here"
errors=$TEST_TMPDIR/errors
failed=0

expect() {
  local printed
  printed=$(./fart $3 "$here/$1.dart" 2>"$errors")
  if [[ $3 != --ffi-checked ]]; then printed+=$(cat "$errors"); fi
  if [[ "$printed" != "$2" ]]; then
    printf '%s %s prints\n%s\nand not\n%s\n' "$1" "$3" "$printed" "$2"
    failed=1
  fi
}

for flags in "" "--gc-stress=1 --verify-heap" "--ffi-checked"; do
  expect hello_world "Hello World" "$flags"
  expect hello_world_in_main "Hello World" "$flags"
  expect allocate "native" "$flags"
  expect allocator_class "42" "$flags"
done
exit $failed
