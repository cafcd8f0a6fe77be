// An error in main ends the program, open ports or not.
import 'dart:isolate';

main() {
  var port = new RawReceivePort((message) => print("never"));
  port.sendPort.send("waiting");
  throw new StateError("in main");
}
