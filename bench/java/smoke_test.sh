#!/bin/bash
# The graph in Java runs and prints what tools/bench reads; nothing to be seen without a JDK.
set -euo pipefail
export FART_BENCH_SMOKE=1

for collector in g1 zgc; do
  status=0
  report=$("$1" "$collector" --benchmark_filter=PauseRun/) || status=$?
  if ((status == 77)); then
    echo "SKIPPED: no JDK with $collector"
    continue
  fi
  if ((status != 0)) || [[ $report != *"\"name\": \"BM_PauseRun/java_$collector/"* ]] ||
    [[ $report = *BM_PauseBuild* ]]; then
    echo "FAILED: $collector answered $status: $report"
    exit 1
  fi
done
