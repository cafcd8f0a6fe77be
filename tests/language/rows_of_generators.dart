// `yield*` of generators in generators: as deep as one likes, each element is one step.
// stress-interval: 80021
down(n) sync* {
  if (n > 0) yield* down(n - 1);
  yield n;
}

failing() sync* {
  yield 1;
  throw "failed";
}

catching() sync* {
  try {
    yield* failing();
  } catch (error) {
    yield "caught $error";
  } finally {
    yield "finally";
  }
  yield "end";
}

through(n) sync* {
  if (n == 0) yield* failing();
  try {
    yield* through(n - 1);
  } finally {
    yield n;
  }
}

main() {
  var sum = 0;
  for (var each in down(20000)) sum += each;
  print(sum); // expect: 200010000
  print(catching().toList()); // expect: [1, caught failed, finally, end]
  print((() sync* {
    try {
      yield* [1, 2].map((x) => x == 2 ? throw "two" : x);
    } catch (error) {
      yield error;
    }
  })().toList()); // expect: [1, two]
  var elements = [];
  try {
    through(3).forEach(elements.add);
  } catch (error) {
    print("$elements $error"); // expect: [1, 1, 2, 3] failed
  }
  // What has thrown has ended, with all around it.
  var iterator = (() sync* {
    yield* failing();
    yield "not this";
  })().iterator;
  print(iterator.moveNext()); // expect: true
  try {
    iterator.moveNext();
  } catch (error) {
    print("$error ${iterator.current} ${iterator.moveNext()}"); // expect: failed null false
  }
  // A body that asks for its own next one hears that there is none, also from inside of another.
  var own;
  own = (() sync* {
    yield 0;
    yield* (() sync* {
      yield own.moveNext();
      yield 5;
    })();
    yield 7;
  })().iterator;
  var all = [];
  while (own.moveNext()) all.add(own.current);
  print(all); // expect: [0, false, 5, 7]
  print((() sync* {
    try {
      yield* 5;
    } catch (error) {
      yield "no iterable";
    }
  })().toList()); // expect: [no iterable]
}
