// dart:typed_data: every member of values of several numbers for each of their numbers, and every
// constant that says how they are mixed.
// stress-interval: 997
import "dart:typed_data";

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".split("\n").first;
  }
}

main() {
  masks();
  floats();
  ints();
  doubles();
}

// The name of a mask says which number comes to each place.
masks() {
  var ofFloats = [
      Float32x4.XXXX, Float32x4.YXXX, Float32x4.ZXXX, Float32x4.WXXX, Float32x4.XYXX, Float32x4.YYXX, Float32x4.ZYXX,
      Float32x4.WYXX, Float32x4.XZXX, Float32x4.YZXX, Float32x4.ZZXX, Float32x4.WZXX, Float32x4.XWXX, Float32x4.YWXX,
      Float32x4.ZWXX, Float32x4.WWXX, Float32x4.XXYX, Float32x4.YXYX, Float32x4.ZXYX, Float32x4.WXYX, Float32x4.XYYX,
      Float32x4.YYYX, Float32x4.ZYYX, Float32x4.WYYX, Float32x4.XZYX, Float32x4.YZYX, Float32x4.ZZYX, Float32x4.WZYX,
      Float32x4.XWYX, Float32x4.YWYX, Float32x4.ZWYX, Float32x4.WWYX, Float32x4.XXZX, Float32x4.YXZX, Float32x4.ZXZX,
      Float32x4.WXZX, Float32x4.XYZX, Float32x4.YYZX, Float32x4.ZYZX, Float32x4.WYZX, Float32x4.XZZX, Float32x4.YZZX,
      Float32x4.ZZZX, Float32x4.WZZX, Float32x4.XWZX, Float32x4.YWZX, Float32x4.ZWZX, Float32x4.WWZX, Float32x4.XXWX,
      Float32x4.YXWX, Float32x4.ZXWX, Float32x4.WXWX, Float32x4.XYWX, Float32x4.YYWX, Float32x4.ZYWX, Float32x4.WYWX,
      Float32x4.XZWX, Float32x4.YZWX, Float32x4.ZZWX, Float32x4.WZWX, Float32x4.XWWX, Float32x4.YWWX, Float32x4.ZWWX,
      Float32x4.WWWX, Float32x4.XXXY, Float32x4.YXXY, Float32x4.ZXXY, Float32x4.WXXY, Float32x4.XYXY, Float32x4.YYXY,
      Float32x4.ZYXY, Float32x4.WYXY, Float32x4.XZXY, Float32x4.YZXY, Float32x4.ZZXY, Float32x4.WZXY, Float32x4.XWXY,
      Float32x4.YWXY, Float32x4.ZWXY, Float32x4.WWXY, Float32x4.XXYY, Float32x4.YXYY, Float32x4.ZXYY, Float32x4.WXYY,
      Float32x4.XYYY, Float32x4.YYYY, Float32x4.ZYYY, Float32x4.WYYY, Float32x4.XZYY, Float32x4.YZYY, Float32x4.ZZYY,
      Float32x4.WZYY, Float32x4.XWYY, Float32x4.YWYY, Float32x4.ZWYY, Float32x4.WWYY, Float32x4.XXZY, Float32x4.YXZY,
      Float32x4.ZXZY, Float32x4.WXZY, Float32x4.XYZY, Float32x4.YYZY, Float32x4.ZYZY, Float32x4.WYZY, Float32x4.XZZY,
      Float32x4.YZZY, Float32x4.ZZZY, Float32x4.WZZY, Float32x4.XWZY, Float32x4.YWZY, Float32x4.ZWZY, Float32x4.WWZY,
      Float32x4.XXWY, Float32x4.YXWY, Float32x4.ZXWY, Float32x4.WXWY, Float32x4.XYWY, Float32x4.YYWY, Float32x4.ZYWY,
      Float32x4.WYWY, Float32x4.XZWY, Float32x4.YZWY, Float32x4.ZZWY, Float32x4.WZWY, Float32x4.XWWY, Float32x4.YWWY,
      Float32x4.ZWWY, Float32x4.WWWY, Float32x4.XXXZ, Float32x4.YXXZ, Float32x4.ZXXZ, Float32x4.WXXZ, Float32x4.XYXZ,
      Float32x4.YYXZ, Float32x4.ZYXZ, Float32x4.WYXZ, Float32x4.XZXZ, Float32x4.YZXZ, Float32x4.ZZXZ, Float32x4.WZXZ,
      Float32x4.XWXZ, Float32x4.YWXZ, Float32x4.ZWXZ, Float32x4.WWXZ, Float32x4.XXYZ, Float32x4.YXYZ, Float32x4.ZXYZ,
      Float32x4.WXYZ, Float32x4.XYYZ, Float32x4.YYYZ, Float32x4.ZYYZ, Float32x4.WYYZ, Float32x4.XZYZ, Float32x4.YZYZ,
      Float32x4.ZZYZ, Float32x4.WZYZ, Float32x4.XWYZ, Float32x4.YWYZ, Float32x4.ZWYZ, Float32x4.WWYZ, Float32x4.XXZZ,
      Float32x4.YXZZ, Float32x4.ZXZZ, Float32x4.WXZZ, Float32x4.XYZZ, Float32x4.YYZZ, Float32x4.ZYZZ, Float32x4.WYZZ,
      Float32x4.XZZZ, Float32x4.YZZZ, Float32x4.ZZZZ, Float32x4.WZZZ, Float32x4.XWZZ, Float32x4.YWZZ, Float32x4.ZWZZ,
      Float32x4.WWZZ, Float32x4.XXWZ, Float32x4.YXWZ, Float32x4.ZXWZ, Float32x4.WXWZ, Float32x4.XYWZ, Float32x4.YYWZ,
      Float32x4.ZYWZ, Float32x4.WYWZ, Float32x4.XZWZ, Float32x4.YZWZ, Float32x4.ZZWZ, Float32x4.WZWZ, Float32x4.XWWZ,
      Float32x4.YWWZ, Float32x4.ZWWZ, Float32x4.WWWZ, Float32x4.XXXW, Float32x4.YXXW, Float32x4.ZXXW, Float32x4.WXXW,
      Float32x4.XYXW, Float32x4.YYXW, Float32x4.ZYXW, Float32x4.WYXW, Float32x4.XZXW, Float32x4.YZXW, Float32x4.ZZXW,
      Float32x4.WZXW, Float32x4.XWXW, Float32x4.YWXW, Float32x4.ZWXW, Float32x4.WWXW, Float32x4.XXYW, Float32x4.YXYW,
      Float32x4.ZXYW, Float32x4.WXYW, Float32x4.XYYW, Float32x4.YYYW, Float32x4.ZYYW, Float32x4.WYYW, Float32x4.XZYW,
      Float32x4.YZYW, Float32x4.ZZYW, Float32x4.WZYW, Float32x4.XWYW, Float32x4.YWYW, Float32x4.ZWYW, Float32x4.WWYW,
      Float32x4.XXZW, Float32x4.YXZW, Float32x4.ZXZW, Float32x4.WXZW, Float32x4.XYZW, Float32x4.YYZW, Float32x4.ZYZW,
      Float32x4.WYZW, Float32x4.XZZW, Float32x4.YZZW, Float32x4.ZZZW, Float32x4.WZZW, Float32x4.XWZW, Float32x4.YWZW,
      Float32x4.ZWZW, Float32x4.WWZW, Float32x4.XXWW, Float32x4.YXWW, Float32x4.ZXWW, Float32x4.WXWW, Float32x4.XYWW,
      Float32x4.YYWW, Float32x4.ZYWW, Float32x4.WYWW, Float32x4.XZWW, Float32x4.YZWW, Float32x4.ZZWW, Float32x4.WZWW,
      Float32x4.XWWW, Float32x4.YWWW, Float32x4.ZWWW, Float32x4.WWWW
  ], ofInts = [
      Int32x4.XXXX, Int32x4.YXXX, Int32x4.ZXXX, Int32x4.WXXX, Int32x4.XYXX, Int32x4.YYXX, Int32x4.ZYXX, Int32x4.WYXX,
      Int32x4.XZXX, Int32x4.YZXX, Int32x4.ZZXX, Int32x4.WZXX, Int32x4.XWXX, Int32x4.YWXX, Int32x4.ZWXX, Int32x4.WWXX,
      Int32x4.XXYX, Int32x4.YXYX, Int32x4.ZXYX, Int32x4.WXYX, Int32x4.XYYX, Int32x4.YYYX, Int32x4.ZYYX, Int32x4.WYYX,
      Int32x4.XZYX, Int32x4.YZYX, Int32x4.ZZYX, Int32x4.WZYX, Int32x4.XWYX, Int32x4.YWYX, Int32x4.ZWYX, Int32x4.WWYX,
      Int32x4.XXZX, Int32x4.YXZX, Int32x4.ZXZX, Int32x4.WXZX, Int32x4.XYZX, Int32x4.YYZX, Int32x4.ZYZX, Int32x4.WYZX,
      Int32x4.XZZX, Int32x4.YZZX, Int32x4.ZZZX, Int32x4.WZZX, Int32x4.XWZX, Int32x4.YWZX, Int32x4.ZWZX, Int32x4.WWZX,
      Int32x4.XXWX, Int32x4.YXWX, Int32x4.ZXWX, Int32x4.WXWX, Int32x4.XYWX, Int32x4.YYWX, Int32x4.ZYWX, Int32x4.WYWX,
      Int32x4.XZWX, Int32x4.YZWX, Int32x4.ZZWX, Int32x4.WZWX, Int32x4.XWWX, Int32x4.YWWX, Int32x4.ZWWX, Int32x4.WWWX,
      Int32x4.XXXY, Int32x4.YXXY, Int32x4.ZXXY, Int32x4.WXXY, Int32x4.XYXY, Int32x4.YYXY, Int32x4.ZYXY, Int32x4.WYXY,
      Int32x4.XZXY, Int32x4.YZXY, Int32x4.ZZXY, Int32x4.WZXY, Int32x4.XWXY, Int32x4.YWXY, Int32x4.ZWXY, Int32x4.WWXY,
      Int32x4.XXYY, Int32x4.YXYY, Int32x4.ZXYY, Int32x4.WXYY, Int32x4.XYYY, Int32x4.YYYY, Int32x4.ZYYY, Int32x4.WYYY,
      Int32x4.XZYY, Int32x4.YZYY, Int32x4.ZZYY, Int32x4.WZYY, Int32x4.XWYY, Int32x4.YWYY, Int32x4.ZWYY, Int32x4.WWYY,
      Int32x4.XXZY, Int32x4.YXZY, Int32x4.ZXZY, Int32x4.WXZY, Int32x4.XYZY, Int32x4.YYZY, Int32x4.ZYZY, Int32x4.WYZY,
      Int32x4.XZZY, Int32x4.YZZY, Int32x4.ZZZY, Int32x4.WZZY, Int32x4.XWZY, Int32x4.YWZY, Int32x4.ZWZY, Int32x4.WWZY,
      Int32x4.XXWY, Int32x4.YXWY, Int32x4.ZXWY, Int32x4.WXWY, Int32x4.XYWY, Int32x4.YYWY, Int32x4.ZYWY, Int32x4.WYWY,
      Int32x4.XZWY, Int32x4.YZWY, Int32x4.ZZWY, Int32x4.WZWY, Int32x4.XWWY, Int32x4.YWWY, Int32x4.ZWWY, Int32x4.WWWY,
      Int32x4.XXXZ, Int32x4.YXXZ, Int32x4.ZXXZ, Int32x4.WXXZ, Int32x4.XYXZ, Int32x4.YYXZ, Int32x4.ZYXZ, Int32x4.WYXZ,
      Int32x4.XZXZ, Int32x4.YZXZ, Int32x4.ZZXZ, Int32x4.WZXZ, Int32x4.XWXZ, Int32x4.YWXZ, Int32x4.ZWXZ, Int32x4.WWXZ,
      Int32x4.XXYZ, Int32x4.YXYZ, Int32x4.ZXYZ, Int32x4.WXYZ, Int32x4.XYYZ, Int32x4.YYYZ, Int32x4.ZYYZ, Int32x4.WYYZ,
      Int32x4.XZYZ, Int32x4.YZYZ, Int32x4.ZZYZ, Int32x4.WZYZ, Int32x4.XWYZ, Int32x4.YWYZ, Int32x4.ZWYZ, Int32x4.WWYZ,
      Int32x4.XXZZ, Int32x4.YXZZ, Int32x4.ZXZZ, Int32x4.WXZZ, Int32x4.XYZZ, Int32x4.YYZZ, Int32x4.ZYZZ, Int32x4.WYZZ,
      Int32x4.XZZZ, Int32x4.YZZZ, Int32x4.ZZZZ, Int32x4.WZZZ, Int32x4.XWZZ, Int32x4.YWZZ, Int32x4.ZWZZ, Int32x4.WWZZ,
      Int32x4.XXWZ, Int32x4.YXWZ, Int32x4.ZXWZ, Int32x4.WXWZ, Int32x4.XYWZ, Int32x4.YYWZ, Int32x4.ZYWZ, Int32x4.WYWZ,
      Int32x4.XZWZ, Int32x4.YZWZ, Int32x4.ZZWZ, Int32x4.WZWZ, Int32x4.XWWZ, Int32x4.YWWZ, Int32x4.ZWWZ, Int32x4.WWWZ,
      Int32x4.XXXW, Int32x4.YXXW, Int32x4.ZXXW, Int32x4.WXXW, Int32x4.XYXW, Int32x4.YYXW, Int32x4.ZYXW, Int32x4.WYXW,
      Int32x4.XZXW, Int32x4.YZXW, Int32x4.ZZXW, Int32x4.WZXW, Int32x4.XWXW, Int32x4.YWXW, Int32x4.ZWXW, Int32x4.WWXW,
      Int32x4.XXYW, Int32x4.YXYW, Int32x4.ZXYW, Int32x4.WXYW, Int32x4.XYYW, Int32x4.YYYW, Int32x4.ZYYW, Int32x4.WYYW,
      Int32x4.XZYW, Int32x4.YZYW, Int32x4.ZZYW, Int32x4.WZYW, Int32x4.XWYW, Int32x4.YWYW, Int32x4.ZWYW, Int32x4.WWYW,
      Int32x4.XXZW, Int32x4.YXZW, Int32x4.ZXZW, Int32x4.WXZW, Int32x4.XYZW, Int32x4.YYZW, Int32x4.ZYZW, Int32x4.WYZW,
      Int32x4.XZZW, Int32x4.YZZW, Int32x4.ZZZW, Int32x4.WZZW, Int32x4.XWZW, Int32x4.YWZW, Int32x4.ZWZW, Int32x4.WWZW,
      Int32x4.XXWW, Int32x4.YXWW, Int32x4.ZXWW, Int32x4.WXWW, Int32x4.XYWW, Int32x4.YYWW, Int32x4.ZYWW, Int32x4.WYWW,
      Int32x4.XZWW, Int32x4.YZWW, Int32x4.ZZWW, Int32x4.WZWW, Int32x4.XWWW, Int32x4.YWWW, Int32x4.ZWWW, Int32x4.WWWW
  ];
  var a = new Int32x4(0, 1, 2, 3), wrong = 0;
  for (var mask = 0; mask < 256; mask++) {
    if (ofFloats[mask] != mask || ofInts[mask] != mask) wrong++;
    var mixed = a.shuffle(mask);
    if (mixed.x + mixed.y * 4 + mixed.z * 16 + mixed.w * 64 != mask) wrong++;
  }
  print([ofFloats.length, ofInts.length, wrong]);
}

