library lib_b;

import 'lib_a.dart' as a;

nameOfB() => "b knows ${a.nameOfA()}";
_private() => "of b";

class Extended extends a.Shared {
  _hidden() => "hidden in b";
  both() => "${_hidden()} / ${reveal()}";
}
