// Structs and unions: fields of every type, where they lie, and what one is made from.
import 'dart:ffi';
import 'dart:typed_data';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';

final class Coordinate extends Struct {
  @Double()
  external double x;

  @Double()
  external double y;

  external Pointer<Coordinate> next;

  factory Coordinate.allocate(
      Allocator allocator, double x, double y, Pointer<Coordinate> next) {
    return allocator<Coordinate>().ref
      ..x = x
      ..y = y
      ..next = next;
  }

  double get sum => x + y;
}

// As it was written before `external`.
class VeryLargeStruct extends Struct {
  @Int8()
  int a;
  @Int16()
  int b;
  @Int32()
  int c;
  @Int64()
  int d;
  @Uint8()
  int e;
  @Uint16()
  int f;
  @Uint32()
  int g;
  @Uint64()
  int h;
  @IntPtr()
  int i;
  @Double()
  double j;
  @Float()
  double k;
  Pointer<VeryLargeStruct> parent;
  @IntPtr()
  int numChildren;
  Pointer<VeryLargeStruct> children;
  @Int8()
  int smallLastField;
}

// With accessors of its own, one of them alone.
final class Accessors extends Struct {
  @Uint8()
  external int get first;
  external set first(int value);
  @Bool()
  external final bool second;
  @Size()
  external int get third;
}

final class Names extends Struct {
  @Char()
  external int c;
  @SignedChar()
  external int sc;
  @UnsignedChar()
  external int uc;
  @Short()
  external int s;
  @UnsignedShort()
  external int us;
  @Int()
  external int i;
  @UnsignedInt()
  external int ui;
  @Long()
  external int l;
  @UnsignedLong()
  external int ul;
  @LongLong()
  external int ll;
  @UnsignedLongLong()
  external int ull;
  @UintPtr()
  external int up;
  @WChar()
  external int wc;
}

final class Several extends Struct {
  @Int16()
  external int a, b, c;

  static int made = 7;
}

final class Either extends Union {
  @Uint32()
  external int whole;
  @Float()
  external double real;
  external Halves halves;
}

final class Halves extends Struct {
  @Uint16()
  external int low;
  @Uint16()
  external int high;
}

final class Nested extends Struct {
  @Int8()
  external int tag;
  external Halves halves;
  external Either either;
  external Pointer<Halves> pointer;
}

mixin Doubles {
  int get twice => 2 * low;
  int get low;
}

final class Mixed extends Struct with Doubles implements Comparable<Mixed> {
  @Int32()
  external int low;

  int compareTo(Mixed other) => low - other.low;
}

