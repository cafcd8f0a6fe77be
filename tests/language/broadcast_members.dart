// Streams and subscriptions that are one for many listeners, or are over before anybody listens: every
// member of them, and what their controllers refuse.
// stress-interval: 29
import "dart:async";

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".split("\n").first;
  }
}

class Closing implements EventSink {
  final sink;
  Closing(this.sink);
  add(event) => sink.add("<$event>");
  addError(error, [stackTrace]) => sink.addError("<$error>", stackTrace);
  close() {
    sink.add("closing");
    sink.close();
  }
}

main() async {
  await refused();
  await equalStreams();
  await shared();
  await over();
  await sinks();
  await whichAreBroadcast();
  await sinked();
  await timeouts();
  await early();
}

refused() async {
  var broadcast = new StreamController.broadcast(), single = new StreamController();
  print(tried(() => broadcast.onPause));
  print(tried(() => broadcast.onResume));
  print(tried(() => broadcast.onPause = () {}));
  print(tried(() => broadcast.onResume = () {}));
  print([broadcast.isPaused, broadcast.hasListener, broadcast.isClosed, single.isPaused, single.hasListener, single.isClosed]);
  print([broadcast.runtimeType, single.runtimeType, single.stream.listen(null).runtimeType, broadcast.stream.listen(null).runtimeType]);
  print([broadcast.hasListener, single.hasListener, single.isPaused]);
  print(tried(() => single.stream.listen(null)));
  broadcast.close();
  single.close();
  print([broadcast.isClosed, single.isClosed]);
  print(tried(() => broadcast.add(1)));
  print(tried(() => single.addError(1)));
  var sync = new StreamController.broadcast(sync: true);
  sync.stream.listen((x) {
    if (x == 1) print(tried(() => sync.add(2)));
  });
  sync.add(1);
  sync.add(3);
  print([sync is SynchronousStreamController, single is SynchronousStreamController, new StreamController(sync: true) is SynchronousStreamController]);
}

// Two streams of one controller are equal.
equalStreams() async {
  for (var controller in [new StreamController(), new StreamController.broadcast()]) {
    var other = new StreamController.broadcast();
    print([controller.stream == controller.stream, controller.stream == other.stream, controller.stream.hashCode == controller.stream.hashCode,
        controller.stream == 1, controller.stream.isBroadcast, controller.stream.hashCode == controller.hashCode]);
    other.close();
  }
}

// What asBroadcastStream gives to its callbacks.
shared() async {
  var told = [], source = new StreamController(onPause: () => print("source pauses"), onResume: () => print("source resumes"),
      onCancel: () => print("source is cancelled"));
  var kept;
  var stream = source.stream.asBroadcastStream(onListen: (subscription) {
    kept = subscription;
    print(["listen", subscription.isPaused]);
  }, onCancel: (subscription) {
    print(["cancel", identical(subscription, kept), subscription.isPaused]);
    subscription.pause();
  });
  print(stream.isBroadcast);
  var first = stream.listen((x) => told.add("a$x"), onError: (e) => told.add("e$e")), second = stream.listen((x) => told.add("b$x"));
  source..add(1)..addError("wrong")..add(2);
  second.onError((e) => told.add("f$e"));
  await new Future(() {});
  print(told.toList());
  told.clear();
  kept.pause();
  print([kept.isPaused, kept is StreamSubscription]);
  source.add(3);
  await new Future(() {});
  print(told);
  kept.resume();
  await new Future(() {});
  print([told, kept.isPaused]);
  var signal = new Completer();
  kept.pause(signal.future);
  print(kept.isPaused);
  signal.complete();
  await new Future(() {});
  print(kept.isPaused);
  for (var change in [() => kept.onData(null), () => kept.onError(null), () => kept.onDone(null), () => kept.asFuture(), () => kept.asFuture(1)]) print(tried(change));
  await first.cancel();
  await second.cancel();
  print(kept.isPaused);
  told.clear();
  source.add(4);
  var third = stream.listen((x) => told.add("c$x"), onDone: () => told.add("done"));
  await new Future(() {});
  print([told, kept.isPaused]);
  kept.resume();
  await new Future(() {});
  print(told);
  await kept.cancel();
  await new Future(() {});
  print([told, stream.isBroadcast]);
  // Whoever cancels within the callback that tells of the last listener ends it.
  var ended = new StreamController(onCancel: () => print("ended is cancelled"));
  var one = ended.stream.asBroadcastStream(onCancel: (subscription) => subscription.cancel());
  await one.listen(null).cancel();
  one.listen((x) => print("never"), onDone: () => print("over"));
  await new Future(() {});
}

