// Lists of typed data that are made of other lists (of 16 bytes, or through which nothing can be
// changed) answer what plain lists of the same elements do, and say where in the buffer they lie.
// stress-interval: 211
import "dart:math";
import "dart:typed_data";

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".split("\n").first;
  }
}

final members = {
  "length": (list) => [list.length, list.isEmpty, list.isNotEmpty],
  "first": (list) => list.first,
  "last": (list) => list.last,
  "single": (list) => list.single,
  "[]": (list) => list[list.length - 1],
  "elementAt": (list) => list.elementAt(1),
  "iterator": (list) {
    var all = [];
    for (var each in list) all.add(each);
    return all;
  },
  "forEach": (list) {
    var all = [];
    list.forEach((each) => all.add(each));
    return all;
  },
  "contains": (list) => [list.contains(list[0]), list.contains("none")],
  "any": (list) => [list.any((each) => "$each" == "${list[1]}"), list.any((each) => false)],
  "every": (list) => [list.every((each) => "$each" == "${list[1]}"), list.every((each) => true)],
  "firstWhere": (list) => list.firstWhere((each) => true),
  "firstWhere none": (list) => list.firstWhere((each) => false),
  "firstWhere else": (list) => list.firstWhere((each) => false, orElse: () => "else"),
  "lastWhere": (list) => list.lastWhere((each) => true),
  "lastWhere none": (list) => list.lastWhere((each) => false),
  "lastWhere else": (list) => list.lastWhere((each) => false, orElse: () => "else"),
  "singleWhere": (list) => list.singleWhere((each) => "$each" == "${list.last}"),
  "singleWhere many": (list) => list.singleWhere((each) => true),
  "singleWhere else": (list) => list.singleWhere((each) => false, orElse: () => "else"),
  "fold": (list) => list.fold("from", (text, each) => "$text $each"),
  "reduce": (list) => list.reduce((one, other) => other),
  "join": (list) => [list.join(), list.join("; ")],
  "where": (list) => list.where((each) => "$each" != "${list[0]}").toList(),
  "map": (list) => list.map((each) => "<$each>").toList(),
  "expand": (list) => list.expand((each) => [each, 0]).toList(),
  "skip": (list) => [list.skip(1).toList(), list.skip(9).toList()],
  "skipWhile": (list) => list.skipWhile((each) => "$each" == "${list[0]}").toList(),
  "take": (list) => [list.take(1).toList(), list.take(9).toList()],
  "takeWhile": (list) => list.takeWhile((each) => "$each" == "${list[0]}").toList(),
  "getRange": (list) => list.getRange(1, 2).toList(),
  "reversed": (list) => list.reversed.toList(),
  "toList": (list) => list.toList()..add(0),
  "toList fixed": (list) => list.toList(growable: false)..add(0),
  "toSet": (list) => list.toSet().length,
  "asMap": (list) => list.asMap(),
  "indexOf": (list) => [list.indexOf(list[0]) <= 0, list.indexOf("none"), list.indexOf("none", 1)],
  "lastIndexOf": (list) => [list.lastIndexOf("none"), list.lastIndexOf("none", 1)],
  "+": (list) => list + list,
  "sublist": (list) => [list.sublist(1), list.sublist(0, 1), list.sublist(2)],
  "toString": (list) => list
};

main() {
  var halves = new Float32x4List(2), whole = new Int32x4List(2), doubles = new Float64x2List(2);
  for (var i = 0; i < 2; i++) {
    halves[i] = new Float32x4(i, i + 0.5, i + 1, i + 2);
    whole[i] = new Int32x4(i, -i, i + 1, i + 2);
    doubles[i] = new Float64x2(i, i + 0.5);
  }
  var lists = [
    halves, whole, doubles, new UnmodifiableFloat32x4ListView(halves), new UnmodifiableInt32x4ListView(whole),
    new UnmodifiableFloat64x2ListView(doubles), new UnmodifiableInt8ListView(new Int8List.fromList([3, 1])),
    new UnmodifiableFloat64ListView(new Float64List.fromList([3.5, 1.5])), new Uint16List.fromList([3, 1])
  ];
  for (var list in lists) {
    var plain = new List.from(list), same = 0;
    members.forEach((name, member) {
      var expected = tried(() => member(plain)), found = tried(() => member(list));
      if (expected == found) {
        same++;
      } else {
        print("$name: $found, of a plain list $expected");
      }
    });
    print("$same of ${members.length}");
  }
  lastOnes();
  places();
  changes();
  views();
}

