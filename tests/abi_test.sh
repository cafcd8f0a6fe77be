#!/bin/bash
# The interface is as it was dumped (tools/abi), its versions agree wherever they stand, and the check
# of the dump notices each kind of breach.
#
#   abi_test.sh FART LIBFART.SO LIBFARTHEAP.SO HEADER...
set -euo pipefail
program=$1
include=$TEST_TMPDIR/include
mkdir "$include"
cp -L "${@:4}" "$include/"
packaging=tools/packaging
dump=(python3 -B "$packaging/abi_dump.py")
failed=0
differs() {
  echo "$1"
  failed=1
}

"${dump[@]}" selftest "$include" || failed=1
"${dump[@]}" headers "$include" >"$TEST_TMPDIR/headers.abi"
"${dump[@]}" symbols "$2" >"$TEST_TMPDIR/libfart.abi"
"${dump[@]}" symbols "$3" >"$TEST_TMPDIR/libfartheap.abi"
for kept in headers libfart libfartheap; do
  "${dump[@]}" compare "$packaging/abi/$kept.abi" "$TEST_TMPDIR/$kept.abi" || failed=1
done

# ---- One version: of the headers, in which it stands, and of all that is made of them.

part() { sed -n "s/^#define FART_VERSION_$1 \([0-9]*\)$/\1/p" "$include/dart_api.h"; }
short=$(part MAJOR).$(part MINOR)
version=$short.$(part PATCH)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || differs "the headers have the version '$version'"
[[ $("$program" --version) = "fart $version" ]] || differs "fart --version is not $version"
[[ $(cmake -P "$packaging/version.cmake" 2>&1) = "$version" ]] || differs "CMake's version is not $version"
port=$(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$packaging/vcpkg/vcpkg.json")
[[ $port = "$version" ]] || differs "the port for vcpkg has the version $port, not $version"
newest=$(sed -n 's/^## \([0-9.]*\).*/\1/p' docs/CHANGELOG.md | head -n 1)
[[ $newest = "$version" ]] || differs "docs/CHANGELOG.md begins with '$newest', not with $version"
for library in "$2:libfart:FART" "$3:libfartheap:FARTHEAP"; do
  IFS=: read -r file name node <<<"$library"
  soname=$(readelf -d "$file" | sed -n 's/.*soname: \[\(.*\)\]/\1/p')
  [[ $soname = "$name.so.$short" ]] || differs "$name: the soname is $soname, the version $version"
  nodes=$(nm -D --defined-only --with-symbol-versions "$file" | sed -n 's/.* T _*Fart_[A-Za-z0-9_]*@*//p' | sort -u)
  [[ $nodes = "${node}_$short" ]] || differs "$name: symbols have the versions '$nodes', not ${node}_$short"
done
exit "$failed"
