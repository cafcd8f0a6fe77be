// Futures: when callbacks run, and what becomes of the values they come to.
import 'dart:async';

// A class of the program's own that other futures have to deal with.
class Foreign implements Future {
  final value;
  Foreign(this.value);
  then(onValue, {onError}) {
    if (value is Error) return new Future.error(value).then(onValue, onError: onError);
    return new Future.value(value).then(onValue);
  }
  catchError(onError, {test}) => this;
  whenComplete(action) => this;
}

order() {
  scheduleMicrotask(() => print("1: first microtask"));
  new Future.microtask(() => print("2: Future.microtask"));
  new Future.value(0).then((_) => print("4: callback of a value"));
  new Future.sync(() => print("Future.sync runs at once"));
  scheduleMicrotask(() {
    print("3: outer microtask");
    scheduleMicrotask(() => print("7: inner microtask"));
  });
  var one = new Future.microtask(() => "5");
  one.then((x) => print("$x: first listener")).then((_) => print("5: its own listener"));
  one.then((x) => print("$x: second listener"));
  scheduleMicrotask(() => print("6: last microtask"));
}

show(name, future) {
  return future.then((value) => print("$name: $value"), onError: (error) => print("$name! $error"));
}

values() {
  return show("plain", new Future.value(20).then((x) => x + 1))
      .then((_) => show("nothing", new Future.value()))
      .then((_) => show("of a future", new Future.value(new Future.value("inner"))))
      .then((_) => show("callback's future",
          new Future.value(1).then((x) => new Future.value(x + 1)).then((x) => x * 10)))
      .then((_) => show("foreign", new Future.value(new Foreign("value"))))
      .then((_) => show("foreign from callback", new Future.value(1).then((x) => new Foreign(x))))
      .then((_) => show("foreign error", new Future.value(new Foreign(new StateError("far")))))
      .then((_) => show("sync", new Future.sync(() => 5)))
      .then((_) => show("sync future", new Future.sync(() => new Future.value(6))))
      .then((_) => show("passes catchError", new Future.value(7).catchError((e) => 8)))
      .then((_) => show("whenComplete", new Future.value(9).whenComplete(() => 10)))
      .then((_) => show("microtask future",
          new Future.microtask(() => new Future.microtask(() => "late"))));
}

late() {
  // A listener that comes after the value is called in a later microtask too.
  var known = new Future.value("known");
  return known.then((_) {
    known.then((x) => print("listener of a $x value"));
    print("not at once");
  });
}

main() {
  order();
  values().then((_) => late());
  print("end of main");
  print(new Future.value(1) is Future);
  print(new Future.value(1).runtimeType);
}
// expect: Future.sync runs at once
// expect: end of main
// expect: true
// expect: Future
// expect: 1: first microtask
// expect: 2: Future.microtask
// expect: 4: callback of a value
// expect: 3: outer microtask
// expect: 5: first listener
// expect: 5: its own listener
// expect: 5: second listener
// expect: 6: last microtask
// expect: plain: 21
// expect: 7: inner microtask
// expect: nothing: null
// expect: of a future: inner
// expect: callback's future: 20
// expect: foreign: value
// expect: foreign from callback: 1
// expect: foreign error! Bad state: far
// expect: sync: 5
// expect: sync future: 6
// expect: passes catchError: 7
// expect: whenComplete: 9
// expect: microtask future: late
// expect: not at once
// expect: listener of a known value
