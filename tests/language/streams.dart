// Streams: events wait for their listener, who may pause, cancel or take the first only.
import 'dart:async';

print2(name) => (x) => print("$name $x");

steps(List todo) => Future.forEach(todo, (step) => step());

later() => new Future.microtask(() => new Future.microtask(() => new Future.microtask(() => 0)));

main() {
  steps([waits, pauses, cancels, firsts, errors, sync]).then((_) => print("all"));
}

waits() {
  var controller = new StreamController();
  controller.add(1);
  controller.add(2);
  controller.close();
  print("${controller.isClosed} ${controller.hasListener}");
  try {
    controller.add(3);
  } catch (e) {
    print(e);
  }
  var done = new Completer();
  controller.stream.listen(print2("event"), onDone: () {
    print("done");
    done.complete();
  });
  print("not before listen returns");
  try {
    controller.stream.listen(print);
  } catch (e) {
    print(e);
  }
  return done.future;
}
// expect: true false
// expect: Bad state: Cannot add an event after closing
// expect: not before listen returns
// expect: Bad state: Stream has already been listened to
// expect: event 1
// expect: event 2
// expect: done

pauses() {
  var controller = new StreamController();
  var subscription = controller.stream.listen(print2("heard"));
  subscription.pause();
  controller.add("a");
  return later().then((_) {
    print("paused ${subscription.isPaused}");
    subscription.resume();
    return later();
  }).then((_) {
    var signal = new Completer();
    subscription.pause(signal.future);
    controller.add("b");
    return later().then((_) {
      print("waiting");
      signal.complete();
      return later();
    });
  });
}
// expect: paused true
// expect: heard a
// expect: waiting
// expect: heard b

cancels() {
  var controller = new StreamController(onCancel: () => print("cancelled"));
  var subscription;
  subscription = controller.stream.listen((x) {
    print("only $x");
    subscription.cancel();
  });
  controller.add(1);
  controller.add(2);
  return later().then((_) => controller.add(3));
}
// expect: only 1
// expect: cancelled

firsts() {
  var controller = new StreamController();
  controller.add("one");
  controller.add("two");
  var empty = new StreamController();
  empty.close();
  var list = new StreamController();
  list.add(1);
  list.add(2);
  list.close();
  return controller.stream.first
      .then((x) => print("first $x"))
      .then((_) => empty.stream.first)
      .catchError((e) => print(e))
      .then((_) => list.stream.toList())
      .then((x) => print(x));
}
// expect: first one
// expect: Bad state: No element
// expect: [1, 2]

errors() {
  var controller = new StreamController();
  var heard = [];
  controller.stream.listen(heard.add, onError: (e) => heard.add("error $e"));
  controller.add(1);
  controller.addError("x");
  controller.add(2);
  var stopped = new StreamController();
  stopped.stream.listen(heard.add, onError: (e, s) => heard.add("last $e"), cancelOnError: true);
  stopped.addError("y");
  stopped.add("never");
  var each = new StreamController();
  each.add(1);
  return later().then((_) => print(heard)).then((_) => each.stream.forEach((x) => throw "at $x"))
      .catchError((e) => print("forEach $e"));
}
// expect: [1, last y, error x, 2]
// expect: forEach at 1

sync() {
  var controller = new StreamController(sync: true);
  controller.stream.listen(print2("sync"));
  controller.add(1);
  print("after");
}
// expect: sync 1
// expect: after
// expect: all
