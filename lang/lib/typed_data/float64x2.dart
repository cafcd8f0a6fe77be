// Two floating-point numbers of 64 bits as one value.
part of dart.typed_data;

class Float64x2 {
  final double x;
  final double y;

  Float64x2._(this.x, this.y);

  factory Float64x2(num x, num y) {
    return new Float64x2._(_checkNum(x, "x").toDouble(), _checkNum(y, "y").toDouble());
  }
  factory Float64x2.splat(num value) => new Float64x2(value, value);
  factory Float64x2.zero() => new Float64x2._(0.0, 0.0);
  factory Float64x2.fromFloat32x4(Float32x4 value) => new Float64x2._(value.x, value.y);

  Float64x2 operator +(Float64x2 other) => new Float64x2._(x + other.x, y + other.y);
  Float64x2 operator -(Float64x2 other) => new Float64x2._(x - other.x, y - other.y);
  Float64x2 operator *(Float64x2 other) => new Float64x2._(x * other.x, y * other.y);
  Float64x2 operator /(Float64x2 other) => new Float64x2._(x / other.x, y / other.y);
  Float64x2 operator -() => new Float64x2._(-x, -y);
  Float64x2 scale(num s) => new Float64x2(x * s, y * s);
  Float64x2 abs() => new Float64x2._(x.abs(), y.abs());
  Float64x2 min(Float64x2 other) => new Float64x2._(_lesser(x, other.x), _lesser(y, other.y));
  Float64x2 max(Float64x2 other) => new Float64x2._(_greater(x, other.x), _greater(y, other.y));
  Float64x2 sqrt() => new Float64x2._(_sqrt(x), _sqrt(y));
  Float64x2 clamp(Float64x2 lowerLimit, Float64x2 upperLimit) {
    return new Float64x2._(_clamped(x, lowerLimit.x, upperLimit.x), _clamped(y, lowerLimit.y, upperLimit.y));
  }

  int get signMask => (x.isNegative ? 1 : 0) | (y.isNegative ? 2 : 0);
  Float64x2 withX(num newX) => new Float64x2(newX, y);
  Float64x2 withY(num newY) => new Float64x2(x, newY);
  String toString() => "[${x.toStringAsFixed(6)}, ${y.toStringAsFixed(6)}]";
}
