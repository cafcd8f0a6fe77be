class Point {
  final x;
  Point(this.x);
}

main() {
  new Point(1).x = 2;
}
