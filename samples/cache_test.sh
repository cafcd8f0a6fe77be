#!/bin/bash
# A cache sample prints what its comments promise, plain and with everything moving all the time.
#
#   cache_test.sh PROGRAM [LAST LINE]
set -euo pipefail
expected='page 0: made
page 1: held
page 2: made
page 3: made
page 4: made
page 5: made
page 5: held
page 4: held
page 1: found again
page 0: made
the bookmark is the same page'
if (($# > 1)); then expected+=$'\n'$2; fi
for flags in '' '--gc-stress=1 --verify-heap'; do
  diff <(echo "$expected") <(FART_FLAGS=$flags "$1")
done
