// Texts put together: of any length, of one or two bytes to a unit, and mixed.
String row(int length, int first) {
  return new String.fromCharCodes(new List.generate(length, (i) => first + i % 20));
}

// The same, unit by unit.
String slowly(List<String> parts, String separator) {
  var units = [];
  for (var i = 0; i < parts.length; i++) {
    if (i > 0) units.addAll(separator.codeUnits);
    units.addAll(parts[i].codeUnits);
  }
  return new String.fromCharCodes(units);
}

main() {
  for (var first in [0x61, 0x410]) {
    for (var separator in ["", "-", "\u0431\u0431"]) {
      for (var length = 0; length < 20; length++) {
        var parts = [row(length, first), "", row(3, 0x61)];
        var joined = parts.join(separator);
        if (joined != slowly(parts, separator)) print("$length $first $separator");
        var buffer = new StringBuffer()..writeAll(parts, separator);
        if (buffer.toString() != joined) print("$length $first $separator");
      }
    }
  }
  print([].join("\u0431").length); // expect: 0
  print(["a"].join("\u0431").codeUnits); // expect: [97]
  print(["a", "b"].join("\u0431").codeUnits); // expect: [97, 1073, 98]
}
