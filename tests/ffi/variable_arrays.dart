// Arrays without an end, at the end of a struct: as many elements as there is memory for.
import 'dart:ffi';
import 'dart:typed_data';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';

final class Text extends Struct {
  @Uint32()
  external int length;
  @Array.variable()
  external Array<Uint8> units;

  String get text => String.fromCharCodes([for (int i = 0; i < length; i++) units[i]]);
}

final class Pair extends Struct {
  @Int16()
  external int a;
  @Int16()
  external int b;
}

final class Pairs extends Struct {
  @Int8()
  external int count;
  @Array.variable()
  external Array<Pair> pairs;
}

final class Matrix extends Struct {
  @Int64()
  external int rows;
  @Array.variable(2, 3)
  external Array<Array<Array<Double>>> values;
}

final class Lines extends Struct {
  @Int64()
  external int rows;
  @Array.variableMulti([2])
  external Array<Array<Pointer<Int8>>> lines;
}

final class Counted extends Struct {
  @Int32()
  external int length;
  @Array.variableWithVariableDimension(2)
  external Array<Int32> values;
}

final class Rows extends Struct {
  @Int32()
  external int length;
  @Array.variableMulti([3], variableDimension: 1)
  external Array<Array<Int32>> rows;
}

// What sizes count is less than what may be used.
void counted(Arena arena) {
  print([sizeOf<Counted>(), sizeOf<Rows>()]); // expect: [12, 16]
  final Pointer<Counted> counted = arena.allocate(sizeOf<Counted>() + 4);
  counted.ref.values[2] = 7;
  print([counted.cast<Int32>()[3], counted.ref.values.length]); // expect: [7, 2]
  expectKind('behind', () => counted.ref.values[3]); // expect: behind: RangeError
  expectKind('copied', () => counted.ref.values = counted.ref.values); // expect: copied: ArgumentError
  expectError('passed', () => DynamicLibrary.process()
      .lookupFunction<Void Function(Counted), void Function(Counted)>('abs'));
  // expect: passed: lookupFunction: the receiver must point to a function that can be called: Parameter 1: 'Counted' ends with an array of variable length: only a pointer to it can be passed, it is Instance of 'Pointer<NativeFunction<Void Function(Counted)>>'
  final Pointer<Rows> rows = arena.allocate(sizeOf<Rows>() + 12);
  rows.ref.rows[1][2] = 5;
  print(rows.cast<Int32>()[6]); // expect: 5
  expectKind('row', () => rows.ref.rows[1][3]); // expect: row: RangeError
}

void main() {
  using(counted);
  Expect.equals(4, sizeOf<Text>());
  Expect.equals(2, sizeOf<Pairs>());
  Expect.equals(8, sizeOf<Matrix>());
  using((Arena arena) {
    final Pointer<Text> text = arena.allocate(sizeOf<Text>() + 5);
    text.ref.length = 5;
    for (int i = 0; i < 5; i++) text.ref.units[i] = 'hello'.codeUnitAt(i);
    Expect.equals('hello', text.ref.text);
    Expect.equals('hello', (text + 1).cast<Utf8>().toDartString(length: 5));
    expectError('behind the block', () => text.ref.units[5]);
    // expect: behind the block: RangeError: []: the receiver must have memory for that: 1 bytes from byte 9 on are not within its 9, it is Instance of 'Array<Uint8>'
    expectKind('written', () => text.ref.units[5] = 1); // expect: written: RangeError
    expectKind('before it', () => text.ref.units[-1]); // expect: before it: RangeError
    expectKind('far', () => text.ref.units[0x7fffffffffffffff]); // expect: far: RangeError

    final Pointer<Pairs> pairs = arena.allocate(sizeOf<Pairs>() + 3 * sizeOf<Pair>());
    for (int i = 0; i < 3; i++) pairs.ref.pairs[i].b = i + 7;
    pairs.ref.pairs[0] = pairs.ref.pairs[2];
    Expect.equals(9, pairs.ref.pairs[0].b);
    Expect.equals(8, pairs.cast<Int16>()[4]);
    expectError('whole', () => pairs.ref.pairs = pairs.ref.pairs);
    // expect: whole: pairs=: argument 'Pairs.pairs' must be an element: of an array of variable length, nobody knows how much is to be copied, it is Instance of 'Array<Pair>'

    final Pointer<Matrix> matrix = arena.allocate(sizeOf<Matrix>() + 2 * 6 * sizeOf<Double>());
    matrix.ref.values[1][1][2] = 0.5;
    Expect.equals(0.5, matrix.cast<Double>()[12]);
    expectKind('inner', () => matrix.ref.values[0][2]); // expect: inner: RangeError
    expectKind('row', () => matrix.ref.values[2][0][0]); // expect: row: RangeError

    final Pointer<Lines> lines = arena.allocate(sizeOf<Lines>() + 4 * sizeOf<Pointer>());
    lines.ref.lines[1][1] = arena();
    lines.ref.lines[1][1].value = 3;
    Expect.equals(3, lines.ref.lines[1][1].value);
  });
  final bytes = Uint8List(7);
  final text = Struct.create<Text>(bytes);
  text.units[2] = 9;
  Expect.equals(9, bytes[6]);
  expectKind('data', () => text.units[3]); // expect: data: RangeError

  expectError('by value',
      () => DynamicLibrary.process().lookupFunction<Void Function(Text), void Function(Text)>('abs'));
  // expect: by value: lookupFunction: the receiver must point to a function that can be called: Parameter 1: 'Text' ends with an array of variable length: only a pointer to it can be passed, it is Instance of 'Pointer<NativeFunction<Void Function(Text)>>'
  print('ok'); // expect: ok
}
