// What a listener does within its callbacks: it pauses, goes on, cancels, throws, adds events and changes
// its handlers; what the source is told, and when; asFuture; futures of the program's own.
// stress-interval: 29
import "dart:async";

final told = [];

turn() => new Future.delayed(Duration.ZERO);

show(String name) async {
  await turn();
  await turn();
  print("$name: ${told.join(", ")}");
  told.clear();
}

StreamController make(bool isSync) {
  var controller = new StreamController(
      sync: isSync, onListen: () => told.add("listened"), onPause: () => told.add("paused"), onResume: () => told.add("resumed"), onCancel: () => told.add("cancelled"));
  return controller;
}

within(f) {
  told.add("[");
  f();
  told.add("]");
}

// A future that is not the library's.
class OwnFuture implements Future {
  final _then;
  OwnFuture(this._then);
  then(onValue, {onError}) => _then(onValue, onError);
  noSuchMethod(invocation) => super.noSuchMethod(invocation);
}

main() async {
  for (var isSync in [false, true]) {
    print(isSync ? "-- sync" : "-- later");
    var subscription, controller;
    listen({onData, onError, onDone, cancelOnError: false}) {
      controller = make(isSync);
      subscription = controller.stream.listen(onData == null ? (x) => told.add(x) : (x) => within(() => onData(x)), onError: onError == null ? (e) => told.add("e$e") : (e) => within(() => onError(e)),
          onDone: onDone == null ? () => told.add("done") : () => within(onDone), cancelOnError: cancelOnError);
    }

    listen(onData: (x) => subscription.pause());
    controller..add(1)..add(2)..close();
    await show("pause in onData");
    subscription.resume();
    await show("and resume");
    subscription.resume();
    await show("and again");
    listen(onError: (e) => subscription.pause());
    controller..addError(1)..add(2)..close();
    await show("pause in onError");
    subscription.resume();
    await show("and resume");
    listen(onDone: () => subscription.pause());
    controller..add(1)..close();
    await show("pause in onDone");
    listen(onData: (x) => subscription..pause()..resume());
    controller..add(1)..add(2)..close();
    await show("pause and resume in onData");
    listen(onData: (x) => subscription.cancel());
    controller..add(1)..add(2)..close();
    await show("cancel in onData");
    listen(onError: (e) => subscription.cancel());
    controller..addError(1)..add(2)..close();
    await show("cancel in onError");
    listen(onData: (x) => x < 3 ? controller.add(x + 1) : controller.close());
    controller.add(1);
    await show("add in onData");
    listen(onError: (e) => controller..add(2)..close());
    controller.addError(1);
    await show("add in onError");
    listen(onData: (x) => subscription.onData((y) => told.add("other $y")));
    controller..add(1)..add(2);
    subscription..onError((e) => told.add("other error $e"))..onDone(() => told.add("other done"));
    controller..addError(3)..close();
    await show("other handlers");
    listen();
    subscription..onData(null)..onDone(null);
    controller..add(1)..close();
    await show("no handlers");
    runZoned(() {
      listen(onData: (x) => throw "of data $x", onError: (e) => throw "of error $e", onDone: () => throw "of done");
      controller..add(1)..addError(2)..add(3)..close();
    }, onError: (e) => told.add("zone told $e"));
    await show("throw in all");
    runZoned(() {
      controller = make(isSync);
      controller.stream.listen(told.add);
      controller..add(1)..addError(2)..add(3)..close();
    }, onError: (e) => told.add("zone told $e"));
    await show("no onError");
    listen(cancelOnError: true);
    controller..add(1)..addError(2)..add(3)..close();
    await show("cancelOnError");
    listen(cancelOnError: true, onError: (e) => told.add("hears $e"));
    controller..addError(2)..addError(3);
    await show("cancelOnError with a handler");
    listen();
    subscription.asFuture("value").then((x) => told.add("future $x"));
    controller..add(1)..close();
    await show("asFuture");
    listen();
    subscription.asFuture().then((x) => told.add("future $x"), onError: (e) => told.add("future failed $e"));
    controller..add(1)..addError(2)..add(3)..close();
    await show("asFuture fails");
    listen();
    subscription.pause(turn());
    controller..add(1)..close();
    told.add(subscription.isPaused);
    await show("pause until a future ends");
    told.add(subscription.isPaused);
    listen();
    var failing = new Completer();
    subscription.pause(failing.future.catchError((e) => 0));
    controller.add(1);
    failing.completeError("f");
    await show("pause until a future fails");
    listen();
    subscription..pause()..pause()..resume();
    controller.add(1);
    await show("paused twice");
    subscription..resume()..resume();
    await show("resumed");
    await subscription.cancel();
    subscription..pause()..resume();
    controller..add(2)..close();
    await show("after cancel");
    listen();
    told.add(await subscription.cancel());
    told.add(await subscription.cancel());
    await show("cancelled twice");
    var slow = new Completer();
    controller = new StreamController(sync: isSync, onCancel: () => slow.future);
    subscription = controller.stream.listen((x) => told.add(x), onError: (e) => told.add("e$e"), onDone: () => told.add("done"), cancelOnError: true);
    controller..addError(1)..close();
    await show("slow cancel");
    slow.complete(5);
    await show("has ended");
    slow = new Completer();
    controller = new StreamController(sync: isSync, onCancel: () => slow.future);
    subscription = controller.stream.listen((x) => told.add(x), onDone: () => told.add("done"));
    var added = controller.addStream(new Stream.fromIterable([1, 2, 3]));
    await added;
    controller.close();
    await show("added, slow cancel");
    slow.complete(5);
    await show("has ended");
    var outer = make(isSync), inner = make(isSync);
    var innerEnds = outer.addStream(inner.stream).then((_) => told.add("added"));
    var listening = outer.stream.listen((x) => told.add(x), onError: (e) => told.add("e$e"));
    inner..add(1)..addError(2)..add(3);
    await show("error of what is added");
    await listening.cancel();
    await innerEnds;
    await show("cancelled");
  }
  await broadcasts();
  await foreign();
}

