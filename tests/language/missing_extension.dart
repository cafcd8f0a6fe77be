// A native extension that is not there.
import 'dart-ext:no_such_extension';
main() {}
// expect-compile-error: missing_extension.dart:2:8
// expect-compile-error: libno_such_extension.so
