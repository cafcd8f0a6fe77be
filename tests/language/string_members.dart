// Members of String and StringBuffer at their boundaries, of one-byte and of two-byte strings.
// stress-interval: 29
show(f) {
  try {
    var answer = f();
    return answer is String ? "'$answer'" : "$answer";
  } on Error catch (error) {
    return "<$error>".split("\n").first;
  }
}

main() {
  // The same of both widths: the second has a letter that needs two bytes at its end.
  var members = {
    "[]": (s) => s[0] + s[2],
    "[3]": (s) => s[3],
    "[-1]": (s) => s[-1],
    "codeUnitAt": (s) => s.codeUnitAt(0),
    "codeUnitAt 3": (s) => s.codeUnitAt(3),
    "substring": (s) => "${s.substring(0)}|${s.substring(1)}|${s.substring(3)}|${s.substring(0, 0)}|${s.substring(1, 2)}|${s.substring(0, 3)}",
    "substring 4": (s) => s.substring(4),
    "substring 2 1": (s) => s.substring(2, 1),
    "substring 0 4": (s) => s.substring(0, 4),
    "substring -1": (s) => s.substring(-1),
    "indexOf": (s) => "${s.indexOf("b")} ${s.indexOf("b", 1)} ${s.indexOf("b", 2)} ${s.indexOf("")} ${s.indexOf("", 2)} ${s.indexOf(s)} ${s.indexOf(s + "x")}",
    "indexOf 4": (s) => s.indexOf("a", 4),
    "indexOf -1": (s) => s.indexOf("a", -1),
    "lastIndexOf": (s) => "${s.lastIndexOf("a")} ${s.lastIndexOf("b", 0)} ${s.lastIndexOf("b", 1)} ${s.lastIndexOf("")} ${s.lastIndexOf("", 1)} ${s.lastIndexOf(s)} ${s.lastIndexOf("x" + s)}",
    "lastIndexOf 4": (s) => s.lastIndexOf("a", 4),
    "contains": (s) => "${s.contains("ab")} ${s.contains("a", 1)} ${s.contains("", 3)} ${s.contains("\u1234")} ${s.contains("ba")}",
    "startsWith": (s) => "${s.startsWith("ab")} ${s.startsWith("b")} ${s.startsWith("b", 1)} ${s.startsWith("")} ${s.startsWith(s + "c")} ${s.startsWith("", 3)}",
    "startsWith 4": (s) => s.startsWith("", 4),
    "endsWith": (s) => "${s.endsWith(s)} ${s.endsWith("")} ${s.endsWith("x" + s)} ${s.endsWith(s.substring(2))} ${s.endsWith("b")}",
    "split": (s) => "${s.split("b")} ${s.split("a")} ${s.split("x")} ${s.split("").length} ${s.split(s)} ${s.split(s.substring(2))}",
    "replaceAll": (s) => "${s.replaceAll("b", "\u1234")} ${s.replaceAll("a", "")} ${s.replaceAll("", "-")} ${s.replaceAll("x", "y")}",
    "replaceFirst": (s) => "${s.replaceFirst("b", "BB")} ${s.replaceFirst("a", "A", 1)} ${s.replaceFirst("", "-", 3)} ${s.replaceFirst("x", "y")}",
    "replaceFirst 4": (s) => s.replaceFirst("a", "", 4),
    "replaceRange": (s) => "${s.replaceRange(0, 3, "x")} ${s.replaceRange(1, 2, "\u1234")} ${s.replaceRange(3, 3, "!")} ${s.replaceRange(1, null, "")}",
    "replaceRange 2 4": (s) => s.replaceRange(2, 4, ""),
    "pad": (s) => "${s.padLeft(5)}|${s.padRight(5)}|${s.padLeft(3)}|${s.padLeft(4, "xy")}|${s.padRight(5, "\u1234")}|${s.padRight(-1)}",
    "*": (s) => "${s * 0}|${s * 1}|${s * 2}|${s * -1}",
    "+": (s) => "${s + ""}|${"" + s}|${s + "\u1234"}|${("x" + s).length}",
    "compareTo": (s) => "${s.compareTo(s)} ${s.compareTo("ab")} ${s.compareTo("abz" + "z")} ${s.compareTo("b")} ${s.compareTo("")} ${"".compareTo(s)} ${s.compareTo("ab\u1234")} ${s.compareTo(s + "a")}",
    "==": (s) => "${s == "a" + s.substring(1)} ${s == s + "x"} ${s == "ab\u1235"} ${s == null} ${s == 1} ${s != "abd"}",
    "hashCode": (s) => (s + "\u1234").substring(0, 3).hashCode == s.hashCode && s.hashCode != (s + "a").hashCode,
    "units": (s) => "${s.codeUnits} ${s.runes.toList()} ${new String.fromCharCodes(s.codeUnits) == s}",
    "empty": (s) => "${s.isEmpty} ${s.isNotEmpty} ${s.substring(3).isEmpty} ${s.substring(3).isNotEmpty} ${s.length}",
    "case": (s) => "${s.toUpperCase()} ${s.toUpperCase().toLowerCase() == s}",
    "trim": (s) => "${(" \t$s\n ").trim()}|${(" $s ").trimLeft()}|${(" $s ").trimRight()}|${(" ").trim()}|${s.trim()}",
  };
  members.forEach((name, f) {
    for (var s in ["abc", "ab\u0416"]) print("$name: ${show(() => f(s))}");
  });

  // Equal texts of both widths are equal, and have equal hashes.
  var wide = "\u1234abc".substring(1);
  print("${wide == "abc"} ${wide.hashCode == "abc".hashCode} ${{"abc": 1}[wide]} ${"abc".compareTo(wide)}");
  print("${wide.indexOf("c")} ${"xabc".endsWith(wide)} ${"abcabc".replaceAll(wide, "-")}");

  // From code points.
  print(show(() => new String.fromCharCode(0x110000)));
  print(show(() => new String.fromCharCode(-1)));
  print(show(() => new String.fromCharCodes([97, 0x110000])));
  print("${new String.fromCharCodes([97, 98, 99], 1)} ${new String.fromCharCodes([97, 98, 99], 0, 2)} '${new String.fromCharCodes([97], 1, 1)}'");
  print(show(() => new String.fromCharCodes([97], 2)));
  print(show(() => new String.fromCharCodes([97, 98], 1, 0)));
  print(show(() => new String.fromCharCodes([97, 98], 0, 3)));
  print([0xff, 0x100, 0xffff, 0x10000].map((x) => new String.fromCharCode(x).codeUnits).toList());

  // Surrogates: a pair is one, and what is alone stays alone.
  var texts = ["\ud83d", "\ude00", "\ud83dx", "x\ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00", "\u{1F600}\ude00"];
  for (var text in texts) {
    print("${text.length} ${text.runes.toList()} ${text.codeUnits} ${text == new String.fromCharCodes(text.runes.toList())}");
  }
  print(("\ud83d" + "\ude00" == "\u{1F600}"));
  print("${"\u{1F600}" "x"}".length);
  print("\u{10FFFF}".codeUnits);

  // White space.
  print("\u00a0\u2028\ufeff\u3000x\u2003\u0085".trim().codeUnits);
  print("\u200bx".trim().length);
  // Letters.
  print("\u00e0\u00fe\u00ff\u00f7\u00d7 \u0430\u0451\u03b1\u03c2".toUpperCase());
  print("\u00c0\u00de\u00d7\u0178 \u0410\u0401\u0391\u03a3 [@`{".toLowerCase());

  var buffer = new StringBuffer();
  print("${buffer.length} ${buffer.isEmpty} ${buffer.isNotEmpty} '$buffer'");
  buffer.write(null);
  buffer.write("");
  buffer.writeln();
  buffer.writeCharCode(0x1F600);
  buffer.writeAll([]);
  buffer.writeAll(["a"], "-");
  buffer.writeAll(["b", 2, null], "-");
  print("${buffer.length} ${buffer.isEmpty} ${buffer.isNotEmpty}");
  print(buffer.toString().split("\n"));
  buffer.write("!");
  print("$buffer".length);
  buffer.clear();
  print("${buffer.length} ${buffer.isEmpty} '$buffer'");
  print(new StringBuffer(7).length);
  print(show(() => new StringBuffer().writeCharCode(-1)));
}

