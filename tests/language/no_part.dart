// What is taken for a part says that it is one.
part 'lib_chosen_a.dart';

main() {}
// expect-compile-error: no_part.dart:2:6: Error: 'lib_chosen_a.dart' does not say 'part of'.
