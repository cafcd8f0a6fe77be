#!/bin/bash
# What docs/find-a-leak.md shows of the sample is what the sample prints: each block of text behind a
# comment `output: FLAGS` is printed, line by line, with those flags.
#
#   leaky_test.sh LEAKY find-a-leak.md
set -euo pipefail
leaky=$1
page=$2

shown=0
while IFS= read -r flags; do
  block=$(awk -v wanted="<!-- output: $flags -->" '
    $0 == wanted { found = 1 }
    found && $0 == "```" { exit }
    found && inside { print }
    found && $0 == "```text" { inside = 1 }' "$page")
  [[ -n $block ]] || { echo "nothing is shown for: $flags"; exit 1; }
  printed=$(FART_FLAGS=$flags "$leaky" 2>&1) || { echo "with $flags it ends by $?: $printed"; exit 1; }
  while IFS= read -r line; do
    # Folders differ with who builds; a row's numbers are the same everywhere.
    if ! grep -qF -- "$line" <<<"$printed"; then
      echo "with $flags this is not printed: $line"
      echo "$printed"
      exit 1
    fi
  done <<<"$block"
  shown=$((shown + 1))
done < <(sed -n 's/^<!-- output: \(.*\) -->$/\1/p' "$page")
((shown >= 3)) || { echo "only $shown outputs are shown"; exit 1; }
