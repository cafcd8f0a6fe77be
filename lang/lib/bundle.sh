#!/bin/sh
# bundle.sh LIBRARY=FILE... -- writes one C++ initialiser {"LIBRARY", "NAME", "TEXT"} for each file.
# The text is all octal escapes: no byte of a source has a meaning to the C++ compiler.
set -eu
for pair in "$@"; do
  library=${pair%%=*}
  file=${pair#*=}
  printf '{"%s", "%s",\n' "$library" "$(basename "$file")"
  od -An -v -to1 "$file" | sed 's/ /\\/g;s/^/"/;s/$/"/'
  printf '},\n'
done
