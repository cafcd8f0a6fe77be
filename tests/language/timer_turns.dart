// Events that come at once come in the order in which they were asked for, whatever asks for them.
import 'dart:async';

main() {
  var log = [];
  new Timer(Duration.ZERO, () => log.add("timer"));
  new Future(() => log.add("future")).then((_) => log.add("then"));
  Timer.run(() => log.add("run"));
  new Timer(new Duration(milliseconds: -3), () => log.add("past"));
  new Timer(Duration.ZERO, () => log.add("cancelled"))..cancel();
  new Future.delayed(Duration.ZERO, () => log.add("delayed"));
  scheduleMicrotask(() => log.add("microtask"));
  new Timer(new Duration(milliseconds: 1), () => print(log));
  // expect: [microtask, timer, future, then, run, past, delayed]
}
