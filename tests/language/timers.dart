// Timers: later ones after earlier ones, cancelled ones never, and none before microtasks.
import 'dart:async';

ms(n) => new Duration(milliseconds: n);

main() {
  // One that cannot be made leaves nothing open: else this program did not end.
  try {
    new Timer(null, () {});
  } catch (e) {
    print("refused");
  }
  var cancelled = new Timer(ms(1), () => print("never"));
  print(cancelled.isActive);
  cancelled.cancel();
  cancelled.cancel();
  print(cancelled.isActive);
  var order = [];
  var last = new Completer();
  new Timer(ms(1500), () {
    order.add("late");
    last.complete(order);
  });
  new Timer(ms(-5), () => order.add("at once"));
  new Future.value(0).then((_) => print("a microtask"));
  print("end of main");
  new Future.delayed(ms(1), () => "delayed").then(print).then((_) => more())
      .then((_) => last.future).then(print);
}
// expect: refused
// expect: true
// expect: false
// expect: end of main
// expect: a microtask
// expect: delayed

more() {
  var rounds = 0;
  var done = new Completer();
  new Timer.periodic(ms(1), (timer) {
    rounds++;
    if (rounds < 3) return;
    timer.cancel();
    done.complete(rounds);
  });
  return done.future.then((x) => print("periodic $x"))
      .then((_) => new Future.delayed(Duration.ZERO))
      .then((x) => print("nothing: $x"))
      .then((_) => new Future.delayed(Duration.ZERO, () => throw "thrown"))
      .catchError((e) => print(e))
      .then((_) => new Completer().future.timeout(ms(1)))
      .catchError((e) => print(e))
      .then((_) => new Completer().future.timeout(ms(1), onTimeout: () => "instead"))
      .then(print)
      .then((_) => new Future.value("in time").timeout(const Duration(days: 100000)))
      .then(print)
      .then((_) => new Future.error("failed in time").timeout(const Duration(days: 1)))
      .catchError((e) => print(e));
}
// expect: periodic 3
// expect: nothing: null
// expect: thrown
// expect: TimeoutException after 0:00:00.001000: Future not completed
// expect: instead
// expect: in time
// expect: failed in time
// expect: [at once, late]