// Those that look from the end, where the same element is there twice.
lastOnes() {
  var list = new UnmodifiableUint8ListView(new Uint8List.fromList([5, 6, 5, 7]));
  print([list.indexOf(5), list.indexOf(5, 1), list.lastIndexOf(5), list.lastIndexOf(5, 1), list.indexOf(7, 9)]);
  print([new Int32x4List(0).isEmpty, new Int32x4List(0).isNotEmpty, new Int32x4List(1).single]);
  print(tried(() => new Int32x4List(0).first));
  print(tried(() => new Int32x4List(0).last));
  print(tried(() => list.elementAt(4)));
}

places() {
  for (var list in [new Float32x4List(3), new Int32x4List(3), new Float64x2List(3)]) {
    var view = list is Float32x4List
        ? new Float32x4List.view(list.buffer, 16, 1)
        : list is Int32x4List ? new Int32x4List.view(list.buffer, 16, 1) : new Float64x2List.view(list.buffer, 16, 1);
    print([view.length, view.elementSizeInBytes, view.offsetInBytes, view.lengthInBytes, view.buffer == list.buffer]);
    for (var place in [-1, 1]) print(tried(() => view[place]));
    for (var place in [-1, 1]) print(tried(() => view[place] = view[0]));
    print(tried(() => view[0] = 1));
    print(tried(() => view["0"]));
    print(tried(() => list.sublist(2, 1)));
    print(tried(() => list.sublist(1, 4)));
    print(list.sublist(1, 3).length);
  }
  var buffer = new Uint8List(40).buffer;
  print([new Int32x4List.view(buffer).length, new Float64x2List.view(buffer, 16).length, new Int32x4List.view(buffer, 32).length]);
  for (var place in [[8, 1], [-16, 1], [48, 0], [16, 2], [0, -1]]) {
    print(tried(() => new Int32x4List.view(buffer, place[0], place[1])));
    print(tried(() => new Float64x2List.view(buffer, place[0], place[1])));
  }
  print(tried(() => new Int32x4List(-1)));
  print(tried(() => new Float64x2List("1")));
  print([Int32x4List.BYTES_PER_ELEMENT, Float32x4List.BYTES_PER_ELEMENT, Float64x2List.BYTES_PER_ELEMENT]);
}

changes() {
  of(x) => new Float64x2(x, 0.0);
  var list = new Float64x2List(4);
  show(f) => print(tried(() {
    for (var i = 0; i < 4; i++) list[i] = of(i + 0.0);
    f();
    return list.map((each) => each.x).toList();
  }));
  show(() => list.fillRange(1, 3, of(9.0)));
  show(() => list.fillRange(2, 2, of(9.0)));
  show(() => list.fillRange(0, 5, of(9.0)));
  show(() => list.fillRange(3, 2, of(9.0)));
  show(() => list.setAll(2, [of(7.0), of(8.0)]));
  show(() => list.setAll(3, [of(7.0), of(8.0)]));
  show(() => list.setRange(1, 3, [of(5.0), of(6.0), of(7.0), of(8.0)], 1));
  show(() => list.setRange(1, 4, list));
  show(() => list.setRange(0, 3, list, 1));
  show(() => list.setRange(0, 2, [of(5.0)]));
  show(() => list.setRange(1, 5, [of(5.0)]));
  show(() => list.sort((a, b) => b.x.compareTo(a.x)));
  show(() => list.shuffle(new Random(1)));
  var sum = 0.0;
  for (var each in list) sum += each.x;
  print(sum);
  var seen = new Set();
  for (var i = 0; i < 20; i++) {
    list.shuffle();
    seen.add("$list");
  }
  print(seen.length > 1);
  var changes = {
    "length": () => list.length = 4, "add": () => list.add(of(1.0)), "addAll": () => list.addAll([]), "insert": () => list.insert(0, of(1.0)),
    "insertAll": () => list.insertAll(0, []), "remove": () => list.remove(0), "removeAt": () => list.removeAt(0),
    "removeLast": () => list.removeLast(), "removeRange": () => list.removeRange(0, 0), "removeWhere": () => list.removeWhere((x) => false),
    "retainWhere": () => list.retainWhere((x) => true), "replaceRange": () => list.replaceRange(0, 0, []), "clear": () => list.clear()
  };
  changes.forEach((name, change) {
    var answer = tried(change);
    if (answer != "Unsupported operation: Cannot change the length of a typed list") print("$name: $answer");
  });
  print(tried(() => new Uint8List(1).add(1)));
}

