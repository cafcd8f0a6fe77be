// Imports what is not there.
import 'no_such_library.dart';

main() {
  print("not reached");
}
