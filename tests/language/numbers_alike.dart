// Numbers as texts, there and back; arithmetic by its laws; and what a list of bytes makes of them.
// stress-interval: 997
import 'dart:math';
import 'dart:typed_data';

main() {
  var random = new Random(7), wrong = 0;
  expect(fact, what()) {
    if (!fact && ++wrong < 20) print("wrong: ${what()}");
  }
  int any(int bits) {
    var result = 0;
    for (var left = bits; left > 0; left -= 16) result = (result << 16) + random.nextInt(1 << 16);
    return random.nextBool() ? result : -result;
  }
  for (var round = 0; round < 400; round++) {
    var a = any(16 * (1 + random.nextInt(8))), b = any(16 * (1 + random.nextInt(6)));
    var c = any(16), radix = 2 + random.nextInt(35), shift = random.nextInt(90);
    expect(int.parse(a.toString()) == a, () => "$a as text");
    expect(int.parse(a.toRadixString(radix), radix: radix) == a, () => "$a, radix $radix");
    expect(int.parse(" $a ") == a, () => "$a with blanks");
    expect((a + b) - b == a && a - b == -(b - a), () => "$a and $b, sum");
    expect(a * b == b * a && (a + c) * b == a * b + c * b, () => "$a $b $c, product");
    if (b != 0) {
      expect((a ~/ b) * b + a.remainder(b) == a, () => "$a ~/ $b");
      expect(a % b >= 0 && a % b < b.abs() && (a - a % b) % b == 0, () => "$a % $b");
      expect(a.remainder(b) == 0 || a.remainder(b).isNegative == a.isNegative, () => "$a rem $b");
      expect(a.gcd(b) == b.gcd(a) && (a == 0 || a % a.gcd(b) == 0), () => "$a gcd $b");
    }
    expect((a << shift) >> shift == a && a << shift == a * pow(2, shift), () => "$a << $shift");
    expect(a >> shift == (a - a % (1 << shift)) ~/ (1 << shift), () => "$a >> $shift");
    expect((a & b) + (a | b) == a + b && (a ^ b) == (a | b) - (a & b), () => "$a bits $b");
    expect(~a == -a - 1 && a.abs() == (a < 0 ? -a : a) && a.sign == a.compareTo(0), () => "~$a");
    expect((a < b) == (b > a) && (a <= b) == !(a > b) && a.compareTo(b) == -b.compareTo(a), () => "$a < $b");
    expect(a.isEven == (a % 2 == 0) && a.isOdd != a.isEven, () => "$a even");
    expect(a == 0 || a.abs() >> (a.abs().bitLength - 1) == 1, () => "$a bitLength");
    expect(a.toSigned(20) == ((a + (1 << 19)) & ((1 << 20) - 1)) - (1 << 19), () => "$a toSigned");
    expect(a.toUnsigned(20) == a & ((1 << 20) - 1), () => "$a toUnsigned");
    expect(a.hashCode == (a + 0).hashCode && {a: 1}[a + 0] == 1, () => "$a hash");
    if (a.abs() > 1 && c > 0) {
      expect(c.modPow(5, a.abs()) == (c * c * c * c * c) % a.abs(), () => "$c modPow");
    }
    var d = (random.nextDouble() - 0.5) * pow(10, random.nextInt(40) - 20);
    expect(double.parse("$d") == d && double.parse(d.toStringAsExponential()) == d, () => "$d as text");
    expect(double.parse(d.toStringAsPrecision(17)) == d, () => "$d precisely");
    expect(d.floor() <= d && d < d.floor() + 1 && d.ceil() == -(-d).floor(), () => "$d floor");
    expect(d.truncate() == (d < 0 ? d.ceil() : d.floor()), () => "$d truncate");
    expect(d.round() == (d < 0 ? -(-d + 0.5).floor() : (d + 0.5).floor()) || d.abs() > 1e15, () => "$d round");
    expect(d.roundToDouble() == d.round().toDouble(), () => "$d roundToDouble");
    expect((d % 3.5) >= 0 && (d % 3.5) <= 3.5 && d.remainder(3.5) == d - (d / 3.5).truncate() * 3.5 || d.abs() > 1e9,
        () => "$d % 3.5");
    expect(d.toInt() == d.truncate() && d.isNegative == (d < 0) && d.abs() >= 0, () => "$d toInt");
    expect((d < a) == (a > d) && (d == a) == (a == d) && d.compareTo(a) == -a.compareTo(d), () => "$d < $a");
    expect(d.clamp(-1, 1) == max(-1, min(1, d)), () => "$d clamp");
    // The same bits, however they are looked at.
    var data = new ByteData(16), e = a.toSigned(64);
    for (var endian in [Endianness.BIG_ENDIAN, Endianness.LITTLE_ENDIAN]) {
      data.setInt64(3, e, endian);
      expect(data.getInt64(3, endian) == e && data.getUint64(3, endian) == e.toUnsigned(64), () => "$e 64");
      data.setInt32(5, e, endian);
      expect(data.getInt32(5, endian) == e.toSigned(32) && data.getUint32(5, endian) == e.toUnsigned(32), () => "$e 32");
      data.setUint16(1, e, endian);
      expect(data.getInt16(1, endian) == e.toSigned(16) && data.getUint16(1, endian) == e.toUnsigned(16), () => "$e 16");
      data.setInt8(9, e);
      expect(data.getInt8(9) == e.toSigned(8) && data.getUint8(9) == e.toUnsigned(8), () => "$e 8");
      data.setFloat64(7, d, endian);
      expect(data.getFloat64(7, endian) == d, () => "$d 64");
      var high = data.getUint32(endian == Endianness.BIG_ENDIAN ? 7 : 11, endian);
      expect(high >> 31 == (d < 0 ? 1 : 0), () => "$d sign");
      data.setFloat32(2, d, endian);
      expect(data.getFloat32(2, endian) == new Float32List.fromList([d])[0], () => "$d 32");
    }
    expect(new Uint8ClampedList.fromList([c])[0] == c.clamp(0, 255), () => "$c clamped");
    expect(new Int8List.fromList([c])[0] == c.toSigned(8), () => "$c in a byte");
    expect(new Uint64List.fromList([e])[0] == e.toUnsigned(64), () => "$e in 64 bits");
  }
  print("$wrong wrong"); // expect: 0 wrong
}
