// What a microtask throws is unhandled.
import 'dart:async';

main() {
  scheduleMicrotask(() => print("one"));  // expect: one
  scheduleMicrotask(() {
    throw "two";  // expect-unhandled: two
  });
  scheduleMicrotask(() => print("never"));
}