floats() {
  var a = new Float32x4(1, -2, 0.5, 4), b = new Float32x4(2, -3, 0.5, 8), c = new Float32x4(10, 20, 30, 40);
  print([a.x, a.y, a.z, a.w, a + b, a - b, a * b, a / b, -a]);
  print([a.lessThan(b), a.lessThanOrEqual(b), a.greaterThan(b), a.greaterThanOrEqual(b), a.equal(b), a.notEqual(b)]);
  print([a.scale(2), a.abs(), a.min(b), a.max(b), b.min(a), b.max(a), new Float32x4(1, 4, 9, 16).sqrt(), a.reciprocal(), new Float32x4(1, 4, 16, 64).reciprocalSqrt()]);
  print([c.clamp(new Float32x4(11, 0, 0, 0), new Float32x4(100, 15, 100, 100)), c.clamp(new Float32x4(0, 0, 31, 0), new Float32x4(100, 100, 100, 35))]);
  print([new Float32x4(-1, 1, 1, 1).signMask, new Float32x4(1, -1, 1, 1).signMask, new Float32x4(1, 1, -1, 1).signMask, new Float32x4(1, 1, 1, -1).signMask, new Float32x4(0, -0.0, 0, 0).signMask]);
  print([a.shuffle(Float32x4.WZYX), a.shuffleMix(c, Float32x4.XYZW), a.shuffleMix(c, Float32x4.WZYX), a.shuffle(0), a.shuffle(255)]);
  print([a.withX(9), a.withY(9), a.withZ(9), a.withW(9), new Float32x4.splat(7), new Float32x4.zero(), new Float32x4.fromFloat64x2(new Float64x2(0.1, 2))]);
  print([new Float32x4.fromInt32x4Bits(new Int32x4(0x3f800000, 0x40000000, 0x40400000, 0x40800000)), new Int32x4.fromFloat32x4Bits(new Float32x4(1, 2, 3, 4))]);
  print([new Float32x4(0.1, 0, 0, 0).x == 0.1, new Float32x4(0.1, 0, 0, 0).x, a.scale(0.1).z]);
  for (var wrong in [() => a.shuffle(256), () => a.shuffle(-1), () => a.shuffleMix(b, 256), () => a.shuffleMix(b, -1), () => new Float32x4("1", 2, 3, 4),
      () => new Float32x4(1, null, 3, 4), () => new Float32x4(1, 2, "3", 4), () => new Float32x4(1, 2, 3, "4"), () => a.withX("9"), () => new Float32x4.splat(null)]) print(tried(wrong));
}

