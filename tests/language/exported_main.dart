// The function `main` may be one that the script exports.
export 'lib_main.dart';
// expect: the main of another library
