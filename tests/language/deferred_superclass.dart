// No class lies above another that is loaded later.
import 'lib_deferred.dart' deferred as later;

// expect-compile-error: deferred_superclass.dart:5:17: Error: What 'later' means is loaded later, so no class can be above another.
class A extends later.Thing {}

main() {
  print(new A());
}
