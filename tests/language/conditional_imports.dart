// The first configuration that holds chooses what is imported; `dart.library.x` is "true" where there
// is a library of that name, and every other name is empty.
import 'lib_chosen_a.dart' if (dart.library.io) 'lib_chosen_b.dart' if (dart.library.core) 'lib_chosen_c.dart' as first;
import 'lib_chosen_a.dart' if (dart.library.nowhere) 'lib_chosen_b.dart' as none;
import 'lib_chosen_a.dart' if (dart.library.nowhere == "") 'lib_chosen_b.dart' as empty;
import 'lib_chosen_a.dart' if (dart.library.nowhere == "false") 'lib_chosen_b.dart' as spelt;
import 'lib_chosen_a.dart' if (dart.library.io == "") 'lib_chosen_b.dart' if (dart.library.io == "true") 'lib_chosen_c.dart' as second;
import 'lib_chosen_a.dart' if (some.name == "") 'lib_chosen_b.dart' as unknown;
import 'lib_chosen_a.dart' if (some.name) 'lib_chosen_b.dart' as unset;

main() {
  print([first.which(), none.which(), empty.which(), spelt.which(), second.which(), unknown.which(), unset.which()]);
}
// expect: [b, a, b, a, c, b, a]
