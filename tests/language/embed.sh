#!/bin/bash
# Prints files as C++ raw strings, each followed by a comma. Left out are those that say that a collection
# every few thousand allocations is too much for them: there it is one every few hundred. So are those that
# import dart:io: changed at random, they would delete other files and end other processes.
set -euo pipefail
for file in "$@"; do
  if grep -q '^// stress-interval: [0-9]\{5\}' "$file"; then continue; fi
  if grep -q "^import 'dart:io'" "$file"; then continue; fi
  printf 'R"embedded('
  cat "$file"
  printf ')embedded",\n'
done
