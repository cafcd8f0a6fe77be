// Numbers. An int is exact, of whatever size: one that 64 bits cannot hold is another kind of object. A double is one of IEEE 754's.
part of dart.core;

abstract class num implements Comparable<num> {
  num operator +(num other);
  num operator -(num other);
  num operator *(num other);
  double operator /(num other);
  num operator %(num other);
  int operator ~/(num other);
  num operator -();
  bool operator <(num other);
  bool operator <=(num other);
  bool operator >(num other);
  bool operator >=(num other);
  num remainder(num other);
  num abs();
  num get sign;
  int round();
  int floor();
  int ceil();
  int truncate();
  int toInt();
  double toDouble();
  double roundToDouble();
  double floorToDouble();
  double ceilToDouble();
  double truncateToDouble();
  bool get isNaN;
  bool get isNegative;
  bool get isInfinite;
  bool get isFinite;

  // Equal ints and doubles are one; a zero's sign counts, and NaN comes last.
  int compareTo(num other) {
    if (this < other) return -1;
    if (this > other) return 1;
    if (this == other) {
      if (this != 0) return 0;
      if (isNegative == other.isNegative) return 0;
      return isNegative ? -1 : 1;
    }
    if (isNaN) return other.isNaN ? 0 : 1;
    return -1;
  }

  num clamp(num lowerLimit, num upperLimit) {
    _checkNum(lowerLimit, "lowerLimit");
    _checkNum(upperLimit, "upperLimit");
    if (lowerLimit.compareTo(upperLimit) > 0) {
      throw new ArgumentError("The lower limit $lowerLimit is above the upper one, $upperLimit");
    }
    if (this.compareTo(lowerLimit) < 0) return lowerLimit;
    if (this.compareTo(upperLimit) > 0) return upperLimit;
    return this;
  }

  // From 10^21 on there are exponents.
  String toStringAsFixed(int fractionDigits) {
    if (abs() >= 1e21) {
      _checkInt(fractionDigits, 0, 20, "fractionDigits");
      return toDouble().toString();
    }
    return _toStringAsFixed(this, fractionDigits);
  }

  String toStringAsExponential([int fractionDigits]) {
    return _toStringAsExponential(this, fractionDigits);
  }

  String toStringAsPrecision(int precision) {
    return _toStringAsPrecision(this, precision);
  }

  static num parse(String source, [num onError(String source)]) {
    var text = _checkString(source, "source").trim();
    var result = _parseInt(text, null);
    if (result == null) result = _parseDouble(text);
    if (result != null) return result;
    if (onError != null) return onError(source);
    throw new FormatException("Not a number", source);
  }

  // Null if it is none.
  static num tryParse(String source) => parse(source, (_) => null);
}

String _toStringAsFixed(num value, int fractionDigits) native "Double_toStringAsFixed";
String _toStringAsExponential(num value, int fractionDigits) native "Double_toStringAsExponential";
String _toStringAsPrecision(num value, int precision) native "Double_toStringAsPrecision";
// Null if `source` is no number. Without a radix it is 10, or 16 after "0x".
int _parseInt(String source, int radix) native "Integer_parse";
double _parseDouble(String source) native "Double_parse";

class int extends num {
  factory int._() => null;
  const factory int.fromEnvironment(String name, {int defaultValue}) =>
      tryParse(_declared(name) ?? "") ?? defaultValue;

  num operator +(num other) native "Integer_add";
  num operator -(num other) native "Integer_subtract";
  num operator *(num other) native "Integer_multiply";
  double operator /(num other) native "Integer_divide";
  num operator %(num other) native "Integer_modulo";
  int operator ~/(num other) native "Integer_truncatingDivide";
  num remainder(num other) native "Integer_remainder";
  int operator -() native "Integer_negate";
  int operator ~() native "Integer_complement";
  int operator &(int other) native "Integer_and";
  int operator |(int other) native "Integer_or";
  int operator ^(int other) native "Integer_xor";
  int operator <<(int other) native "Integer_shiftLeft";
  int operator >>(int other) native "Integer_shiftRight";

  // Of 64 bits.
  int operator >>>(int other) {
    var shifted = this >> other;
    if (this >= 0 || other == 0) return shifted;
    return other > 63 ? 0 : shifted & (0x7fffffffffffffff >> (other - 1));
  }
  bool operator <(num other) native "Integer_less";
  bool operator <=(num other) native "Integer_lessEqual";
  bool operator >(num other) native "Integer_greater";
  bool operator >=(num other) native "Integer_greaterEqual";
  bool operator ==(other) native "Integer_equals";
  int get hashCode native "Integer_hashCode";
  String toString() native "Integer_toString";
  double toDouble() native "Integer_toDouble";

  Type get runtimeType => int;
  bool get isEven => (this & 1) == 0;
  bool get isOdd => (this & 1) != 0;
  bool get isNaN => false;
  bool get isInfinite => false;
  bool get isFinite => true;
  bool get isNegative => this < 0;
  int get sign => this < 0 ? -1 : (this > 0 ? 1 : 0);
  int abs() => this < 0 ? -this : this;
  int round() => this;
  int floor() => this;
  int ceil() => this;
  int truncate() => this;
  int toInt() => this;
  double roundToDouble() => toDouble();
  double floorToDouble() => toDouble();
  double ceilToDouble() => toDouble();
  double truncateToDouble() => toDouble();

