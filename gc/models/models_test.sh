#!/bin/bash
# Each model holds in every state that it can come to, and with any one of its mutants it does not.
#
#   models_test.sh FOLDER-OF-MODELS
#
# By hand: `spin -run beside.pml`, with a mutant `spin -DMUTANT_NO_BARRIER -run beside.pml`, and then
# `spin -p -t -DMUTANT_NO_BARRIER beside.pml` for the steps that lead to the mistake.
set -euo pipefail
models=$PWD/$1
cd "$TEST_TMPDIR"
failed=0

# explore MODEL [FLAG]: what the search of all states says.
explore() {
  spin ${2:+"$2"} -a "$models/$1.pml"
  cc -O1 -w -DSAFETY -o pan pan.c
  ./pan -m2000000
}

# Mutants are those that a model asks for: none can be forgotten here.
mutants_of() { grep -o 'MUTANT_[A-Z_]*' "$models/$1.pml" | sort -u; }

for path in "$models"/*.pml; do
  model=$(basename "$path" .pml)
  said=$(explore "$model")
  # A search that was cut off, or came to few states, has shown nothing.
  states=$(sed -n 's/^ *\([0-9]*\) states, stored$/\1/p' <<<"$said")
  if ! grep -q 'errors: 0' <<<"$said" || grep -q 'search not completed\|max search depth' <<<"$said" ||
    ((${states:-0} < 10000)); then
    echo "$model does not hold, or was not searched: $said"
    failed=1
  fi
  mutants=$(mutants_of "$model")
  if (($(wc -w <<<"$mutants") < 4)); then
    echo "$model has few mutants: $mutants"
    failed=1
  fi
  for mutant in $mutants; do
    if ! grep -q 'assertion violated' <<<"$(explore "$model" "-D$mutant")"; then
      echo "$model: $mutant was not noticed"
      failed=1
    fi
  done
  echo "$model: ${states:-0} states, $(wc -w <<<"$mutants") mutants"
done
exit "$failed"
