// Nobody answers at a closed port, and nobody waits for the error of that.
import 'dart:isolate';

main() {
  var port = new RawReceivePort();
  port.close();
  port.sendPort.call("anybody?").then((_) => print("never"));
}
