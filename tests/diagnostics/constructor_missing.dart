class Point {
  final x, y;
  Point(this.x, this.y);
  Point.origin() : x = 0, y = 0;
}

main() {
  print(new Point.orign());
}
