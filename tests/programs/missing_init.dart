// The shared library is there, its initialisation is not.
import 'dart-ext:no_init';

main() {
  print("not reached");
}
