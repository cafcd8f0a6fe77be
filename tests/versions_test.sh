#!/bin/bash
# Recipes of other builds say the version that the headers have, and Debian's packages share out all
# that is installed, each file to one of them.
#
#   versions_test.sh INSTALL_FILES FART LIBFART.SO LIBFART.A LIBFARTHEAP.SO LIBFARTHEAP.A HEADER...
set -euo pipefail
failed=0
differs() {
  echo "$1"
  failed=1
}
version=$(cmake -P tools/packaging/version.cmake 2>&1)
short=${version%.*}
module=$(sed -n 's/^    version = "\(.*\)",/\1/p' MODULE.bazel)
[[ $module = "$version" ]] || differs "MODULE.bazel has the version '$module', not $version"
python3 -c 'import ast, sys; ast.parse(open("MODULE.bazel").read())'
debian=$(sed -n '1s/^fart (\(.*\)) .*/\1/p' debian/changelog)
[[ $debian = "$version" ]] || differs "debian/changelog has the version '$debian', not $version"
for package in libfart libfartheap; do
  grep -qx "Package: $package$short" debian/control || differs "debian/control has no $package$short"
  [[ -s debian/$package$short.install ]] || differs "there is no debian/$package$short.install"
done

# ---- What is installed belongs to one package.
prefix=$TEST_TMPDIR/usr
"$1" "$prefix" "${@:2}"
cd "$TEST_TMPDIR"
# Debian has the libraries in a folder for each architecture.
mkdir multiarch
mv usr/lib multiarch/some-linux
mv multiarch usr/lib
find usr ! -type d ! -path 'usr/share/doc/*' | sort >installed
for list in "$OLDPWD"/debian/*.install; do
  while read -r pattern; do
    compgen -G "$pattern" || differs "${list##*/}: nothing is installed as $pattern" >&2
  done <"$list"
done | sort >packed
while read -r found; do find "$found" ! -type d; done <packed | sort >packed_files
diff installed packed_files || differs "left: what is installed; right: what debian/*.install take"

# ---- With the packages' own tools, where they are: the whole build is `dpkg-buildpackage -b`.
if command -v dpkg-parsechangelog >/dev/null; then
  parsed=$(dpkg-parsechangelog -l "$OLDPWD/debian/changelog" -S Version)
  [[ $parsed = "$version" ]] || differs "dpkg-parsechangelog reads the version '$parsed'"
else
  echo "versions_test: no dpkg-dev here, so debian/changelog was not parsed"
fi
exit "$failed"
