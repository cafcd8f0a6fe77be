// Packed structs: no field is aligned to more than that.
import 'dart:ffi';
import 'package:ffi/ffi.dart';

const one = 1;

@Packed(one)
final class Packed1 extends Struct {
  @Uint8()
  external int a;
  @Uint32()
  external int b;
  @Double()
  external double c;
  external Pointer<Void> d;
}

@Packed(2)
final class Packed2 extends Struct {
  @Uint8()
  external int a;
  @Uint32()
  external int b;
}

@Packed(4)
final class Packed4 extends Struct {
  @Uint8()
  external int a;
  @Int64()
  external int b;
}

@Packed(8)
final class Packed8 extends Struct {
  @Uint8()
  external int a;
  @Int64()
  external int b;
}

@Packed(16)
final class Packed16 extends Struct {
  @Uint8()
  external int a;
  @Int64()
  external int b;
}

final class Unpacked extends Struct {
  @Uint8()
  external int a;
  @Int64()
  external int b;
}

@Packed(1)
final class Outer extends Struct {
  @Uint8()
  external int a;
  external Unpacked inner;
  @Array(2)
  external Array<Packed2> several;
  @Uint16()
  external int z;
}

final class Around extends Struct {
  @Uint8()
  external int a;
  external Packed1 inner;
  @Uint16()
  external int z;
}

void main() {
  print([sizeOf<Packed1>(), sizeOf<Packed2>(), sizeOf<Packed4>(), sizeOf<Packed8>()]);
  // expect: [21, 6, 12, 16]
  print([sizeOf<Packed16>(), sizeOf<Unpacked>(), sizeOf<Outer>(), sizeOf<Around>()]);
  // expect: [16, 16, 31, 24]

  final bytes = calloc<Uint8>(32);
  final p = bytes.cast<Packed1>().ref;
  p.a = 1;
  p.b = 0x01020304;
  p.c = 1.0;
  p.d = new Pointer.fromAddress(0x1234);
  print(new List.generate(21, (i) => bytes[i]));
  // expect: [1, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 240, 63, 52, 18, 0, 0, 0, 0, 0, 0]
  print([p.a, p.b, p.c, p.d]);
  // expect: [1, 16909060, 1.0, Pointer: address=0x1234]

  final outer = calloc<Outer>();
  outer.ref.inner.b = -1;
  outer.ref.several[1].b = 7;
  outer.ref.z = 9;
  print([outer.cast<Uint8>()[8], outer.cast<Uint8>()[9], outer.cast<Uint8>()[16]]);
  // expect: [0, 255, 255]
  print([outer.cast<Uint8>()[25], outer.cast<Uint8>()[29]]); // expect: [7, 9]
}
