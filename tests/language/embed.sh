#!/bin/bash
# Prints files as C++ raw strings, each followed by a comma.
set -euo pipefail
for file in "$@"; do
  printf 'R"embedded('
  cat "$file"
  printf ')embedded",\n'
done