  // How many bits the value needs, its sign not counted.
  int get bitLength native "Integer_bitLength";

  int gcd(int other) {
    var a = abs();
    var b = _checkAnyInt(other, "other").abs();
    while (b != 0) {
      var rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  // This to the power of `exponent`, modulo `modulus`.
  int modPow(int exponent, int modulus) {
    if (_checkAnyInt(exponent, "exponent") < 0) _checkInt(exponent, 0, null, "exponent");
    if (_checkAnyInt(modulus, "modulus") < 1) _checkInt(modulus, 1, null, "modulus");
    var result = 1 % modulus;
    var base = this % modulus;
    for (; exponent > 0; exponent >>= 1) {
      if (exponent.isOdd) result = result * base % modulus;
      if (exponent > 1) base = base * base % modulus;
    }
    return result;
  }

  // What multiplied by this leaves 1, modulo `modulus`.
  int modInverse(int modulus) {
    if (_checkAnyInt(modulus, "modulus") < 1) _checkInt(modulus, 1, null, "modulus");
    if (modulus == 1) return 0;
    var r = modulus;
    var next = this % modulus;
    var t = 0;
    var nextT = 1;
    while (next != 0) {
      var quotient = r ~/ next;
      var rest = r - quotient * next;
      r = next;
      next = rest;
      var coefficient = t - quotient * nextT;
      t = nextT;
      nextT = coefficient;
    }
    if (r != 1) throw new Exception("Not coprime");
    return t < 0 ? t + modulus : t;
  }

  int toUnsigned(int width) {
    _checkInt(width, 0, null, "width");
    return this & ((1 << width) - 1);
  }

  int toSigned(int width) {
    _checkInt(width, 1, null, "width");
    var signBit = 1 << (width - 1);
    return (this & (signBit - 1)) - (this & signBit);
  }

  String toRadixString(int radix) native "Integer_toRadixString";

  static int parse(String source, {int radix, int onError(String source)}) {
    var result = _parseInt(_checkString(source, "source").trim(), radix);
    if (result != null) return result;
    if (onError != null) return onError(source);
    throw new FormatException("Not an integer", source);
  }

  // Null if it is none.
  static int tryParse(String source, {int radix}) {
    return parse(source, radix: radix, onError: (_) => null);
  }
}

class double extends num {
  factory double._() => null;

  static const double NAN = 0.0 / 0.0;
  static const double INFINITY = 1.0 / 0.0;
  static const double NEGATIVE_INFINITY = -1.0 / 0.0;
  static const double MIN_POSITIVE = 5e-324;
  static const double MAX_FINITE = 1.7976931348623157e+308;
  static const double nan = NAN;
  static const double infinity = INFINITY;
  static const double negativeInfinity = NEGATIVE_INFINITY;
  static const double minPositive = MIN_POSITIVE;
  static const double maxFinite = MAX_FINITE;

  double operator +(num other) native "Double_add";
  double operator -(num other) native "Double_subtract";
  double operator *(num other) native "Double_multiply";
  double operator /(num other) native "Double_divide";
  double operator %(num other) native "Double_modulo";
  int operator ~/(num other) native "Double_truncatingDivide";
  double remainder(num other) native "Double_remainder";
  double operator -() native "Double_negate";
  bool operator <(num other) native "Double_less";
  bool operator <=(num other) native "Double_lessEqual";
  bool operator >(num other) native "Double_greater";
  bool operator >=(num other) native "Double_greaterEqual";
  bool operator ==(other) native "Double_equals";
  int get hashCode native "Double_hashCode";
  String toString() native "Double_toString";
  bool get isNegative native "Double_isNegative";
  double roundToDouble() native "Double_round";
  double floorToDouble() native "Double_floor";
  double ceilToDouble() native "Double_ceil";
  double truncateToDouble() native "Double_truncate";
  // Throws UnsupportedError for NaN and infinities.
  int toInt() native "Double_toInt";

  Type get runtimeType => double;
  bool get isNaN => this != this;
  bool get isInfinite => this == INFINITY || this == NEGATIVE_INFINITY;
  bool get isFinite => this - this == 0.0;
  double get sign => this > 0.0 ? 1.0 : (this < 0.0 ? -1.0 : this);
  double abs() => isNegative ? -this : this;
  int round() => roundToDouble().toInt();
  int floor() => floorToDouble().toInt();
  int ceil() => ceilToDouble().toInt();
  int truncate() => toInt();
  double toDouble() => this;

  static double parse(String source, [double onError(String source)]) {
    var result = _parseDouble(_checkString(source, "source").trim());
    if (result != null) return result;
    if (onError != null) return onError(source);
    throw new FormatException("Not a double", source);
  }

  // Null if it is none.
  static double tryParse(String source) => parse(source, (_) => null);
}
