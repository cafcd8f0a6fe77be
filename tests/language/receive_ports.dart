// Receive ports are streams: messages wait for the listener, and cancelling closes the port.
import 'dart:async';
import 'dart:isolate';

main() {
  var port = new ReceivePort();
  port.sendPort.send("before listening");
  new Future(() {
    port.listen((message) {
      print(message);
      if (message == "last") port.close();
    }, onDone: () {
      print("done");
      second();
    });
    port.sendPort.send("last");
    port.sendPort.send("never");
  });
}
// expect: before listening
// expect: last
// expect: done

second() {
  var raw = new RawReceivePort((x) => print("replaced"));
  var port = new ReceivePort.fromRawReceivePort(raw);
  print(port.sendPort == raw.sendPort);
  raw.sendPort.send(1);
  raw.sendPort.send(2);
  raw.sendPort.send(3);
  var subscription;
  subscription = port.listen((x) {
    print("heard $x");
    if (x == 2) subscription.cancel();
  });
}
// expect: true
// expect: heard 1
// expect: heard 2
