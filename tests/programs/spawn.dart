// Isolates that answer, fail, and share nothing.
import 'dart:async';
import 'dart:isolate';

var setting = "as it was";

// Tells `owner` its port, and answers what comes there.
void answering(SendPort owner) {
  setting = "changed";
  var port = new RawReceivePort();
  port.handler = (message, replyTo) {
    if (message == "end") {
      port.close();
      replyTo.send("ended");
    } else if (message == "fail") {
      throw new StateError("asked to fail");
    } else {
      replyTo.send([message, setting]);
    }
  };
  owner.send(port.sendPort);
}

void sum(List request) {
  request[1].send(request[0].fold(0, (a, b) => a + b));
}

void failing(message) {
  throw new StateError("failed with $message");
}

Future<SendPort> start() {
  var port = new ReceivePort();
  Isolate.spawn(answering, port.sendPort);
  return port.first;
}

main() {
  start().then((SendPort worker) {
    return worker.call("hello")
        .then((answer) => print("$answer, here $setting"))
        .then((_) => worker.call("end"))
        .then(print)
        .then((_) => worker.call("anybody?"))
        .catchError(print);
  }).then((_) {
    var totals = new ReceivePort();
    for (var i = 1; i <= 4; i++) Isolate.spawn(sum, [new List.filled(i, 10), totals.sendPort]);
    var sums = [];
    var done = new Completer();
    totals.listen((total) {
      sums.add(total);
      if (sums.length < 4) return;
      totals.close();
      sums.sort();
      done.complete(sums);
    });
    return done.future;
  }).then(print)
      .then((_) => Isolate.spawn(sum, [[], Isolate.current.controlPort]))
      .then((isolate) => print("${isolate.controlPort != Isolate.current.controlPort}"))
      .then((_) => Isolate.spawn((x) => x, null))
      .catchError((e) => print(e is ArgumentError))
      .then((_) => Isolate.spawn(sum, () => 1))
      .catchError((e) => print(e is ArgumentError))
      .then((_) => start())
      .then((worker) => worker.call("fail"))
      .catchError((e) => print("the caller hears of it: ${e is MessageException}"))
      .then((_) => Isolate.spawn(failing, "a message"))
      .then((_) => print("end"));
}
