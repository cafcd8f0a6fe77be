// expect-compile-error: undefined_library.dart:2:8: Error: There is no library 'dart:asinc'; did you mean 'dart:async'?
import 'dart:asinc';
main() {}
