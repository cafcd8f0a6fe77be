// RegExp: patterns as ECMAScript has them, in texts of both widths.
// stress-interval: 29
import 'dart:isolate';

show(f) {
  try {
    print(f());
  } catch (error) {
    print("<${error.toString().split("\n").first}>");
  }
}

main() {
  var numbers = new RegExp(r"(\d+)(?:-(\d+))?");
  var match = numbers.firstMatch("ab 12-34 5");
  print("${match.start} ${match.end} ${match[0]} ${match[1]} ${match.group(2)} ${match.groupCount} ${match.groups([2, 1])} ${match.input}"); // expect: 3 8 12-34 12 34 2 [34, 12] ab 12-34 5
  print(identical(match.pattern, numbers)); // expect: true
  print(numbers.allMatches("1 22-3 4").map((m) => m.groups([1, 2])).toList()); // expect: [[1, null], [22, 3], [4, null]]
  print(numbers.allMatches("1 22-3 4", 3).map((m) => m[0]).toList()); // expect: [2-3, 4]
  print("${numbers.firstMatch("x")} ${numbers.hasMatch("x1")} ${numbers.hasMatch("x")} ${numbers.stringMatch("a77b")} ${numbers.stringMatch("a")}"); // expect: null true false 77 null
  print("${numbers.matchAsPrefix("a12")} ${numbers.matchAsPrefix("a12", 1)[0]} ${numbers.matchAsPrefix("a12", 3)}"); // expect: null 12 null
  print("${numbers.pattern} ${numbers.isMultiLine} ${numbers.isCaseSensitive}"); // expect: (\d+)(?:-(\d+))? false true
  show(() => match.group(3)); // expect: <RangeError: group: argument 'group' must be from 0 to 2, it is 3>

  // Two-byte texts, lone surrogates, empty matches.
  print(new RegExp(".").allMatches("\u1234\ud83d").length); // expect: 2
  print(new RegExp("").allMatches("abc").map((m) => m.start).toList()); // expect: [0, 1, 2, 3]
  print(new RegExp("x*").allMatches("axxb").map((m) => "${m.start}-${m.end}").toList()); // expect: [0-0, 1-3, 3-3, 4-4]
  print(new RegExp("[\u0430-\u044f]+", caseSensitive: false).stringMatch("ab \u041f\u0440\u0438 c")); // expect: При
  print(new RegExp("^b\$", multiLine: true).allMatches("b\nb\r\nab").length); // expect: 2
  print(new RegExp("ab", caseSensitive: false).stringMatch("xAb")); // expect: Ab

  // With strings.
  print("a1b22c".split(new RegExp(r"\d+"))); // expect: [a, b, c]
  print("a, b ,c".split(new RegExp(r"\s*,\s*"))); // expect: [a, b, c]
  print("abc".split(new RegExp(""))); // expect: [a, b, c]
  print("2016-01-02".replaceAllMapped(new RegExp(r"(\d+)-(\d+)-(\d+)"), (m) => "${m[3]}.${m[2]}.${m[1]}")); // expect: 02.01.2016
  print("aXbXc".replaceAll(new RegExp("x", caseSensitive: false), "")); // expect: abc
  print("aXbXc".replaceFirst(new RegExp("X"), "-", 2)); // expect: aXb-c
  print("${"x12".indexOf(new RegExp(r"\d"))} ${"x12".lastIndexOf(new RegExp(r"\d"))} ${"x12".contains(new RegExp("[3-9]"))} ${"x12".startsWith(new RegExp("x."))}"); // expect: 1 2 false true
  print(new RegExp(RegExp.escape("a.b*(c)")).hasMatch("-a.b*(c)-")); // expect: true
  var words = ("ab cd " * 30).split(new RegExp(" "));
  print("${words.length} ${words.last.length}"); // expect: 61 0

  // What is no pattern.
  for (var wrong in ["a(", "a)", "*", "a**", "[b-a]", "[a", "\\", "(?i)a", "a{2,1}"]) {
    try {
      new RegExp(wrong);
    } on FormatException catch (error) {
      print("${error.message} at ${error.offset} in ${error.source}");
    }
  }
  // expect: Unterminated group at 2 in a(
  // expect: Unmatched ')' at 1 in a)
  // expect: Nothing to repeat at 0 in *
  // expect: Nothing to repeat at 2 in a**
  // expect: Range out of order in character class at 1 in [b-a]
  // expect: Unterminated character class at 0 in [a
  // expect: \ at end of pattern at 0 in \
  // expect: Invalid group at 0 in (?i)a
  // expect: Numbers out of order in quantifier at 1 in a{2,1}
  show(() => new RegExp(null)); // expect: <Invalid argument(s): RegExp: argument 'source' must be a String, it is null>
  show(() => numbers.firstMatch(null)); // expect: <Invalid argument(s): firstMatch: argument 'input' must be a String, it is null>
  show(() => numbers.allMatches("a", 2)); // expect: <RangeError: allMatches: argument 'start' must be from 0 to 1, it is 2>
  show(() => numbers.hasMatch(5)); // expect: <Invalid argument(s): hasMatch: argument 'input' must be a String, it is 5>

  // A search that would not end is given up.
  show(() => new RegExp("(a+)+\$").hasMatch("a" * 40 + "b")); // expect: <Bad state: RegExp: too many steps with the pattern '(a+)+$'; simplify its repetitions>

  // What is compiled belongs to the isolate.
  var port = new ReceivePort();
  try {
    port.sendPort.send(numbers);
  } catch (error) {
    print("refused"); // expect: refused
  }
  port.close();

  // Many die, and are freed.
  for (var i = 0; i < 200; i++) new RegExp("a{$i}").hasMatch("aaa");
}
