// Completers, and the static functions of Future that wait for several.
import 'dart:async';

show(name, future) {
  return future.then((value) => print("$name: $value"), onError: (error) => print("$name! $error"));
}

completers() {
  var later = new Completer();
  print(later.isCompleted);  // expect: false
  show("later", later.future);
  later.complete(1);
  print(later.isCompleted);  // expect: true
  try {
    later.complete(2);
  } catch (e) {
    print(e);  // expect: Bad state: Future already completed
  }
  try {
    later.completeError("x");
  } catch (e) {
    print(e);  // expect: Bad state: Future already completed
  }
  var now = new Completer.sync();
  show("now", now.future);
  print("before");  // expect: before
  now.complete("first");  // expect: now: first
  print("after");  // expect: after
  var bad = new Completer.sync();
  show("bad", bad.future);
  bad.completeError("wrong");  // expect: bad! wrong
  var none = new Completer();
  none.complete();
  show("none", none.future);
  var failed = new Completer();
  failed.completeError(new StateError("failed"));
  show("failed", failed.future);
  var source = new Completer();
  var follower = new Completer();
  follower.complete(source.future);
  print(follower.isCompleted);  // expect: true
  show("follower", follower.future);
  source.complete("followed");
  print(later.runtimeType);  // expect: Completer
}

delayed(value, turns) {
  if (turns == 0) return new Future.value(value);
  return new Future.microtask(() => delayed(value, turns - 1));
}

failing(error, turns) => delayed(0, turns).then((_) => throw error);

several() {
  var cleaned = [];
  return show("wait", Future.wait([delayed("a", 3), delayed("b", 1), new Future.value("c")]))
      .then((_) => show("wait for none", Future.wait([])))
      .then((_) => show("wait, one fails", Future.wait([delayed(1, 4), failing("one", 2)])))
      .then((_) => show("eager", Future.wait([new Completer().future, failing("one", 1)],
          eagerError: true)))
      .then((_) => show("the first", Future.wait([failing("slow", 5), failing("quick", 1)])))
      .then((_) => show("clean", Future.wait([delayed("early", 0), failing("one", 2),
          delayed("late", 4)], cleanUp: cleaned.add)))
      .then((_) => show("cleaned", delayed(cleaned, 3)))
      .then((_) => show("any", Future.any([delayed("slow", 5), delayed("quick", 1)])))
      .then((_) => show("any fails", Future.any([delayed("slow", 5), failing("quick", 1)])))
      .then((_) => show("forEach", Future.forEach([1, 2, 3], (x) => delayed(x, x)
          .then((x) => print("element $x")))))
      .then((_) => show("forEach throws", Future.forEach([1, 2], (x) => throw "at $x")));
}

loops() {
  var n = 0;
  var m = 0;
  return show("doWhile", Future.doWhile(() => ++n < 5))
      .then((_) => show("doWhile later", Future.doWhile(() => delayed(++m < 5, 1))))
      .then((_) => show("doWhile fails", Future.doWhile(() => failing("stop", 1))))
      .then((_) => show("doWhile throws", Future.doWhile(() => throw "at once")))
      .then((_) => print("$n $m"));
}

main() {
  completers();
  several().then((_) => loops());
}
// expect: later: 1
// expect: none: null
// expect: failed! Bad state: failed
// expect: follower: followed
// expect: wait: [a, b, c]
// expect: wait for none: []
// expect: wait, one fails! one
// expect: eager! one
// expect: the first! quick
// expect: clean! one
// expect: cleaned: [early, late]
// expect: any: quick
// expect: any fails! quick
// expect: element 1
// expect: element 2
// expect: element 3
// expect: forEach: null
// expect: forEach throws! at 1
// expect: doWhile: null
// expect: doWhile later: null
// expect: doWhile fails! stop
// expect: doWhile throws! at once
// expect: 5 5
