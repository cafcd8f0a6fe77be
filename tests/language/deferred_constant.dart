// No constant can use what is loaded later.
import 'lib_deferred.dart' deferred as later;

// expect-compile-error: deferred_constant.dart:5:17: Error: What 'later' means is loaded later, so no constant can use it.
const x = later.count;

main() {
  print(x);
}
