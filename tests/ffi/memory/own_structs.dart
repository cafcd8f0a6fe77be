// refWithFinalizer: structs whose memory goes when nobody has them, or a part of them, any more.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_garbage.dart';

final class Inner extends Struct {
  @Int32()
  external int x;
}

final class Outer extends Struct {
  @Int64()
  external int a;
  external Inner inner;
  @Array(4)
  external Array<Int16> array;
}

final class Either extends Union {
  @Int32()
  external int x;
  @Float()
  external double y;
}

Inner innerOf() {
  final outer = calloc<Outer>().refWithFinalizer(calloc.nativeFree);
  outer.inner.x = 5;
  return outer.inner;
}

Array<Int16> arrayOf(Pointer<Outer> pointer) {
  final outer = pointer.refWithFinalizer(calloc.nativeFree, token: pointer.cast());
  outer.array[3] = -7;
  return outer.array;
}

Pointer<Outer> address() {
  final pointer = calloc<Outer>();
  pointer.refWithFinalizer(calloc.nativeFree).a = 1;
  return pointer;
}

void main() {
  final inner = innerOf();
  final array = arrayOf(calloc<Outer>());
  // What nobody has is freed, which whoever kept the pointer is told.
  final dead = address();
  print(collectUntil(() => errorOf(() => dead.ref.a).contains('has been freed'))); // expect: true
  // A part keeps the whole.
  print([inner.x, array[3]]); // expect: [5, -7]
  print(errorOf(() => array[4]).contains('RangeError')); // expect: true

  final either = calloc<Either>().refWithFinalizer(calloc.nativeFree);
  either.y = 1.0;
  print(either.x == 0x3f800000); // expect: true
  print(either is Either); // expect: true

  print(errorOf(() => (calloc<Int8>() as dynamic).refWithFinalizer(calloc.nativeFree)));
  // expect: ArgumentError: Invalid argument(s): ref: the receiver must point to a struct or union, not to 'Int8', it is Instance of 'Pointer<Int8>'
  print(errorOf(() => calloc<Outer>().refWithFinalizer(nullptr)).contains('callback'));
  // expect: true
}
