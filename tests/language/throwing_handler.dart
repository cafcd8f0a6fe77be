// What a message's handler throws is unhandled; the messages after it are not handled.
import 'dart:isolate';

main() {
  var port = new RawReceivePort();
  port.handler = (x) {
    print(x);  // expect: one
    throw new StateError("while handling");
  };
  port.sendPort.send("one");
  port.sendPort.send("two");
}
// expect-unhandled: Bad state: while handling
// expect-unhandled: (throwing_handler.dart:8
