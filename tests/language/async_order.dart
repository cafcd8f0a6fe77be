// When the futures of `async` functions come out, beside other microtasks.
// stress-interval: 11
import 'dart:async';

var order = [];

note(text) => order.add(text);

endsAtOnce() async => note("at once");

endsLater() async {
  await null;
  note("later");
}

fails() async {
  await null;
  throw "failed";
}

failsAtOnce() async {
  throw "failed at once";
}

deep(n) async {
  if (n == 0) {
    await null;
    return 0;
  }
  return 1 + await deep(n - 1);
}

class Own implements Future {
  final Future _of;
  Own(this._of);
  then(f, {Function onError}) => _of.then(f, onError: onError);
  noSuchMethod(invocation) => throw "not there";
}

returnsAnother() async => endsLater();

main() {
  // Its listeners hear of it in the microtask in which it goes on.
  endsLater().then((_) => note("told"));
  scheduleMicrotask(() => note("between"));
  endsAtOnce().then((_) => note("listened"));
  scheduleMicrotask(() => note("behind"));
  note("first");
  new Timer(Duration.zero, () {
    // expect: [at once, first, later, told, between, listened, behind]
    print(order);
    others();
  });
}

others() async {
  // expect: failed, failed at once
  var texts = [];
  try {
    await fails();
  } catch (error) {
    texts.add(error);
  }
  try {
    await failsAtOnce();
  } catch (error) {
    texts.add(error);
  }
  print(texts.join(", "));
  // Bodies that wait for each other need no deep stack.
  // expect: 300
  print(await deep(300));
  // expect: own 1
  print("own ${await new Own(new Future.value(1))}");
  order.clear();
  await returnsAnother();
  // expect: [later]
  print(order);
  var two = await Future.wait([deep(2), deep(3)]);
  // expect: [2, 3]
  print(two);
  // An error that nobody waits for is reported in the zone of the body.
  runZoned(() {
    fails();
    failsAtOnce();
  }, onError: (error) => print("unawaited: $error"));
  // expect: unawaited: failed
  // expect: unawaited: failed at once
}
