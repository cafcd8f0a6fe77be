#!/bin/sh
# bundle.sh FILE... -- writes one C++ initialiser {"LIBRARY", "NAME", Text("TEXT")} for each FILE, which is
# .../LIBRARY/NAME. The text is all octal escapes: no byte of a source has a meaning to the compiler.
set -eu
for file in "$@"; do
  printf '{"%s", "%s", Text(\n' "$(basename "$(dirname "$file")")" "$(basename "$file")"
  od -An -v -to1 "$file" | sed 's/ /\\/g;s/^/"/;s/$/"/'
  printf ')},\n'
done
