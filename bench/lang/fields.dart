class Point {
  var x = 0, y = 0;
  move(dx, dy) {
    x += dx;
    y += dy;
  }
}

main() {
  var point = new Point();
  for (var i = 0; i < 1000000; i++) point.move(i, 1);
  print(point.x + point.y);
}