// Parts of any data as elements of each size.
views() {
  var data = new Uint8List.fromList([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 9]);
  var kinds = {
    "Int8": (d, [s = 0, e]) => new Int8List.sublistView(d, s, e), "Uint8": (d, [s = 0, e]) => new Uint8List.sublistView(d, s, e),
    "Clamped": (d, [s = 0, e]) => new Uint8ClampedList.sublistView(d, s, e), "Int16": (d, [s = 0, e]) => new Int16List.sublistView(d, s, e),
    "Uint16": (d, [s = 0, e]) => new Uint16List.sublistView(d, s, e), "Int32": (d, [s = 0, e]) => new Int32List.sublistView(d, s, e),
    "Uint32": (d, [s = 0, e]) => new Uint32List.sublistView(d, s, e), "Int64": (d, [s = 0, e]) => new Int64List.sublistView(d, s, e),
    "Uint64": (d, [s = 0, e]) => new Uint64List.sublistView(d, s, e), "Float32": (d, [s = 0, e]) => new Float32List.sublistView(d, s, e),
    "Float64": (d, [s = 0, e]) => new Float64List.sublistView(d, s, e)
  };
  kinds.forEach((name, view) {
    var first = view(data, 0, 8), middle = view(data, 8, 16), of16 = view(new Uint16List(8), 4, 8);
    print("$name: ${first is List<double> ? first.length : first} ${middle.length} ${middle.offsetInBytes} ${of16.length} ${of16.offsetInBytes}");
    print([tried(() => view(data).length), tried(() => view(data, 0, 7).length), tried(() => view(data, 9, 8)), tried(() => view(data, 0, 18))]);
  });
  // From where they begin and to where they end unless somebody says it.
  var even = new Uint8List.view(data.buffer, 0, 16);
  print([new Int8List.sublistView(even).length, new Uint8List.sublistView(even).length, new Uint8ClampedList.sublistView(even).length,
      new Int16List.sublistView(even).length, new Uint16List.sublistView(even).length, new Int32List.sublistView(even).length,
      new Uint32List.sublistView(even).length, new Int64List.sublistView(even).length, new Uint64List.sublistView(even).length,
      new Float32List.sublistView(even).length, new Float64List.sublistView(even).length, new ByteData.sublistView(even).lengthInBytes,
      new ByteData.sublistView(even, 3).lengthInBytes, new ByteData.sublistView(even, 3, 5).getUint8(1)]);
  print([Int8List.bytesPerElement, Uint8List.bytesPerElement, Uint8ClampedList.bytesPerElement, Int16List.bytesPerElement,
      Uint16List.bytesPerElement, Int32List.bytesPerElement, Uint32List.bytesPerElement, Int64List.bytesPerElement,
      Uint64List.bytesPerElement, Float32List.bytesPerElement, Float64List.bytesPerElement]);
  print([new Int8List(0).runtimeType, new Uint8List(0).runtimeType, new Uint8ClampedList(0).runtimeType, new Int16List(0).runtimeType,
      new Uint16List(0).runtimeType, new Int32List(0).runtimeType, new Uint32List(0).runtimeType, new Int64List(0).runtimeType,
      new Uint64List(0).runtimeType, new Float32List(0).runtimeType, new Float64List(0).runtimeType, new Float32x4List(0).runtimeType,
      new Int32x4List(0).runtimeType, new Float64x2List(0).runtimeType]);
  print([new Float32x4List.fromList([new Float32x4(1, 2, 3, 4)]), new Int32x4List.fromList([new Int32x4(1, 2, 3, 4)]), new Float64x2List.fromList([new Float64x2(1, 2)])]);
}

