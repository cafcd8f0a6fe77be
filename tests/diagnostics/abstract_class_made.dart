abstract class Shape {
  num area();
}

main() {
  print(new Shape().area());
}