ints() {
  var a = new Int32x4(1, -2, 0x7fffffff, -0x80000000), b = new Int32x4(3, 5, 1, -1);
  print([a.x, a.y, a.z, a.w, a | b, a & b, a ^ b, a + b, a - b]);
  print([new Int32x4(-1, 1, 1, 1).signMask, new Int32x4(1, -1, 1, 1).signMask, new Int32x4(1, 1, -1, 1).signMask, new Int32x4(1, 1, 1, -1).signMask, new Int32x4(0, 0, 0, 0).signMask]);
  print([a.shuffle(Int32x4.WZYX), a.shuffleMix(b, Int32x4.XYZW), a.shuffleMix(b, Int32x4.WZYX)]);
  print([a.withX(9), a.withY(9), a.withZ(9), a.withW(9), new Int32x4(0x1ffffffff, 1 << 32, 0x80000000, 0)]);
  var flags = new Int32x4.bool(true, false, true, false);
  print([flags, flags.flagX, flags.flagY, flags.flagZ, flags.flagW, new Int32x4.bool(false, true, false, true).flagW]);
  print([flags.withFlagX(false), flags.withFlagY(true), flags.withFlagZ(false), flags.withFlagW(true)]);
  print([flags.select(new Float32x4(1, 2, 3, 4), new Float32x4(5, 6, 7, 8)), new Int32x4.bool(false, true, false, true).select(new Float32x4(1, 2, 3, 4), new Float32x4(5, 6, 7, 8))]);
  print(new Int32x4(0x7f800000, 0x007fffff, -0x80000000, 0).select(new Float32x4(1, 1, 1, 1), new Float32x4(-1.5, -1.5, -1.5, -1.5)));
  for (var wrong in [() => a.shuffle(256), () => a.shuffle(-1), () => a.shuffleMix(b, 256), () => a.shuffleMix(b, -1), () => new Int32x4(1.0, 2, 3, 4), () => new Int32x4(1, null, 3, 4),
      () => new Int32x4(1, 2, "3", 4), () => new Int32x4(1, 2, 3, "4"), () => a.withX("9"), () => new Int32x4.bool(1, true, true, true), () => new Int32x4.bool(true, null, true, true),
      () => new Int32x4.bool(true, true, 0, true), () => new Int32x4.bool(true, true, true, "w"), () => a.withFlagX(1), () => a.withFlagW(null)]) print(tried(wrong));
}

