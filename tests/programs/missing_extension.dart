import 'dart-ext:no_such_extension';

main() {
  print("not reached");
}
