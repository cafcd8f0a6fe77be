#!/bin/bash
# Where the library was built with <sys/sdt.h>, it has the probes that docs/find-a-leak.md names.
#
#   probes_test.sh LIBFART.SO PAGE
set -euo pipefail
named=$(grep -o '`gc_[a-z_]*' "$2" | tr -d '\`' | sort -u)
[[ $(wc -l <<<"$named") -eq 4 ]] || { echo "the page names these probes: $named"; exit 1; }
has=$(readelf -n "$1" | sed -n '/Provider: fart$/{n;s/ *Name: //p}' | sort -u)
if [[ -z $has ]] && ! echo '#include <sys/sdt.h>' | gcc -E - >/dev/null 2>&1; then
  echo "probes_test: no <sys/sdt.h> here, so there are no probes to look at"
  exit 0
fi
diff <(echo "$named") <(echo "$has") || { echo "left: $2; right: $1"; exit 1; }
