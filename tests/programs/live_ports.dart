// Runs as long as a port is open, and no longer.
import 'dart:async';
import 'dart:isolate';

main() {
  new Completer().future.then((_) => print("never: nobody completes it"));
  var port = new ReceivePort();
  var asked = new RawReceivePort((message, replyTo) => replyTo.send("$message!"));
  port.listen((message) {
    print(message);
    asked.sendPort.call("answered").then((answer) {
      print(answer);
      asked.close();
      port.close();
    });
  });
  new Future.delayed(const Duration(milliseconds: 1), () => port.sendPort.send("heard"));
}
