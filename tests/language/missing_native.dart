// A native function of a library without an extension: an exception, when it is called.
nowhere(x) native "Nowhere";

main() {
  try {
    nowhere(1);
  } catch (e) {
    print(e is UnsupportedError);  // expect: true
    print(e.toString().contains("'Nowhere' (1 argument)"));  // expect: true
  }
}
