// The elements of arrays as lists that are no copies.
import 'dart:ffi';
import 'dart:typed_data';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';

final class Fields extends Struct {
  @Int32()
  external int id;
  @Array(3)
  external Array<Int16> shorts;
  @Array(2)
  external Array<Long> longs;
  @Array(2)
  external Array<Bool> flags;
  @Array(2, 2)
  external Array<Array<Double>> rows;
  @Array(2)
  external Array<Pointer<Int8>> pointers;
}

// Of arrays in native memory, and of arrays in typed data.
List<bool> dataFollowsLists(Fields fields) {
  final shorts = fields.shorts.elements;
  shorts[2] = -5;
  fields.shorts[0] = 4;
  final flags = fields.flags.elements;
  flags[1] = true;
  fields.rows.elements.last.elements[1] = 0.5;
  return [
    shorts is Int16List && fields.shorts[2] == -5 && shorts[0] == 4,
    shorts.length == 3 && fields.shorts[1] == 0,
    fields.longs.elements is Int64List,
    flags.map((flag) => !flag).toList().toString() == '[true, false]' && fields.flags[1],
    fields.rows[1][1] == 0.5 && fields.rows.elements.length == 2,
    fields.pointers.elements.every((p) => p == nullptr),
  ];
}

void main() {
  print(dataFollowsLists(calloc<Fields>().ref)); // expect: [true, true, true, true, true, true]
  print(dataFollowsLists(Struct.create<Fields>(Uint8List(160), 8)));
  // expect: [true, true, true, true, true, true]

  final fields = calloc<Fields>().ref;
  expectKind('behind', () => fields.shorts.elements[3]); // expect: behind: RangeError
  final flags = fields.flags.elements;
  flags[1] = true;
  expectError('flags', () => flags[2]);
  // expect: flags: RangeError: []: argument 'index' must be from 0 to 1, it is 2
  expectError('set', () => flags[-1] = true);
  // expect: set: RangeError: []=: argument 'index' must be from 0 to 1, it is -1
  expectKind('grown', () => flags.add(true)); // expect: grown: UnsupportedError
  expectKind('shrunk', () => flags.length = 1); // expect: shrunk: UnsupportedError
  expectKind('kept', () => flags.retainWhere((flag) => flag)); // expect: kept: UnsupportedError
  print(flags); // expect: [false, true]

  // Typed data keep a block that is freed, not what a finalizer frees.
  final memory = calloc<Fields>();
  final kept = memory.ref.shorts.elements;
  calloc.free(memory);
  print(kept); // expect: [0, 0, 0]
  expectKind('freed', () => memory.ref.shorts.elements); // expect: freed: StateError
  final owned = Pointer<Fields>.fromAddress(calloc<Fields>().address)
      .refWithFinalizer(calloc.nativeFree);
  owned.shorts.elements[1] = 3;
  print([owned.shorts.elements is Int16List, owned.shorts.elements]); // expect: [false, [0, 3, 0]]
}
