#!/bin/bash
# Every function that the headers declare is exported by the program and the library, and nothing
# else is by the library; the library of the heap alone has all but those that need programs; the
# headers declare every function that existing extensions and hosts are known to use.
#
#   exports_test.sh FART LIBFART.SO LIBFARTHEAP.SO NEEDS_LANGUAGE.TXT HEADER...
set -euo pipefail
program=$1
library=$2
heap=$3
needs_language=$4
shift 4

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A declaration may break the line behind DART_EXPORT.
cat "$@" | tr '\n' ' ' | grep -oE 'DART_EXPORT [A-Za-z][^;(]*\(' | grep -oE '_?Fart_[A-Za-z0-9_]+ *\($' |
  tr -d ' (' | sort -u >"$work/declared"
exported() { nm -D --defined-only "$1" | awk '{ print $3 }' | sed 's/@.*//' | sort -u; }
exported "$program" | grep -E '^_?Fart_' >"$work/program"
exported "$library" >"$work/library"
exported "$heap" >"$work/heap"
grep -v '^#' "$needs_language" | sort -u >"$work/needs_language"
comm -23 "$work/declared" "$work/needs_language" >"$work/for_heap"

failed=0
report() {
  if [[ -n $2 ]]; then
    printf '%s:\n%s\n' "$1" "$2"
    failed=1
  fi
}
if (($(wc -l <"$work/declared") < 100)); then report "only these functions were found" "$(cat "$work/declared")"; fi
report "declared, not exported by fart" "$(comm -23 "$work/declared" "$work/program")"
report "declared, not exported by libfart.so" "$(comm -23 "$work/declared" "$work/library")"
report "exported by fart, not declared" "$(comm -13 "$work/declared" "$work/program")"
report "exported by libfart.so, not declared" \
  "$(comm -13 "$work/declared" "$work/library" | grep -vE '^(_init|_fini|__asan|__ubsan|__sanitizer|__lsan)' || true)"

report "named in $needs_language, not declared" "$(comm -13 "$work/declared" "$work/needs_language")"
report "needs no language, not exported by libfartheap.so" "$(comm -23 "$work/for_heap" "$work/heap")"
report "exported by libfartheap.so, needs a language or is not declared" \
  "$(comm -13 "$work/for_heap" "$work/heap" | grep -vE '^(_init|_fini|__asan|__ubsan|__sanitizer|__lsan)' || true)"

sort -u >"$work/known" <<'NAMES'
Fart_GetNativeArgument
Fart_IntegerFitsIntoInt64
Fart_IntegerToInt64
Fart_IsError
Fart_IsInteger
Fart_IsString
Fart_NewBoolean
Fart_NewInteger
Fart_NewPersistentHandle
Fart_NewWeakPersistentHandle
Fart_Null
Fart_PropagateError
Fart_SetNativeResolver
Fart_SetReturnValue
Fart_StringToCString
NAMES
report "known, not declared" "$(comm -13 "$work/declared" "$work/known")"
exit "$failed"
