// RegExp.escape makes of any text a pattern that matches that text and nothing else.
// stress-interval: 97
main() {
  var texts = ["a{2}", "a{1,}b", "{}", "a{,3}", "x*", "x+y?", "(a)", "(?:b)", "[a-c]", "[^x]", "]", "a|b", "^a\$", "\\d",
      "\\", "a/b", ".", "a.b", "-", "a-z", "", " ", "\n", "\u{1f600}", "\$1", "#&~!@,;:'\"<>=%`_"];
  for (var c = 0; c < 256; c++) {
    var letter = new String.fromCharCode(c);
    texts..add(letter)..add("a$letter")..add("${letter}2$letter")..add("a${letter}2}");
  }
  var others = ["a", "b", "aa", "x", "xx", "xy", "y", "2", "ab", "c", "/", "1", "d", "{", "}", "aaa", "a2}"];
  var checked = 0;
  for (var text in texts) {
    try {
      var pattern = new RegExp("^(?:${RegExp.escape(text)})\$");
      if (!pattern.hasMatch(text)) print("$text is not matched");
      for (var other in others) {
        if (other != text && pattern.hasMatch(other)) print("$text matches $other");
      }
      checked++;
    } catch (error) {
      print("$text: $error");
    }
  }
  print(checked); // expect: 1050
}
