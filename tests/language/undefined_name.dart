// A name that means nothing is found before the program runs.
// expect-compile-error: undefined_name.dart:7:9: Error: 'cuont' is not declared; did you mean 'count'?
// expect-compile-error:         ^
main() {
  print("never");
  var count = 1;
  print(cuont + 1);
}
