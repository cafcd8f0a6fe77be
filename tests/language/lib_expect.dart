// What tests of the language import, in short.
library lib_expect;

shows(f) {
  try {
    f();
  } catch (e) {
    print("$e".split("\n").first);
  }
}
