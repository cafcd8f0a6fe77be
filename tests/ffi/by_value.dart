// Structs and unions passed to C and returned by it, one of each class of the ABI; and variable
// arguments.
import 'dart:ffi';
import 'dart:typed_data';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';

final class Byte extends Struct {
  @Int8()
  external int a;
}

final class Six extends Struct {
  @Int8()
  external int a;
  @Int16()
  external int b;
  @Int8()
  external int c;
}

final class Mixed extends Struct {
  @Int64()
  external int a;
  @Double()
  external double b;
}

final class ThreeFloats extends Struct {
  @Float()
  external double a;
  @Float()
  external double b;
  @Float()
  external double c;
}

final class FourDoubles extends Struct {
  @Double()
  external double a;
  @Double()
  external double b;
  @Double()
  external double c;
  @Double()
  external double d;
}

final class Large extends Struct {
  @Int64()
  external int a;
  @Int64()
  external int b;
  @Int64()
  external int c;
}

final class Larger extends Struct {
  @Array(5)
  external Array<Int64> of;
}

final class TwoFloats extends Struct {
  @Float()
  external double a;
  @Float()
  external double b;
}

final class Nested extends Struct {
  external TwoFloats first;
  @Float()
  external double last;
}

final class Matrix extends Struct {
  @Array(2, 3)
  external Array<Array<Int16>> of;
}

@Packed(1)
final class PackedOne extends Struct {
  @Int8()
  external int a;
  @Int32()
  external int b;
  @Double()
  external double c;
}

final class IntOrFloat extends Union {
  @Int32()
  external int a;
  @Float()
  external double b;
}

final class BytesOrDouble extends Union {
  @Array(12)
  external Array<Uint8> bytes;
  @Double()
  external double wide;
}

typedef BehindMixedC = Mixed Function(Int32, Double, Mixed, Float, Int64);
typedef BehindMixed = Mixed Function(int, double, Mixed, double, int);

Mixed swapped(int i, Mixed m, double d, Mixed n) {
  final result = Struct.create<Mixed>();
  result.a = i + m.a;
  result.b = d + n.b;
  return result;
}

Large largeOf(int i, Large m, double d, Large n) {
  m.a = i; // A copy: it is the callback's own.
  m.b = n.b + 1;
  return m;
}

Nested throwing(int i, Nested m, double d, Nested n) => throw "no struct";
Large throwingLarge(int i, Large m, double d, Large n) => throw "no struct";
dynamic wrong(int i, Large m, double d, Large n) => 5;

