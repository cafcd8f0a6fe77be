// Lists: growable, of fixed length, constant; iteration and what follows from it.
main() {
  var list = [3, 1, 2];
  list.add(5);
  print(list);  // expect: [3, 1, 2, 5]
  print(list.length);  // expect: 4
  list[0] = 9;
  print(list[0] + list[3]);  // expect: 14
  list.sort();
  print(list);  // expect: [1, 2, 5, 9]
  list.sort((a, b) => b - a);
  print(list);  // expect: [9, 5, 2, 1]
  print(list.map((x) => x * 2).toList());  // expect: [18, 10, 4, 2]
  print(list.where((x) => x > 2));  // expect: (9, 5)
  print(list.join("-"));  // expect: 9-5-2-1
  print(list.indexOf(2));  // expect: 2
  print(list.contains(7));  // expect: false
  print(list.removeLast());  // expect: 1
  list.insert(1, 7);
  print(list);  // expect: [9, 7, 5, 2]
  print(list.removeAt(0));  // expect: 9
  print(list.remove(5));  // expect: true
  print(list.sublist(1));  // expect: [2]
  list.addAll([4, 4]);
  list.addAll(list);
  print(list);  // expect: [7, 2, 4, 4, 7, 2, 4, 4]
  print(list.reversed);  // expect: (4, 4, 2, 7, 4, 4, 2, 7)
  print(list.toSet());  // expect: {7, 2, 4}
  print(list.fold(0, (a, b) => a + b));  // expect: 34
  print(list.reduce((a, b) => a > b ? a : b));  // expect: 7
  print(list.first + list.last);  // expect: 11
  print(list.any((x) => x == 2) && list.every((x) => x > 1));  // expect: true
  list.removeWhere((x) => x == 4);
  print(list);  // expect: [7, 2, 7, 2]
  list.clear();
  print(list.isEmpty);  // expect: true

  var sum = 0;
  for (var x in [1, 2, 3]) sum += x;
  print(sum);  // expect: 6
  [1, 2].forEach((x) => print(x));
  // expect: 1
  // expect: 2

  var fixed = new List(3);
  fixed[1] = "b";
  print(fixed);  // expect: [null, b, null]
  try {
    fixed.add(1);
  } catch (e) {
    print(e);  // expect: Unsupported operation: Cannot add to a fixed-length list
  }
  try {
    fixed[3] = 1;
  } catch (e) {
    print(e);  // expect: RangeError (index): Index out of range: index should be less than 3: 3
  }
  try {
    [][-1];
  } catch (e) {
    print(e);  // expect: RangeError (index): Index out of range: index must not be negative: -1
  }
  try {
    [1]["x"];
  } catch (e) {
    print(e);
    // expect: Invalid argument(s): []: argument 'index' must be an int, it is "x"
  }
  print(identical(const [1, 2], const [1, 2]));  // expect: true
  try {
    const [1].add(2);
  } catch (e) {
    print(e);  // expect: Unsupported operation: Cannot add to an unmodifiable list
  }
  try {
    (const [1])[0] = 2;
  } catch (e) {
    print(e);  // expect: Unsupported operation: Cannot modify an unmodifiable list
  }
  try {
    for (var x in list = [1, 2]) list.add(x);
  } catch (e) {
    print(e is ConcurrentModificationError);  // expect: true
  }
  try {
    new List(-1);
  } catch (e) {
    print(e is RangeError);  // expect: true
  }
  print(new List.filled(2, "x"));  // expect: [x, x]
  print(new List.generate(4, (i) => i * i));  // expect: [0, 1, 4, 9]
  print(new List.from([1, 2]).length);  // expect: 2
  print([1, [2, [3]]]);  // expect: [1, [2, [3]]]
  var self = [1];
  self.add(self);
  print(self);  // expect: [1, [...]]
  print([3, 4] == [3, 4]);  // expect: false
  print([] is List && [] is Iterable && !([] is String));  // expect: true
  print([1].runtimeType);  // expect: List
  var grown = [];
  for (var i = 0; i < 100; i++) grown.add(i);
  print(grown[99]);  // expect: 99
  grown.length = 2;
  print(grown);  // expect: [0, 1]
  print([1, 2, 3].skip(1).take(1).toList());  // expect: [2]
}
