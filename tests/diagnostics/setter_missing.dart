class Circle {
  final radius = 1;
  get area => 3.14 * radius * radius;
}

main() {
  var circle = new Circle();
  circle.area = 5;
}
