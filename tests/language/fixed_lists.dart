// What could change the length of a list that has a fixed one is refused, also where it would not.
import 'dart:typed_data';

main() {
  var lists = [new List(0), new List(2), const [], new List.unmodifiable([1, 2]), new Uint8List(1)];
  for (var list in lists) {
    var refused = 0;
    for (var change in [
      () => list.addAll([]),
      () => list.insertAll(0, []),
      () => list.remove("nothing"),
      () => list.removeRange(0, 0),
      () => list.removeWhere((x) => false),
      () => list.retainWhere((x) => true),
      () => list.replaceRange(0, 0, []),
      () => list.clear(),
      () => list.removeLast(),
      () => list.length = list.length
    ]) {
      try {
        change();
      } on UnsupportedError {
        refused++;
      }
    }
    print(refused);
    // expect: 10
    // expect: 10
    // expect: 10
    // expect: 10
    // expect: 10
  }
  try {
    "abc".codeUnits[0] = 1;
  } on UnsupportedError catch (error) {
    print(error); // expect: Unsupported operation: Cannot modify an unmodifiable list
  }
  // Copies know what they are of.
  print([
    new List<int>.from([1]) is List<String>,
    new List<int>.of([1]) is List<String>,
    new List<int>.generate(1, (i) => i) is List<String>,
    new List<int>.from([1]) is List<int>
  ]);
  // expect: [false, false, false, true]
}
