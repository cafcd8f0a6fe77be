#!/bin/sh
# library_names.sh FILE... -- the public names that Fart sources declare or call, each as a C++ string
# literal and a comma: library_names.inc of the sources in lang/lib. (tests/library_names_test.sh
# fails when it is not.) What would not come back, or prints, is left out.
set -eu
left_out='if|for|while|switch|catch|return|assert|print|super|this|new|spawn'
{
  sed -E 's/[A-Za-z0-9_]*_[a-zA-Z0-9]*\(/ /g' "$@" | grep -oE '[a-zA-Z][A-Za-z0-9]*\(' | tr -d '('
  grep -ohE '(get|set) [a-zA-Z][A-Za-z0-9]*' "$@" | sed 's/.* //'
  grep -ohE '^  final [A-Za-z<>]+ [a-z][A-Za-z0-9]*;' "$@" | sed 's/.* //;s/;//'
} | grep -vxE "$left_out" | grep -E '^[a-z]' | LC_ALL=C sort -u | sed 's/.*/"&",/'
