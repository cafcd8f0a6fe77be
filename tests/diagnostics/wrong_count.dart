area(width, height) => width * height;

main() {
  print(area(3));
}
