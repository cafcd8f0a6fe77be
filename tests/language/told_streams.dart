// What streams tell of where they go wrong or are paused: who begins to share one, a `yield*` of
// what is no stream, an error after the listener has cancelled.
import 'dart:async';

later() => new Future.delayed(Duration.ZERO);

main() async {
  print([
    new StreamController(sync: true) is SynchronousStreamController,
    new StreamController.broadcast(sync: true) is SynchronousStreamController,
    new StreamController() is SynchronousStreamController,
    new StreamController.broadcast() is SynchronousStreamController
  ]);
  // expect: [true, true, false, false]
  await sharing();
  await yieldsEach();
  await failsLate();
  await waitsForCancel();
}

// The first listener's callback has a subscription in its hands that it can pause.
sharing() async {
  var source = new StreamController(
      onListen: () => print("source heard"), onPause: () => print("source paused"));
  var begun = 0;
  var shared = source.stream.asBroadcastStream(onListen: (subscription) {
    print("shared ${++begun}");
    subscription.pause();
    print(subscription.isPaused);
  });
  var first = shared.listen(print);
  shared.listen(print).cancel();
  source.add(1);
  await later();
  await first.cancel();
  shared.listen(print);
  await later();
}
// expect: source heard
// expect: shared 1
// expect: source paused
// expect: true
// expect: shared 2
// expect: true

each(what) async* {
  try {
    yield* what;
  } catch (error) {
    yield error.runtimeType;
  }
}

plainly(what) async* {
  yield 1;
  yield* what;
}

yieldsEach() async {
  print([await each(null).toList(), await each([1]).toList()]);
  var once = new Stream.fromIterable([1]);
  print([await each(once).toList(), await each(once).toList()]);
  plainly(2).listen(print, onError: (error) => print(error.runtimeType), onDone: () => print("done"));
  await later();
  await later();
}
// expect: [[NoSuchMethodError], [NoSuchMethodError]]
// expect: [[1], [StateError]]
// expect: 1
// expect: NoSuchMethodError
// expect: done

failing() async* {
  try {
    yield 1;
    yield 2;
  } finally {
    throw "in finally";
  }
}

failsLate() async {
  try {
    await for (var each in failing()) break;
  } catch (error) {
    print(error);
  }
  var subscription;
  subscription = failing().listen((_) {
    subscription.cancel().catchError((error) => print("cancelling: $error"));
  }, onError: (error) => print("not told: $error"));
  await later();
  await later();
}
// expect: in finally
// expect: cancelling: in finally

inner(Function ended) {
  var controller;
  controller = new StreamController(onCancel: ended);
  controller.add(1);
  return controller.stream;
}

outer(inner) async* {
  try {
    yield* inner;
  } catch (error) {
    print("caught $error");
  } finally {
    print("left");
  }
}

// The body goes on when the inner stream's listener has been cancelled, with its error if it has one.
waitsForCancel() async {
  await for (var each in outer(inner(() => later().then((_) => print("inner cancelled"))))) break;
  await for (var each in outer(inner(() => throw "in cancelling"))) break;
}
// expect: inner cancelled
// expect: left
// expect: caught in cancelling
// expect: left
