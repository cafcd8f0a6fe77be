// Which statement's errors a `try` is for: the first and the last of its block, and none beside it.
var log = [];

fail(x) => throw x;

first() {
  try {
    fail("first");
    log.add("no");
  } catch (e) {
    log.add(e);
  }
}

last() {
  try {
    log.add("before");
    fail("last");
  } catch (e) {
    log.add(e);
  }
}

returned() {
  try {
    return fail("returned");
  } catch (e) {
    return e;
  }
}

before() {
  fail("before");
  try {
    log.add("no");
  } catch (e) {
    log.add("no");
  }
}

after() {
  try {
    log.add("in");
  } catch (e) {
    log.add("no");
  }
  fail("after");
}

inCatch() {
  try {
    fail("one");
  } catch (e) {
    fail("$e and two");
  }
}

inFinally() {
  try {
    fail("lost");
  } finally {
    fail("kept");
  }
}

typed(x) {
  try {
    fail(x);
  } on String {
    return "string";
  } on int catch (e) {
    return "int $e";
  }
}

empty() {
  try {
  } catch (e) {
    log.add("no");
  } finally {
    log.add("finally of nothing");
  }
}

neighbours() {
  try {
    fail("left");
  } catch (e) {
    log.add("1 $e");
  }
  try {
    fail("right");
  } catch (e) {
    log.add("2 $e");
  }
}

class Hostile {
  get iterator => this;
  get current => 1;
  moveNext() => fail("moveNext");
}

loop() {
  try {
    for (var x in new Hostile()) log.add(x);
  } catch (e) {
    log.add(e);
  }
}

condition() {
  try {
    while (fail("condition")) {}
  } catch (e) {
    log.add(e);
  }
}

nest(depth) {
  try {
    return depth == 0 ? fail("bottom") : nest(depth - 1);
  } finally {
    log.add(depth);
  }
}

keep(f) {
  try {
    return f();
  } catch (e) {
    return "out: $e";
  }
}

main() {
  first();
  last();
  empty();
  neighbours();
  loop();
  condition();
  log.forEach(print);
  // expect: first
  // expect: before
  // expect: last
  // expect: finally of nothing
  // expect: 1 left
  // expect: 2 right
  // expect: moveNext
  // expect: condition
  print(returned());  // expect: returned
  print(keep(before));  // expect: out: before
  print(keep(after));  // expect: out: after
  print(keep(inCatch));  // expect: out: one and two
  print(keep(inFinally));  // expect: out: kept
  print(typed("x"));  // expect: string
  print(typed(3));  // expect: int 3
  print(keep(() => typed(2.5)));  // expect: out: 2.5
  log.clear();
  print(keep(() => nest(3)));  // expect: out: bottom
  print(log);  // expect: [0, 1, 2, 3]
}
