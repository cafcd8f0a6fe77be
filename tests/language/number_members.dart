// Operators and members of numbers of each kind, small, of 64 bits, bigger, double, with each other.
// stress-interval: 29
show(f) {
  try {
    return "${f()}";
  } on Error catch (error) {
    return "<$error>".split("\n").first;
  }
}

main() {
  var max = 0x7fffffffffffffff;
  var big = int.parse("18446744073709551616"); // 2^64
  var ops = {
    "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b,
    "~/": (a, b) => a ~/ b, "%": (a, b) => a % b, "rem": (a, b) => a.remainder(b),
    "<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b,
    "==": (a, b) => a == b, "cmp": (a, b) => a.compareTo(b),
  };
  var pairs = [[7, 2], [-7, 2], [7, -2], [2, 7], [0, 5], [5, 5], [7, 2.0], [-7.5, 2], [7.5, -2.0],
    [max, 1], [max, -1], [-max - 1, 1], [-max - 1, -1], [max, max], [1 << 62, 1 << 62],
    [-(1 << 62), -1], [1 << 62, -1], [big, 1], [1, big], [big, -big], [-big, 3], [big, big], [big, 0.5],
    [0, -0.0], [0.0, -0.0], [-0.0, 0], [-0.0, 0.0], [1, double.INFINITY], [double.NAN, 1], [1, double.NAN], [9007199254740993, 9007199254740992.0],
    [3.5, 0], [max, 9223372036854775808.0], [-5.5, 2.5], [1 << 40, 1 << 40]];
  for (var pair in pairs) {
    var a = pair[0], b = pair[1];
    var answers = [];
    ops.forEach((name, op) => answers.add(show(() => op(a, b))));
    print("$a $b: ${answers.join(' ')}");
  }
  // Bits.
  var bits = {
    "&": (a, b) => a & b, "|": (a, b) => a | b, "^": (a, b) => a ^ b,
  };
  for (var pair in [[12, 10], [-12, 10], [-1, max], [max, -max - 1], [1 << 62, 1 << 61], [big, max], [big, -1], [-big, 255], [big, big + 1]]) {
    var answers = [];
    bits.forEach((name, op) => answers.add(show(() => op(pair[0], pair[1]))));
    print("${pair[0]} ${pair[1]}: ${answers.join(' ')} ${~pair[0]}");
  }
  for (var a in [1, -1, 5, max, -max - 1, big]) {
    print([0, 1, 61, 62, 63, 64, 65, 100].map((n) => "${a << n}").join(" "));
    print([0, 1, 61, 62, 63, 64, 65, 100].map((n) => "${a >> n}").join(" "));
  }
  print([() => 1 & 1.0, () => 1 << 1.0, () => 1 | null, () => 1 >> "x", () => 1.0 & 1, () => ~1.5].map(show).join("\n"));

  // Of one.
  var one = {
    "neg": (a) => -a, "abs": (a) => a.abs(), "sign": (a) => a.sign, "round": (a) => a.round(),
    "floor": (a) => a.floor(), "ceil": (a) => a.ceil(), "trunc": (a) => a.truncate(),
    "roundD": (a) => a.roundToDouble(), "floorD": (a) => a.floorToDouble(),
    "ceilD": (a) => a.ceilToDouble(), "truncD": (a) => a.truncateToDouble(),
    "double": (a) => a.toDouble(), "negative": (a) => a.isNegative, "nan": (a) => a.isNaN,
    "finite": (a) => a.isFinite, "infinite": (a) => a.isInfinite, "zero": (a) => a == 0,
  };
  for (var a in [0, 1, -1, 0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 2.4, -2.6, max, -max - 1, big, 1e300, double.INFINITY, double.NEGATIVE_INFINITY, double.NAN]) {
    var answers = [];
    one.forEach((name, f) {
      var answer = show(() => f(a));
      answers.add(answer.length > 60 ? "${answer.length}" : answer);
    });
    print("$a: ${answers.join(' ')}");
  }
  var ints = {
    "even": (a) => a.isEven, "odd": (a) => a.isOdd, "bits": (a) => a.bitLength,
    "s8": (a) => a.toSigned(8), "u8": (a) => a.toUnsigned(8), "s1": (a) => a.toSigned(1),
    "s64": (a) => a.toSigned(64), "u63": (a) => a.toUnsigned(63), "u0": (a) => a.toUnsigned(0),
    "r2": (a) => a.toRadixString(2), "r16": (a) => a.toRadixString(16), "r36": (a) => a.toRadixString(36),
    "gcd": (a) => a.gcd(12), "gcd0": (a) => a.gcd(0),
  };
  for (var a in [0, 1, -1, 2, 127, 128, 255, 256, -128, -129, max, -max - 1, big, -big]) {
    var answers = [];
    ints.forEach((name, f) {
      answers.add(show(() => f(a)));
    });
    print("$a: ${answers.join(' ')}");
  }
  print([0, 1, 37, -1].map((r) => show(() => 5.toRadixString(r))).join("\n"));
  print([-1, 64, 65].map((r) => show(() => (-1).toUnsigned(r))).join("\n"));
  print([[1, 3], [3, 1], [1, 1], [5.0, 9], [-0.0, 0], [double.NAN, 1]].map((l) => show(() => 2.clamp(l[0], l[1]))).join("\n"));
  print([5.clamp(1, 5.0), 1.clamp(1.0, 5), -0.0.clamp(0, 1), 0.clamp(-0.0, 0.0), double.NAN.clamp(1, 2), 9.clamp(1, 2.5)]);

  // Texts.
  var digits = {
    "fixed": (a, n) => a.toStringAsFixed(n), "exp": (a, n) => a.toStringAsExponential(n),
    "prec": (a, n) => a.toStringAsPrecision(n),
  };
  for (var a in [0, 1, -1.5, 0.05, 123456789, 1e21, 1e-10, 999.99, double.NAN, double.NEGATIVE_INFINITY]) {
    digits.forEach((name, f) {
      print("$a $name: ${[1, 2, 20].map((n) => show(() => f(a, n))).join(' ')}");
    });
    print(a.toStringAsExponential());
  }
  print([1e-6, 1e-7, 123456.789e3, 1e20, 1e21, 4.9e-324, 1.7976931348623157e308, 0.1, 1/3, 100.0, 1e15+0.5]);
  digits.forEach((name, f) {
    for (var n in [-1, 0, 1, 20, 21, 22]) print("$name $n: ${show(() => f(1.5, n))}");
  });
  // Read.
  for (var text in ["0", "-0", "+5", " 12 ", "0x1F", "-0xff", "0X10", "1_0", "1e3", "12.", ".5", "5.e1", "1.5e-3", "+1.5", "Infinity", "-Infinity", "NaN", "inf", "0x1.8p1", "1e", "e1", "", " ", "\u00a07", "9223372036854775808", "-9223372036854775809", "1d", "- 1"]) {
    print("'$text': ${int.parse(text, onError: (_) => null)} ${double.parse(text, (_) => null)} ${num.parse(text, (_) => null)}");
  }
  for (var radix in [2, 8, 16, 36]) {
    print(["101", "7f", "zz", "-11", "0x10", "2", ""].map((t) => int.parse(t, radix: radix, onError: (_) => null)).toList());
  }
  print([1, 37, 0].map((r) => show(() => int.parse("1", radix: r))).join("\n"));
  for (var f in [() => int.parse("x"), () => double.parse("x"), () => num.parse("x"), () => int.parse(null), () => num.parse(5)]) {
    try {
      print(f());
    } catch (error) {
      print("$error");
    }
  }
  // Equal numbers are one key.
  var map = {1: "one", 2.5: "two and a half", big: "big", max: "max"};
  print([map[1.0], map[2.5], map[int.parse("18446744073709551616")], map[18446744073709551616.0], map[9223372036854775807], map[0 + 1]]);
  print("${identical(1, 1)} ${identical(1.5, 1.5)} ${identical(1, 1.0)} ${identical(0.0, -0.0)} ${identical(double.NAN, 0.0 / 0.0)}");
  print("${1.runtimeType} ${max.runtimeType} ${big.runtimeType} ${1.0.runtimeType}");
}

