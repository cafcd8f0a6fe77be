// Points and rectangles of the plane, whose y axis goes down.
part of dart.math;

class Point<T extends num> {
  final T x;
  final T y;

  const Point(T x, T y)
      : this.x = x,
        this.y = y;

  String toString() => "Point($x, $y)";
  bool operator ==(other) => other is Point && x == other.x && y == other.y;
  int get hashCode => _hashOf([x, y]);

  Point<T> operator +(Point<T> other) => new Point<T>(x + other.x, y + other.y);
  Point<T> operator -(Point<T> other) => new Point<T>(x - other.x, y - other.y);
  Point<T> operator *(num factor) => new Point<T>(x * factor, y * factor);

  // From the origin.
  double get magnitude => sqrt(x * x + y * y);

  double distanceTo(Point<T> other) => sqrt(squaredDistanceTo(other));

  T squaredDistanceTo(Point<T> other) {
    var dx = x - other.x;
    var dy = y - other.y;
    return dx * dx + dy * dy;
  }
}

abstract class _RectangleBase<T extends num> {
  const _RectangleBase();

  T get left;
  T get top;
  T get width;
  T get height;
  T get right => left + width;
  T get bottom => top + height;

  String toString() => "Rectangle ($left, $top) $width x $height";

  bool operator ==(other) {
    return other is Rectangle &&
        left == other.left &&
        top == other.top &&
        right == other.right &&
        bottom == other.bottom;
  }

  int get hashCode => _hashOf([left, top, right, bottom]);

  // What both have in common, which may be as thin as a line; null: nothing.
  Rectangle<T> intersection(Rectangle<T> other) {
    var x0 = max(left, other.left);
    var x1 = min(right, other.right);
    if (x0 > x1) return null;
    var y0 = max(top, other.top);
    var y1 = min(bottom, other.bottom);
    if (y0 > y1) return null;
    return new Rectangle<T>(x0, y0, x1 - x0, y1 - y0);
  }

  bool intersects(Rectangle<num> other) {
    return left <= other.right &&
        other.left <= right &&
        top <= other.bottom &&
        other.top <= bottom;
  }

  // The smallest that has both in it.
  Rectangle<T> boundingBox(Rectangle<T> other) {
    var x = min(left, other.left);
    var y = min(top, other.top);
    return new Rectangle<T>(
        x, y, max(right, other.right) - x, max(bottom, other.bottom) - y);
  }

  bool containsRectangle(Rectangle<num> another) {
    return left <= another.left &&
        right >= another.right &&
        top <= another.top &&
        bottom >= another.bottom;
  }

  bool containsPoint(Point<num> another) {
    return another.x >= left && another.x <= right && another.y >= top && another.y <= bottom;
  }

  Point<T> get topLeft => new Point<T>(left, top);
  Point<T> get topRight => new Point<T>(right, top);
  Point<T> get bottomRight => new Point<T>(right, bottom);
  Point<T> get bottomLeft => new Point<T>(left, bottom);
}

// Width and height that are negative count as zero, of the number's own kind.
_notNegative(num size) => size < 0 ? -size * 0 : size;

class Rectangle<T extends num> extends _RectangleBase<T> {
  final T left;
  final T top;
  final T width;
  final T height;

  const Rectangle(this.left, this.top, T width, T height)
      : this.width = width < 0 ? -width * 0 : width,
        this.height = height < 0 ? -height * 0 : height;

  factory Rectangle.fromPoints(Point<T> a, Point<T> b) {
    var left = min(a.x, b.x);
    var top = min(a.y, b.y);
    return new Rectangle<T>(left, top, max(a.x, b.x) - left, max(a.y, b.y) - top);
  }
}

class MutableRectangle<T extends num> extends _RectangleBase<T> implements Rectangle<T> {
  T left;
  T top;
  T _width;
  T _height;

  MutableRectangle(this.left, this.top, T width, T height)
      : _width = _notNegative(width),
        _height = _notNegative(height);

  factory MutableRectangle.fromPoints(Point<T> a, Point<T> b) {
    var left = min(a.x, b.x);
    var top = min(a.y, b.y);
    return new MutableRectangle<T>(left, top, max(a.x, b.x) - left, max(a.y, b.y) - top);
  }

  T get width => _width;
  void set width(T width) {
    _width = _notNegative(width);
  }

  T get height => _height;
  void set height(T height) {
    _height = _notNegative(height);
  }
}
