area([width], height) => width * height;

main() {
  print(area(1, 2));
}
