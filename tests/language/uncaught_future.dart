// An error that nobody waits for ends the event, before other microtasks; its trace is its own.
import 'dart:async';

deep() {
  throw new StateError("nobody waits for this");
}

main() {
  new Future.error("caught").catchError((e) => print(e));
  new Future.microtask(deep);
  new Future.value(1).then((_) {
    print("never");
  });
}
// expect: caught
// expect-unhandled: Bad state: nobody waits for this
// expect-unhandled: #0 deep (uncaught_future.dart:5
