import "dart:maths";

main() {
  print(1);
}
