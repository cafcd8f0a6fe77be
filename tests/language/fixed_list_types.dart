// Lists of fixed length and constant ones have type arguments, and all that lists have besides.
class Kept<T> {
  List<T> make(int length) => new List<T>(length);
}

show(list) {
  print([list is List<int>, list is List<String>, list is Iterable<num>, list.length, "$list"]);
}

const typed = const <int>[1, 2];
const untyped = const [1, 2];

main() {
  show(new List<int>(2));  // expect: [true, false, true, 2, [null, null]]
  show(new List<int>(0));  // expect: [true, false, true, 0, []]
  show(new List(2));  // expect: [true, true, true, 2, [null, null]]
  show(new List<int>.filled(2, 7));  // expect: [true, false, true, 2, [7, 7]]
  show(new List<String>.filled(1, "a", growable: true)..add("b"));  // expect: [false, true, false, 2, [a, b]]
  show(new List<int>.generate(3, (i) => i, growable: false));  // expect: [true, false, true, 3, [0, 1, 2]]
  show(new List<int>.unmodifiable([1]));  // expect: [true, false, true, 1, [1]]
  show(new List<int>.from(new Set.from([3]), growable: false));  // expect: [true, false, true, 1, [3]]
  show(<int>[4].toList(growable: false));  // expect: [true, false, true, 1, [4]]
  show(new Kept<String>().make(1));  // expect: [false, true, false, 1, [null]]
  show(typed);  // expect: [true, false, true, 2, [1, 2]]
  show(untyped);  // expect: [true, true, true, 2, [1, 2]]
  show(const <int>[]);  // expect: [true, false, true, 0, []]
  print([identical(typed, const <int>[1, 2]), identical(typed, untyped), identical(typed, const <num>[1, 2])]);
  // expect: [true, false, false]
  print([new List<int>(1).runtimeType, typed.runtimeType, new List(1).runtimeType]);
  // expect: [List<int>, List<int>, List]

  // What is behind the elements is none of them.
  var list = new List<int>(3);
  for (var i = 0; i < 3; i++) list[i] = i * i;
  for (var place in [3, -1, 1 << 40]) {
    try {
      print(list[place]);
    } on RangeError catch (e) {
      try {
        list[place] = 0;
      } on RangeError {
        print("no $place");
      }
    }
  }
  // expect: no 3
  // expect: no -1
  // expect: no 1099511627776
  print([list.last, list.reversed.toList(), list.indexOf(4), list.contains(null), list.fold(0, (a, b) => a + b)]);
  // expect: [4, [4, 1, 0], 2, false, 5]
  list.sort((a, b) => b - a);
  print([list, new List.from(list), list.sublist(1), list.join("-")]);  // expect: [[4, 1, 0], [4, 1, 0], [1, 0], 4-1-0]
  try {
    list.add(1);
  } on UnsupportedError catch (e) {
    print(e);  // expect: Unsupported operation: Cannot add to a fixed-length list
  }
  try {
    typed[0] = 2;
  } on UnsupportedError catch (e) {
    print(e);  // expect: Unsupported operation: Cannot modify an unmodifiable list
  }
  var many = new List<int>(100000);
  for (var i = 0; i < many.length; i++) many[i] = i;
  print([many.length, many.last, many is List<String>]);  // expect: [100000, 99999, false]
}