// expect: []: 'ac'
// expect: []: 'aЖ'
// expect: [3]: <RangeError (index): Index out of range: index should be less than 3: 3>
// expect: [3]: <RangeError (index): Index out of range: index should be less than 3: 3>
// expect: [-1]: <RangeError (index): Index out of range: index must not be negative: -1>
// expect: [-1]: <RangeError (index): Index out of range: index must not be negative: -1>
// expect: codeUnitAt: 97
// expect: codeUnitAt: 97
// expect: codeUnitAt 3: <RangeError (index): Index out of range: index should be less than 3: 3>
// expect: codeUnitAt 3: <RangeError (index): Index out of range: index should be less than 3: 3>
// expect: substring: 'abc|bc|||b|abc'
// expect: substring: 'abЖ|bЖ|||b|abЖ'
// expect: substring 4: <RangeError: substring: argument 'startIndex' must be from 0 to 3, it is 4>
// expect: substring 4: <RangeError: substring: argument 'startIndex' must be from 0 to 3, it is 4>
// expect: substring 2 1: <RangeError: substring: argument 'endIndex' must be from 2 to 3, it is 1>
// expect: substring 2 1: <RangeError: substring: argument 'endIndex' must be from 2 to 3, it is 1>
// expect: substring 0 4: <RangeError: substring: argument 'endIndex' must be from 0 to 3, it is 4>
// expect: substring 0 4: <RangeError: substring: argument 'endIndex' must be from 0 to 3, it is 4>
// expect: substring -1: <RangeError: substring: argument 'startIndex' must be from 0 to 3, it is -1>
// expect: substring -1: <RangeError: substring: argument 'startIndex' must be from 0 to 3, it is -1>
// expect: indexOf: '1 1 -1 0 2 0 -1'
// expect: indexOf: '1 1 -1 0 2 0 -1'
// expect: indexOf 4: <RangeError: indexOf: argument 'start' must be from 0 to 3, it is 4>
// expect: indexOf 4: <RangeError: indexOf: argument 'start' must be from 0 to 3, it is 4>
// expect: indexOf -1: <RangeError: indexOf: argument 'start' must be from 0 to 3, it is -1>
// expect: indexOf -1: <RangeError: indexOf: argument 'start' must be from 0 to 3, it is -1>
// expect: lastIndexOf: '0 -1 1 3 1 0 -1'
// expect: lastIndexOf: '0 -1 1 3 1 0 -1'
// expect: lastIndexOf 4: <RangeError: lastIndexOf: argument 'start' must be from 0 to 3, it is 4>
// expect: lastIndexOf 4: <RangeError: lastIndexOf: argument 'start' must be from 0 to 3, it is 4>
// expect: contains: 'true false true false false'
// expect: contains: 'true false true false false'
// expect: startsWith: 'true false true true false true'
// expect: startsWith: 'true false true true false true'
// expect: startsWith 4: <RangeError: startsWith: argument 'index' must be from 0 to 3, it is 4>
// expect: startsWith 4: <RangeError: startsWith: argument 'index' must be from 0 to 3, it is 4>
// expect: endsWith: 'true true false true false'
// expect: endsWith: 'true true false true false'
// expect: split: '[a, c] [, bc] [abc] 3 [, ] [ab, ]'
// expect: split: '[a, Ж] [, bЖ] [abЖ] 3 [, ] [ab, ]'
// expect: replaceAll: 'aሴc bc -a-b-c- abc'
// expect: replaceAll: 'aሴЖ bЖ -a-b-Ж- abЖ'
// expect: replaceFirst: 'aBBc abc abc- abc'
// expect: replaceFirst: 'aBBЖ abЖ abЖ- abЖ'
// expect: replaceFirst 4: <RangeError: replaceFirst: argument 'startIndex' must be from 0 to 3, it is 4>
// expect: replaceFirst 4: <RangeError: replaceFirst: argument 'startIndex' must be from 0 to 3, it is 4>
// expect: replaceRange: 'x aሴc abc! a'
// expect: replaceRange: 'x aሴЖ abЖ! a'
// expect: replaceRange 2 4: <RangeError: replaceRange: argument 'end' must be from 2 to 3, it is 4>
// expect: replaceRange 2 4: <RangeError: replaceRange: argument 'end' must be from 2 to 3, it is 4>
// expect: pad: '  abc|abc  |abc|xyabc|abcሴሴ|abc'
// expect: pad: '  abЖ|abЖ  |abЖ|xyabЖ|abЖሴሴ|abЖ'
// expect: *: '|abc|abcabc|'
// expect: *: '|abЖ|abЖabЖ|'
// expect: +: 'abc|abc|abcሴ|4'
// expect: +: 'abЖ|abЖ|abЖሴ|4'
// expect: compareTo: '0 1 -1 -1 1 -1 -1 -1'
// expect: compareTo: '0 1 1 -1 1 -1 -1 -1'
// expect: ==: 'true false false false false true'
// expect: ==: 'true false false false false true'
// expect: hashCode: true
// expect: hashCode: true
// expect: units: '[97, 98, 99] [97, 98, 99] true'
// expect: units: '[97, 98, 1046] [97, 98, 1046] true'
// expect: empty: 'false true true false 3'
// expect: empty: 'false true true false 3'
// expect: case: 'ABC true'
// expect: case: 'ABЖ false'
// expect: trim: 'abc|abc | abc||abc'
// expect: trim: 'abЖ|abЖ | abЖ||abЖ'
// expect: true true 1 0
// expect: 2 true --
// expect: <RangeError: String.fromCharCode: argument 'charCode' must be from 0 to 1114111, it is 1114112>
// expect: <RangeError: String.fromCharCode: argument 'charCode' must be from 0 to 1114111, it is -1>
// expect: <Invalid argument(s): String.fromCharCodes: argument 'charCodes' must be code points, from 0 to 0x10FFFF, it is 1114112>
// expect: bc ab ''
// expect: <RangeError: String.fromCharCodes: argument 'start' must be from 0 to 1, it is 2>
// expect: <RangeError: String.fromCharCodes: argument 'end' must be from 1 to 2, it is 0>
// expect: <RangeError: String.fromCharCodes: argument 'end' must be from 0 to 2, it is 3>
// expect: [[255], [256], [65535], [55296, 56320]]
// expect: 1 [55357] [55357] true
// expect: 1 [56832] [56832] true
// expect: 2 [55357, 120] [55357, 120] true
// expect: 2 [120, 56832] [120, 56832] true
// expect: 2 [56832, 55357] [56832, 55357] true
// expect: 3 [55357, 128512] [55357, 55357, 56832] true
// expect: 3 [128512, 56832] [55357, 56832, 56832] true
// expect: true
// expect: 3
// expect: [56319, 57343]
// expect: [120]
// expect: 2
// expect: ÀÞŸ÷× АЁΑΣ
// expect: àþ×ÿ аёασ [@`{
// expect: 0 true false ''
// expect: 16 false true
// expect: [null, 😀ab-2-null]
// expect: 17
// expect: 0 true ''
// expect: 1
// expect: <RangeError: writeCharCode: argument 'charCode' must be from 0 to 1114111, it is -1>
