#!/bin/bash
# The pages of the guide do what they say: their files compile, their commands print what stands below
# them (guide_page.py).
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
exit "$status"
