import 'dart:nonsense';
main() {}
// expect-compile-error: There is no library 'dart:nonsense'.
