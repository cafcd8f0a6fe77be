// Zones: values, errors, and what is asked before callbacks run.
import 'dart:async';

main() {
  values().then((_) => errors()).then((_) => asks()).then((_) => streams());
}

values() {
  print(Zone.current == Zone.ROOT);
  return runZoned(() {
    print([Zone.current["a"], Zone.current["b"], Zone.current.parent == Zone.root]);
    var seen = [];
    scheduleMicrotask(() => seen.add("microtask ${Zone.current["a"]}"));
    Timer.run(() => seen.add("timer ${Zone.current["a"]}"));
    var inner = Zone.current.fork(zoneValues: {"a": 2});
    print(inner.run(() => [Zone.current["a"], Zone.current["b"]]));
    print(inner.bindUnaryCallback((x) => [x, Zone.current["a"]])(5));
    return new Future(() => seen.add("future ${Zone.current["a"]}")).then((_) {
      print([seen, Zone.current["a"]]);
    });
  }, zoneValues: {"a": 1, "b": 2}).then((_) => print(Zone.current["a"]));
}

errors() {
  var caught = [];
  var done = new Completer();
  runZoned(() {
    new Future.error("of a future");
    scheduleMicrotask(() => throw "of a microtask");
    Timer.run(() => throw "of a timer");
    new Future.value(1).then((_) => throw "of a callback");
    new StreamController()..stream.listen((_) => throw "of a listener")..add(1);
    new StreamController()..stream.listen(null)..addError("of a stream");
    runZoned(() => scheduleMicrotask(() => throw "of inside"), zoneValues: {});
    new Timer(const Duration(milliseconds: 5), done.complete);
    throw "at once";
  }, onError: (error) => caught.add(error));
  return done.future.then((_) {
    caught.forEach(print);
    // What an inner zone throws on, the outer one hears.
    var outer = [];
    runZoned(() {
      runZoned(() => throw "inner", onError: (error, trace) => throw "again $error");
    }, onError: outer.add);
    print(outer);
    // An error does not leave the zone that handles it.
    var heard = [];
    var future;
    runZoned(() => future = new Future.error("stays"), onError: heard.add);
    future.catchError((error) => heard.add("left: $error"));
    return new Future.delayed(Duration.ZERO).then((_) => print(heard));
  });
}

asks() {
  var log = [];
  var specification = new ZoneSpecification(
      print: (self, parent, zone, line) => parent.print(zone, "<$line>"),
      run: (self, parent, zone, f) {
        log.add("run");
        return parent.run(zone, f);
      },
      registerUnaryCallback: (self, parent, zone, f) {
        log.add("register");
        return parent.registerUnaryCallback(zone, f);
      },
      runUnary: (self, parent, zone, f, x) {
        log.add("runUnary");
        return parent.runUnary(zone, f, x);
      },
      scheduleMicrotask: (self, parent, zone, f) {
        log.add("microtask");
        parent.scheduleMicrotask(zone, f);
      },
      createTimer: (self, parent, zone, duration, f) {
        log.add("timer");
        return parent.createTimer(zone, duration, f);
      },
      fork: (self, parent, zone, specification, values) {
        log.add("fork");
        return parent.fork(zone, specification, values);
      },
      errorCallback: (self, parent, zone, error, trace) => new AsyncError("replaced $error", trace));
  return runZoned(() {
    print("printed");
    Zone.current.fork().run(() => print("inside"));
    new Timer(Duration.ZERO, () {});
    var completer = new Completer();
    completer.future.catchError((error) => log.add(error));
    completer.completeError("error");
    return new Future.value(1).then((x) => x + 1);
  }, zoneSpecification: specification).then((x) {
    print(x);
    print(log.contains("run") && log.contains("microtask"));
    print(log.where((each) => !["run", "microtask"].contains(each)).toList());
  });
}

streams() {
  var controller = new StreamController();
  var done = new Completer();
  runZoned(() {
    controller.stream.listen((x) => print("$x in ${Zone.current["name"]}"), onDone: () {
      print("done in ${Zone.current["name"]}");
      done.complete();
    });
  }, zoneValues: {"name": "the listener's zone"});
  runZoned(() {
    controller.add("heard");
    controller.close();
  }, zoneValues: {"name": "another"});
  return done.future;
}
// expect: true
// expect: [1, 2, true]
// expect: [2, 2]
// expect: [5, 2]
// expect: [[microtask 1, timer 1, future 1], 1]
// expect: null
// expect: at once
// expect: of a future
// expect: of a microtask
// expect: of a callback
// expect: of a listener
// expect: of a stream
// expect: of inside
// expect: of a timer
// expect: [again inner]
// expect: [stays]
// expect: <printed>
// expect: <inside>
// expect: 2
// expect: true
// expect: [fork, timer, register, register, runUnary, replaced error, runUnary]
// expect: heard in the listener's zone
// expect: done in the listener's zone