broadcasts() async {
  for (var isSync in [false, true]) {
    var controller = new StreamController.broadcast(sync: isSync, onListen: () => told.add("listened"), onCancel: () => told.add("cancelled"));
    var second, first;
    first = controller.stream.listen((x) {
      told.add("a$x");
      if (x == 1) second = controller.stream.listen((y) => told.add("b$y"));
      if (x == 3) first.cancel();
    }, onDone: () => told.add("a done"));
    controller.add(1);
    await turn();
    controller..add(2)..add(3)..add(4);
    await show("broadcast");
    second.cancel();
    await show("nobody");
    controller.stream.listen((x) {
      told.add("c$x");
      scheduleMicrotask(controller.close);
    }, onDone: () => told.add("c done"));
    controller.add(5);
    await show("anew");
    controller.stream.listen(null, onDone: () => told.add("d done"));
    controller.done.then((_) => told.add("is done"));
    await show("over");
  }
}

// What is like a future is waited for as one.
foreign() async {
  print(await new Future.value(new OwnFuture((onValue, onError) => onValue(1))));
  print(await new Future.value(new OwnFuture((onValue, onError) => scheduleMicrotask(() => onError("failed", null)))).catchError((e) => "told $e"));
  print(await new Future.value(new OwnFuture((onValue, onError) => throw "thrown")).catchError((e) => "told $e"));
  var completer = new Completer()..complete(new OwnFuture((onValue, onError) => new Timer(Duration.ZERO, () => onValue("later"))));
  print(completer.isCompleted);
  try {
    completer.complete(2);
  } catch (error) {
    print(error);
  }
  print(await completer.future);
  print(await new OwnFuture((onValue, onError) => onValue("awaited")));
  var source = new Completer(), all = [];
  var follows = new Future.value(source.future), another = new Completer()..complete(source.future);
  follows.then((x) => all.add("one $x"));
  another.future.then((x) => all.add("two $x"));
  follows.then((x) => all.add("three $x")).then((x) => all.add("four"));
  source.complete(7);
  await new Future.delayed(Duration.ZERO);
  print(all);
}

