// The same where dart:core is not imported by name.
// expect-compile-error: There is no class 'HashMap'. The library 'dart:collection' has it
main() {
  new HashMap();
}
