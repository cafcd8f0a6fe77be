// Of what a range is set from no more is read than the range takes: the rest may be long, or have no
// end.
import 'dart:collection';
import 'dart:typed_data';

class Counting extends ListBase<int> {
  var reads = 0;
  int get length => 1 << 20;
  void set length(int count) => throw "of fixed length";
  int operator [](int index) {
    reads++;
    return index & 127;
  }
  void operator []=(int index, int value) => throw "read only";
}

class Own extends ListBase<int> {
  var all = <int>[0, 0, 0, 0];
  int get length => all.length;
  void set length(int count) => throw "of fixed length";
  int operator [](int index) => all[index];
  void operator []=(int index, int value) {
    all[index] = value;
  }
}

endless() sync* {
  for (var i = 0;; i++) yield i;
}

main() {
  var lists = [[0, 0, 0, 0], new List(4), new Own(), new Uint8List(4), new Uint8ClampedList(4), new Int64List(4)];
  for (var list in lists) {
    var counting = new Counting();
    list.setRange(1, 4, counting, 5);
    print("${list.skip(1)} ${counting.reads}"); // expect: (5, 6, 7) 3
    list.setRange(0, 2, endless(), 40);
    print(list); // expect: [40, 41, 6, 7]
    list.setRange(2, 2, endless());
  }
  // expect: (5, 6, 7) 3
  // expect: [40, 41, 6, 7]
  // expect: (5, 6, 7) 3
  // expect: [40, 41, 6, 7]
  // expect: (5, 6, 7) 3
  // expect: [40, 41, 6, 7]
  // expect: (5, 6, 7) 3
  // expect: [40, 41, 6, 7]
  // expect: (5, 6, 7) 3
  // expect: [40, 41, 6, 7]
  var fours = new Float32x4List(2);
  fours.setRange(0, 2, endless().map((x) => new Float32x4.splat(x * 1.0)), 3);
  print([fours[0].x, fours[1].x]); // expect: [3.0, 4.0]
  var whole = new Int32x4List(2);
  whole.setRange(0, 2, endless().map((x) => new Int32x4(x, 0, 0, 0)), 3);
  print([whole[0].x, whole[1].x]); // expect: [3, 4]
  var pairs = new Float64x2List(2);
  pairs.setRange(0, 2, endless().map((x) => new Float64x2(x * 1.0, 0.0)), 3);
  print([pairs[0].x, pairs[1].x]); // expect: [3.0, 4.0]
}
