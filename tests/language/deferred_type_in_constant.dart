// The type arguments of a constant are there before anything is loaded, as its values are.
import 'lib_deferred.dart' deferred as later;

var value = const <int, List<later.Greeting>>{};
// expect-compile-error: deferred_type_in_constant.dart:4:30: Error: What 'later' means is loaded later, so no constant can use it.

main() {}
