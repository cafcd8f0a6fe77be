// Isolates that are ended while they run: by who has the capability, wherever they are.
import 'dart:async';
import 'dart:isolate';

void loops(SendPort told) {
  told.send("loops");
  try {
    while (true) {}
  } finally {
    told.send("not reached");
  }
}

nothing() => null;

void calls(SendPort told) {
  told.send("calls");
  call() {
    nothing();
    return call;
  }
  for (var next = call;;) next = next();
}

void waits(SendPort told) {
  new ReceivePort();
  told.send("waits");
}

void kills(SendPort told) {
  Isolate.current.addOnExitListener(told, response: "killed itself");
  Isolate.current.kill(priority: Isolate.IMMEDIATE);
  told.send("not reached");
}

class Static {
  static void loops(SendPort told) {
    told.send("loops in a static method");
    for (;;) {}
  }
}

Future run(void entry(SendPort port), {bool removes: false}) {
  var port = new ReceivePort(), ended = new Completer(), isolate, isItsTime = entry == kills;
  // While the isolate is being made, its messages may come.
  var known = Isolate.spawn(entry, port.sendPort).then((made) => isolate = made);
  port.listen((message) {
    print(message);
    if ("$message".contains("killed")) {
      if (!isItsTime) print("ended by who may not");
      port.close();
      return ended.complete();
    }
    known.then((_) {
      isolate.addOnExitListener(port.sendPort, response: "never told");
      if (removes) isolate.removeOnExitListener(port.sendPort);
      var other = new ReceivePort();
      isolate.addOnExitListener(other.sendPort, response: "killed $message");
      other.listen((text) {
        other.close();
        if (removes) port.sendPort.send(text);
      });
      if (!removes) isolate.addOnExitListener(port.sendPort, response: "killed $message");
      // Neither of these may.
      new Isolate(isolate.controlPort).kill(priority: Isolate.IMMEDIATE);
      new Isolate(isolate.controlPort, terminateCapability: new Capability())
          .kill(priority: Isolate.IMMEDIATE);
      new Timer(const Duration(milliseconds: 50), () {
        isItsTime = true;
        if (!ended.isCompleted) isolate.kill(priority: Isolate.IMMEDIATE);
      });
    });
  });
  return ended.future;
}

never(message) {
  print("begun");
}

// Who is to be told of its end is told, however little it has done.
Future endsBeforeItBegins() async {
  var told = 0;
  for (var i = 0; i < 20; i++) {
    var exit = new ReceivePort();
    var isolate = await Isolate.spawn(never, null, paused: true, onExit: exit.sendPort);
    isolate.kill(priority: Isolate.IMMEDIATE);
    if (await exit.first.timeout(const Duration(seconds: 20), onTimeout: () => "no") == null) told++;
    if (told != i + 1) break;
  }
  print("told $told times");
}

main() async {
  await run(loops);
  await run(calls, removes: true);
  await run(waits);
  await run(kills);
  await run(Static.loops);
  await endsBeforeItBegins();
  print("all");
}
