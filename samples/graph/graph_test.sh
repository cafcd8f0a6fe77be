#!/bin/bash
# The document is what it has to be: plainly, with everything moving all the time or now and then,
# and with every reference looked at whether it is used too late.
#
#   graph_test.sh GRAPH GRAPH_CHECKED
set -euo pipefail
expected='built: <page><title>Graph</title><list><item n="1">one</item><item n="2">two</item><item n="3">three</item></list></page>
edited: <page><title>Graph</title><list><item n="1">one</item><item colour="red" n="2">2</item><item n="3">three</item></list></page>
removed: <page><title>Graph</title><list><item n="1">one</item><item n="3">three</item></list></page>
undone: <page><title>Graph</title><list><item n="1">one</item><item colour="red" n="2">2</item><item n="3">three</item></list></page>
all undone: <page><title>Graph</title><list><item n="1">one</item><item n="2">two</item><item n="3">three</item></list></page>
400 edits, at most 58 elements
all undone it is the same document
removed, the list is in the history
undone: <page><title>Graph</title><list><item n="1">one</item><item n="2">two</item><item n="3">three</item></list></page>
without a history it is gone
left: <page><title>Graph</title></page>'
for program in "$@"; do
  for flags in '' '--gc-stress=1 --verify-heap' '--gc-stress=3 --verify-heap' \
    '--gc-stress=50 --verify-heap'; do
    diff <(echo "$expected") <(FART_FLAGS=$flags "$program")
  done
done
