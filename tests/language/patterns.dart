// What takes a Pattern, with strings and with patterns that a program has made.
// stress-interval: 29
show(f) {
  try {
    print(f());
  } catch (error) {
    print("<$error>");
  }
}

// Finds runs of digits.
class Digits implements Pattern {
  allMatches(string, [start = 0]) {
    var all = [];
    var at = start;
    while (at < string.length) {
      var match = matchAsPrefix(string, at);
      if (match == null) {
        at++;
      } else {
        all.add(match);
        at = match.end;
      }
    }
    return all;
  }

  matchAsPrefix(string, [start = 0]) {
    var end = start;
    while (end < string.length && string.codeUnitAt(end) >= 48 && string.codeUnitAt(end) <= 57) end++;
    return end == start ? null : new Run(start, end, string, this);
  }
}

class Run implements Match {
  final start, end, input, pattern;
  Run(this.start, this.end, this.input, this.pattern);
  get groupCount => 0;
  group(i) => input.substring(start, end);
  operator [](i) => group(i);
  groups(indices) => indices.map(group).toList();
}

main() {
  var digits = new Digits();
  var text = "a1b23c456";
  print("${text.indexOf(digits)} ${text.indexOf(digits, 2)} ${text.lastIndexOf(digits)}"); // expect: 1 3 8
  print("${text.lastIndexOf(digits, 5)} ${"abc".indexOf(digits)} ${"abc".lastIndexOf(digits)}"); // expect: 4 -1 -1
  print("${text.contains(digits)} ${text.contains(digits, 9)}"); // expect: true false
  print("${text.startsWith(digits)} ${text.startsWith(digits, 1)}"); // expect: false true
  print(text.split(digits)); // expect: [a, b, c, ]
  print("".split(digits)); // expect: []
  print(text.replaceAll(digits, "#")); // expect: a#b#c#
  print(text.replaceFirst(digits, "#", 2)); // expect: a1b#c456
  print(text.replaceAllMapped(digits, (m) => "<${m[0]}>")); // expect: a<1>b<23>c<456>
  print(text.replaceFirstMapped(digits, (m) => "<${m[0]}>", 2)); // expect: a1b<23>c456
  print(text.splitMapJoin(digits, onMatch: (m) => "*", onNonMatch: (s) => s.toUpperCase())); // expect: A*B*C*
  print(text.splitMapJoin("b", onNonMatch: (s) => "[$s]")); // expect: [a1]b[23c456]
  print("a\u1234a".replaceAllMapped("a", (m) => "${m.start}-${m.end}")); // expect: 0-1ሴ2-3

  // Strings as patterns.
  print("aa".allMatches("aaaaa").map((m) => m.start).toList()); // expect: [0, 2]
  print("".allMatches("ab").map((m) => m.start).toList()); // expect: [0, 1, 2]
  print("b".allMatches("abcb", 2).single.start); // expect: 3
  print("b".matchAsPrefix("abc")); // expect: null
  var match = "b".matchAsPrefix("abc", 1);
  print("${match.start} ${match.end} ${match.group(0)} ${match[0]} ${match.groups([0, 0])} ${match.groupCount} ${match.input} ${match.pattern}"); // expect: 1 2 b b [b, b] 0 abc b
  show(() => match.group(1)); // expect: <RangeError: group: argument 'group' must be from 0 to 0, it is 1>
  show(() => "b".allMatches("abc", 4)); // expect: <RangeError: allMatches: argument 'start' must be from 0 to 3, it is 4>
  show(() => "b".allMatches(null)); // expect: <Invalid argument(s): allMatches: argument 'string' must be a String, it is null>
  show(() => "b".matchAsPrefix("abc", -1)); // expect: <RangeError: matchAsPrefix: argument 'start' must be from 0 to 3, it is -1>

  // Neither is refused.
  show(() => "a".indexOf(new Object())); // expect: <Invalid argument(s): indexOf: argument 'pattern' must be a String, it is Instance of 'Object'>
  show(() => "a".indexOf(digits, 2)); // expect: <RangeError: indexOf: argument 'start' must be from 0 to 1, it is 2>
  show(() => "a".startsWith(5)); // expect: <Invalid argument(s): startsWith: argument 'pattern' must be a String, it is 5>
  show(() => "a".replaceAllMapped(null, (m) => "")); // expect: <Invalid argument(s): replaceAllMapped: argument 'from' must be a String, it is null>
  show(() => "a".splitMapJoin(1)); // expect: <Invalid argument(s): splitMapJoin: argument 'pattern' must be a String, it is 1>
  show(() => "a".replaceAll("a", null)); // expect: <Invalid argument(s): replaceAll: argument 'replace' must be a String, it is null>

  // Code points, both ways; a lone surrogate is one of its own.
  var runes = "a\u{1F600}\ud83d".runes;
  print("${runes.length} ${runes.first} ${runes.last} ${runes.toList()} ${runes.string.length}"); // expect: 3 97 55357 [97, 128512, 55357] 4
  var i = new RuneIterator.at("a\u{1F600}b", 4);
  print("${i.current} ${i.rawIndex}"); // expect: null null
  print("${i.movePrevious()} ${i.current} ${i.rawIndex}"); // expect: true 98 3
  print("${i.movePrevious()} ${i.current} ${i.rawIndex} ${i.currentSize} ${i.currentAsString.length}"); // expect: true 128512 1 2 2
  print("${i.movePrevious()} ${i.movePrevious()} ${i.current}"); // expect: true false null
  print("${i.moveNext()} ${i.current} ${i.moveNext()} ${i.current}"); // expect: true 97 true 128512
  i.rawIndex = 3;
  print("${i.current} ${i.moveNext()} ${i.current}"); // expect: 98 false null
  i.reset(1);
  print("${i.current} ${i.moveNext()} ${i.current}"); // expect: null true 128512
  show(() => new RuneIterator.at("\u{1F600}", 1)); // expect: <Invalid argument(s): Index inside surrogate pair: 1>
  show(() => new RuneIterator.at("a", 2)); // expect: <RangeError: RuneIterator.at: argument 'index' must be from 0 to 1, it is 2>
  show(() => new Runes("").last); // expect: <Bad state: No element>
  show(() => new Runes(null)); // expect: <Invalid argument(s): Runes: argument 'string' must be a String, it is null>
  print("abc".runes.map((c) => c + 1)); // expect: (98, 99, 100)
}
