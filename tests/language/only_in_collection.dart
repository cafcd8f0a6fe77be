// What dart:core has for dart:collection nobody sees without that one.
// expect-compile-error: There is no class 'HashMap'. The library 'dart:collection' has it
import 'dart:core';

class CountedIterable {}

main() {
  new HashMap();
}