// expect: contains: [false, false], of a plain list [true, false]
// expect: 40 of 41
// expect: contains: [false, false], of a plain list [true, false]
// expect: 40 of 41
// expect: contains: [false, false], of a plain list [true, false]
// expect: 40 of 41
// expect: contains: [false, false], of a plain list [true, false]
// expect: 40 of 41
// expect: contains: [false, false], of a plain list [true, false]
// expect: 40 of 41
// expect: contains: [false, false], of a plain list [true, false]
// expect: 40 of 41
// expect: 41 of 41
// expect: 41 of 41
// expect: 41 of 41
// expect: [0, 2, 2, 0, -1]
// expect: [true, false, [00000000, 00000000, 00000000, 00000000]]
// expect: Bad state: No element
// expect: Bad state: No element
// expect: RangeError (index): Index out of range: index should be less than 4: 4
// expect: [1, 16, 16, 16, true]
// expect: RangeError (index): Index out of range: index must not be negative: -1
// expect: RangeError (index): Index out of range: index should be less than 1: 1
// expect: RangeError (index): Index out of range: index must not be negative: -1
// expect: RangeError (index): Index out of range: index should be less than 1: 1
// expect: Invalid argument (value): Must be a Float32x4: 1
// expect: Invalid argument(s): []: argument 'index' must be an int, it is "0"
// expect: RangeError: sublist: argument 'end' must be from 2 to 3, it is 1
// expect: RangeError: sublist: argument 'end' must be from 1 to 3, it is 4
// expect: 2
// expect: [1, 16, 16, 16, true]
// expect: RangeError (index): Index out of range: index must not be negative: -1
// expect: RangeError (index): Index out of range: index should be less than 1: 1
// expect: RangeError (index): Index out of range: index must not be negative: -1
// expect: RangeError (index): Index out of range: index should be less than 1: 1
// expect: Invalid argument (value): Must be an Int32x4: 1
// expect: Invalid argument(s): []: argument 'index' must be an int, it is "0"
// expect: RangeError: sublist: argument 'end' must be from 2 to 3, it is 1
// expect: RangeError: sublist: argument 'end' must be from 1 to 3, it is 4
// expect: 2
// expect: [1, 16, 16, 16, true]
// expect: RangeError (index): Index out of range: index must not be negative: -1
// expect: RangeError (index): Index out of range: index should be less than 1: 1
// expect: RangeError (index): Index out of range: index must not be negative: -1
// expect: RangeError (index): Index out of range: index should be less than 1: 1
// expect: Invalid argument (value): Must be a Float64x2: 1
// expect: Invalid argument(s): []: argument 'index' must be an int, it is "0"
// expect: RangeError: sublist: argument 'end' must be from 2 to 3, it is 1
// expect: RangeError: sublist: argument 'end' must be from 1 to 3, it is 4
// expect: 2
// expect: [2, 1, 0]
// expect: RangeError: view: argument 'offsetInBytes' must be a multiple of BYTES_PER_ELEMENT
// expect: RangeError: view: argument 'offsetInBytes' must be a multiple of BYTES_PER_ELEMENT
// expect: RangeError: Int32x4List.view: argument 'offsetInBytes' must be from 0 to 40, it is -16
// expect: RangeError: Float64x2List.view: argument 'offsetInBytes' must be from 0 to 40, it is -16
// expect: RangeError: Int32x4List.view: argument 'offsetInBytes' must be from 0 to 40, it is 48
// expect: RangeError: Float64x2List.view: argument 'offsetInBytes' must be from 0 to 40, it is 48
// expect: RangeError: Int32x4List.view: argument 'length' must be from 0 to 1, it is 2
// expect: RangeError: Float64x2List.view: argument 'length' must be from 0 to 1, it is 2
// expect: RangeError: Int32x4List.view: argument 'length' must be from 0 to 2, it is -1
// expect: RangeError: Float64x2List.view: argument 'length' must be from 0 to 2, it is -1
// expect: RangeError: Int32x4List: argument 'length' must be from 0 to 1099511627776, it is -1
// expect: Invalid argument(s): Float64x2List: argument 'length' must be an int, it is "1"
// expect: [16, 16, 16]
// expect: [0.0, 9.0, 9.0, 3.0]
// expect: [0.0, 1.0, 2.0, 3.0]
// expect: RangeError: fillRange: argument 'end' must be from 0 to 4, it is 5
// expect: RangeError: fillRange: argument 'end' must be from 3 to 4, it is 2
// expect: [0.0, 1.0, 7.0, 8.0]
// expect: RangeError: setRange: argument 'end' must be from 3 to 4, it is 5
// expect: [0.0, 6.0, 7.0, 3.0]
// expect: [0.0, 0.0, 1.0, 2.0]
// expect: [1.0, 2.0, 3.0, 3.0]
// expect: Bad state: Too few elements
// expect: RangeError: setRange: argument 'end' must be from 1 to 4, it is 5
// expect: [3.0, 2.0, 1.0, 0.0]
// expect: [2.0, 1.0, 3.0, 0.0]
// expect: 6.0
// expect: true
// expect: Unsupported operation: Cannot add to a typed list
// expect: Int8: [1, 0, 2, 0, 3, 0, 4, 0] 8 8 8 8
// expect: [17, 7, RangeError: Int8List.sublistView: argument 'end' must be from 9 to 17, it is 8, RangeError: Int8List.sublistView: argument 'end' must be from 0 to 17, it is 18]
// expect: Uint8: [1, 0, 2, 0, 3, 0, 4, 0] 8 8 8 8
// expect: [17, 7, RangeError: Uint8List.sublistView: argument 'end' must be from 9 to 17, it is 8, RangeError: Uint8List.sublistView: argument 'end' must be from 0 to 17, it is 18]
// expect: Clamped: [1, 0, 2, 0, 3, 0, 4, 0] 8 8 8 8
// expect: [17, 7, RangeError: Uint8ClampedList.sublistView: argument 'end' must be from 9 to 17, it is 8, RangeError: Uint8ClampedList.sublistView: argument 'end' must be from 0 to 17, it is 18]
// expect: Int16: [1, 2, 3, 4] 4 8 4 8
// expect: [Invalid argument(s): The length of the data, 17 bytes, is no multiple of 2, Invalid argument(s): The length of the data, 7 bytes, is no multiple of 2, RangeError: Int16List.sublistView: argument 'end' must be from 9 to 17, it is 8, RangeError: Int16List.sublistView: argument 'end' must be from 0 to 17, it is 18]
// expect: Uint16: [1, 2, 3, 4] 4 8 4 8
// expect: [Invalid argument(s): The length of the data, 17 bytes, is no multiple of 2, Invalid argument(s): The length of the data, 7 bytes, is no multiple of 2, RangeError: Uint16List.sublistView: argument 'end' must be from 9 to 17, it is 8, RangeError: Uint16List.sublistView: argument 'end' must be from 0 to 17, it is 18]
// expect: Int32: [131073, 262147] 2 8 2 8
// expect: [Invalid argument(s): The length of the data, 17 bytes, is no multiple of 4, Invalid argument(s): The length of the data, 7 bytes, is no multiple of 4, RangeError: Int32List.sublistView: argument 'end' must be from 9 to 17, it is 8, RangeError: Int32List.sublistView: argument 'end' must be from 0 to 17, it is 18]
// expect: Uint32: [131073, 262147] 2 8 2 8
// expect: [Invalid argument(s): The length of the data, 17 bytes, is no multiple of 4, Invalid argument(s): The length of the data, 7 bytes, is no multiple of 4, RangeError: Uint32List.sublistView: argument 'end' must be from 9 to 17, it is 8, RangeError: Uint32List.sublistView: argument 'end' must be from 0 to 17, it is 18]
// expect: Int64: [1125912791875585] 1 8 1 8
// expect: [Invalid argument(s): The length of the data, 17 bytes, is no multiple of 8, Invalid argument(s): The length of the data, 7 bytes, is no multiple of 8, RangeError: Int64List.sublistView: argument 'end' must be from 9 to 17, it is 8, RangeError: Int64List.sublistView: argument 'end' must be from 0 to 17, it is 18]
// expect: Uint64: [1125912791875585] 1 8 1 8
// expect: [Invalid argument(s): The length of the data, 17 bytes, is no multiple of 8, Invalid argument(s): The length of the data, 7 bytes, is no multiple of 8, RangeError: Uint64List.sublistView: argument 'end' must be from 9 to 17, it is 8, RangeError: Uint64List.sublistView: argument 'end' must be from 0 to 17, it is 18]
// expect: Float32: 2 2 8 2 8
// expect: [Invalid argument(s): The length of the data, 17 bytes, is no multiple of 4, Invalid argument(s): The length of the data, 7 bytes, is no multiple of 4, RangeError: Float32List.sublistView: argument 'end' must be from 9 to 17, it is 8, RangeError: Float32List.sublistView: argument 'end' must be from 0 to 17, it is 18]
// expect: Float64: 1 1 8 1 8
// expect: [Invalid argument(s): The length of the data, 17 bytes, is no multiple of 8, Invalid argument(s): The length of the data, 7 bytes, is no multiple of 8, RangeError: Float64List.sublistView: argument 'end' must be from 9 to 17, it is 8, RangeError: Float64List.sublistView: argument 'end' must be from 0 to 17, it is 18]
// expect: [16, 16, 16, 8, 8, 4, 4, 2, 2, 4, 2, 16, 13, 3]
// expect: [1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8]
// expect: [Int8List, Uint8List, Uint8ClampedList, Int16List, Uint16List, Int32List, Uint32List, Int64List, Uint64List, Float32List, Float64List, Float32x4List, Int32x4List, Float64x2List]
// expect: [[[1.000000, 2.000000, 3.000000, 4.000000]], [[00000001, 00000002, 00000003, 00000004]], [[1.000000, 2.000000]]]