// Of a stream that is over.
over() async {
  var controller = new StreamController.broadcast();
  await controller.close();
  var done = 0;
  listen() => controller.stream.listen((x) => print("never"), onError: (e) => print("never"), onDone: () => done++);
  var subscription = listen();
  print([subscription.runtimeType, subscription.isPaused, done]);
  await new Future(() {});
  print(done);
  subscription.pause();
  print(subscription.isPaused);
  subscription.resume();
  await new Future(() {});
  print(done);

  subscription = listen()..pause()..pause();
  await new Future(() {});
  print([subscription.isPaused, done]);
  subscription.resume();
  await new Future(() {});
  print([subscription.isPaused, done]);
  subscription.resume();
  await new Future(() {});
  print([subscription.isPaused, done]);
  subscription.resume();
  print(subscription.isPaused);

  subscription = listen()..onDone(() => done += 10)..onData((x) => print("never"))..onError((e) => print("never"));
  await new Future(() {});
  print(done);
  subscription = listen();
  print(await subscription.asFuture("value"));
  print([await listen().asFuture(), done]);
  subscription = listen();
  print(await subscription.cancel());
  await new Future(() {});
  print(done);
  var signal = new Completer();
  subscription = listen()..pause(signal.future);
  await new Future(() {});
  print(done);
  signal.complete();
  await new Future(() {});
  await new Future(() {});
  print([done, subscription.isPaused]);
  runZoned(() => controller.stream.listen(null, onDone: () => throw "of onDone"), onError: (e) => print("zone told $e"));
  controller.stream.listen(null);
  await new Future(() {});
}

// The sink that a controller gives away.
sinks() async {
  var controller = new StreamController(), told = [];
  controller.stream.listen(told.add, onError: (e, s) => told.add("e$e ${"$s"}"), onDone: () => told.add("done"));
  var sink = controller.sink;
  sink.add(1);
  sink.addError("wrong", new StackTrace.fromString("trace"));
  await sink.addStream(new Stream.fromIterable([2, 3]));
  sink.add(4);
  var isDone = false;
  sink.done.then((_) => isDone = true);
  print(isDone);
  await sink.close();
  print([told, isDone, identical(sink, controller.sink)]);
  print(tried(() => sink.add(5)));
  print(tried(() => sink.addError(5)));
  var failing = new StreamController();
  failing.stream.listen(told.add, onError: (e) => told.add("failed $e"));
  told.clear();
  await failing.addStream(new Stream.fromFuture(new Future.error("once")));
  failing.add("on");
  await new Future(() {});
  print(told.toList());
  told.clear();
  var stopping = new StreamController();
  stopping.stream.listen(told.add, onError: (e) => told.add("failed $e"));
  var twice = new StreamController();
  var adding = stopping.addStream(twice.stream, cancelOnError: true);
  print(tried(() => stopping.add(1)));
  print(tried(() => stopping.close()));
  twice..add(1)..addError("stop")..add(2);
  await adding;
  await new Future(() {});
  print(told);
}

whichAreBroadcast() async {
  for (var controller in [new StreamController(), new StreamController.broadcast()]) {
    var stream = controller.stream;
    print([stream.map((x) => x), stream.where((x) => true), stream.expand((x) => []), stream.asyncMap((x) => x), stream.take(1), stream.skip(1),
        stream.takeWhile((x) => true), stream.skipWhile((x) => true), stream.distinct(), stream.handleError((e) {}), stream.timeout(new Duration(seconds: 1)),
        stream.asyncExpand((x) => null), new StreamView(stream), new Stream.eventTransformed(stream, (sink) => new Closing(sink)),
        stream.transform(new StreamTransformer.fromHandlers()), stream.cast(), stream.retype(), Stream.castFrom(stream)].map((s) => s.isBroadcast ? 1 : 0).join());
  }
  print([new Stream.empty().isBroadcast, new Stream.fromIterable([1]).isBroadcast, new Stream.fromFuture(new Future.value(1)).isBroadcast,
      new Stream.periodic(new Duration(seconds: 1)).isBroadcast, await Stream.castFrom(new Stream.fromIterable([1])).toList(),
      await new Stream.fromIterable([1]).retype().toList(), await new Stream.empty().toList()]);
  var view = new StreamView(new Stream.fromIterable([1, 2]));
  print(await view.toList());
  var begins = 0, ends = 0;
  var many = new StreamView(new Stream.fromIterable([1])).asBroadcastStream(onListen: (s) => begins++, onCancel: (s) => ends++);
  print([await many.toList(), begins, ends]);
}

