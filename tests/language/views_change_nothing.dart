// Nothing changes what a view that cannot be modified shows, not by an empty range either, nor by the
// bytes that lie under it; and parts of lists of every type are what parts of plain lists are.
// stress-interval: 97
import "dart:math";
import "dart:typed_data";

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error";
  }
}

main() {
  unmodifiable();
  parts();
  sides();
}

unmodifiable() {
  var one = new Float32x4(1.0, 2.0, 3.0, 4.0), four = new Int32x4(1, 2, 3, 4), two = new Float64x2(1.0, 2.0);
  var lists = [
    [new UnmodifiableUint8ListView(new Uint8List(2)), 1], [new UnmodifiableInt8ListView(new Int8List(2)), 1],
    [new UnmodifiableUint8ClampedListView(new Uint8ClampedList(2)), 1], [new UnmodifiableUint16ListView(new Uint16List(2)), 1],
    [new UnmodifiableInt16ListView(new Int16List(2)), 1], [new UnmodifiableUint32ListView(new Uint32List(2)), 1],
    [new UnmodifiableInt32ListView(new Int32List(2)), 1], [new UnmodifiableUint64ListView(new Uint64List(2)), 1],
    [new UnmodifiableInt64ListView(new Int64List(2)), 1], [new UnmodifiableFloat32ListView(new Float32List(2)), 1.0],
    [new UnmodifiableFloat64ListView(new Float64List(2)), 1.0], [new UnmodifiableFloat32x4ListView(new Float32x4List(2)), one],
    [new UnmodifiableInt32x4ListView(new Int32x4List(2)), four], [new UnmodifiableFloat64x2ListView(new Float64x2List(2)), two]
  ];
  var refused = 0;
  for (var each in lists) {
    var list = each[0], value = each[1], before = "$list";
    var changes = {
      "[]=": () => list[0] = value, "setRange": () => list.setRange(0, 1, [value]), "setRange of none": () => list.setRange(0, 0, []),
      "setAll": () => list.setAll(0, [value]), "setAll of none": () => list.setAll(0, []), "fillRange": () => list.fillRange(0, 1, value),
      "fillRange of none": () => list.fillRange(1, 1, value), "sort": () => list.sort(), "shuffle": () => list.shuffle(),
      "length": () => list.length = 2, "add": () => list.add(value), "addAll": () => list.addAll([value]), "insert": () => list.insert(0, value),
      "remove": () => list.remove(list[0]), "removeAt": () => list.removeAt(0), "removeLast": () => list.removeLast(), "clear": () => list.clear(),
      "removeRange": () => list.removeRange(0, 1),
      "buffer": () => list.buffer.asUint8List()[0] = 1, "buffer's data": () => list.buffer.asByteData().setUint8(0, 1)
    };
    changes.forEach((what, change) {
      try {
        change();
        print("${list.runtimeType}.$what is let do");
      } on UnsupportedError catch (error) {
        refused++;
      }
      if ("$list" != before) print("${list.runtimeType}.$what has changed it");
    });
  }
  print(refused);
  var data = new UnmodifiableByteDataView(new ByteData(8));
  var writes = [() => data.setInt8(0, 1), () => data.setUint8(0, 1), () => data.setInt16(0, 1), () => data.setUint16(0, 1), () => data.setInt32(0, 1),
    () => data.setUint32(0, 1), () => data.setInt64(0, 1), () => data.setUint64(0, 1), () => data.setFloat32(0, 1.0), () => data.setFloat64(0, 1.0),
    () => data.buffer.asUint8List()[0] = 1, () => data.buffer.asByteData().setInt8(0, 1)];
  print(writes.map((write) => tried(write)).toSet());
  print(data.getInt64(0));
}

parts() {
  var lists = [
    new Uint8List(4), new Int8List(4), new Uint8ClampedList(4), new Uint16List(4), new Int16List(4), new Uint32List(4), new Int32List(4),
    new Uint64List(4), new Int64List(4), new Float32List(4), new Float64List(4), new Float32x4List(4), new Int32x4List(4), new Float64x2List(4)
  ];
  var checked = 0;
  for (var list in lists) {
    for (var i = 0; i < 4; i++) {
      list[i] = list is Float32x4List ? new Float32x4.splat(i + 1.0) : list is Int32x4List ? new Int32x4(i, i, i, i)
          : list is Float64x2List ? new Float64x2.splat(i + 1.0) : list is Float32List || list is Float64List ? i + 1.0 : i + 1;
    }
    var plain = new List.from(list);
    for (var from = -1; from <= 5; from++) {
      for (var to in [null, -1, 0, 1, 2, 3, 4, 5]) {
        line(text) => text.split("\n").first;
        check(what, got, wanted) {
          checked++;
          var same = got == wanted || got.contains("RangeError") && wanted.contains("RangeError");
          if (!same) print("${list.runtimeType}.$what($from, $to): ${line(got)}, not ${line(wanted)}");
        }

        check("sublist", tried(() => list.sublist(from, to)), tried(() => plain.sublist(from, to)));
        if (to != null) check("getRange", tried(() => list.getRange(from, to).toList()), tried(() => plain.getRange(from, to).toList()));
      }
    }
  }
  print(checked);
}

// What a rectangle is made with and what it is given later are held to the same.
sides() {
  for (var side in [3, 0, -1, -0.5, 2.5, double.NAN, double.INFINITY, -double.INFINITY]) {
    var made = new MutableRectangle(0, 0, side, side), given = new MutableRectangle(0, 0, 1, 1);
    given..width = side..height = side;
    print([made.width, made.height, given.width, given.height]);
  }
}
// expect: 280
// expect: {Unsupported operation: Cannot modify unmodifiable byte data, Unsupported operation: Cannot modify an unmodifiable list}
// expect: 0
// expect: 1470
// expect: [3, 3, 3, 3]
// expect: [0, 0, 0, 0]
// expect: [0, 0, 0, 0]
// expect: [0.0, 0.0, 0.0, 0.0]
// expect: [2.5, 2.5, 2.5, 2.5]
// expect: [NaN, NaN, NaN, NaN]
// expect: [Infinity, Infinity, Infinity, Infinity]
// expect: [NaN, NaN, NaN, NaN]
