// Futures: several things at once, in turn, with errors and with a limit of time.
import "dart:async";

class Failed implements Exception {
  final String what;
  Failed(this.what);
  toString() => "Failed: $what";
}

Future<String> fetch(String name, int milliseconds) =>
    new Future.delayed(new Duration(milliseconds: milliseconds), () {
      if (name.startsWith("bad")) throw new Failed(name);
      return name.toUpperCase();
    });

Future<String> retry(Future<String> attempt(int n), int times) async {
  for (var n = 1;; n++) {
    try {
      return await attempt(n);
    } on Failed catch (e) {
      print("attempt $n: $e");
      if (n == times) rethrow;
    } finally {
      print("attempt $n is over");
    }
  }
}

// One after the other, whoever calls.
class Lock {
  Future _last = new Future.value();

  Future run(action()) {
    var result = _last.then((_) => action());
    _last = result.catchError((_) {});
    return result;
  }
}

main() async {
  print(await Future.wait([fetch("slow", 6), fetch("quick", 1), new Future.value("ready")]));
  print(await Future.any([fetch("slow", 900), fetch("quick", 1)]));
  print(await retry((n) => fetch(n < 3 ? "bad$n" : "good", 1), 5));
  try {
    await retry((n) => fetch("bad", 1), 2);
  } catch (e) {
    print("given up: $e");
  }

  fetch("chain", 1).then((text) => text.length).then((n) {
    if (n == 5) throw new StateError("five");
    return n;
  }).catchError((e) => -1, test: (e) => e is Failed).catchError((e) {
    print("caught $e");
    return -2;
  }).then(print).whenComplete(() => print("complete"));
  await fetch("later", 5);

  var lock = new Lock(), order = [];
  var work = [3, 2, 1].map((n) => lock.run(() async {
        order.add("begin $n");
        await new Future.delayed(new Duration(milliseconds: n));
        order.add("end $n");
      }));
  await Future.wait(work);
  print(order.join(", "));

  var completer = new Completer<int>();
  new Timer(const Duration(milliseconds: 1), () => completer.complete(42));
  print(await completer.future);
  print(await fetch("never", 1000).timeout(const Duration(milliseconds: 3), onTimeout: () => "too late"));
  await Future.forEach([1, 2, 3], (n) => fetch("step$n", 4 - n).then(print));
}
