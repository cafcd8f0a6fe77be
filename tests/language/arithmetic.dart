// Numbers: ints that grow as they need to, doubles, and what mixes them.
main() {
  print(1 + 2 * 3 - 4);  // expect: 3
  print(7 ~/ 2);  // expect: 3
  print(-7 ~/ 2);  // expect: -3
  print(7 % 3);  // expect: 1
  print(-7 % 3);  // expect: 2
  print(7 % -3);  // expect: 1
  print((-7).remainder(3));  // expect: -1
  print(7 / 2);  // expect: 3.5
  print(6 / 2);  // expect: 3.0
  print(1 << 10);  // expect: 1024
  print(-16 >> 2);  // expect: -4
  print(6 & 3 | 8 ^ 1);  // expect: 11
  print(~5);  // expect: -6
  print(0xff);  // expect: 255
  // Beyond small ints.
  print(4611686018427387903 + 1);  // expect: 4611686018427387904
  print(-4611686018427387904 - 1);  // expect: -4611686018427387905
  print(9223372036854775807 + 1);  // expect: 9223372036854775808
  print(3037000500 * 3037000500);  // expect: 9223372037000250000
  print(4611686018427387904 - 1);  // expect: 4611686018427387903
  print(-9223372036854775807 - 1 == -(1 << 63));  // expect: true
  print((1 << 62) ~/ -1);  // expect: -4611686018427387904
  print((-1 << 63) ~/ -1);  // expect: 9223372036854775808
  print((1 << 63) % -1);  // expect: 0
  print(1 << 64);  // expect: 18446744073709551616
  print(-1 >> 100);  // expect: -1
  print(9223372036854775807 == 9223372036854775807);  // expect: true
  print(9223372036854775807.hashCode == 9223372036854775807.hashCode);  // expect: true
  // Doubles.
  print(0.1 + 0.2);  // expect: 0.30000000000000004
  print(1.0);  // expect: 1.0
  print(1e21);  // expect: 1e+21
  print(-0.0);  // expect: -0.0
  print(1 / 0);  // expect: Infinity
  print(0.0 / 0.0);  // expect: NaN
  print(1 == 1.0);  // expect: true
  print(1.5 + 1);  // expect: 2.5
  print(2 * 0.5);  // expect: 1.0
  print(7.5 % 2);  // expect: 1.5
  print(-7.5 % 2);  // expect: 0.5
  print(7.9 ~/ 2);  // expect: 3
  print(1 < 1.5 && 1.5 <= 1.5 && 2 > 1.5 && 2 >= 2.0);  // expect: true
  print(2.7.floor() + 2.2.ceil() + 2.5.round() + (-2.7).truncate());  // expect: 6
  print(3.7.toInt());  // expect: 3
  print(3.toDouble());  // expect: 3.0
  print(3.14159.toStringAsFixed(2));  // expect: 3.14
  print(1234.5.toStringAsExponential(2));  // expect: 1.23e+3
  print(0.000123.toStringAsPrecision(2));  // expect: 0.00012
  print(255.toRadixString(16));  // expect: ff
  print((-5).abs());  // expect: 5
  print(-3.7.abs());  // expect: -3.7
  print(5.compareTo(7));  // expect: -1
  print(12.gcd(18));  // expect: 6
  print(1000.bitLength);  // expect: 10
  print(5.clamp(1, 3));  // expect: 3
  print(int.parse("42") + int.parse("-0x10"));  // expect: 26
  print(double.parse(" 2.5e3 "));  // expect: 2500.0
  print(int.parse("zz", onError: (s) => -1));  // expect: -1
  print(num.parse("7.25"));  // expect: 7.25
  print(1 is int && 1 is num && 1.0 is double && !(1 is double));  // expect: true
  try {
    1 ~/ 0;
  } catch (e) {
    print(e);  // expect: IntegerDivisionByZeroException
    print(e is IntegerDivisionByZeroException);  // expect: true
  }
  try {
    1 % 0;
  } on IntegerDivisionByZeroException {
    print("modulo");  // expect: modulo
  }
  try {
    1 + "a";
  } catch (e) {
    print(e);
    // expect: Invalid argument(s): +: argument 'other' must be a num, it is "a"
  }
  try {
    1 << -1;
  } catch (e) {
    print(e);
    // expect: Invalid argument(s): <<: argument 'other' must not be negative, it is -1
  }
  try {
    int.parse("x1");
  } catch (e) {
    print(e is FormatException);  // expect: true
  }
  try {
    (0.0 / 0.0).toInt();
  } catch (e) {
    print(e);  // expect: Unsupported operation: NaN is not an int
  }
}
