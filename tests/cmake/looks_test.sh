#!/bin/bash
# What a libfartheap exports that was built with or without looks into the heap: each function that
# the headers declare and that needs no program, but for those that look. And how large it may be, where
# somebody says so: bytes after `strip`.
#
#   looks_test.sh ON|OFF LIBFARTHEAP.SO TREE [BYTES]
set -euo pipefail
looks=$1 library=$2 tree=$3 most=${4:-}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat "$tree"/api/include/*.h | tr '\n' ' ' | grep -oE 'DART_EXPORT [A-Za-z][^;(]*\(' |
  grep -oE '_?Fart_[A-Za-z0-9_]+ *\($' | tr -d ' (' | sort -u >"$work/declared"
(($(wc -l <"$work/declared") >= 100)) || { echo "only these functions were found:"; cat "$work/declared"; exit 1; }
missing=("$tree/tools/packaging/needs_language.txt")
[[ $looks = ON ]] || missing+=("$tree/tools/packaging/needs_looks.txt")
cat "${missing[@]}" | grep -v '^#' | sort -u >"$work/missing"
comm -23 "$work/declared" "$work/missing" >"$work/expected"
nm -D --defined-only "$library" | awk '{ print $3 }' | sed 's/@.*//' | grep -E '^_?Fart_' | sort -u >"$work/exported"
diff -u "$work/expected" "$work/exported"

if [[ -n $most ]]; then
  strip -o "$work/stripped" "$library"
  size=$(stat -c %s "$work/stripped")
  echo "$size bytes, at most $most"
  ((size <= most))
fi
