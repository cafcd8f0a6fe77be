#!/bin/bash
# Every row of `growth` is there, with a number in each column.
set -euo pipefail
export FART_BENCH_SMOKE=1

rows=$("./$1" | tail -n +2)
echo "$rows"
if [[ $(wc -l <<<"$rows") -lt 69 ]]; then echo "FAILED: rows are missing"; exit 1; fi
if grep -qvE '^[a-zA-Z0-9.]+( +-?[0-9.]+){7}$' <<<"$rows"; then echo "FAILED: a row is broken"; exit 1; fi