// Sinks of the program between a stream and its listener.
sinked() async {
  var controller = new StreamController(), told = [];
  var stream = new Stream.eventTransformed(controller.stream, (sink) => new Closing(sink));
  var subscription = stream.listen(told.add, onError: (e) => told.add("e$e"), onDone: () => told.add("done"));
  controller..add(1)..addError(2);
  await new Future(() {});
  subscription.pause();
  controller.add(3);
  await new Future(() {});
  print([told, controller.isPaused, subscription.isPaused]);
  subscription.resume();
  controller.close();
  await new Future(() {});
  await new Future(() {});
  print(told);
  var late;
  var stopped = new Stream.eventTransformed(new Stream.fromIterable([1]), (sink) => late = new Closing(sink)).listen(told.add);
  await stopped.cancel();
  told.clear();
  print([tried(() => late.add(2)), tried(() => late.addError(2)), tried(() => late.close()), told]);
  var ended;
  print(await new Stream.eventTransformed(new Stream.fromIterable([1]), (sink) => ended = new Closing(sink)).toList());
  print([tried(() => ended.add(2)), tried(() => ended.sink.addError(2)), tried(() => ended.sink.close())]);
}

// A stream whose events are waited for only so long.
timeouts() async {
  var short = new Duration(milliseconds: 5);
  for (var make in [() => new StreamController(), () => new StreamController.broadcast()]) {
    var controller = make(), told = [];
    var subscription = controller.stream.timeout(short).listen(told.add, onError: (e) => told.add("$e"), onDone: () => told.add("done"));
    controller.add(1);
    await new Future.delayed(short * 5);
    var late = told.where((x) => "$x".startsWith("TimeoutException")).toList();
    print([told.first, told.length, late.toSet()]);
    told.clear();
    controller.addError("wrong");
    controller.close();
    await new Future(() {});
    await new Future(() {});
    print(told);
    await new Future.delayed(short * 3);
    print(told.length);
    await subscription.cancel();
  }
  var controller = new StreamController(), kept;
  var all = controller.stream.timeout(short, onTimeout: (sink) {
    kept = sink;
    sink..add("late")..addError("later")..close();
  });
  var told = [];
  await all.listen(told.add, onError: (e) => told.add("e$e"), onDone: () => told.add("done")).asFuture().catchError((e) => told.add("f$e"));
  kept..add(1)..addError(1)..close();
  print(told);
  // Nobody is late who is not listened to, or has been paused.
  var paused = new StreamController(), times = 0;
  var subscription = paused.stream.timeout(short, onTimeout: (sink) => times++).listen((_) {});
  subscription.pause();
  await new Future.delayed(short * 4);
  print([times, paused.isPaused]);
  subscription.resume();
  print(paused.isPaused);
  await new Future.delayed(short * 4);
  print(times > 0);
  await subscription.cancel();
  times = 0;
  await new Future.delayed(short * 4);
  print([times, paused.hasListener]);
}

// Events of before the listener, and what a listener hears of a controller's callbacks.
early() async {
  var told = [];
  var controller = new StreamController(onListen: () => told.add("listen"), onPause: () => told.add("pause"), onResume: () => told.add("resume"),
      onCancel: () => new Future(() => told.add("cancel")));
  controller..add(1)..addError("e")..add(2)..close();
  print([controller.isClosed, controller.hasListener, controller.isPaused]);
  controller.stream.listen(told.add, onError: told.add, onDone: () => told.add("done"));
  print([told.toList(), controller.hasListener]);
  await controller.done;
  print([told, controller.hasListener, controller.isPaused]);
  told.clear();
  var pausing = new StreamController(onListen: () => told.add("listen"), onPause: () => told.add("pause"), onResume: () => told.add("resume"), onCancel: () => throw "of onCancel");
  var subscription = pausing.stream.listen(told.add);
  subscription.pause();
  subscription.pause();
  pausing.add(1);
  subscription.resume();
  await new Future(() {});
  print([told, pausing.isPaused]);
  subscription.resume();
  await new Future(() {});
  print([told, pausing.isPaused]);
  print(await subscription.cancel().catchError((e) => "caught $e"));
  print(await pausing.done);
  told.clear();
  var both = new StreamController(onCancel: () => told.add("cancel")), inner = new StreamController(onPause: () => told.add("inner pause"),
      onResume: () => told.add("inner resume"), onCancel: () => told.add("inner cancel"));
  var adding = both.addStream(inner.stream);
  inner.add(1);
  await new Future(() {});
  print(told);
  var listening = both.stream.listen(told.add);
  await new Future(() {});
  listening.pause();
  listening.resume();
  await new Future(() {});
  print(told);
  await listening.cancel();
  print([told, both.hasListener, inner.hasListener]);
  await adding;
}

