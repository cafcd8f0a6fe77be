#!/bin/bash
# The pages of the guide do what they say: their files compile, their commands print what stands below
# them (guide_page.py). So do the two beside it that begin with a sample of their own: it is built by the
# command that stands there.
#
#   guide_test.sh GUIDE_PAGE.PY INSTALL_FILES FART LIBFART.SO LIBFART.A LIBFARTHEAP.SO LIBFARTHEAP.A HEADER...
set -euo pipefail
reader=$1
prefix=$TEST_TMPDIR/prefix
"$2" "$prefix" "${@:3}"
status=0
pages=0
for page in docs/guide/*.md; do
  if [[ $page = */README.md ]]; then continue; fi
  pages=$((pages + 1))
  python3 "$reader" "$prefix" "$PWD/$page" || { echo "^ $page"; status=1; }
done
((pages >= 5)) || { echo "only $pages pages"; exit 1; }

# build_sample PAGE: by the page's one command of a plain compiler, in the folder of the samples.
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
build_sample() {
  local command
  command=$(grep -E '^    c(c|\+\+) .* -o [a-z]+$' "$1") || { echo "$1 builds nothing"; return 1; }
  (cd "$TEST_TMPDIR/beside" && bash -euc "${command//PREFIX/$prefix}")
}
mkdir "$TEST_TMPDIR/beside"
cp -rL samples "$TEST_TMPDIR/beside"
build_sample docs/find-a-leak.md || status=1
samples/leaky/leaky_test.sh "$TEST_TMPDIR/beside/leaky" docs/find-a-leak.md || status=1
build_sample docs/write-an-interpreter.md || status=1
[[ $("$TEST_TMPDIR/beside/lisp" samples/lisp/fib.lisp 20) = 6765 ]] || { echo "no Lisp"; status=1; }
exit "$status"