void main() {
  print([sizeOf<Coordinate>(), sizeOf<VeryLargeStruct>(), sizeOf<Accessors>(), sizeOf<Names>()]);
  // expect: [24, 88, 16, 64]
  print([sizeOf<Several>(), sizeOf<Either>(), sizeOf<Halves>(), sizeOf<Nested>()]);
  // expect: [6, 4, 4, 24]
  print([sizeOf<Mixed>(), sizeOf<Pointer<Coordinate>>()]); // expect: [4, 8]

  // A list that leads in a circle.
  final c1 = calloc<Coordinate>();
  c1.ref.x = 10.0;
  c1.ref.y = 11.5;
  final c2 = Coordinate.allocate(calloc, 20, 21, c1);
  final c3 = calloc<Coordinate>()
    ..ref.x = 30.0
    ..ref.next = c1;
  c1.ref.next = c3;
  print([c1.ref.x, c1.ref.y, c2.x, c2.y, c2.next.ref.x]); // expect: [10.0, 11.5, 20.0, 21.0, 10.0]
  print(c2.next.ref.next.ref.next == c1); // expect: true
  print(c1.ref.sum); // expect: 21.5
  print(c3.ref.next.ref.next.ref.next.runtimeType); // expect: Pointer<Coordinate>
  c3.ref.next = nullptr;
  print(c3.ref.next == nullptr); // expect: true
  print([c1.ref is Coordinate, c1.ref is Struct, c1.ref is Union]); // expect: [true, true, false]

  // Several in a row.
  final row = calloc<Coordinate>(3);
  for (var i = 0; i < 3; i++) {
    row[i].x = i + 0.5;
    (row + i).ref.y = i * 10.0;
  }
  print([row[0].x, row[1].x, row.elementAt(2).ref.x]); // expect: [0.5, 1.5, 2.5]
  print([(row + 2 - 1).ref.y, (row + 2)[-1].y, row.ref.y]); // expect: [10.0, 10.0, 0.0]
  print((row + 1).address - row.address); // expect: 24
  row[0] = row[2];
  print([row[0].x, row[0].y]); // expect: [2.5, 20.0]
  row.ref = c1.ref;
  print([row[0].x, row[1].x]); // expect: [10.0, 1.5]
  final second = row[1];
  row[1] = row[2];
  print(second.x); // expect: 2.5

  // Bits are cut to what the field has.
  final v = calloc<VeryLargeStruct>().ref;
  v.a = 0x17f;
  v.b = -0x8001;
  v.c = 0xffffffff;
  v.d = -1;
  v.e = -1;
  v.f = 0x12345;
  v.g = -1;
  v.h = -1;
  v.i = -5;
  v.j = 0.1;
  v.k = 0.1;
  print([v.a, v.b, v.c, v.d, v.e, v.f, v.g, v.h, v.i]);
  // expect: [127, 32767, -1, -1, 255, 9029, 4294967295, -1, -5]
  print([v.j == 0.1, v.k == 0.1, v.k]); // expect: [true, false, 0.10000000149011612]
  v.j = 3;
  print(v.j); // expect: 3.0
  v.children = calloc<VeryLargeStruct>(2);
  v.numChildren = 2;
  v.children[1].smallLastField = -3;
  print([(v.children + 1).ref.smallLastField, v.parent == nullptr, v.numChildren]);
  // expect: [-3, true, 2]

  final bytes = calloc<Uint8>(16);
  bytes[0] = 7;
  bytes[1] = 1;
  bytes.cast<Uint64>()[1] = 99;
  final a = bytes.cast<Accessors>().ref;
  print([a.first, a.second, a.third]); // expect: [7, true, 99]
  a.first = 300;
  print(bytes[0]); // expect: 44
  expectKind("no setter", () => (a as dynamic).second = false);
  // expect: no setter: NoSuchMethodError
  expectKind("no setter", () => (a as dynamic).third = 1);
  // expect: no setter: NoSuchMethodError

  final n = calloc<Names>().ref;
  n.c = 200;
  n.sc = 200;
  n.uc = 200;
  n.s = 40000;
  n.us = 40000;
  n.i = 1 << 31;
  n.ui = 1 << 31;
  n.l = 1 << 40;
  n.ul = 1 << 41;
  n.ll = 1 << 42;
  n.ull = 1 << 43;
  n.up = 1 << 44;
  n.wc = 0x1f600;
  print([n.c, n.sc, n.uc, n.s, n.us]); // expect: [-56, -56, 200, -25536, 40000]
  print([n.i, n.ui, n.l, n.ul, n.ll]);
  // expect: [-2147483648, 2147483648, 1099511627776, 2199023255552, 4398046511104]
  print([n.ull, n.up, n.wc]); // expect: [8796093022208, 17592186044416, 128512]

  final s = calloc<Several>().ref;
  s.a = 1;
  s.b = 2;
  s.c = 3;
  print([s.a, s.b, s.c, Several.made]); // expect: [1, 2, 3, 7]

  // One in another, and several in one place.
  final nested = calloc<Nested>();
  nested.ref.tag = 1;
  nested.ref.halves.low = 2;
  nested.ref.halves.high = 3;
  nested.ref.either.real = 1.0;
  print(nested.ref.either.whole); // expect: 1065353216
  print([nested.ref.either.halves.low, nested.ref.either.halves.high]); // expect: [0, 16256]
  nested.ref.either.halves = nested.ref.halves;
  print(nested.ref.either.whole); // expect: 196610
  final halves = nested.ref.halves;
  halves.low = 77;
  print(nested.ref.halves.low); // expect: 77
  print(nested.cast<Uint16>()[1]); // expect: 77
  nested.ref.pointer = (nested.cast<Uint8>() + 2).cast();
  print(nested.ref.pointer.ref.low); // expect: 77

  // In typed data, too.
  final created = Struct.create<Halves>();
  created.low = 5;
  created.high = 6;
  print([created.low, created.high]); // expect: [5, 6]
  final data = new Uint16List(6);
  final inData = Struct.create<Halves>(data, 3);
  inData.low = 0x1234;
  inData.high = 0xabcd;
  print(data); // expect: [0, 0, 0, 4660, 43981, 0]
  data[3] = 9;
  print(inData.low); // expect: 9
  final part = new Uint8List.view(data.buffer, 6, 4);
  print(Struct.create<Halves>(part).low); // expect: 9
  final Either either = Union.create();
  either.real = -2.0;
  print(either.halves.high); // expect: 49152
  nested.ref.halves = inData;
  print([nested.ref.halves.low, nested.ref.halves.high]); // expect: [9, 43981]
  final mixed = Struct.create<Mixed>();
  mixed.low = 21;
  print([mixed.twice, mixed.compareTo(mixed)]); // expect: [42, 0]

  expectError("type", () => (c1.ref as dynamic).x = "a");
  // expect: type: x=: argument 'Coordinate.x' must be a double, it is "a"
  expectError("null", () => (c1.ref as dynamic).x = null);
  // expect: null: x=: argument 'Coordinate.x' must be a double, it is null
  expectError("double", () => (s as dynamic).a = 1.5);
  // expect: double: a=: argument 'Several.a' must be an int, it is 1.5
  expectError("int", () => (c1.ref as dynamic).next = 5);
  // expect: int: next=: argument 'Coordinate.next' must be a Pointer, it is 5
  expectError("other", () => (nested.ref as dynamic).halves = c1.ref);
  // expect: other: halves=: argument 'Nested.halves' must be a Halves, it is Instance of 'Coordinate'
  expectError("nothing", () => (nested.ref as dynamic).either = null);
  // expect: nothing: either=: argument 'Nested.either' must be a Either, it is null
  expectError("value", () => (row as dynamic)[0] = 5);
  // expect: value: []=: argument 'value' must be a Coordinate, it is 5
  expectError("value", () => (row as dynamic).ref = s);
  // expect: value: ref=: argument 'value' must be a Coordinate, it is Instance of 'Several'
  expectError("short", () => Struct.create<Coordinate>(new Uint8List(23)));
  // expect: short: RangeError: Struct.create: argument 'typedData' must have room for the 24 bytes of a 'Coordinate', it has 23, it is Instance of 'Uint8List'
  expectError("offset", () => Struct.create<Halves>(data, 5));
  // expect: offset: RangeError: Struct.create: argument 'offset' must be from 0 to 4, it is 5
  expectError("no data", () => Struct.create<Halves>([1, 2]));
  // expect: no data: Struct.create: argument 'typedData' must be typed data, it is Instance of '_GrowableList'
  expectError("no type", () => Struct.create());
  // expect: no type: Unsupported operation: create: 'dynamic' is no native type.
  expectError("no struct", () => Struct.create<Int8>());
  // expect: no struct: Unsupported operation: create: 'Int8' is no struct or union.
  expectError("union", () => Struct.create<Either>());
  // expect: union: Unsupported operation: create: 'Either' is no struct.
  expectError("struct", () => Union.create<Halves>());
  // expect: struct: Unsupported operation: create: 'Halves' is no union.
  expectError("made", () => new Halves());
  // expect: made: Unsupported operation: A struct lies in native memory: it comes from a pointer, or from `create`.
  expectError("made", () => new Either());
  // expect: made: Unsupported operation: A union lies in native memory: it comes from a pointer, or from `create`.
  expectError("nullptr", () => nullptr.cast<Halves>().ref);
  // expect: nullptr: ref: the receiver must not lie at nullptr or in the first page, 0x0, it is Instance of 'Pointer<Halves>'
  expectError("target", () => bytes.ref);
  // expect: target: ref: the receiver must point to a struct or union, not to 'Uint8', it is Instance of 'Pointer<Uint8>'
  try {
    row[1 << 58];
  } on ArgumentError catch (e) {
    print("$e".contains("the receiver must not lie where there is no memory, 0x")); // expect: true
  }
  expectError("far", () => row[1 << 61]);
  // expect: far: []: argument 'index' must be the index of an element that has an address, it is 2305843009213693952
  expectError("base", () => sizeOf<Struct>());
  // expect: base: Unsupported operation: sizeOf: 'Struct' is no native type.

  // Memory that is not there.
  final small = calloc<Uint8>(2).cast<Halves>();
  print(small.ref.low); // expect: 0
  expectError("bounds", () => small.ref.high);
  // expect: bounds: RangeError: high: the receiver must have memory for that: 2 bytes from byte 2 on are not within its 2, it is Instance of 'Halves'
  expectError("bounds", () => small.ref.high = 1);
  // expect: bounds: RangeError: high=: the receiver must have memory for that: 2 bytes from byte 2 on are not within its 2, it is Instance of 'Halves'
  final gone = c1.ref;
  calloc.free(c1);
  expectKind("freed", () => gone.x);
  // expect: freed: StateError
  expectKind("freed", () => gone.x = 1.0);
  // expect: freed: StateError
  expectKind("freed", () => row.ref = gone);
  // expect: freed: StateError
  expectKind("freed", () => c1.ref);
  // expect: freed: StateError
  expectKind("freed", () => c1[0] = row[0]);
  // expect: freed: StateError
}
