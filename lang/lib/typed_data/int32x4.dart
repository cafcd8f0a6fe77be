// Four ints of 32 bits as one value.
part of dart.typed_data;

class Int32x4 {
  final int x;
  final int y;
  final int z;
  final int w;

  Int32x4._(this.x, this.y, this.z, this.w);

  factory Int32x4(int x, int y, int z, int w) {
    return new Int32x4._(_toInt32(x, "x"), _toInt32(y, "y"), _toInt32(z, "z"), _toInt32(w, "w"));
  }
  factory Int32x4.bool(bool x, bool y, bool z, bool w) {
    return new Int32x4._(_bits(x, "x"), _bits(y, "y"), _bits(z, "z"), _bits(w, "w"));
  }
  factory Int32x4.fromFloat32x4Bits(Float32x4 value) {
    _lanes32[0] = value.x;
    _lanes32[1] = value.y;
    _lanes32[2] = value.z;
    _lanes32[3] = value.w;
    return new Int32x4._(_bits32[0], _bits32[1], _bits32[2], _bits32[3]);
  }

  static int _bits(flag, String name) {
    if (flag is bool) return flag ? -1 : 0;
    throw new ArgumentError.value(flag, name, "must be a bool");
  }

  static int _toInt32(int value, String name) => _checkAnyInt(value, name).toSigned(32);

  Int32x4 operator |(Int32x4 other) => new Int32x4._(x | other.x, y | other.y, z | other.z, w | other.w);
  Int32x4 operator &(Int32x4 other) => new Int32x4._(x & other.x, y & other.y, z & other.z, w & other.w);
  Int32x4 operator ^(Int32x4 other) => new Int32x4._(x ^ other.x, y ^ other.y, z ^ other.z, w ^ other.w);
  Int32x4 operator +(Int32x4 other) => new Int32x4(x + other.x, y + other.y, z + other.z, w + other.w);
  Int32x4 operator -(Int32x4 other) => new Int32x4(x - other.x, y - other.y, z - other.z, w - other.w);

  int get signMask => (x < 0 ? 1 : 0) | (y < 0 ? 2 : 0) | (z < 0 ? 4 : 0) | (w < 0 ? 8 : 0);

  Int32x4 shuffle(int mask) {
    _checkInt(mask, 0, 255, "mask");
    return new Int32x4._(_lane(mask, 0, x, y, z, w), _lane(mask, 1, x, y, z, w),
        _lane(mask, 2, x, y, z, w), _lane(mask, 3, x, y, z, w));
  }

  Int32x4 shuffleMix(Int32x4 other, int mask) {
    _checkInt(mask, 0, 255, "mask");
    return new Int32x4._(_lane(mask, 0, x, y, z, w), _lane(mask, 1, x, y, z, w),
        _lane(mask, 2, other.x, other.y, other.z, other.w),
        _lane(mask, 3, other.x, other.y, other.z, other.w));
  }

  Int32x4 withX(int newX) => new Int32x4(newX, y, z, w);
  Int32x4 withY(int newY) => new Int32x4(x, newY, z, w);
  Int32x4 withZ(int newZ) => new Int32x4(x, y, newZ, w);
  Int32x4 withW(int newW) => new Int32x4(x, y, z, newW);
  bool get flagX => x != 0;
  bool get flagY => y != 0;
  bool get flagZ => z != 0;
  bool get flagW => w != 0;
  Int32x4 withFlagX(bool flag) => new Int32x4._(_bits(flag, "flag"), y, z, w);
  Int32x4 withFlagY(bool flag) => new Int32x4._(x, _bits(flag, "flag"), z, w);
  Int32x4 withFlagZ(bool flag) => new Int32x4._(x, y, _bits(flag, "flag"), w);
  Int32x4 withFlagW(bool flag) => new Int32x4._(x, y, z, _bits(flag, "flag"));

  // Bit by bit: of `trueValue` where this has a one.
  Float32x4 select(Float32x4 trueValue, Float32x4 falseValue) {
    var ones = new Int32x4.fromFloat32x4Bits(trueValue);
    var zeros = new Int32x4.fromFloat32x4Bits(falseValue);
    return new Float32x4.fromInt32x4Bits(new Int32x4._(
        (x & ones.x) | (~x & zeros.x),
        (y & ones.y) | (~y & zeros.y),
        (z & ones.z) | (~z & zeros.z),
        (w & ones.w) | (~w & zeros.w)));
  }

  String toString() => "[${_hex(x)}, ${_hex(y)}, ${_hex(z)}, ${_hex(w)}]";
  static String _hex(int lane) => lane.toUnsigned(32).toRadixString(16).padLeft(8, "0");

