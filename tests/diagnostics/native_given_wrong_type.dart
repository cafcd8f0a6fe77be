import "dart:math";

main() {
  print(sqrt("4"));
}
