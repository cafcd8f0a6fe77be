#!/bin/bash
# Runs every benchmark for a moment, so that none rots unseen. Times are not looked at.
set -euo pipefail
export FART_BENCH_SMOKE=1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
for program in "$@"; do
  if ! "./$program" --benchmark_min_time=0.0001 --benchmark_format=json >"$log" 2>&1; then
    cat "$log"
    echo "FAILED: $program"
    exit 1
  fi
  if grep -q '"error_occurred": true' "$log" || ! grep -q '"name": "BM_' "$log"; then
    cat "$log"
    echo "FAILED: $program measured nothing, or went wrong"
    exit 1
  fi
done
