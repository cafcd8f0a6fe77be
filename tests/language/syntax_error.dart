// A mistake in the text: nothing runs.
main() {
  print("never");
  var x = 1 +;
}
// expect-compile-error: syntax_error.dart:4:
// expect-compile-error:   var x = 1 +;
// expect-compile-error: ^