void main() {
  final lib = DynamicLibrary.open('libforeign_classes.so');

  final byte = Struct.create<Byte>()..a = -7;
  print(lib.lookupFunction<Byte Function(Byte), Byte Function(Byte)>('same_Byte')(byte).a);
  // expect: -7
  final six = Struct.create<Six>()
    ..a = 1
    ..b = -2
    ..c = 3;
  final Six sameSix = lib.lookupFunction<Six Function(Six), Six Function(Six)>('same_Six')(six);
  print([sameSix.a, sameSix.b, sameSix.c]); // expect: [1, -2, 3]

  final mixed = calloc<Mixed>();
  mixed.ref
    ..a = 1 << 40
    ..b = 0.5;
  final behind = lib.lookupFunction<BehindMixedC, BehindMixed>('behind_Mixed');
  final m = behind(-1, 2.5, mixed.ref, 3.5, -4);
  print([m.a, m.b]); // expect: [1099511627776, 0.5]
  mixed.ref.a = 2;
  print(m.a); // expect: 1099511627776
  print(behind(0, 2.5, mixed.ref, 3.5, -4).a); // expect: 0

  final floats = Struct.create<ThreeFloats>()
    ..a = 1.5
    ..b = 2.5
    ..c = 3.5;
  final f = lib.lookupFunction<ThreeFloats Function(ThreeFloats, ThreeFloats),
      ThreeFloats Function(ThreeFloats, ThreeFloats)>('second_ThreeFloats')(
      Struct.create<ThreeFloats>(), floats);
  print([f.a, f.b, f.c]); // expect: [1.5, 2.5, 3.5]
  final doubles = Struct.create<FourDoubles>()
    ..a = 1.0
    ..d = 4.0;
  final d = lib.lookupFunction<FourDoubles Function(FourDoubles),
      FourDoubles Function(FourDoubles)>('same_FourDoubles')(doubles);
  print([d.a, d.b, d.c, d.d]); // expect: [1.0, 0.0, 0.0, 4.0]
  final large = Struct.create<Large>()
    ..a = 1
    ..b = 2
    ..c = 3;
  final l = lib.lookupFunction<Large Function(Large), Large Function(Large)>('same_Large',
      isLeaf: true)(large);
  print([l.a, l.b, l.c]); // expect: [1, 2, 3]
  final larger = Struct.create<Larger>();
  for (var i = 0; i < 5; i++) larger.of[i] = i - 2;
  final ls = lib.lookupFunction<Larger Function(Larger, Larger),
      Larger Function(Larger, Larger)>('second_Larger')(Struct.create<Larger>(), larger);
  print([ls.of[0], ls.of[4]]); // expect: [-2, 2]
  final nested = Struct.create<Nested>();
  nested.first.a = 1.25;
  nested.last = 2.25;
  final n = lib.lookupFunction<Nested Function(Nested), Nested Function(Nested)>('same_Nested')(
      nested);
  print([n.first.a, n.first.b, n.last]); // expect: [1.25, 0.0, 2.25]
  final matrix = Struct.create<Matrix>();
  matrix.of[1][2] = 12;
  print(lib.lookupFunction<Matrix Function(Matrix), Matrix Function(Matrix)>('same_Matrix')(matrix)
      .of[1][2]); // expect: 12
  final packed = Struct.create<PackedOne>()
    ..a = 1
    ..b = 2
    ..c = 3.0;
  final p = lib.lookupFunction<PackedOne Function(PackedOne),
      PackedOne Function(PackedOne)>('same_Packed')(packed);
  print([p.a, p.b, p.c]); // expect: [1, 2, 3.0]
  final union = Union.create<IntOrFloat>()..b = 1.0;
  print(lib.lookupFunction<IntOrFloat Function(IntOrFloat), IntOrFloat Function(IntOrFloat)>(
      'same_IntOrFloat')(union).a); // expect: 1065353216
  final bytes = Union.create<BytesOrDouble>();
  bytes.bytes[11] = 9;
  bytes.wide = 2.0;
  final b = lib.lookupFunction<BytesOrDouble Function(BytesOrDouble),
      BytesOrDouble Function(BytesOrDouble)>('same_BytesOrDouble')(bytes);
  print([b.wide, b.bytes[11]]); // expect: [2.0, 9]

  final full = lib.lookupFunction<
      Mixed Function(Int64, Int64, Int64, Int64, Int64, Int64, Double, Double, Double, Double,
          Double, Double, Double, Mixed, Int64, Int64, Int64, Double, Double, Mixed),
      Mixed Function(int, int, int, int, int, int, double, double, double, double, double, double,
          double, Mixed, int, int, int, double, double, Mixed)>('full_Mixed');
  final last = full(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 7, mixed.ref, 7, 8, 9, 8, 9, m);
  print([last.a, last.b]); // expect: [1099511627776, 0.5]

  // C calls with structs.
  final callMixed = lib.lookupFunction<
      Mixed Function(Pointer<NativeFunction<Mixed Function(Int32, Mixed, Double, Mixed)>>, Mixed),
      Mixed Function(Pointer<NativeFunction<Mixed Function(Int32, Mixed, Double, Mixed)>>,
          Mixed)>('call_Mixed');
  final called = callMixed(Pointer.fromFunction<Mixed Function(Int32, Mixed, Double, Mixed)>(swapped), mixed.ref);
  print([called.a, called.b]); // expect: [-5, 1.0]

  // Variable arguments.
  final sum = lib.lookupFunction<
      Double Function(Int32, Int32, VarArgs<(Int, Int, Double)>),
      double Function(int, int, int, int, double)>('sum_variable');
  print(sum(2, 1, 10, 20, 0.5)); // expect: 30.5
  final sumOfNine = lib.lookupFunction<
      Double Function(Int32, Int32,
          VarArgs<(Double, Double, Double, Double, Double, Double, Double, Double, Double)>),
      double Function(int, int, double, double, double, double, double, double, double, double,
          double)>('sum_variable');
  print(sumOfNine(0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9)); // expect: 45.0
  print(lib.lookupFunction<Double Function(Int32, Int32, VarArgs<(Int32,)>),
      double Function(int, int, int)>('sum_variable')(1, 0, 5)); // expect: 5.0
  final snprintf = DynamicLibrary.process().lookupFunction<
      Int Function(Pointer<Utf8>, Size, Pointer<Utf8>, VarArgs<(Int, Double, Pointer<Utf8>)>),
      int Function(Pointer<Utf8>, int, Pointer<Utf8>, int, double, Pointer<Utf8>)>('snprintf');
  using((Arena arena) {
    final text = arena<Uint8>(64).cast<Utf8>();
    final format = '%d %.2f %s'.toNativeUtf8(allocator: arena);
    print(snprintf(text, 64, format, 42, 2.5, 'text'.toNativeUtf8(allocator: arena)));
    // expect: 12
    print(text.toDartString()); // expect: 42 2.50 text
  });
  expectError("float", () => lib.lookupFunction<Double Function(Int32, Int32, VarArgs<(Float,)>),
      double Function(int, int, double)>('sum_variable'));
  // expect: float: lookupFunction: the receiver must point to a function that can be called: Parameter 3 ('Float') cannot be passed: it is a variable argument: C passes a Double there, it is Instance of 'Pointer<NativeFunction<Double Function(Int32, Int32, VarArgs<(Float)>)>>'
  expectError("order", () => lib.lookupFunction<Double Function(VarArgs<(Int,)>, Int32),
      double Function(int, int)>('sum_variable'));
  // expect: order: lookupFunction: the receiver must point to a function that can be called: 'VarArgs<(Int)>' is not the last parameter of 'Double Function(VarArgs<(Int)>, Int32)', it is Instance of 'Pointer<NativeFunction<Double Function(VarArgs<(Int)>, Int32)>>'
  expectError("no list", () => lib.lookupFunction<Double Function(Int32, VarArgs<Int>),
      double Function(int, int)>('sum_variable'));
  // expect: no list: lookupFunction: the receiver must point to a function that can be called: 'VarArgs<Int>' lists no types, as VarArgs<(Int, Double)> does, it is Instance of 'Pointer<NativeFunction<Double Function(Int32, VarArgs<Int>)>>'
  expectError("count", () => lib.lookupFunction<Double Function(Int32, VarArgs<(Int, Int)>),
      double Function(int, int)>('sum_variable'));
  // expect: count: lookupFunction: the receiver must be called as what it is: 'double Function(int, int)' does not fit 'Double Function(Int32, VarArgs<(Int, Int)>)': it takes 2 arguments, not 3, it is Instance of 'Pointer<NativeFunction<Double Function(Int32, VarArgs<(Int, Int)>)>>'

  // What cannot be passed.
  expectError("other", () => behind(-1, 2.5, six as dynamic, 3.5, -4));
  // expect: other: Mixed Function(Int32, Double, Mixed, Float, Int64): argument '3' must be a Mixed, it is Instance of 'Six'
  expectError("null", () => behind(-1, 2.5, null as dynamic, 3.5, -4));
  // expect: null: Mixed Function(Int32, Double, Mixed, Float, Int64): argument '3' must be a Mixed, it is null
  expectError("array", () => lib.lookupFunction<Void Function(Array<Int8>), void Function(Array<Int8>)>('same_Byte'));
  // expect: array: lookupFunction: the receiver must point to a function that can be called: Parameter 1: 'Array<Int8>' is no native type, it is Instance of 'Pointer<NativeFunction<Void Function(Array<Int8>)>>'
  expectError("fits", () => lib.lookupFunction<Byte Function(Byte), Byte Function(Six)>('same_Byte'));
  // expect: fits: lookupFunction: the receiver must be called as what it is: 'Byte Function(Six)' does not fit 'Byte Function(Byte)': argument 1 is 'Six', in C 'Byte', it is Instance of 'Pointer<NativeFunction<Byte Function(Byte)>>'
  expectError("base", () => lib.lookupFunction<Byte Function(Struct), Byte Function(Struct)>('same_Byte'));
  // expect: base: lookupFunction: the receiver must point to a function that can be called: Parameter 1: 'Struct' is no native type, it is Instance of 'Pointer<NativeFunction<Byte Function(Struct)>>'
  final freed = mixed.ref;
  calloc.free(mixed);
  expectKind("freed", () => behind(-1, 2.5, freed, 3.5, -4));
  // expect: freed: StateError
  inPlaces(lib);
  callbacks(lib, large);
}

