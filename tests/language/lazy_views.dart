// What an Iterable says of another one is asked for when it is walked through.
main() {
  var asked = [];
  var source = [1, 2, 3, 4].map((x) {
    asked.add(x);
    return x;
  });
  var views = [
    source.take(2),
    source.skip(2),
    source.takeWhile((x) => x < 3),
    source.skipWhile((x) => x < 3),
    source.where((x) => x.isEven),
    source.expand((x) => [x, -x]),
    source.map((x) => x * 10),
  ];
  print(asked); // expect: []
  for (var view in views) print(view);
  // expect: (1, 2)
  // expect: (3, 4)
  // expect: (1, 2)
  // expect: (3, 4)
  // expect: (2, 4)
  // expect: (1, -1, 2, -2, 3, -3, 4, -4)
  // expect: (10, 20, 30, 40)
  asked.clear();
  print(source.take(1).toList()); // expect: [1]
  print(asked); // expect: [1]
  asked.clear();
  print(source.takeWhile((x) => x < 2).toList()); // expect: [1]
  print(asked); // expect: [1, 2]
  asked.clear();
  print(source.expand((x) => [x, x]).first); // expect: 1
  print(asked); // expect: [1]

  // Of a list: the list as it is then.
  var list = [1, 2, 3];
  var reversed = list.reversed;
  var rest = list.skip(1);
  var begin = list.take(2);
  var middle = list.getRange(1, 3);
  var map = list.asMap();
  var keys = map.keys;
  list[1] = 20;
  list.add(4);
  print(reversed); // expect: (4, 3, 20, 1)
  print(rest); // expect: (20, 3, 4)
  print(begin); // expect: (1, 20)
  print(middle); // expect: (20, 3)
  print(map); // expect: {0: 1, 1: 20, 2: 3, 3: 4}
  print("${map[3]} ${map[4]} ${map[-1]} ${map['x']} ${map.containsKey(3)}");
  // expect: 4 null null null true
  try {
    map[0] = 5;
  } on UnsupportedError catch (error) {
    print(error); // expect: Unsupported operation: Cannot modify an unmodifiable map
  }
  print("${rest.length} ${rest.first} ${rest.last} ${rest.elementAt(1)}"); // expect: 3 20 4 3
  print("${reversed.first} ${reversed.last} ${reversed.elementAt(1)}"); // expect: 4 1 3
  list.length = 1;
  print("$rest ${rest.length} ${rest.isEmpty}"); // expect: () 0 true
  print(begin); // expect: (1)
  print(list.skip(0x7fffffffffffffff).skip(1)); // expect: ()
  print(list.skip(1).take(0x7fffffffffffffff)); // expect: ()
  print([1, 2, 3, 4, 5].skip(1).take(3).skip(1)); // expect: (3, 4)
  print([1, 2, 3, 4, 5].take(3).take(9)); // expect: (1, 2, 3)
  print(new Set.from([1, 2, 3, 4]).skip(1).skip(1).take(9).take(1)); // expect: (3)
  print([].take(0)); // expect: ()
  print([1].expand((x) => []).isEmpty); // expect: true

  try {
    list = [1, 2, 3];
    for (var x in list.reversed) list.add(x);
  } on ConcurrentModificationError {
    print("changed"); // expect: changed
  }

  var iterator = [1, 2].where((x) => true).take(1).iterator;
  print(iterator.moveNext()); // expect: true
  print(iterator.current); // expect: 1
  print(iterator.moveNext()); // expect: false
  print(iterator.current); // expect: null
}
