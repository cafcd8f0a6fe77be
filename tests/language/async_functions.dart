// Functions that wait: left in the middle of whatever they do, and taken up again.
import 'dart:async';

Future later(value, [ms = 1]) =>
    new Future.delayed(new Duration(milliseconds: ms), () => value);

add(a, b) async => await a + await b;

Future<String> leaving(n) async {
  var log = [];
  for (var i = 0; i < n; i++) {
    try {
      log.add("try $i");
      var v = await later(i);
      if (v == 1) continue;
      if (v == 2) throw "two";
      if (v == 4) return "returned after $log";
      if (v == 6) break;
      log.add(v);
    } catch (e) {
      log.add("caught $e");
    } finally {
      await null;
      log.add("finally $i");
    }
  }
  return "$log";
}

class Base {
  m(x) async => "Base$x";
  get g async => "base";
}

class Mixin {
  mixed() async => await later("mixed");
}

class Derived extends Base with Mixin {
  var x = 3;
  m(x) async {
    var r = await super.m(await later(x));
    return "Derived$r";
  }

  get g async => "derived " + await super.g;
  Future get own async => x;
  change() async {
    x += await later(4);
    return this.x;
  }

  static s() async => 9;
  operator +(o) async => x + await o;
}

class Of<T> {
  Future<bool> holds(x) async {
    await null;
    return x is T;
  }
}

Future<Type> typeOf<T>(v) async {
  await null;
  return T;
}

extension on int {
  Future<int> twice() async => this * 2;
}

factorial(n) async => n <= 1 ? 1 : n * await factorial(n - 1);

named(a, {b: 2, c}) async {
  await null;
  return "$a $b $c";
}

optional([a = 1, b]) async => "$a $b";

chosen(x) async {
  switch (x) {
    case 1:
      await null;
      continue two;
    two:
    case 2:
      return "two ${await later(x)}";
    default:
      return await later("default");
  }
}

throwsAgain() async {
  try {
    await new Future.error("thrown again");
  } catch (e) {
    await null;
    rethrow;
  }
}

fails() async {
  await null;
  throw new StateError("bad");
}

failsAtOnce() async {
  throw "at once";
}

main() async {
  print(await add(later(1), 2));
  print(await leaving(3));
  print(await leaving(5));
  print(await leaving(0));
  var d = new Derived();
  print([await d.m(1), await d.g, await d.mixed()]);
  print([await d.own, await d.change(), await Derived.s(), await (d + 2)]);
  print([await new Of<int>().holds(1), await new Of<String>().holds(1), await typeOf<int>(3)]);
  print([await 4.twice(), await factorial(20)]);
  print([await named(1, c: 3), await optional(), await optional(5, await later(6))]);
  print([await chosen(1), await chosen(2), await chosen(7)]);
  for (var f in [throwsAgain, fails, failsAtOnce]) {
    try {
      await f();
    } catch (e, s) {
      print("$e, ${s == null ? 'no trace' : 'with a trace'}");
    }
  }
  failsAtOnce().catchError((e) => print("later: $e"));
  var closures = [];
  for (var i = 0; i < 3; i++) {
    await null;
    closures.add(() => i);
  }
  print(closures.map((f) => f()).toList());
  // What is half computed is there afterwards.
  print(1 + await later(2) * await later(3) + [await later(1), await later(2)].length);
  print("${await later(1)} and ${await later(2)}");
  print({"a": await later(1), await later("k"): 2});
  print([for (var i = 0; i < 3; i++) await later(i)]);
  print(await (await later(() async => "deep"))());
  print((await later([1, 2]))..add(3));
  print(true && await later(false) || await later(true) ? await later("yes") : "no");
  var x = null;
  x ??= await later(8);
  x += await later(1);
  print(x);
  local(n) async {
    if (n == 0) return 0;
    await null;
    return 1 + await local(n - 1);
  }

  print(await local(50));
  var sum = 0;
  for (var i = 0; i < 1000; i++) sum += await i;
  print(sum);
  print(await Future.wait([later(1), named(1), factorial(5)]));
  // Elsewhere the words are names.
  words() {
    var async = 1, sync = 3, yield = 4;
    return async + sync + yield;
  }

  print(words());
  print(names());
  // A body begins at once, and goes on later.
  var order = [];
  ordered() async {
    order.add("begun");
    await null;
    order.add("gone on");
  }

  var future = ordered();
  order.add("called");
  await future;
  print(order);
}

names() {
  var await = 5;
  return await + 1;
}

// expect: 3
// expect: [try 0, 0, finally 0, try 1, finally 1, try 2, caught two, finally 2]
// expect: returned after [try 0, 0, finally 0, try 1, finally 1, try 2, caught two, finally 2, try 3, 3, finally 3, try 4]
// expect: []
// expect: [DerivedBase1, derived base, mixed]
// expect: [3, 7, 9, 9]
// expect: [true, false, int]
// expect: [8, 2432902008176640000]
// expect: [1 2 3, 1 null, 5 6]
// expect: [two 1, two 2, default]
// expect: thrown again, with a trace
// expect: Bad state: bad, with a trace
// expect: at once, with a trace
// expect: later: at once
// expect: [0, 1, 2]
// expect: 9
// expect: 1 and 2
// expect: {a: 1, k: 2}
// expect: [0, 1, 2]
// expect: deep
// expect: [1, 2, 3]
// expect: yes
// expect: 9
// expect: 50
// expect: 499500
// expect: [1, 1 2 null, 120]
// expect: 8
// expect: 6
// expect: [begun, called, gone on]
