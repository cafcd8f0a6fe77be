// Arrays in structs: of every kind of element, of several dimensions, and their bounds.
import 'dart:ffi';
import 'dart:typed_data';
import 'package:ffi/ffi.dart' as pkg;
import 'lib_expect.dart';

const kRows = 2;
const kColumns = 1 + kRows;

abstract class Sizes {
  static const deep = 4;
}

final class Point extends Struct {
  @Int16()
  external int x;
  @Int16()
  external int y;
}

final class One extends Struct {
  @Array(8)
  external Array<Uint8> bytes;
}

final class Kinds extends Struct {
  @Uint8()
  external int before;
  @Array(2)
  external Array<Int64> ints;
  @Array(3)
  external Array<Float> floats;
  @Array(2)
  external Array<Double> doubles;
  @Array(4)
  external Array<Bool> bools;
  @Array(2)
  external Array<Pointer<Point>> pointers;
  @Array(3)
  external Array<Point> points;
  @Array(5)
  external Array<Char> chars;
  @Uint8()
  external int after;
}

final class Grid extends Struct {
  @Array(kRows, kColumns)
  external Array<Array<Int32>> cells;
}

final class Cube extends Struct {
  @Array.multi([2, 3, Sizes.deep])
  external Array<Array<Array<Uint16>>> cells;
  @Array(2, 2, 2, 2, 2)
  external Array<Array<Array<Array<Array<Point>>>>> points;
  @Array.multi([2, 3, 4])
  external final Array<Array<Array<Uint16>>> others;
}

final class Either extends Union {
  @Array(4)
  external Array<Uint8> bytes;
  @Uint32()
  external int whole;
}

void main() {
  print([sizeOf<One>(), sizeOf<Kinds>(), sizeOf<Grid>(), sizeOf<Cube>(), sizeOf<Either>()]);
  // expect: [8, 104, 24, 224, 4]

  final one = pkg.calloc<One>();
  final bytes = one.ref.bytes;
  for (int i = 0; i < 8; i++) bytes[i] = i * 50;
  var all = [];
  for (int i = 0; i < 8; i++) all.add(one.ref.bytes[i]);
  print(all); // expect: [0, 50, 100, 150, 200, 250, 44, 94]
  print(one.cast<Uint8>()[7]); // expect: 94
  expectError("behind", () => bytes[8]);
  // expect: behind: RangeError: []: argument 'index' must be from 0 to 7, it is 8
  expectError("before", () => bytes[-1]);
  // expect: before: RangeError: []: argument 'index' must be from 0 to 7, it is -1
  expectError("behind", () => bytes[8] = 0);
  // expect: behind: RangeError: []=: argument 'index' must be from 0 to 7, it is 8
  expectError("no index", () => (bytes as dynamic)["a"]);
  // expect: no index: []: argument 'index' must be an int, it is "a"
  expectError("value", () => (bytes as dynamic)[0] = "a");
  // expect: value: []=: argument 'value' must be an int, it is "a"
  print(bytes is Array<Uint8>); // expect: true
  print(bytes is Array<Int8>); // expect: false

  final kinds = pkg.calloc<Kinds>().ref;
  kinds.before = 1;
  kinds.after = 2;
  kinds.ints[1] = -1;
  kinds.floats[2] = 0.1;
  kinds.doubles[1] = 0.1;
  kinds.bools[3] = true;
  kinds.pointers[0] = pkg.calloc<Point>();
  kinds.pointers[0].ref.x = 12;
  kinds.points[2].y = 7;
  kinds.points[0] = kinds.points[2];
  kinds.chars[4] = 0xff;
  print([kinds.before, kinds.ints[0], kinds.ints[1], kinds.floats[2] == 0.1, kinds.doubles[1]]);
  // expect: [1, 0, -1, false, 0.1]
  print([kinds.bools[0], kinds.bools[3], kinds.pointers[0].ref.x, kinds.pointers[1] == nullptr]);
  // expect: [false, true, 12, true]
  print([kinds.points[0].y, kinds.points[1].y, kinds.chars[4], kinds.after]);
  // expect: [7, 0, -1, 2]
  print(kinds.points[0].runtimeType); // expect: Point
  expectError("struct", () => (kinds.points as dynamic)[0] = one.ref);
  // expect: struct: []=: argument 'value' must be a Point, it is Instance of 'One'

  final grid = pkg.calloc<Grid>();
  for (var i = 0; i < 2; i++) {
    for (var k = 0; k < 3; k++) grid.ref.cells[i][k] = 10 * i + k;
  }
  print(new List.generate(6, (i) => grid.cast<Int32>()[i])); // expect: [0, 1, 2, 10, 11, 12]
  grid.ref.cells[0] = grid.ref.cells[1];
  print([grid.ref.cells[0][0], grid.ref.cells[0][2]]); // expect: [10, 12]
  expectError("row", () => grid.ref.cells[2]);
  // expect: row: RangeError: []: argument 'index of dimension 1' must be from 0 to 1, it is 2
  expectError("column", () => grid.ref.cells[1][3]);
  // expect: column: RangeError: []: argument 'index of dimension 2' must be from 0 to 2, it is 3
  expectError("column", () => grid.ref.cells[1][-1] = 5);
  // expect: column: RangeError: []=: argument 'index of dimension 2' must be from 0 to 2, it is -1
  expectError("row", () => (grid.ref.cells as dynamic)[0] = 5);
  // expect: row: []=: argument 'value' must be an array as the field is, Array<Int32>(3), it is 5

  final cube = Struct.create<Cube>();
  var n = 0;
  for (var i = 0; i < 2; i++) {
    for (var k = 0; k < 3; k++) {
      for (var l = 0; l < 4; l++) cube.cells[i][k][l] = n++;
    }
  }
  print([cube.cells[0][0][3], cube.cells[0][2][1], cube.cells[1][2][3]]); // expect: [3, 9, 23]
  cube.points[1][0][1][0][1].x = 3;
  cube.points[0][1] = cube.points[1][0];
  print([cube.points[0][1][1][0][1].x, cube.points[0][0][1][0][1].x]); // expect: [3, 0]
  final other = Struct.create<Cube>(new Uint8List(sizeOf<Cube>()));
  other.cells = cube.cells;
  print(other.cells[1][2][3]); // expect: 23
  other.cells[1] = cube.cells[0];
  print(other.cells[1][2][3]); // expect: 11
  other.cells[0] = cube.others[0];
  print(other.cells[0][0][3]); // expect: 0
  expectKind("final", () => (other as dynamic).others = cube.cells);
  // expect: final: NoSuchMethodError
  expectError("shape", () => (other as dynamic).cells = cube.cells[0]);
  // expect: shape: cells=: argument 'Cube.cells' must be an array as the field is, Array<Array<Array<Uint16>(4)>(3)>(2), not Array<Array<Uint16>(4)>(3), it is Instance of 'Array<Array<Uint16>>'
  expectError("deep", () => cube.cells[1][2][4]);
  // expect: deep: RangeError: []: argument 'index of dimension 3' must be from 0 to 3, it is 4

  final either = pkg.calloc<Either>().ref;
  either.whole = 0x01020304;
  print([either.bytes[0], either.bytes[3]]); // expect: [4, 1]
  expectError("made", () => new Array<Int8>(3)[0]);
  // expect: made: []: the receiver must be an array in a struct or union, it is Instance of 'Array<Int8>'
  pkg.calloc.free(one);
  expectKind("freed", () => bytes[0]);
  // expect: freed: StateError
}
