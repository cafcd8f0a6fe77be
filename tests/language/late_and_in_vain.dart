// What comes to nothing, or comes late: futures that fail beside others, streams that are paused, errors
// that nobody waits for, and where the handlers of zones run.
import 'dart:async';
import 'dart:isolate';

ms(n) => new Duration(milliseconds: n);

futures() async {
  var late = new Completer();
  var cleaned = [];
  var all = Future.wait([new Future.error("first"), late.future, new Future.value(3)], cleanUp: cleaned.add);
  var ended = false;
  var result = all.catchError((error) => "wait: $error ${cleaned..sort()}").whenComplete(() => ended = true);
  await new Future.delayed(ms(1));
  print(ended); // expect: false
  late.complete(2);
  print(await result); // expect: wait: first [2, 3]
  var one = new Completer(), two = new Completer();
  var any = Future.any([one.future, two.future]);
  one.complete(1);
  two.completeError("late");
  print(await any); // expect: 1
  one = new Completer();
  two = new Completer();
  any = Future.any([one.future, two.future]).catchError((error) => "any: $error");
  one.completeError("early");
  two.completeError("late");
  print(await any); // expect: any: early
}

streams() async {
  var seen = [];
  var made = 0;
  var subscription;
  subscription = new Stream.periodic(ms(1), (_) => made++).listen((count) {
    seen.add(count);
    if (seen.length == 2) subscription.pause();
  });
  while (seen.length < 2) await new Future.delayed(ms(1));
  await new Future.delayed(ms(20));
  print("$seen $made"); // expect: [0, 1] 2
  subscription.resume();
  while (seen.length < 4) await new Future.delayed(ms(1));
  subscription.cancel();
  print(seen.take(4).toList()); // expect: [0, 1, 2, 3]
  var trace;
  try {
    throw "x";
  } catch (_, here) {
    trace = here;
  }
  var controller = new StreamController()..addError("e", trace)..close();
  var through = new StreamTransformer.fromHandlers();
  var done = new Completer();
  controller.stream.transform(through).listen(null, onError: (error, same) {
    print("$error ${identical(same, trace)}"); // expect: e true
  }, onDone: done.complete);
  await done.future;
  controller = new StreamController()..addError("e", trace)..close();
  var sinks = new Stream.eventTransformed(controller.stream, (sink) => new Through(sink));
  await for (var _ in sinks.handleError((error, same) => print("$error ${identical(same, trace)}"))) {} // expect: e true
}

class Through implements EventSink {
  final sink;
  Through(this.sink);
  add(event) => sink.add(event);
  addError(error, [trace]) => sink.addError(error, trace);
  close() => sink.close();
}

zones() async {
  var log = [];
  await runZoned(() async {
    runZoned(() {
      new Future.error("inner");
    }, onError: (error) {
      log.add("${Zone.current[#name]} $error");
      throw "outer";
    }, zoneValues: {#name: "inside"});
    await new Future.delayed(ms(1));
  }, onError: (error) => log.add("${Zone.current[#name]} $error"), zoneValues: {#name: "around"});
  print(log); // expect: [around inner, null outer]
  log.clear();
  var inside = new ZoneSpecification(handleUncaughtError: (self, parent, zone, error, trace) {
    log.add("${Zone.current[#name]} $error");
  });
  Zone.current
      .fork(zoneValues: {#name: "around"})
      .fork(zoneValues: {#name: "inside"}, specification: inside)
      .runGuarded(() => throw "thrown");
  print(log); // expect: [around thrown]
}

uncaught() async {
  var told = new ReceivePort();
  Isolate.current.setErrorsFatal(false);
  Isolate.current.addErrorListener(told.sendPort);
  new Timer(Duration.ZERO, () {
    new Future.error("nobody");
    var completer = new Completer();
    completer.future.then((_) => 0); // Nobody waits for this one.
    completer.future.catchError((_) {
      scheduleMicrotask(() => print("behind it")); // expect: behind it
    });
    new Timer(Duration.ZERO, () => completer.completeError("alone"));
  });
  var errors = [];
  await for (var error in told) {
    errors.add(error[0]);
    if (errors.length == 2) break;
  }
  print(errors); // expect: [nobody, alone]
}

main() async {
  await futures();
  await streams();
  await zones();
  await uncaught();
}