// Wherever the struct lies that is passed.
void inPlaces(DynamicLibrary lib) {
  for (final isLeaf in [false, true]) {
    final same = lib.lookupFunction<Mixed Function(Mixed), Mixed Function(Mixed)>('same_Mixed',
        isLeaf: isLeaf);
    final bytes = new Uint8List(40);
    final last = Struct.create<Mixed>(bytes, 24)..a = 7;
    bytes[23] = 9;
    print([same(last).a, bytes[24], same(same(last)).b]);
    final block = calloc<Uint8>(40);
    final outside = Struct.create<Mixed>(block.asTypedList(40), 16)..b = 0.75;
    print([same(outside).b, (block + 16).cast<Mixed>().ref.b, same((block + 24).cast<Mixed>().ref).b]);
    expectKind("behind", () => same((block + 25).cast<Mixed>().ref));
    expectKind("before", () => same((block - 1).cast<Mixed>().ref));
    expectKind("null", () => same(new Pointer<Mixed>.fromAddress(0).ref));
    calloc.free(block);
    expectKind("dead", () => same((block + 16).cast<Mixed>().ref));
    expectKind("other", () => same(Struct.create<FourDoubles>() as dynamic));
    // A field of another struct.
    final nested = Struct.create<Nested>();
    nested.first.b = 0.5;
    nested.last = 1.5;
    final two = lib.lookupFunction<TwoFloats Function(TwoFloats), TwoFloats Function(TwoFloats)>(
        'same_TwoFloats', isLeaf: isLeaf)(nested.first);
    print([two.a, two.b]);
  }
  // expect: [7, 7, 0.0]
  // expect: [0.75, 0.75, 0.0]
  // expect: behind: RangeError
  // expect: before: RangeError
  // expect: null: ArgumentError
  // expect: dead: StateError
  // expect: other: ArgumentError
  // expect: [0.0, 0.5]
  // expect: [7, 7, 0.0]
  // expect: [0.75, 0.75, 0.0]
  // expect: behind: RangeError
  // expect: before: RangeError
  // expect: null: ArgumentError
  // expect: dead: StateError
  // expect: other: ArgumentError
  // expect: [0.0, 0.5]
}

