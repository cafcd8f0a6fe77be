// Controllers: when they tell of listening, pausing, resuming and cancelling; broadcast; streams
// that go into them.
import 'dart:async';

later() => new Future.delayed(Duration.ZERO);
tried(f()) {
  try {
    f();
  } catch (error) {
    print(error);
  }
}

main() {
  Future.forEach([callbacks, sync, waits, broadcast, broadcastSync, sharing, added, ends, errors], (test) {
    print("-- $test".replaceFirst("Closure: ", ""));
    return new Future.sync(test);
  });
}

callbacks() {
  var controller = new StreamController(
      onListen: () => print("listen"),
      onPause: () => print("pause"),
      onResume: () => print("resume"),
      onCancel: () => print("cancel"));
  print([controller.isPaused, controller.hasListener]);
  var subscription;
  subscription = controller.stream.listen((x) {
    print(x);
    if (x == 2) subscription.pause(later());
  }, onDone: () => print("done"));
  print([controller.isPaused, controller.hasListener]);
  controller.add(1);
  controller.add(2);
  controller.add(3);
  return later().then((_) {
    print([controller.isPaused, subscription.isPaused]);
    return later();
  }).then((_) {
    subscription.pause();
    subscription.pause();
    subscription.resume();
    print("still paused");
    subscription.resume();
    return controller.close();
  });
}

sync() {
  var controller = new StreamController(sync: true, onPause: () => print("pause"), onResume: () => print("resume"));
  var subscription;
  subscription = controller.stream.listen((x) {
    print("heard $x");
    if (x == 1) {
      subscription.pause();
      controller.add(2);
      subscription.resume();
    }
  });
  controller.add(1);
  print("after 1");
  return later().then((_) {
    controller.add(3);
    print("after 3");
    return subscription.cancel();
  });
}

waits() {
  // The listener hears the end when the source has cleaned up.
  var cleaned = new Completer();
  var controller = new StreamController(onCancel: () => cleaned.future);
  controller.stream.listen(print, onDone: () => print("done"));
  controller.add("event");
  var closed = controller.close().then((_) => print("closed"));
  return later().then((_) {
    print("cleaning");
    cleaned.complete();
    return closed;
  }).then((_) {
    var failing = new StreamController(onCancel: () => throw "not cleaned");
    return failing.stream.listen(null).cancel().catchError(print);
  });
}

broadcast() {
  var controller = new StreamController.broadcast(
      onListen: () => print("first listens"), onCancel: () => print("last cancels"));
  controller.add("lost");
  var heard = [];
  var a = controller.stream.listen((x) => heard.add("a$x"));
  var b = controller.stream.listen((x) => heard.add("b$x"));
  print([controller.stream.isBroadcast, controller.isPaused, controller.hasListener]);
  controller.add(1);
  return later().then((_) {
    a.cancel();
    b.pause();
    controller.add(2);
    return later();
  }).then((_) {
    print(heard);
    b.resume();
    return later();
  }).then((_) {
    print(heard);
    tried(() => controller.onPause = () {});
    b.cancel();
    print(controller.hasListener);
    controller.stream.map((x) => x).listen(heard.add, onDone: () => print("mapped is done"));
    controller.close();
    controller.stream.listen(null, onDone: () => print("too late"));
    return controller.done;
  });
}

broadcastSync() {
  var controller = new StreamController.broadcast(sync: true);
  var subscription;
  controller.stream.listen((x) {
    print("one $x");
    if (x == 1) {
      tried(() => controller.add(2));
      subscription.cancel();
    }
  });
  subscription = controller.stream.listen((x) => print("two $x"));
  controller.add(1);
  controller.add(3);
  controller.close();
}

sharing() {
  var source = new StreamController(onPause: () => print("source paused"), onCancel: () => print("source cancelled"));
  var shared = source.stream.asBroadcastStream(
      onListen: (subscription) => print("shared"), onCancel: (subscription) => subscription.cancel());
  var heard = [];
  var a = shared.listen((x) => heard.add("a$x"));
  var b = shared.listen((x) => heard.add("b$x"));
  source.add(1);
  return later().then((_) {
    print([heard, shared.isBroadcast]);
    a.cancel();
    b.cancel();
    return later();
  }).then((_) => print(source.hasListener));
}

added() {
  var controller = new StreamController();
  var all = controller.stream.toList();
  var adding = controller.addStream(new Stream.fromIterable([1, 2]));
  tried(() => controller.add(3));
  tried(() => controller.close());
  return adding.then((_) {
    controller.add(3);
    controller.sink.add(4);
    controller.sink.close();
    return all;
  }).then(print);
}

ends() {
  var controller = new StreamController();
  controller.stream.listen(null, onDone: () => print("done"));
  var first = controller.close();
  print(identical(first, controller.close()));
  tried(() => controller.add(1));
  tried(() => controller.addError(1));
  return first.then((_) => print([controller.isClosed, controller.hasListener]));
}

errors() {
  var controller = new StreamController();
  var heard = [];
  controller.stream.listen(heard.add, onError: (error, trace) => heard.add("$error ${trace == null}"), onDone: () => heard.add("done"), cancelOnError: true);
  controller.add(1);
  controller.addError(null);
  controller.add(2);
  tried(() => controller.stream.listen(null));
  tried(() => new StreamController().stream.listen(null, onError: () => 1));
  return later().then((_) => print(heard));
}
// expect: -- 'callbacks'
// expect: [true, false]
// expect: listen
// expect: [false, true]
// expect: 1
// expect: 2
// expect: pause
// expect: [true, true]
// expect: 3
// expect: resume
// expect: pause
// expect: still paused
// expect: resume
// expect: cancel
// expect: done
// expect: -- 'sync'
// expect: heard 1
// expect: pause
// expect: after 1
// expect: heard 2
// expect: resume
// expect: heard 3
// expect: after 3
// expect: -- 'waits'
// expect: event
// expect: cleaning
// expect: done
// expect: closed
// expect: not cleaned
// expect: -- 'broadcast'
// expect: first listens
// expect: [true, false, true]
// expect: [a1, b1]
// expect: [a1, b1, b2]
// expect: Unsupported operation: Broadcast stream controllers do not support pause callbacks
// expect: last cancels
// expect: false
// expect: first listens
// expect: last cancels
// expect: mapped is done
// expect: too late
// expect: -- 'broadcastSync'
// expect: one 1
// expect: Bad state: Cannot fire new event. Controller is already firing an event
// expect: one 3
// expect: -- 'sharing'
// expect: shared
// expect: [[a1, b1], true]
// expect: source cancelled
// expect: false
// expect: -- 'added'
// expect: Bad state: Cannot add an event while a stream is being added
// expect: Bad state: Cannot close while a stream is being added
// expect: [1, 2, 3, 4]
// expect: -- 'ends'
// expect: true
// expect: Bad state: Cannot add an event after closing
// expect: Bad state: Cannot add an event after closing
// expect: done
// expect: [true, false]
// expect: -- 'errors'
// expect: Bad state: Stream has already been listened to
// expect: Invalid argument (onError): must take an error, or an error and its stack trace: Instance of '_Closure'
// expect: [1, Throw of null. true]
