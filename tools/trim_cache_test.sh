#!/bin/bash
# The entries written longest ago go, no more of them than must.
set -euo pipefail

FART_CACHE=$(mktemp -d)
export FART_CACHE
trap 'rm -rf "$FART_CACHE"' EXIT
mkdir "$FART_CACHE/cas"
for age in 1 2 3 4; do
  head -c 1000000 /dev/urandom >"$FART_CACHE/cas/$age"
  touch -d "$age hours ago" "$FART_CACHE/cas/$age"
done

expect() {
  local found
  found=$(cd "$FART_CACHE/cas" && echo *)
  if [[ $found != "$1" ]]; then
    echo "tools/trim_cache $2: expected the entries $1, found $found" >&2
    exit 1
  fi
}

tools/trim_cache 0.005
expect "1 2 3 4" 0.005
tools/trim_cache 0.0025
expect "1 2" 0.0025
tools/trim_cache 0
expect "*" 0
