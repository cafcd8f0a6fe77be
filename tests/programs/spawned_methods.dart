// What an isolate begins with may be a static method.
import 'dart:isolate';

class Worker {
  static void run(SendPort port) {
    port.send("static");
  }

  method(port) => null;
}

main() {
  var port;
  port = new RawReceivePort((message) {
    print(message);
    port.close();
  });
  Isolate.spawn(Worker.run, port.sendPort);
  Isolate.spawn(new Worker().method, null).catchError((error) => print("refused"));
}