  static const int XXXX = 0, YXXX = 1, ZXXX = 2, WXXX = 3, XYXX = 4, YYXX = 5, ZYXX = 6, WYXX = 7,
      XZXX = 8, YZXX = 9, ZZXX = 10, WZXX = 11, XWXX = 12, YWXX = 13, ZWXX = 14, WWXX = 15,
      XXYX = 16, YXYX = 17, ZXYX = 18, WXYX = 19, XYYX = 20, YYYX = 21, ZYYX = 22, WYYX = 23,
      XZYX = 24, YZYX = 25, ZZYX = 26, WZYX = 27, XWYX = 28, YWYX = 29, ZWYX = 30, WWYX = 31,
      XXZX = 32, YXZX = 33, ZXZX = 34, WXZX = 35, XYZX = 36, YYZX = 37, ZYZX = 38, WYZX = 39,
      XZZX = 40, YZZX = 41, ZZZX = 42, WZZX = 43, XWZX = 44, YWZX = 45, ZWZX = 46, WWZX = 47,
      XXWX = 48, YXWX = 49, ZXWX = 50, WXWX = 51, XYWX = 52, YYWX = 53, ZYWX = 54, WYWX = 55,
      XZWX = 56, YZWX = 57, ZZWX = 58, WZWX = 59, XWWX = 60, YWWX = 61, ZWWX = 62, WWWX = 63,
      XXXY = 64, YXXY = 65, ZXXY = 66, WXXY = 67, XYXY = 68, YYXY = 69, ZYXY = 70, WYXY = 71,
      XZXY = 72, YZXY = 73, ZZXY = 74, WZXY = 75, XWXY = 76, YWXY = 77, ZWXY = 78, WWXY = 79,
      XXYY = 80, YXYY = 81, ZXYY = 82, WXYY = 83, XYYY = 84, YYYY = 85, ZYYY = 86, WYYY = 87,
      XZYY = 88, YZYY = 89, ZZYY = 90, WZYY = 91, XWYY = 92, YWYY = 93, ZWYY = 94, WWYY = 95,
      XXZY = 96, YXZY = 97, ZXZY = 98, WXZY = 99, XYZY = 100, YYZY = 101, ZYZY = 102, WYZY = 103,
      XZZY = 104, YZZY = 105, ZZZY = 106, WZZY = 107, XWZY = 108, YWZY = 109, ZWZY = 110,
      WWZY = 111, XXWY = 112, YXWY = 113, ZXWY = 114, WXWY = 115, XYWY = 116, YYWY = 117,
      ZYWY = 118, WYWY = 119, XZWY = 120, YZWY = 121, ZZWY = 122, WZWY = 123, XWWY = 124,
      YWWY = 125, ZWWY = 126, WWWY = 127, XXXZ = 128, YXXZ = 129, ZXXZ = 130, WXXZ = 131,
      XYXZ = 132, YYXZ = 133, ZYXZ = 134, WYXZ = 135, XZXZ = 136, YZXZ = 137, ZZXZ = 138,
      WZXZ = 139, XWXZ = 140, YWXZ = 141, ZWXZ = 142, WWXZ = 143, XXYZ = 144, YXYZ = 145,
      ZXYZ = 146, WXYZ = 147, XYYZ = 148, YYYZ = 149, ZYYZ = 150, WYYZ = 151, XZYZ = 152,
      YZYZ = 153, ZZYZ = 154, WZYZ = 155, XWYZ = 156, YWYZ = 157, ZWYZ = 158, WWYZ = 159,
      XXZZ = 160, YXZZ = 161, ZXZZ = 162, WXZZ = 163, XYZZ = 164, YYZZ = 165, ZYZZ = 166,
      WYZZ = 167, XZZZ = 168, YZZZ = 169, ZZZZ = 170, WZZZ = 171, XWZZ = 172, YWZZ = 173,
      ZWZZ = 174, WWZZ = 175, XXWZ = 176, YXWZ = 177, ZXWZ = 178, WXWZ = 179, XYWZ = 180,
      YYWZ = 181, ZYWZ = 182, WYWZ = 183, XZWZ = 184, YZWZ = 185, ZZWZ = 186, WZWZ = 187,
      XWWZ = 188, YWWZ = 189, ZWWZ = 190, WWWZ = 191, XXXW = 192, YXXW = 193, ZXXW = 194,
      WXXW = 195, XYXW = 196, YYXW = 197, ZYXW = 198, WYXW = 199, XZXW = 200, YZXW = 201,
      ZZXW = 202, WZXW = 203, XWXW = 204, YWXW = 205, ZWXW = 206, WWXW = 207, XXYW = 208,
      YXYW = 209, ZXYW = 210, WXYW = 211, XYYW = 212, YYYW = 213, ZYYW = 214, WYYW = 215,
      XZYW = 216, YZYW = 217, ZZYW = 218, WZYW = 219, XWYW = 220, YWYW = 221, ZWYW = 222,
      WWYW = 223, XXZW = 224, YXZW = 225, ZXZW = 226, WXZW = 227, XYZW = 228, YYZW = 229,
      ZYZW = 230, WYZW = 231, XZZW = 232, YZZW = 233, ZZZW = 234, WZZW = 235, XWZW = 236,
      YWZW = 237, ZWZW = 238, WWZW = 239, XXWW = 240, YXWW = 241, ZXWW = 242, WXWW = 243,
      XYWW = 244, YYWW = 245, ZYWW = 246, WYWW = 247, XZWW = 248, YZWW = 249, ZZWW = 250,
      WZWW = 251, XWWW = 252, YWWW = 253, ZWWW = 254, WWWW = 255;
}
