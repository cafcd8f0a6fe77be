#!/bin/bash
# docs/knobs.md has a row for each option of `fart`, and none for what is no option.
#
#   knobs_page_test.sh FART PAGE
set -euo pipefail
options=$("$1" --help | grep -o '^  --[a-z-]*' | tr -d ' ' | grep -v '^--version$' | sort)
rows=$(grep -o '^| `--[a-z-]*' "$2" | grep -o -- '--[a-z-]*' | sort -u)
[[ $(wc -l <<<"$options") -gt 15 ]] || { echo "few options: $options"; exit 1; }
diff <(printf '%s\n' "$options") <(printf '%s\n' "$rows") || {
  echo "left: the options of fart; right: the rows of $2"
  exit 1
}
