// Imported by libraries.dart; imports it back through lib_b.dart.
library lib_a;

import 'lib_b.dart';

var counter = 0;
nameOfA() => "a";
viaB() => nameOfB() + _private();
_private() => "!";

class Shared {
  final tag = "shared";
  _hidden() => "hidden in a";
  reveal() => _hidden();
}