doubles() {
  var a = new Float64x2(1, -2), b = new Float64x2(4, -8);
  print([a.x, a.y, a + b, a - b, a * b, a / b, -a, a.scale(2), a.abs(), a.min(b), a.max(b), b.min(a), b.max(a), new Float64x2(4, 9).sqrt()]);
  print([b.clamp(new Float64x2(5, -9), new Float64x2(6, 0)), b.clamp(new Float64x2(0, -7), new Float64x2(3, 0))]);
  print([new Float64x2(-1, 1).signMask, new Float64x2(1, -1).signMask, new Float64x2(-0.0, 0).signMask, a.withX(9), a.withY(9)]);
  print([new Float64x2.splat(7), new Float64x2.zero(), new Float64x2.fromFloat32x4(new Float32x4(1, 2, 3, 4)), new Float64x2(0.1, 0).x == 0.1]);
  for (var wrong in [() => new Float64x2("1", 2), () => new Float64x2(1, null), () => a.withX("9"), () => a.withY("9")]) print(tried(wrong));
}

// expect: [256, 256, 0]
// expect: [1.0, -2.0, 0.5, 4.0, [3.000000, -5.000000, 1.000000, 12.000000], [-1.000000, 1.000000, 0.000000, -4.000000], [2.000000, 6.000000, 0.250000, 32.000000], [0.500000, 0.666667, 1.000000, 0.500000], [-1.000000, 2.000000, -0.500000, -4.000000]]
// expect: [[ffffffff, 00000000, 00000000, ffffffff], [ffffffff, 00000000, ffffffff, ffffffff], [00000000, ffffffff, 00000000, 00000000], [00000000, ffffffff, ffffffff, 00000000], [00000000, 00000000, ffffffff, 00000000], [ffffffff, ffffffff, 00000000, ffffffff]]
// expect: [[2.000000, -4.000000, 1.000000, 8.000000], [1.000000, 2.000000, 0.500000, 4.000000], [1.000000, -3.000000, 0.500000, 4.000000], [2.000000, -2.000000, 0.500000, 8.000000], [1.000000, -3.000000, 0.500000, 4.000000], [2.000000, -2.000000, 0.500000, 8.000000], [1.000000, 2.000000, 3.000000, 4.000000], [1.000000, -0.500000, 2.000000, 0.250000], [1.000000, 0.500000, 0.250000, 0.125000]]
// expect: [[11.000000, 15.000000, 30.000000, 40.000000], [10.000000, 20.000000, 31.000000, 35.000000]]
// expect: [1, 2, 4, 8, 2]
// expect: [[4.000000, 0.500000, -2.000000, 1.000000], [1.000000, -2.000000, 30.000000, 40.000000], [4.000000, 0.500000, 20.000000, 10.000000], [1.000000, 1.000000, 1.000000, 1.000000], [4.000000, 4.000000, 4.000000, 4.000000]]
// expect: [[9.000000, -2.000000, 0.500000, 4.000000], [1.000000, 9.000000, 0.500000, 4.000000], [1.000000, -2.000000, 9.000000, 4.000000], [1.000000, -2.000000, 0.500000, 9.000000], [7.000000, 7.000000, 7.000000, 7.000000], [0.000000, 0.000000, 0.000000, 0.000000], [0.100000, 2.000000, 0.000000, 0.000000]]
// expect: [[1.000000, 2.000000, 3.000000, 4.000000], [3f800000, 40000000, 40400000, 40800000]]
// expect: [false, 0.10000000149011612, 0.05000000074505806]
// expect: RangeError: shuffle: argument 'mask' must be from 0 to 255, it is 256
// expect: RangeError: shuffle: argument 'mask' must be from 0 to 255, it is -1
// expect: RangeError: shuffleMix: argument 'mask' must be from 0 to 255, it is 256
// expect: RangeError: shuffleMix: argument 'mask' must be from 0 to 255, it is -1
// expect: Invalid argument(s): Float32x4: argument 'x' must be a num, it is "1"
// expect: Invalid argument(s): Float32x4: argument 'y' must be a num, it is null
// expect: Invalid argument(s): Float32x4: argument 'z' must be a num, it is "3"
// expect: Invalid argument(s): Float32x4: argument 'w' must be a num, it is "4"
// expect: Invalid argument(s): Float32x4: argument 'x' must be a num, it is "9"
// expect: Invalid argument(s): Float32x4: argument 'x' must be a num, it is null
// expect: [1, -2, 2147483647, -2147483648, [00000003, ffffffff, 7fffffff, ffffffff], [00000001, 00000004, 00000001, 80000000], [00000002, fffffffb, 7ffffffe, 7fffffff], [00000004, 00000003, 80000000, 7fffffff], [fffffffe, fffffff9, 7ffffffe, 80000001]]
// expect: [1, 2, 4, 8, 0]
// expect: [[80000000, 7fffffff, fffffffe, 00000001], [00000001, fffffffe, 00000001, ffffffff], [80000000, 7fffffff, 00000005, 00000003]]
// expect: [[00000009, fffffffe, 7fffffff, 80000000], [00000001, 00000009, 7fffffff, 80000000], [00000001, fffffffe, 00000009, 80000000], [00000001, fffffffe, 7fffffff, 00000009], [ffffffff, 00000000, 80000000, 00000000]]
// expect: [[ffffffff, 00000000, ffffffff, 00000000], true, false, true, false, true]
// expect: [[00000000, 00000000, ffffffff, 00000000], [ffffffff, ffffffff, ffffffff, 00000000], [ffffffff, 00000000, 00000000, 00000000], [ffffffff, 00000000, ffffffff, ffffffff]]
// expect: [[1.000000, 6.000000, 3.000000, 8.000000], [5.000000, 2.000000, 7.000000, 4.000000]]
// expect: [-1.500000, -1.000000, 1.500000, -1.500000]
// expect: RangeError: shuffle: argument 'mask' must be from 0 to 255, it is 256
// expect: RangeError: shuffle: argument 'mask' must be from 0 to 255, it is -1
// expect: RangeError: shuffleMix: argument 'mask' must be from 0 to 255, it is 256
// expect: RangeError: shuffleMix: argument 'mask' must be from 0 to 255, it is -1
// expect: Invalid argument(s): Int32x4: argument 'x' must be an int, it is 1.0
// expect: Invalid argument(s): Int32x4: argument 'y' must be an int, it is null
// expect: Invalid argument(s): Int32x4: argument 'z' must be an int, it is "3"
// expect: Invalid argument(s): Int32x4: argument 'w' must be an int, it is "4"
// expect: Invalid argument(s): Int32x4: argument 'x' must be an int, it is "9"
// expect: Invalid argument (x): must be a bool: 1
// expect: Invalid argument (y): must be a bool: null
// expect: Invalid argument (z): must be a bool: 0
// expect: Invalid argument (w): must be a bool: "w"
// expect: Invalid argument (flag): must be a bool: 1
// expect: Invalid argument (flag): must be a bool: null
// expect: [1.0, -2.0, [5.000000, -10.000000], [-3.000000, 6.000000], [4.000000, 16.000000], [0.250000, 0.250000], [-1.000000, 2.000000], [2.000000, -4.000000], [1.000000, 2.000000], [1.000000, -8.000000], [4.000000, -2.000000], [1.000000, -8.000000], [4.000000, -2.000000], [2.000000, 3.000000]]
// expect: [[5.000000, -8.000000], [3.000000, -7.000000]]
// expect: [1, 2, 1, [9.000000, -2.000000], [1.000000, 9.000000]]
// expect: [[7.000000, 7.000000], [0.000000, 0.000000], [1.000000, 2.000000], true]
// expect: Invalid argument(s): Float64x2: argument 'x' must be a num, it is "1"
// expect: Invalid argument(s): Float64x2: argument 'y' must be a num, it is null
// expect: Invalid argument(s): Float64x2: argument 'x' must be a num, it is "9"
// expect: Invalid argument(s): Float64x2: argument 'y' must be a num, it is "9"
