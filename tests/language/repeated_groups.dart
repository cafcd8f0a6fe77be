// A group in a repeated group has what it matched in the last turn, if anything.
groups(String pattern, String text) {
  var match = new RegExp(pattern).firstMatch(text);
  print(match == null ? match : match.groups(new List.generate(match.groupCount + 1, (i) => i)));
}

main() {
  groups(r"(?:(a)|b)*", "ab");  // expect: [ab, null]
  groups(r"(z)((a+)?(b+)?(c))*", "zaacbbbcac");  // expect: [zaacbbbcac, z, ac, a, null, c]
  groups(r"((?:(a)|(b))+-)*", "ab-b-");  // expect: [ab-b-, b-, null, b]
  // References, with and without names, mean groups of the pattern: there are others between them.
  groups(r"(?:(a)(b)?)*\1", "abaa");  // expect: [abaa, a, null]
  groups(r"(?:(?<x>a)|(?<y>b))+\k<y>", "abb");  // expect: [abb, null, b]
  groups(r"((a)|(b)){2}(c)\4", "abcc");  // expect: [abcc, b, null, b, c]
  groups(r"(?:(a)|b\1)*", "abab");  // expect: [abab, null]
  groups(r"(?:(?<x>a)\k<x>b)+", "aabaab");  // expect: [aabaab, a]
  // A turn that matches nothing is none.
  groups(r"(a*)*", "b");  // expect: [, null]
  groups(r"(a*)*", "aab");  // expect: [aa, aa]
  groups(r"(a*)+", "b");  // expect: [, ]
  // Not repeated, or in brackets.
  groups(r"(?:(a)|b)?", "a");  // expect: [a, a]
  groups(r"(?:[(](a)|[)]\)|b)*", "(a)))b");  // expect: [(a)), null]
}