// expect: -- later
// expect: pause in onData: listened, [, ], paused
// expect: and resume: [, ]
// expect: and again: cancelled, done
// expect: pause in onError: listened, [, ], paused
// expect: and resume: 2, cancelled, done
// expect: pause in onDone: listened, 1, cancelled, [, ]
// expect: pause and resume in onData: listened, [, ], paused, [, ], cancelled, done
// expect: cancel in onData: listened, [, cancelled, ]
// expect: cancel in onError: listened, [, cancelled, ]
// expect: add in onData: listened, [, ], [, ], [, ], cancelled, done
// expect: add in onError: listened, [, ], 2, cancelled, done
// expect: other handlers: listened, [, ], other 2, other error 3, cancelled, other done
// expect: no handlers: listened, cancelled
// expect: throw in all: listened, [, zone told of data 1, [, zone told of error 2, [, zone told of data 3, cancelled, [, zone told of done
// expect: no onError: listened, 1, zone told 2, 3, cancelled
// expect: cancelOnError: listened, 1, cancelled, e2
// expect: cancelOnError with a handler: listened, cancelled, [, hears 2, ]
// expect: asFuture: listened, 1, cancelled, future value
// expect: asFuture fails: listened, 1, cancelled, future failed 2
// expect: pause until a future ends: listened, paused, true, 1, cancelled, done
// expect: pause until a future fails: false, listened, paused, 1, resumed
// expect: paused twice: listened, paused
// expect: resumed: 1, resumed
// expect: after cancel: cancelled
// expect: cancelled twice: listened, cancelled, null, null
// expect: slow cancel: 
// expect: has ended: e1
// expect: added, slow cancel: 1, 2, 3
// expect: has ended: done
// expect: error of what is added: listened, paused, resumed, listened, 1, cancelled, e2, added
// expect: cancelled: cancelled
// expect: -- sync
// expect: pause in onData: listened, [, ], paused
// expect: and resume: [, ]
// expect: and again: cancelled, done
// expect: pause in onError: listened, [, ], paused
// expect: and resume: 2, cancelled, done
// expect: pause in onDone: listened, 1, cancelled, [, ]
// expect: pause and resume in onData: listened, [, ], [, ], cancelled, done
// expect: cancel in onData: listened, [, cancelled, ]
// expect: cancel in onError: listened, [, cancelled, ]
// expect: add in onData: listened, [, ], [, ], [, ], cancelled, done
// expect: add in onError: listened, [, ], 2, cancelled, done
// expect: other handlers: listened, [, ], other 2, other error 3, cancelled, other done
// expect: no handlers: listened, cancelled
// expect: throw in all: listened, [, zone told of data 1, [, zone told of error 2, [, zone told of data 3, cancelled, [, zone told of done
// expect: no onError: listened, 1, zone told 2, 3, cancelled
// expect: cancelOnError: listened, 1, cancelled, e2
// expect: cancelOnError with a handler: listened, cancelled, [, hears 2, ]
// expect: asFuture: listened, 1, cancelled, future value
// expect: asFuture fails: listened, 1, cancelled, future failed 2
// expect: pause until a future ends: listened, paused, true, 1, cancelled, done
// expect: pause until a future fails: false, listened, paused, 1, resumed
// expect: paused twice: listened, paused
// expect: resumed: 1, resumed
// expect: after cancel: cancelled
// expect: cancelled twice: listened, cancelled, null, null
// expect: slow cancel: 
// expect: has ended: e1
// expect: added, slow cancel: 1, 2, 3
// expect: has ended: done
// expect: error of what is added: listened, paused, resumed, listened, 1, cancelled, e2, added
// expect: cancelled: cancelled
// expect: broadcast: listened, a1, a2, b2, a3, b3, b4
// expect: nobody: cancelled
// expect: anew: listened, c5, cancelled, c done
// expect: over: d done, is done
// expect: broadcast: listened, a1, a2, b2, a3, b3, b4
// expect: nobody: cancelled
// expect: anew: listened, c5, c done, cancelled
// expect: over: d done, is done
// expect: 1
// expect: told failed
// expect: told thrown
// expect: true
// expect: Bad state: Future already completed
// expect: later
// expect: awaited
// expect: [one 7, two 7, three 7, four]
