// What nobody catches: its text and its stack trace.
class Thrower {
  run(f) => f();
}

fail() {
  throw new StateError("nobody catches this");
}

main() {
  print("before");  // expect: before
  new Thrower().run(() {
    fail();
  });
  print("after");
}
// expect-unhandled: Bad state: nobody catches this
// expect-unhandled: #0 fail (unhandled.dart:7:3)
// expect-unhandled: #1 main.<anonymous closure> (unhandled.dart:13:5)
// expect-unhandled: #2 Thrower.run (unhandled.dart:3:
// expect-unhandled: #3 main (unhandled.dart:12:
