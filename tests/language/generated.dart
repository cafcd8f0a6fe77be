// Iterable.generate makes what is asked for and nothing else, whatever is skipped or taken.
var made = [];
make(i) {
  made.add(i);
  return i * 10;
}

main() {
  var all = new Iterable.generate(6, make);
  for (var part in [
    all.skip(2),
    all.take(2),
    all.skip(1).take(3),
    all.take(4).skip(1).skip(1),
    all.skip(9),
    all.take(9).skip(5),
    all.skip(6),
    all.take(0),
    all.skip(0)
  ]) {
    made.clear();
    print("${part.toList()} $made ${part.length} ${part.isEmpty}");
  }
  made.clear();
  var part = all.skip(2).take(3);
  print([part.first, part.last, part.elementAt(1), made]);
  print(new Iterable.generate(1 << 50).skip(1 << 49).take(3));
  print(new Iterable.generate(1 << 50).skip((1 << 50) - 2).toList());
  print([-1, 0].map((count) => new Iterable.generate(count).skip(1).length).toList());
  for (var f in [() => all.skip(-1), () => all.take(-1), () => part.elementAt(3)]) {
    try {
      f();
    } on RangeError {
      print("range");
    }
  }
  // expect: [20, 30, 40, 50] [2, 3, 4, 5] 4 false
  // expect: [0, 10] [0, 1] 2 false
  // expect: [10, 20, 30] [1, 2, 3] 3 false
  // expect: [20, 30] [2, 3] 2 false
  // expect: [] [] 0 true
  // expect: [50] [5] 1 false
  // expect: [] [] 0 true
  // expect: [] [] 0 true
  // expect: [0, 10, 20, 30, 40, 50] [0, 1, 2, 3, 4, 5] 6 false
  // expect: [20, 40, 30, [2, 4, 3]]
  // expect: (562949953421312, 562949953421313, 562949953421314)
  // expect: [1125899906842622, 1125899906842623]
  // expect: [0, 0]
  // expect: range
  // expect: range
  // expect: range
}
