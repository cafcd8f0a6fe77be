// Generators: iterables and streams that functions make, one value at a time.
import 'dart:async';

Future later(value, [ms = 1]) =>
    new Future.delayed(new Duration(milliseconds: ms), () => value);

// ---- sync*

Iterable<int> down(n) sync* {
  while (n > 0) yield n--;
}

Iterable inOrder(depth) sync* {
  if (depth == 0) return;
  yield* inOrder(depth - 1);
  yield depth;
  yield* inOrder(depth - 1);
}

Iterable<int> breaks() sync* {
  try {
    yield 1;
    yield 2;
    throw "broken";
  } finally {
    print("finally");
  }
}

Iterable given(a, [b = 5]) sync* {
  var c = a;
  c++;
  yield c;
  yield* [b, a];
}

class Tree {
  var left, value, right;
  Tree(this.left, this.value, this.right);
  Iterable get values sync* {
    if (left != null) yield* left.values;
    yield value;
    if (right != null) yield* right.values;
  }
}

synchronous() {
  var three = down(3);
  print("${three.toList()} ${three.toList()}, each iterator begins anew");
  print(inOrder(3).join(","));
  print([given(1).toList(), given(1, 2).take(1).toList(), breaks().first]);
  var seen = [];
  var iterator = breaks().iterator;
  try {
    while (iterator.moveNext()) seen.add(iterator.current);
  } catch (e) {
    seen.add(e);
  }
  print("$seen ${iterator.moveNext()} ${iterator.current}");
  print(new Tree(new Tree(null, 1, null), 2, new Tree(null, 3, null)).values.toList());
  print((() sync* {
    yield 1;
    yield* [2, 3];
  })().map((x) => x * 2).toList());
  natural() sync* {
    for (var i = 0;; i++) yield i;
  }

  print(natural().where((x) => x % 3 == 1).take(4).toList());
}

// ---- async*

Stream<int> ticks(n) async* {
  try {
    for (var i = 0; i < n; i++) {
      await later(i);
      yield i;
    }
  } finally {
    print("over");
  }
}

Stream fails() async* {
  yield 1;
  throw "failed";
}

Stream each() async* {
  yield 0;
  yield* fails();
  yield 9;
}

endless(log) async* {
  try {
    for (var i = 0;; i++) {
      log.add("made $i");
      yield i;
    }
  } finally {
    await null;
    log.add("ended");
  }
}

paused() async {
  var log = [];
  var done = new Completer();
  var heard = 0;
  var subscription;
  subscription = endless(log).listen((x) {
    log.add("heard $x");
    heard++;
    if (heard == 1) subscription.pause(later(null, 5).then((_) => log.add("goes on")));
    if (heard == 3) subscription.cancel().then((_) => done.complete());
  });
  await done.future;
  print(log);
}

main() async {
  synchronous();
  print(await ticks(3).toList());
  await for (var t in ticks(10)) {
    print("tick $t");
    if (t == 1) break;
  }
  print("nothing runs before somebody listens: ${ticks(1) is Stream}");
  try {
    await for (var x in fails()) print(x);
  } catch (e) {
    print("caught $e");
  }
  var all = new Completer();
  each().listen(print, onError: (e) => print("error $e"), onDone: () => all.complete());
  await all.future;
  await paused();
  outer:
  await for (var a in ticks(2)) {
    await for (var b in ticks(3)) {
      if (b == 1) continue outer;
      print("$a $b");
    }
  }
  var last;
  await for (last in ticks(2)) {}
  print(last);
  returns() async {
    await for (var x in ticks(5)) {
      if (x == 1) return "returned $x";
    }
  }

  print(await returns());
}

// expect: [3, 2, 1] [3, 2, 1], each iterator begins anew
// expect: 1,2,1,3,1,2,1
// expect: [[2, 5, 1], [2], 1]
// expect: finally
// expect: [1, 2, broken] false null
// expect: [1, 2, 3]
// expect: [2, 4, 6]
// expect: [1, 4, 7, 10]
// expect: over
// expect: [0, 1, 2]
// expect: tick 0
// expect: tick 1
// expect: over
// expect: nothing runs before somebody listens: true
// expect: 1
// expect: caught failed
// expect: 0
// expect: 1
// expect: error failed
// expect: 9
// expect: [made 0, heard 0, goes on, made 1, heard 1, made 2, heard 2, ended]
// expect: 0 0
// expect: over
// expect: 1 0
// expect: over
// expect: over
// expect: over
// expect: 1
// expect: over
// expect: returned 1
