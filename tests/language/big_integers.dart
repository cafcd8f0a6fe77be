// Ints of more than 64 bits: they come from texts and doubles here, and are ints as any other.
// Too long for a word, so they are made when they are asked for.
var bigStatic = 123456789012345678901234567890;
const bigConstant = 99999999999999999999;
class Big {
  static var own = -18446744073709551617;
}
main() {
  print([bigStatic, bigConstant, Big.own]);  // expect: [123456789012345678901234567890, 99999999999999999999, -18446744073709551617]
  var big = int.parse("123456789012345678901234567890");
  print(big);  // expect: 123456789012345678901234567890
  print(big is int);  // expect: true
  print(big is num);  // expect: true
  print(big.runtimeType == int);  // expect: true
  print(-big);  // expect: -123456789012345678901234567890
  print(big + 1);  // expect: 123456789012345678901234567891
  print(1 + big);  // expect: 123456789012345678901234567891
  print(big - big);  // expect: 0
  print(big * big);  // expect: 15241578753238836750495351562536198787501905199875019052100
  print(big ~/ 1000);  // expect: 123456789012345678901234567
  print((big ~/ 1000000000000) + 1);  // expect: 123456789012345679
  print(big % 1000);  // expect: 890
  print(-big % 1000);  // expect: 110
  print((-big).remainder(1000));  // expect: -890
  print(big / big);  // expect: 1.0
  print(big & 0xff);  // expect: 210
  print(big | 1);  // expect: 123456789012345678901234567891
  print(big ^ big);  // expect: 0
  print(~big);  // expect: -123456789012345678901234567891
  print(big >> 64);  // expect: 6692605942
  print(-big >> 64);  // expect: -6692605943
  print(big << 3);  // expect: 987654312098765431209876543120
  print(big >> big);  // expect: 0
  print(-big >> big);  // expect: -1
  // Comparisons, exact with doubles too.
  print(big > 5);  // expect: true
  print(5 > -big);  // expect: true
  print(big == big + 0);  // expect: true
  print(big == big + 1);  // expect: false
  print(identical(big, int.parse("123456789012345678901234567890")));  // expect: true
  print(big < double.INFINITY);  // expect: true
  print(big == big.toDouble());  // expect: false
  print(int.parse("18446744073709551616") == 18446744073709551616.0);  // expect: true
  print(9007199254740993 == 9007199254740992.0);  // expect: false
  print(9007199254740993 > 9007199254740992.0);  // expect: true
  print(big.compareTo(1) + (-big).compareTo(1));  // expect: 0
  print(big < 0.0 / 0.0);  // expect: false
  // What fits into 64 bits is an ordinary int again, and becomes a big one when it does not any more.
  var small = (big >> 64) + 1;
  print(small);  // expect: 6692605943
  print(int.parse("9223372036854775808") - 1);  // expect: 9223372036854775807
  print(int.parse("9223372036854775808") - 1 + 1);  // expect: 9223372036854775808
  print(int.parse("-9223372036854775808"));  // expect: -9223372036854775808
  print(int.parse("-9223372036854775809"));  // expect: -9223372036854775809
  // Texts.
  print(int.parse("0xffffffffffffffff"));  // expect: 18446744073709551615
  print(0xffffffffffffffff - 1);  // expect: 18446744073709551614
  print(-0x8000000000000000 == -9223372036854775808);  // expect: true
  print(0xffffffffffffffff & 255);  // expect: 255
  print(int.parse("0x10000000000000000"));  // expect: 18446744073709551616
  print(int.parse("-zzzzzzzzzzzzzzzz", radix: 36));  // expect: -7958661109946400884391935
  print(int.parse(big.toString()) == big);  // expect: true
  print(big.toRadixString(16));  // expect: 18ee90ff6c373e0ee4e3f0ad2
  print((-7).toRadixString(2));  // expect: -111
  print(int.parse("12345678901234567890x", onError: (text) => -1));  // expect: -1
  // Doubles.
  print(big.toDouble());  // expect: 1.2345678901234568e+29
  print(big + 0.5);  // expect: 1.2345678901234568e+29
  print(1e20.toInt());  // expect: 100000000000000000000
  print(-1e20 ~/ 1);  // expect: -100000000000000000000
  print(9223372036854775808.0.toInt());  // expect: 9223372036854775808
  // As keys: equal numbers are one.
  var map = {big: "big", 1e20: "double"};
  print(map[int.parse("123456789012345678901234567890")]);  // expect: big
  print(map[int.parse("100000000000000000000")]);  // expect: double
  print(map[big + 1]);  // expect: null
  // The rest of int.
  print(big.isEven);  // expect: true
  print(big.sign - (-big).sign);  // expect: 2
  print((-big).abs() == big);  // expect: true
  print(big.bitLength);  // expect: 97
  print(big.gcd(1000));  // expect: 10
  try {
    big ~/ 0;
  } catch (e) {
    print(e.runtimeType);  // expect: IntegerDivisionByZeroException
  }
  try {
    big << -1;
  } catch (e) {
    print(e is ArgumentError);  // expect: true
  }
  try {
    big << big;
  } catch (e) {
    print(e is OutOfMemoryError);  // expect: true
  }
  // Operators and literals make them: what 64 bits cannot hold is exact all the same.
  var max = 9223372036854775807;
  print("${max + 1} ${-max - 2} ${max * max} ${1 << 100}");
  // expect: 9223372036854775808 -9223372036854775809 85070591730234615847396907784232501249 1267650600228229401496703205376
  print("${18446744073709551616 == 1 << 64} ${-0x10000000000000000} ${- -18446744073709551616}");
  // expect: true -18446744073709551616 18446744073709551616
  const googol = 10000000000000000000000000000000000000000 - 1;
  print("${identical(googol, 9999999999999999999999999999999999999999)} ${{googol: 'found'}[googol]}");
  // expect: true found
  switch (1 << 65) {
    case 36893488147419103232:
      print("a case");  // expect: a case
  }
  // Every collection moves them.
  var sum = 0;
  for (var i = 0; i < 2000; i++) sum += big;
  print(sum == big * 2000);  // expect: true
}
