#!/bin/bash
# Runs page_test.py with the libraries that the page's examples open.
set -eu
LD_LIBRARY_PATH="$PWD/tests/ffi/memory/counted:$PWD/tests/ffi/memory/seed" \
  exec python3 -B tests/ffi/memory/page_test.py "$@"