// expect: Unsupported operation: Broadcast stream controllers do not support pause callbacks
// expect: Unsupported operation: Broadcast stream controllers do not support pause callbacks
// expect: Unsupported operation: Broadcast stream controllers do not support pause callbacks
// expect: Unsupported operation: Broadcast stream controllers do not support pause callbacks
// expect: [false, false, false, true, false, false]
// expect: [StreamController, StreamController, StreamSubscription, StreamSubscription]
// expect: [true, true, false]
// expect: Bad state: Stream has already been listened to
// expect: [true, true]
// expect: Bad state: Cannot add an event after closing
// expect: Bad state: Cannot add an event after closing
// expect: Bad state: Cannot fire new event. Controller is already firing an event
// expect: [true, false, true]
// expect: [true, false, true, false, false, false]
// expect: [true, false, true, false, true, false]
// expect: true
// expect: [listen, false]
// expect: [a1, b1, ewrong, fwrong, a2, b2]
// expect: source pauses
// expect: [true, true]
// expect: []
// expect: source resumes
// expect: [[a3, b3], false]
// expect: source pauses
// expect: true
// expect: source resumes
// expect: false
// expect: Unsupported operation: Cannot change the handlers of asBroadcastStream's source
// expect: Unsupported operation: Cannot change the handlers of asBroadcastStream's source
// expect: Unsupported operation: Cannot change the handlers of asBroadcastStream's source
// expect: Unsupported operation: Cannot change the handlers of asBroadcastStream's source
// expect: Unsupported operation: Cannot change the handlers of asBroadcastStream's source
// expect: [cancel, false, false]
// expect: source pauses
// expect: true
// expect: [listen, true]
// expect: [[], true]
// expect: source resumes
// expect: [c4]
// expect: [cancel, false, false]
// expect: source pauses
// expect: source is cancelled
// expect: [[c4, done], true]
// expect: ended is cancelled
// expect: over
// expect: [StreamSubscription, false, 0]
// expect: 1
// expect: false
// expect: 1
// expect: [true, 1]
// expect: [true, 1]
// expect: [false, 2]
// expect: false
// expect: 12
// expect: value
// expect: [null, 12]
// expect: null
// expect: 12
// expect: 12
// expect: [13, false]
// expect: zone told of onDone
// expect: false
// expect: [[1, ewrong trace, 2, 3, 4, done], true, false]
// expect: Bad state: Cannot add an event after closing
// expect: Bad state: Cannot add an event after closing
// expect: [failed once, on]
// expect: Bad state: Cannot add an event while a stream is being added
// expect: Bad state: Cannot close while a stream is being added
// expect: [1, failed stop]
// expect: 000000000000000000
// expect: 111111111111111111
// expect: [true, false, false, false, [1], [1], []]
// expect: [1, 2]
// expect: [[1], 1, 0]
// expect: [[<1>, e<2>], true, true]
// expect: [<1>, e<2>, <3>, closing, done]
// expect: [null, null, null, []]
// expect: [<1>, closing]
// expect: [Bad state: Stream is already closed, Bad state: Stream is already closed, Bad state: Stream is already closed]
// expect: [1, 2, {TimeoutException after 0:00:00.005000: No stream event}]
// expect: [wrong, done]
// expect: 2
// expect: [1, 2, {TimeoutException after 0:00:00.005000: No stream event}]
// expect: [wrong, done]
// expect: 2
// expect: [late, flater]
// expect: [0, true]
// expect: false
// expect: true
// expect: [0, false]
// expect: [true, false, false]
// expect: [[listen], true]
// expect: [[listen, 1, e, 2, cancel, done], false, false]
// expect: [[listen, pause], true]
// expect: [[listen, pause, 1, resume], false]
// expect: caught of onCancel
// expect: null
// expect: [inner pause]
// expect: [inner pause, inner resume, 1, inner pause, inner resume]
// expect: [[inner pause, inner resume, 1, inner pause, inner resume, inner cancel, cancel], false, false]
