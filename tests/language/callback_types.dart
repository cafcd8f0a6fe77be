// The types that dart:async has for callbacks are types of functions.
import 'dart:async';

const lazy = const DeferredLibrary("lib_types", uri: "lib_types.dart");

main() {
  print([(() => 1) is ZoneCallback, main is ZoneCallback, ((a) => a) is ZoneCallback]);
  // expect: [true, true, false]
  print([((a) => a) is ZoneUnaryCallback, ((a, b) => a) is ZoneBinaryCallback]);  // expect: [true, true]
  print([((self, parent, zone, line) => 1) is PrintHandler, main is PrintHandler]);  // expect: [true, false]
  print([((self, parent, zone, f) => f()) is RunHandler, main is ControllerCallback]);  // expect: [true, true]
  lazy.load().then((_) => print(lazy.libraryName));
  // expect: lib_types
}