void callbacks(DynamicLibrary lib, Large large) {
  final call = lib.lookupFunction<
      Large Function(Pointer<NativeFunction<Large Function(Int32, Large, Double, Large)>>, Large),
      Large Function(Pointer<NativeFunction<Large Function(Int32, Large, Double, Large)>>,
          Large)>('call_Large');
  var result = call(Pointer.fromFunction<Large Function(Int32, Large, Double, Large)>(largeOf), large);
  print([result.a, result.b, result.c, large.a]); // expect: [-7, 3, 3, 1]
  // One that throws gives zeros.
  final thrower = new NativeCallable<Large Function(Int32, Large, Double, Large)>.isolateLocal(
      throwingLarge, onError: CallbackError.rethrowAtReturn);
  expectError("throws", () => call(thrower.nativeFunction, large)); // expect: throws: no struct
  thrower.close();
  final wrongOne = new NativeCallable<Large Function(Int32, Large, Double, Large)>.isolateLocal(
      wrong, onError: CallbackError.rethrowAtReturn);
  expectError("wrong", () => call(wrongOne.nativeFunction, large));
  // expect: wrong: Bad state: What a callback of type 'Large Function(Int32, Large, Double, Large)' returns must be a Large
  wrongOne.close();
  expectError("given", () => Pointer.fromFunction<Large Function(Int32, Large, Double, Large)>(largeOf, 0));
  // expect: given: Pointer.fromFunction: argument 'exceptionalReturn' must not be given for 'Large Function(Int32, Large, Double, Large)', which returns a struct: that is zeros, it is 0
}