// expect: 7 2: 9 5 14 3.5 3 1 1 false false true true false 1
// expect: -7 2: -5 -9 -14 -3.5 -3 1 -1 true true false false false -1
// expect: 7 -2: 5 9 -14 -3.5 -3 1 1 false false true true false 1
// expect: 2 7: 9 -5 14 0.2857142857142857 0 2 2 true true false false false -1
// expect: 0 5: 5 -5 0 0.0 0 0 0 true true false false false -1
// expect: 5 5: 10 0 25 1.0 1 0 0 false true false true true 0
// expect: 7 2.0: 9.0 5.0 14.0 3.5 3 1.0 1.0 false false true true false 1
// expect: -7.5 2: -5.5 -9.5 -15.0 -3.75 -3 0.5 -1.5 true true false false false -1
// expect: 7.5 -2.0: 5.5 9.5 -15.0 -3.75 -3 1.5 1.5 false false true true false 1
// expect: 9223372036854775807 1: 9223372036854775808 9223372036854775806 9223372036854775807 9223372036854776000.0 9223372036854775807 0 0 false false true true false 1
// expect: 9223372036854775807 -1: 9223372036854775806 9223372036854775808 -9223372036854775807 -9223372036854776000.0 -9223372036854775807 0 0 false false true true false 1
// expect: -9223372036854775808 1: -9223372036854775807 -9223372036854775809 -9223372036854775808 -9223372036854776000.0 -9223372036854775808 0 0 true true false false false -1
// expect: -9223372036854775808 -1: -9223372036854775809 -9223372036854775807 9223372036854775808 9223372036854776000.0 9223372036854775808 0 0 true true false false false -1
// expect: 9223372036854775807 9223372036854775807: 18446744073709551614 0 85070591730234615847396907784232501249 1.0 1 0 0 false true false true true 0
// expect: 4611686018427387904 4611686018427387904: 9223372036854775808 0 21267647932558653966460912964485513216 1.0 1 0 0 false true false true true 0
// expect: -4611686018427387904 -1: -4611686018427387905 -4611686018427387903 4611686018427387904 4611686018427388000.0 4611686018427387904 0 0 true true false false false -1
// expect: 4611686018427387904 -1: 4611686018427387903 4611686018427387905 -4611686018427387904 -4611686018427388000.0 -4611686018427387904 0 0 false false true true false 1
// expect: 18446744073709551616 1: 18446744073709551617 18446744073709551615 18446744073709551616 18446744073709552000.0 18446744073709551616 0 0 false false true true false 1
// expect: 1 18446744073709551616: 18446744073709551617 -18446744073709551615 18446744073709551616 5.421010862427522e-20 0 1 1 true true false false false -1
// expect: 18446744073709551616 -18446744073709551616: 0 36893488147419103232 -340282366920938463463374607431768211456 -1.0 -1 0 0 false false true true false 1
// expect: -18446744073709551616 3: -18446744073709551613 -18446744073709551619 -55340232221128654848 -6148914691236517000.0 -6148914691236517205 2 -1 true true false false false -1
// expect: 18446744073709551616 18446744073709551616: 36893488147419103232 0 340282366920938463463374607431768211456 1.0 1 0 0 false true false true true 0
// expect: 18446744073709551616 0.5: 18446744073709552000.0 18446744073709552000.0 9223372036854776000.0 36893488147419103000.0 36893488147419103232 0.0 0.0 false false true true false 1
// expect: 0 -0.0: 0.0 0.0 -0.0 NaN <Unsupported operation: NaN is not an int> NaN NaN false true false true true 1
// expect: 0.0 -0.0: 0.0 0.0 -0.0 NaN <Unsupported operation: NaN is not an int> NaN NaN false true false true true 1
// expect: -0.0 0: 0.0 -0.0 -0.0 NaN <Unsupported operation: NaN is not an int> NaN NaN false true false true true -1
// expect: -0.0 0.0: 0.0 -0.0 -0.0 NaN <Unsupported operation: NaN is not an int> NaN NaN false true false true true -1
// expect: 1 Infinity: Infinity -Infinity Infinity 0.0 0 1.0 1.0 true true false false false -1
// expect: NaN 1: NaN NaN NaN NaN <Unsupported operation: NaN is not an int> NaN NaN false false false false false 1
// expect: 1 NaN: NaN NaN NaN NaN <Unsupported operation: NaN is not an int> NaN NaN false false false false false -1
// expect: 9007199254740993 9007199254740992.0: 18014398509481984.0 0.0 8.112963841460668e+31 1.0 1 0.0 0.0 false false true true false 1
// expect: 3.5 0: 3.5 3.5 0.0 Infinity <Unsupported operation: Infinity is not an int> NaN NaN false false true true false 1
// expect: 9223372036854775807 9223372036854776000.0: 18446744073709552000.0 0.0 8.507059173023462e+37 1.0 1 0.0 0.0 true true false false false -1
// expect: -5.5 2.5: -3.0 -8.0 -13.75 -2.2 -2 2.0 -0.5 true true false false false -1
// expect: 1099511627776 1099511627776: 2199023255552 0 1208925819614629174706176 1.0 1 0 0 false true false true true 0
// expect: 12 10: 8 14 6 -13
// expect: -12 10: 0 -2 -2 11
// expect: -1 9223372036854775807: 9223372036854775807 -1 -9223372036854775808 0
// expect: 9223372036854775807 -9223372036854775808: 0 -1 -1 -9223372036854775808
// expect: 4611686018427387904 2305843009213693952: 0 6917529027641081856 6917529027641081856 -4611686018427387905
// expect: 18446744073709551616 9223372036854775807: 0 27670116110564327423 27670116110564327423 -18446744073709551617
// expect: 18446744073709551616 -1: 18446744073709551616 -1 -18446744073709551617 -18446744073709551617
// expect: -18446744073709551616 255: 0 -18446744073709551361 -18446744073709551361 18446744073709551615
// expect: 18446744073709551616 18446744073709551617: 18446744073709551616 18446744073709551617 1 -18446744073709551617
// expect: 1 2 2305843009213693952 4611686018427387904 9223372036854775808 18446744073709551616 36893488147419103232 1267650600228229401496703205376
// expect: 1 0 0 0 0 0 0 0
// expect: -1 -2 -2305843009213693952 -4611686018427387904 -9223372036854775808 -18446744073709551616 -36893488147419103232 -1267650600228229401496703205376
// expect: -1 -1 -1 -1 -1 -1 -1 -1
// expect: 5 10 11529215046068469760 23058430092136939520 46116860184273879040 92233720368547758080 184467440737095516160 6338253001141147007483516026880
// expect: 5 2 0 0 0 0 0 0
// expect: 9223372036854775807 18446744073709551614 21267647932558653964155069955271819264 42535295865117307928310139910543638528 85070591730234615856620279821087277056 170141183460469231713240559642174554112 340282366920938463426481119284349108224 11692013098647223344361828061502034755750757138432
// expect: 9223372036854775807 4611686018427387903 3 1 0 0 0 0
// expect: -9223372036854775808 -18446744073709551616 -21267647932558653966460912964485513216 -42535295865117307932921825928971026432 -85070591730234615865843651857942052864 -170141183460469231731687303715884105728 -340282366920938463463374607431768211456 -11692013098647223345629478661730264157247460343808
// expect: -9223372036854775808 -4611686018427387904 -4 -2 -1 -1 -1 -1
// expect: 18446744073709551616 36893488147419103232 42535295865117307932921825928971026432 85070591730234615865843651857942052864 170141183460469231731687303715884105728 340282366920938463463374607431768211456 680564733841876926926749214863536422912 23384026197294446691258957323460528314494920687616
// expect: 18446744073709551616 9223372036854775808 8 4 2 1 0 0
// expect: <Invalid argument(s): &: argument 'other' must be an int, it is 1.0>
// expect: <Invalid argument(s): <<: argument 'other' must be an int, it is 1.0>
// expect: <Invalid argument(s): |: argument 'other' must be an int, it is null>
// expect: <Invalid argument(s): >>: argument 'other' must be an int, it is "x">
// expect: <NoSuchMethodError: Class 'double' has no instance method '&' that takes these arguments.
// expect: <NoSuchMethodError: Class 'double' has no instance method '~' that takes these arguments.
// expect: 0: 0 0 0 0 0 0 0 0.0 0.0 0.0 0.0 0.0 false false true false true
// expect: 1: -1 1 1 1 1 1 1 1.0 1.0 1.0 1.0 1.0 false false true false false
// expect: -1: 1 1 -1 -1 -1 -1 -1 -1.0 -1.0 -1.0 -1.0 -1.0 true false true false false
// expect: 0.0: -0.0 0.0 0.0 0 0 0 0 0.0 0.0 0.0 0.0 0.0 false false true false true
// expect: -0.0: 0.0 0.0 -0.0 0 0 0 0 -0.0 -0.0 -0.0 -0.0 -0.0 true false true false true
// expect: 0.5: -0.5 0.5 1.0 1 0 1 0 1.0 0.0 1.0 0.0 0.5 false false true false false
// expect: -0.5: 0.5 0.5 -1.0 -1 -1 0 0 -1.0 -1.0 -0.0 -0.0 -0.5 true false true false false
// expect: 1.5: -1.5 1.5 1.0 2 1 2 1 2.0 1.0 2.0 1.0 1.5 false false true false false
// expect: 2.5: -2.5 2.5 1.0 3 2 3 2 3.0 2.0 3.0 2.0 2.5 false false true false false
// expect: -2.5: 2.5 2.5 -1.0 -3 -3 -2 -2 -3.0 -3.0 -2.0 -2.0 -2.5 true false true false false
// expect: 2.4: -2.4 2.4 1.0 2 2 3 2 2.0 2.0 3.0 2.0 2.4 false false true false false
// expect: -2.6: 2.6 2.6 -1.0 -3 -3 -2 -2 -3.0 -3.0 -2.0 -2.0 -2.6 true false true false false
// expect: 9223372036854775807: -9223372036854775807 9223372036854775807 1 9223372036854775807 9223372036854775807 9223372036854775807 9223372036854775807 9223372036854776000.0 9223372036854776000.0 9223372036854776000.0 9223372036854776000.0 9223372036854776000.0 false false true false false
// expect: -9223372036854775808: 9223372036854775808 9223372036854775808 -1 -9223372036854775808 -9223372036854775808 -9223372036854775808 -9223372036854775808 -9223372036854776000.0 -9223372036854776000.0 -9223372036854776000.0 -9223372036854776000.0 -9223372036854776000.0 true false true false false
// expect: 18446744073709551616: -18446744073709551616 18446744073709551616 1 18446744073709551616 18446744073709551616 18446744073709551616 18446744073709551616 18446744073709552000.0 18446744073709552000.0 18446744073709552000.0 18446744073709552000.0 18446744073709552000.0 false false true false false
// expect: 1e+300: -1e+300 1e+300 1.0 301 301 301 301 1e+300 1e+300 1e+300 1e+300 1e+300 false false true false false
// expect: Infinity: -Infinity Infinity 1.0 <Unsupported operation: Infinity is not an int> <Unsupported operation: Infinity is not an int> <Unsupported operation: Infinity is not an int> <Unsupported operation: Infinity is not an int> Infinity Infinity Infinity Infinity Infinity false false false true false
// expect: -Infinity: Infinity Infinity -1.0 <Unsupported operation: -Infinity is not an int> <Unsupported operation: -Infinity is not an int> <Unsupported operation: -Infinity is not an int> <Unsupported operation: -Infinity is not an int> -Infinity -Infinity -Infinity -Infinity -Infinity true false false true false
// expect: NaN: NaN NaN NaN <Unsupported operation: NaN is not an int> <Unsupported operation: NaN is not an int> <Unsupported operation: NaN is not an int> <Unsupported operation: NaN is not an int> NaN NaN NaN NaN NaN false true false false false
// expect: 0: true false 0 0 0 0 0 0 0 0 0 0 12 0
// expect: 1: false true 1 1 1 -1 1 1 0 1 1 1 1 1
// expect: -1: false true 0 -1 255 -1 -1 9223372036854775807 0 -1 -1 -1 1 1
// expect: 2: true false 2 2 2 0 2 2 0 10 2 2 2 2
// expect: 127: false true 7 127 127 -1 127 127 0 1111111 7f 3j 1 127
// expect: 128: true false 8 -128 128 0 128 128 0 10000000 80 3k 4 128
// expect: 255: false true 8 -1 255 -1 255 255 0 11111111 ff 73 3 255
// expect: 256: true false 9 0 0 0 256 256 0 100000000 100 74 4 256
// expect: -128: true false 7 -128 128 0 -128 9223372036854775680 0 -10000000 -80 -3k 4 128
// expect: -129: false true 8 127 127 -1 -129 9223372036854775679 0 -10000001 -81 -3l 3 129
// expect: 9223372036854775807: false true 63 -1 255 -1 9223372036854775807 9223372036854775807 0 111111111111111111111111111111111111111111111111111111111111111 7fffffffffffffff 1y2p0ij32e8e7 1 9223372036854775807
// expect: -9223372036854775808: true false 63 0 0 0 -9223372036854775808 0 0 -1000000000000000000000000000000000000000000000000000000000000000 -8000000000000000 -1y2p0ij32e8e8 4 9223372036854775808
// expect: 18446744073709551616: true false 65 0 0 0 0 0 0 10000000000000000000000000000000000000000000000000000000000000000 10000000000000000 3w5e11264sgsg 4 18446744073709551616
// expect: -18446744073709551616: true false 64 0 0 0 0 0 0 -10000000000000000000000000000000000000000000000000000000000000000 -10000000000000000 -3w5e11264sgsg 4 18446744073709551616
// expect: <RangeError: toRadixString: argument 'radix' must be from 2 to 36, it is 0>
// expect: <RangeError: toRadixString: argument 'radix' must be from 2 to 36, it is 1>
// expect: <RangeError: toRadixString: argument 'radix' must be from 2 to 36, it is 37>
// expect: <RangeError: toRadixString: argument 'radix' must be from 2 to 36, it is -1>
// expect: <RangeError: toUnsigned: argument 'width' must not be less than 0, it is -1>
// expect: 18446744073709551615
// expect: 36893488147419103231
// expect: 2
// expect: <Invalid argument(s): The lower limit 3 is above the upper one, 1>
// expect: 1
// expect: 5.0
// expect: 0
// expect: <Invalid argument(s): The lower limit NaN is above the upper one, 1>
// expect: [5, 1, -0.0, 0, 2, 2.5]
// expect: 0 fixed: 0.0 0.00 0.00000000000000000000
// expect: 0 exp: 0.0e+0 0.00e+0 0.00000000000000000000e+0
// expect: 0 prec: 0 0.0 0.0000000000000000000
// expect: 0e+0
// expect: 1 fixed: 1.0 1.00 1.00000000000000000000
// expect: 1 exp: 1.0e+0 1.00e+0 1.00000000000000000000e+0
// expect: 1 prec: 1 1.0 1.0000000000000000000
// expect: 1e+0
// expect: -1.5 fixed: -1.5 -1.50 -1.50000000000000000000
// expect: -1.5 exp: -1.5e+0 -1.50e+0 -1.50000000000000000000e+0
// expect: -1.5 prec: -2 -1.5 -1.5000000000000000000
// expect: -1.5e+0
// expect: 0.05 fixed: 0.1 0.05 0.05000000000000000278
// expect: 0.05 exp: 5.0e-2 5.00e-2 5.00000000000000027756e-2
// expect: 0.05 prec: 0.05 0.050 0.050000000000000002776
// expect: 5e-2
// expect: 123456789 fixed: 123456789.0 123456789.00 123456789.00000000000000000000
// expect: 123456789 exp: 1.2e+8 1.23e+8 1.23456789000000000000e+8
// expect: 123456789 prec: 1e+8 1.2e+8 123456789.00000000000
// expect: 1.23456789e+8
// expect: 1e+21 fixed: 1e+21 1e+21 1e+21
// expect: 1e+21 exp: 1.0e+21 1.00e+21 1.00000000000000000000e+21
// expect: 1e+21 prec: 1e+21 1.0e+21 1.0000000000000000000e+21
// expect: 1e+21
// expect: 1e-10 fixed: 0.0 0.00 0.00000000010000000000
// expect: 1e-10 exp: 1.0e-10 1.00e-10 1.00000000000000003643e-10
// expect: 1e-10 prec: 1e-10 1.0e-10 1.0000000000000000364e-10
// expect: 1e-10
// expect: 999.99 fixed: 1000.0 999.99 999.99000000000000909495
// expect: 999.99 exp: 1.0e+3 1.00e+3 9.99990000000000009095e+2
// expect: 999.99 prec: 1e+3 1.0e+3 999.99000000000000909
// expect: 9.9999e+2
// expect: NaN fixed: NaN NaN NaN
// expect: NaN exp: NaN NaN NaN
// expect: NaN prec: NaN NaN NaN
// expect: NaN
// expect: -Infinity fixed: -Infinity -Infinity -Infinity
// expect: -Infinity exp: -Infinity -Infinity -Infinity
// expect: -Infinity prec: -Infinity -Infinity -Infinity
// expect: -Infinity
// expect: [0.000001, 1e-7, 123456789.0, 100000000000000000000.0, 1e+21, 5e-324, 1.7976931348623157e+308, 0.1, 0.3333333333333333, 100.0, 1000000000000000.5]
// expect: fixed -1: <RangeError: toStringAsFixed: argument 'fractionDigits' must be from 0 to 20, it is -1>
// expect: fixed 0: 2
// expect: fixed 1: 1.5
// expect: fixed 20: 1.50000000000000000000
// expect: fixed 21: <RangeError: toStringAsFixed: argument 'fractionDigits' must be from 0 to 20, it is 21>
// expect: fixed 22: <RangeError: toStringAsFixed: argument 'fractionDigits' must be from 0 to 20, it is 22>
// expect: exp -1: <RangeError: toStringAsExponential: argument 'fractionDigits' must be from 0 to 20, it is -1>
// expect: exp 0: 2e+0
// expect: exp 1: 1.5e+0
// expect: exp 20: 1.50000000000000000000e+0
// expect: exp 21: <RangeError: toStringAsExponential: argument 'fractionDigits' must be from 0 to 20, it is 21>
// expect: exp 22: <RangeError: toStringAsExponential: argument 'fractionDigits' must be from 0 to 20, it is 22>
// expect: prec -1: <RangeError: toStringAsPrecision: argument 'precision' must be from 1 to 21, it is -1>
// expect: prec 0: <RangeError: toStringAsPrecision: argument 'precision' must be from 1 to 21, it is 0>
// expect: prec 1: 2
// expect: prec 20: 1.5000000000000000000
// expect: prec 21: 1.50000000000000000000
// expect: prec 22: <RangeError: toStringAsPrecision: argument 'precision' must be from 1 to 21, it is 22>
// expect: '0': 0 0.0 0
// expect: '-0': 0 -0.0 0
// expect: '+5': 5 5.0 5
// expect: ' 12 ': 12 12.0 12
// expect: '0x1F': 31 null 31
// expect: '-0xff': -255 null -255
// expect: '0X10': 16 null 16
// expect: '1_0': null null null
// expect: '1e3': null 1000.0 1000.0
// expect: '12.': null 12.0 12.0
// expect: '.5': null 0.5 0.5
// expect: '5.e1': null 50.0 50.0
// expect: '1.5e-3': null 0.0015 0.0015
// expect: '+1.5': null 1.5 1.5
// expect: 'Infinity': null Infinity Infinity
// expect: '-Infinity': null -Infinity -Infinity
// expect: 'NaN': null NaN NaN
// expect: 'inf': null null null
// expect: '0x1.8p1': null null null
// expect: '1e': null null null
// expect: 'e1': null null null
// expect: '': null null null
// expect: ' ': null null null
// expect: ' 7': 7 7.0 7
// expect: '9223372036854775808': 9223372036854775808 9223372036854776000.0 9223372036854775808
// expect: '-9223372036854775809': -9223372036854775809 -9223372036854776000.0 -9223372036854775809
// expect: '1d': null null null
// expect: '- 1': null null null
// expect: [5, null, null, -3, null, null, null]
// expect: [65, null, null, -9, null, 2, null]
// expect: [257, 127, null, -17, null, 2, null]
// expect: [1297, 267, 1295, -37, 42804, 2, null]
// expect: <RangeError: int.parse: argument 'radix' must be from 2 to 36, it is 1>
// expect: <RangeError: int.parse: argument 'radix' must be from 2 to 36, it is 37>
// expect: <RangeError: int.parse: argument 'radix' must be from 2 to 36, it is 0>
// expect: FormatException: Not an integer
// expect: x
// expect: FormatException: Not a double
// expect: x
// expect: FormatException: Not a number
// expect: x
// expect: Invalid argument(s): int.parse: argument 'source' must be a String, it is null
// expect: Invalid argument(s): num.parse: argument 'source' must be a String, it is 5
// expect: [one, two and a half, big, big, max, one]
// expect: true true false false true
// expect: int int int double
