// Futures, streams and timers whose ends cross: what comes second changes nothing, and nobody who
// waits is forgotten.
import 'dart:async';

steps(List todo) => Future.forEach(todo, (step) => step());

ms(n) => new Duration(milliseconds: n);

later() => new Future.microtask(() => new Future.microtask(() => new Future.microtask(() => 0)));

traceOf(f) {
  try {
    f();
  } catch (error, trace) {
    return trace;
  }
}

class Foreign implements Future {
  var onValue, onError;
  then(value, {onError}) {
    this.onValue = value;
    this.onError = onError;
  }
  noSuchMethod(_) => null;
}

main() {
  steps([firsts, eager, onTime, rounds, foreign, listeners, queues, ends, timers])
      .then((_) => print("all"));
}

// The first one counts, whatever ends later and how.
firsts() {
  var a = new Completer(), b = new Completer(), c = new Completer();
  var any = Future.any([a.future, b.future, c.future]);
  b.complete("b");
  return later().then((_) {
    a.complete("a");
    c.completeError("c");
    return later();
  }).then((_) => any).then((x) => print("any $x")).then((_) {
    var first = new Completer(), second = new Completer();
    var any = Future.any([first.future, second.future]);
    second.completeError("second");
    first.complete("first");
    return any.catchError((e) => "error $e").then(print);
  });
}
// expect: any b
// expect: error second

// An error is told once, however many there are.
eager() {
  return Future.wait([new Future.error("one")], eagerError: true)
      .catchError((e) => print("eager $e"))
      .then((_) => Future.wait([new Future.value(1), new Future.error("two"), new Future.error("three")], eagerError: true))
      .catchError((e) => print("eager $e"))
      .then((_) => later())
      .then((_) => Future.wait([new Future.error("four"), new Future.value(1), new Future.error("five")]))
      .catchError((e) => print("patient $e"));
}
// expect: eager one
// expect: eager two
// expect: patient four

// What comes after the time is over is not what it came to.
onTime() {
  var slow = new Completer();
  var limited = slow.future.timeout(ms(1), onTimeout: () => "instead");
  return limited.then((x) {
    print("first $x");
    slow.complete("too late");
    return later();
  }).then((_) => limited).then((x) {
    print("then $x");
    var failing = new Completer();
    var limited = failing.future.timeout(ms(1), onTimeout: () => "again");
    return limited.then((_) {
      failing.completeError("too late");
      return later();
    }).then((_) => limited).then(print);
  });
}
// expect: first instead
// expect: then instead
// expect: again

rounds() {
  var failed = Future.doWhile(() => throw "at once");
  return failed.catchError((e) => print("failed $e")).then((_) => later())
      .then((_) => failed).catchError((e) => print("still $e")).then((_) {
    var count = 0;
    return Future.doWhile(() => ++count < 3 ? (count.isOdd ? true : new Future.value(true)) : false)
        .then((x) => print("$count $x"));
  });
}
// expect: failed at once
// expect: still at once
// expect: 3 null

foreign() {
  var trace = traceOf(() => throw 1);
  var good = new Foreign(), bad = new Foreign();
  var ended = new Future.value(0).then((_) => bad).catchError((e, t) => print("$e ${identical(t, trace)}"))
      .then((_) => new Future.sync(() => good)).then((x) => print(x));
  return later().then((_) {
    bad.onError("bad", trace);
    return later();
  }).then((_) {
    good.onValue("good");
    return ended;
  });
}
// expect: bad true
// expect: good

// All who wait for an error hear of it, in their order.
listeners() {
  var completer = new Completer();
  var future = completer.future;
  var heard = [];
  for (var i = 0; i < 3; i++) future.catchError((e) => heard.add("$i $e"));
  future.whenComplete(() => heard.add("done")).catchError((e) => heard.add("passed $e"));
  completer.completeError("x");
  return later().then((_) => print(heard)).then((_) {
    // A test that says no passes it on.
    return new Future.error("y").catchError((e) => print("no"), test: (e) => e == "x")
        .catchError((e) => print("yes $e"), test: (e) => e == "y");
  });
}
// expect: [0 x, 1 x, 2 x, done, passed x]
// expect: yes y

// What waited comes before what is added; and each pause takes its own resume.
queues() {
  var controller = new StreamController(sync: true);
  var heard = [];
  var subscription = controller.stream.listen(heard.add, onError: (e) => heard.add("error $e"));
  subscription.pause();
  subscription.pause();
  controller.add(1);
  controller.add(2);
  subscription.resume();
  return later().then((_) {
    print("$heard ${subscription.isPaused}");
    subscription.resume();
    controller.add(3);
    controller.addError(null);
    return later().then((_) => later());
  }).then((_) {
    print(heard);
    controller.add(4);
    print(heard);
  });
}
// expect: [] true
// expect: [1, 2, 3, error Throw of null.]
// expect: [1, 2, 3, error Throw of null., 4]

ends() {
  var cancelled = 0;
  var controller = new StreamController(onCancel: () => cancelled++);
  var done = new Completer();
  var subscription = controller.stream.listen(null, onDone: () => done.complete());
  controller.close();
  controller.close();
  return done.future.then((_) {
    print("${controller.hasListener} ${controller.isClosed} $cancelled");
    return subscription.cancel();
  }).then((_) => print(cancelled)).then((_) {
    var stopping = new StreamController(onCancel: () => cancelled++);
    var heard = [];
    stopping.stream.listen(heard.add, onError: heard.add, cancelOnError: true);
    stopping.add(1);
    stopping.addError("stop");
    stopping.add(2);
    return later().then((_) => print("$heard $cancelled ${stopping.hasListener}"));
  });
}
// expect: false true 1
// expect: 1
// expect: [1, stop] 2 false

timers() {
  var once, ended = new Completer();
  once = new Timer(ms(1), () {
    print("in ${once.isActive}");
    once.cancel();
    var again;
    again = new Timer.periodic(ms(1), (timer) {
      print("${timer.isActive} ${identical(timer, again)}");
      timer.cancel();
      print(timer.isActive);
      ended.complete();
    });
  });
  print("before ${once.isActive}");
  return ended.future;
}
// expect: before true
// expect: in false
// expect: true true
// expect: false
// expect: all
