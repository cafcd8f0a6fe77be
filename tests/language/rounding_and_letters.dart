// Numbers of so many digits, of halves the one away from zero; upper and lower case of letters of all alphabets.
// stress-interval: 7
main() {
  print([0.5, 1.5, 2.5, -2.5, 1e20 + 0.5, 2251799813685248.5].map((x) => x.toStringAsFixed(0)).toList());
  // expect: [1, 2, 3, -3, 100000000000000000000, 2251799813685249]
  print([1.45, 1.55, 0.125, 0.375, 1.005, -0.04, 0.15625].map((x) => x.toStringAsFixed(2)).toList());
  // expect: [1.45, 1.55, 0.13, 0.38, 1.00, -0.04, 0.16]
  print([1.45.toStringAsFixed(1), 0.25.toStringAsFixed(1), 5.toStringAsFixed(1), 0.5.toStringAsFixed(1)]);
  // expect: [1.4, 0.3, 5.0, 0.5]
  print([1 + 1 / 2097152, -(1 + 3 / 2097152), 0.95, 9.5].map((x) => x.toStringAsFixed(x == 9.5 ? 0 : x == 0.95 ? 1 : 20)).toList());
  // expect: [1.00000047683715820313, -1.00000143051147460938, 0.9, 10]
  print([2.5, 3.5, 25, 0.00025, 1e21, 5e-324, -12.5].map((x) => x.toStringAsPrecision(1)).toList());
  // expect: [3, 4, 3e+1, 0.0003, 1e+21, 5e-324, -1e+1]
  print([125, 135, 12.5, 1.25e100, 9.995].map((x) => x.toStringAsPrecision(2)).toList());
  // expect: [1.3e+2, 1.4e+2, 13, 1.2e+100, 10]
  print([2.5, 25, 0.125, 9.5, -1.5, 1.5e300].map((x) => x.toStringAsExponential(0)).toList());
  // expect: [3e+0, 3e+1, 1e-1, 1e+1, -2e+0, 2e+300]
  print([12.5.toStringAsExponential(1), 12.5.toStringAsExponential(), 0.0.toStringAsFixed(3), 1e21.toStringAsFixed(1)]);
  // expect: [1.3e+1, 1.25e+1, 0.000, 1e+21]

  // One letter for one: what would become several stays.
  var letters = ["\u00b5", "\u00ff", "\u0101", "\u0131", "\u017f", "\u01c6", "\u0253", "\u03ac", "\u03c2", "\u0450", "\u0461", "\u0561", "\u1e01", "\u2170", "\u24d0", "\uff41", "\u00df", "\u0149", "\u10d0", "\u00f7"];
  print(letters.map((x) => x.toUpperCase().codeUnitAt(0).toRadixString(16)).toList());
  // expect: [39c, 178, 100, 49, 53, 1c4, 181, 386, 3a3, 400, 460, 531, 1e00, 2160, 24b6, ff21, df, 149, 10d0, f7]
  var capitals = ["\u00c0", "\u00d7", "\u0178", "\u0100", "\u01c4", "\u0386", "\u03a3", "\u040f", "\u0531", "\u1e9e", "\u2126", "\u212a", "\u2160", "\uff3a", "\u0130", "[", "@"];
  print(capitals.map((x) => x.toLowerCase().codeUnitAt(0).toRadixString(16)).toList());
  // expect: [e0, d7, ff, 101, 1c6, 3ac, 3c3, 45f, 561, df, 3c9, 6b, 2170, ff5a, 130, 5b, 40]
  // Between two of a row that goes by twos are those of the other case.
  print(["\u0102", "\u0178", "\u1e02", "\u0462"].every((x) => x.toUpperCase() == x)); // expect: true
  print(["\u0103", "\u0163", "\u1e03", "\u0463"].every((x) => x.toLowerCase() == x)); // expect: true
  print("gr\u00f6\u00dfe \u0101b\u0107 \u{1F600}".toUpperCase() == "GR\u00d6\u00dfE \u0100B\u0106 \u{1F600}"); // expect: true
  // Beyond U+FFFF: Deseret and Warang Citi.
  var far = ["\u{10428}", "\u{1044F}", "\u{10450}", "\u{118C0}", "\u{118DF}", "\u{118E0}", "\u{10400}"];
  print(far.map((x) => x.toUpperCase().runes.first.toRadixString(16)).toList());
  // expect: [10400, 10427, 10450, 118a0, 118bf, 118e0, 10400]
  print(["\u{10400}", "\u{10427}", "\u{10428}", "\u{118A0}", "\u{118BF}", "\u{118C0}"].map((x) => x.toLowerCase().runes.first.toRadixString(16)).toList());
  // expect: [10428, 1044f, 10428, 118c0, 118df, 118c0]
  // Halves of a pair are no letters.
  print(["\uD801", "\uDC28", "a\uDC28\uD801"].map((x) => x.toUpperCase().codeUnits).toList()); // expect: [[55297], [56360], [65, 56360, 55297]]
}
