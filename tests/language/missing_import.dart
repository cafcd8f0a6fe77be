// An import that leads nowhere.
import 'no_such_file.dart';
main() {}
// expect-compile-error: missing_import.dart:2:8
// expect-compile-error: Cannot read 'no_such_file.dart': there is no such file.
// expect-compile-error: import 'no_such_file.dart';
