// Memory of the process's allocator: allocated, freed, in arenas.
import 'dart:ffi';
import 'package:ffi/ffi.dart';

class Counting extends Allocator {
  int allocations = 0;
  int frees = 0;

  Pointer<T> allocate<T>(int byteCount, {int alignment}) {
    allocations++;
    return calloc.allocate<T>(byteCount, alignment: alignment);
  }

  void free(Pointer pointer) {
    frees++;
    calloc.free(pointer);
  }
}

void main() {
  final units = [72, 105, 0];
  final Pointer<Uint16> result = malloc.allocate<Uint16>(units.length * sizeOf<Uint16>());
  for (var i = 0; i < units.length; i++) result[i] = units[i];
  print([result[0], result[1], result[2]]); // expect: [72, 105, 0]
  malloc.free(result);

  var zeros = calloc<Int64>(3);
  print([zeros[0], zeros[1], zeros[2]]); // expect: [0, 0, 0]
  // C reads what was allocated here, and frees it.
  final process = DynamicLibrary.process();
  final free = process.lookupFunction<Void Function(Pointer<Void>), void Function(Pointer<Void>)>(
      'free');
  free(zeros.cast<Void>());
  calloc.disown(zeros);
  final mallocOfC =
      process.lookupFunction<Pointer<Void> Function(Size), Pointer<Void> Function(int)>('malloc');
  var ofC = mallocOfC(16).cast<Int32>();
  ofC[3] = 7;
  print(ofC[3]); // expect: 7
  malloc.free(ofC);

  Pointer<Int8> kept;
  print(using((Arena arena) {
    kept = arena<Int8>(4);
    kept[3] = 5;
    return kept[3];
  })); // expect: 5
  try {
    kept.value;
  } catch (e) {
    print(e.runtimeType); // expect: StateError
  }

  var counting = new Counting();
  var arena = new Arena(counting);
  arena<Int32>(2);
  arena<Double>();
  arena.using("resource", (r) => print("released $r"));
  arena.releaseAll(); // expect: released resource
  print([counting.allocations, counting.frees]); // expect: [2, 2]
  try {
    arena<Int8>();
  } catch (e) {
    print(e.runtimeType); // expect: StateError
  }
  try {
    using((Arena a) {
      a.onReleaseAll(() => print("ended"));
      throw "thrown";
    });
  } catch (e) {
    print(e);
  }
  // expect: ended
  // expect: thrown

  try {
    malloc<Int64>(1 << 58);
  } on ArgumentError catch (e) {
    print(e.message); // expect: Could not allocate 2305843009213693952 bytes.
  }
  try {
    malloc<Int64>((1 << 61) + 1); // Times 8, in 64 bits, is 8.
  } catch (e) {
    print(e is ArgumentError); // expect: true
  }
  try {
    malloc<Int8>(-1);
  } catch (e) {
    print(e is ArgumentError); // expect: true
  }
  // What no allocator gives is not given to free().
  for (final address in [64, 0x7f0000000001, -8]) {
    try {
      malloc.free(Pointer.fromAddress(address));
    } on StateError catch (e) {
      print(e.message.split(": ").last);
    }
  }
  // expect: no allocator has given that address.
  // expect: no allocator has given that address.
  // expect: no allocator has given that address.
  try {
    withZoneArena(() => 0);
  } on UnsupportedError catch (e) {
    print(e.message); // expect: withZoneArena: zones carry no arena; `using` passes the arena.
  }
}
