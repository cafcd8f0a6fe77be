// Where numbers outgrow 64 bits, round and shift out.
main() {
  var max = 0x7fffffffffffffff;
  var min = -max - 1;
  var smiMax = (1 << 62) - 1;
  var smiMin = -(1 << 62);

  // What 64 bits cannot hold.
  print("${max + 1 == -min} ${min - 1 == -max - 2} ${-min} ${min * -1} ${-1 * min - 1 == max}");
  // expect: true true 9223372036854775808 9223372036854775808 true
  print("${min ~/ -1} ${min % -1} ${min.remainder(-1)}");
  // expect: 9223372036854775808 0 0
  print("${smiMax + 1} ${smiMin - 1} ${smiMin * -1} ${smiMin ~/ -1}");
  // expect: 4611686018427387904 -4611686018427387905 4611686018427387904 4611686018427387904
  print("${min.abs()} ${smiMin.abs()} ${max.bitLength} ${min.bitLength} ${0.bitLength} ${(-1).bitLength}");
  // expect: 9223372036854775808 4611686018427387904 63 63 0 0

  // Shifts.
  print("${1 << 62} ${1 << 63} ${1 << 64} ${0 << max}");
  // expect: 4611686018427387904 9223372036854775808 18446744073709551616 0
  print("${max >> 62} ${max >> 63} ${max >> 64} ${max >> max}"); // expect: 1 0 0 0
  print("${min >> 62} ${min >> 63} ${min >> 64} ${min >> max}"); // expect: -2 -1 -1 -1
  print("${-1 << 62} ${-1 << 63} ${-1 << 64} ${3 << 62}");
  // expect: -4611686018427387904 -9223372036854775808 -18446744073709551616 13835058055282163712
  for (var shift in [() => 1 << -1, () => 1 >> -1, () => max << min, () => min >> min]) {
    try {
      print(shift());
    } on ArgumentError {
      print("refused"); // expect: refused
      // expect: refused
      // expect: refused
      // expect: refused
    }
  }

  // The rest is never negative; the remainder has the dividend's sign.
  print("${7 % 3} ${-7 % 3} ${7 % -3} ${-7 % -3}"); // expect: 1 2 1 2
  print("${7.remainder(3)} ${(-7).remainder(3)} ${7.remainder(-3)}"); // expect: 1 -1 1
  print("${-7 ~/ 3} ${7 ~/ -3} ${min % max} ${max % min} ${min % min}");
  // expect: -2 -2 9223372036854775806 9223372036854775807 0
  print("${-7.5 % 2} ${7.5 % -2} ${-0.0 % 1} ${5.5.remainder(-2)} ${(-5.5).remainder(2)}");
  // expect: 0.5 1.5 0.0 1.5 -1.5
  print("${1.0 % 0} ${1.0 % double.INFINITY} ${-1.0 % double.INFINITY} ${double.INFINITY % 1}");
  // expect: NaN 1.0 Infinity NaN
  for (var by in [0, 0.0]) {
    try {
      print(1 ~/ by);
    } catch (error) {
      print(error.runtimeType);
      // expect: IntegerDivisionByZeroException
      // expect: UnsupportedError
    }
  }

  // Rounding: halves away from zero.
  print([0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999999999999994].map((x) => x.round()).toList());
  // expect: [1, 2, 3, -1, -2, -3, 0]
  print([0.5, -0.5, 1.999, -1.999].map((x) => x.truncate()).toList()); // expect: [0, 0, 1, -1]
  print([0.5, -0.5].map((x) => "${x.floor()} ${x.ceil()}").toList()); // expect: [0 1, -1 0]
  print("${(-0.4).roundToDouble()} ${(-0.0).truncateToDouble()}"); // expect: -0.0 -0.0
  print(9223372036854775807.0.toInt() - 1 == max); // expect: true
  print((-9223372036854775808.0).toInt() == min); // expect: true
  print("${1e20.toInt()} ${4503599627370497.5.round()} ${9007199254740993.0.toInt()}");
  // expect: 100000000000000000000 4503599627370498 9007199254740992
  for (var odd in [double.NAN, double.INFINITY, double.NEGATIVE_INFINITY]) {
    for (var way in [(x) => x.toInt(), (x) => x.round(), (x) => x.floor(), (x) => x ~/ 1]) {
      try {
        print(way(odd));
      } on UnsupportedError {}
    }
  }

  // Read and written.
  print("${int.parse("9223372036854775807") == max} ${int.parse("-9223372036854775808") == min}");
  // expect: true true
  print("${int.parse("9223372036854775808")} ${int.parse("-9223372036854775809")}");
  // expect: 9223372036854775808 -9223372036854775809
  print("${int.parse("0xffffffffffffffff")} ${int.parse("ffffffffffffffff", radix: 16)}");
  // expect: 18446744073709551615 18446744073709551615
  print("${min.toRadixString(2).length} ${max.toRadixString(36)} ${min.toRadixString(16)}");
  // expect: 65 1y2p0ij32e8e7 -8000000000000000
  for (var text in ["", "-", "+", "0x", "1 2", "--1", "1.0", "\u0661", "0x-1", "z"]) {
    print(int.parse(text, onError: (source) => "none")); // expect: none
    // expect: none
    // expect: none
    // expect: none
    // expect: none
    // expect: none
    // expect: none
    // expect: none
    // expect: none
    // expect: none
  }
  print("${int.parse("z", radix: 36)} ${int.parse("-0")} ${int.parse("+7")} ${int.parse(" 7\n")}");
  // expect: 35 0 7 7
  print("${double.parse("1e400")} ${double.parse("-1e400")} ${double.parse("1e-400")} ${double.parse(".5")}");
  // expect: Infinity -Infinity 0.0 0.5
  var zeros = "0" * 1000;
  print("${double.parse("0.${zeros}1")} ${double.parse("-1${zeros}e-5")} ${double.parse("1${zeros}e-1000")}");
  // expect: 0.0 -Infinity 1.0
  print("${double.parse("-0")} ${double.parse("5e-324")} ${double.parse("1.7976931348623157e308")}");
  // expect: -0.0 5e-324 1.7976931348623157e+308
  print("${1e21} ${1e20} ${1e-6} ${1e-7} ${123456789012345680000.0}");
  // expect: 1e+21 100000000000000000000.0 0.000001 1e-7 123456789012345680000.0
  print("${0.5.toStringAsFixed(0)} ${1.005.toStringAsFixed(2)} ${(-1.5).toStringAsFixed(20)}");
  // expect: 1 1.00 -1.50000000000000000000
  print("${9.99.toStringAsPrecision(2)} ${0.00001.toStringAsPrecision(1)} ${1e21.toStringAsPrecision(21)}");
  // expect: 10 0.00001 1.00000000000000000000e+21
  print("${255.toUnsigned(8)} ${(-1).toUnsigned(8)} ${(-1).toUnsigned(63) == max} ${255.toSigned(8)} ${128.toSigned(8)}");
  // expect: 255 255 true -1 -128

  // An int and the double of its value are equal and have equal hashes; others differ.
  print("${1 == 1.0} ${1.hashCode == 1.0.hashCode} ${(1 << 53) + 1 == 9007199254740992.0} ${max == 9223372036854775807.0}");
  // expect: true true false false
  print("${0.0 == -0.0} ${0.0.compareTo(-0.0)} ${double.NAN == double.NAN} ${double.NAN.compareTo(1.0)}");
  // expect: true 1 false 1

  // Code units at the edges of what one takes.
  for (var point in [0, 0x7f, 0xff, 0x100, 0xd7ff, 0xd800, 0xdfff, 0xe000, 0xffff, 0x10000, 0x10ffff]) {
    var text = new String.fromCharCode(point);
    if (text.runes.single != point) print("$point became ${text.runes}");
    if (text.length != (point > 0xffff ? 2 : 1)) print("$point has ${text.length} units");
    if (new String.fromCharCodes(text.codeUnits) != text) print("$point is read differently");
  }
  var broken = "a\ud83d" + "b";
  print("${broken.length} ${broken.runes.length} ${broken.indexOf("\ud83d")}"); // expect: 3 3 1
  print(("\ud83d" + "\ude00").runes.toList()); // expect: [128512]
  print("\u{1F600}".substring(1) == "\ude00"); // expect: true
  print("\ude00\ud83d".runes.toList()); // expect: [56832, 55357]
  print("\u00ff".toUpperCase().codeUnitAt(0)); // expect: 376
  print("\u0178".toLowerCase().codeUnitAt(0)); // expect: 255
  print("ab\u1234ab".lastIndexOf("ab", 2)); // expect: 0
  print("ab\u1234ab".lastIndexOf("ab")); // expect: 3
  print("abab".lastIndexOf("ab\u1234")); // expect: -1
  print("${"abc".lastIndexOf("")} ${"abc".indexOf("", 3)} ${"abc".startsWith("", 3)}"); // expect: 3 3 true
  print("${"abc".startsWith("bc", 1)} ${"abc".startsWith("bcd", 1)} ${"abc".endsWith("\u1234")}");
  // expect: true false false
}
