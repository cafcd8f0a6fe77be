// What pointers to every type do, test by test.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';
void main() {
  testPointerBasic();
  testPointerFromPointer();
  testPointerPointerArithmetic();
  testPointerPointerArithmeticSizes();
  testPointerAllocateZero();
  testPointerCast();
  testCastGeneric();
  testCastGeneric2();
  testCastNativeType();
  testCondensedNumbersInt8();
  testCondensedNumbersFloat();
  testRangeInt8();
  testRangeUint8();
  testRangeInt16();
  testRangeUint16();
  testRangeInt32();
  testRangeUint32();
  testRangeInt64();
  testRangeUint64();
  testRangeIntPtr();
  testFloat();
  testDouble();
  testVoid();
  testPointerPointer();
  testPointerPointerNull();
  testPointerStoreNull();
  testSizeOf();
  testPointerChain(100);
  testTypeTest();
  testToString();
  testEquality();
  testAllocateGeneric();
  testAllocateVoid();
  testAllocateNativeFunction();
  testSizeOfGeneric();
  testSizeOfVoid();
  testFreeGeneric();
  print("ok"); // expect: ok
}

void testPointerBasic() {
  Pointer<Int64> p = calloc();
  p.value = 42;
  Expect.equals(42, p.value);
  calloc.free(p);
}

void testPointerFromPointer() {
  Pointer<Int64> p = calloc();
  p.value = 1337;
  int ptr = p.address;
  Pointer<Int64> p2 = Pointer.fromAddress(ptr);
  Expect.equals(1337, p2.value);
  calloc.free(p);
}

void testPointerPointerArithmetic() {
  Pointer<Int64> p = calloc(2);
  Pointer<Int64> p2 = p.elementAt(1);
  p2.value = 100;
  Pointer<Int64> p3 = Pointer.fromAddress(p.address + 8);
  Expect.equals(100, p3.value);
  calloc.free(p);
}

void testPointerPointerArithmeticSizes() {
  Pointer<Int64> p = calloc(2);
  Pointer<Int64> p2 = p.elementAt(1);
  int addr = p.address;
  Expect.equals(addr + 8, p2.address);
  calloc.free(p);
  Pointer<Int32> p3 = calloc(2);
  Expect.equals(p3.address + 4, p3.elementAt(1).address);
  calloc.free(p3);
}

void testPointerAllocateZero() {
  Pointer<Int64> p = calloc.call<Int64>(0);
  calloc.free(p);
}

void testPointerCast() {
  Pointer<Int64> p = calloc();
  p.cast<Int32>();
  calloc.free(p);
}

void testCastGeneric() {
  Pointer<T> generic<T extends NativeType>(Pointer<Int16> p) {
    return p.cast();
  }
  Pointer<Int16> p = calloc();
  Pointer<Int64> p2 = generic(p);
  calloc.free(p);
}

void testCastGeneric2() {
  Pointer<Int16> generic<T extends NativeType>(Pointer<T> p) {
    return p.cast();
  }
  Pointer<Int64> p = calloc();
  Pointer<Int16> p2 = generic(p);
  p2.value = 3;
  calloc.free(p);
}

void testCastNativeType() {
  Pointer<Int64> p = calloc();
  p.cast<Pointer>();
  calloc.free(p);
}

void testCondensedNumbersInt8() {
  Pointer<Int8> p = calloc(8);
  for (var i in [0, 1, 2, 3, 4, 5, 6, 7]) {
    p[i] = i * 3;
  }
  for (var i in [0, 1, 2, 3, 4, 5, 6, 7]) {
    Expect.equals(i * 3, p[i]);
  }
  calloc.free(p);
}

void testCondensedNumbersFloat() {
  Pointer<Float> p = calloc(8);
  for (var i in [0, 1, 2, 3, 4, 5, 6, 7]) {
    p[i] = 1.511366173271439e-13;
  }
  for (var i in [0, 1, 2, 3, 4, 5, 6, 7]) {
    Expect.equals(1.511366173271439e-13, p[i]);
  }
  calloc.free(p);
}

void testRangeInt8() {
  Pointer<Int8> p = calloc();
  p.value = 127;
  Expect.equals(127, p.value);
  p.value = -128;
  Expect.equals(-128, p.value);
  Expect.equals(0x0000000000000080, 128);
  Expect.equals(0xFFFFFFFFFFFFFF80, -128);
  p.value = 128;
  Expect.equals(-128, p.value); // truncated and sign extended
  Expect.equals(0xFFFFFFFFFFFFFF7F, -129);
  p.value = -129;
  Expect.equals(127, p.value);
  calloc.free(p);
}

void testRangeUint8() {
  Pointer<Uint8> p = calloc();
  p.value = 255;
  Expect.equals(255, p.value);
  p.value = 256;
  Expect.equals(0, p.value);
  p.value = -1;
  Expect.equals(255, p.value);
  calloc.free(p);
}

void testRangeInt16() {
  Pointer<Int16> p = calloc();
  p.value = 0x8000;
  Expect.equals(0xFFFFFFFFFFFF8000, p.value);
  p.value = -0x8001;
  Expect.equals(0x7fff, p.value);
  calloc.free(p);
}

void testRangeUint16() {
  Pointer<Uint16> p = calloc();
  p.value = 0x10000;
  Expect.equals(0, p.value);
  p.value = -1;
  Expect.equals(0xffff, p.value);
  calloc.free(p);
}

void testRangeInt32() {
  Pointer<Int32> p = calloc();
  p.value = 0x80000000;
  Expect.equals(0xFFFFFFFF80000000, p.value);
  calloc.free(p);
}

void testRangeUint32() {
  Pointer<Uint32> p = calloc();
  p.value = 0x100000000;
  Expect.equals(0, p.value);
  p.value = -1;
  Expect.equals(0xffffffff, p.value);
  calloc.free(p);
}

void testRangeInt64() {
  Pointer<Int64> p = calloc();
  p.value = 0x7FFFFFFFFFFFFFFF;
  Expect.equals(0x7FFFFFFFFFFFFFFF, p.value);
  p.value = 0x8000000000000000;
  Expect.equals(-9223372036854775808, p.value);
  calloc.free(p);
}

void testRangeUint64() {
  Pointer<Uint64> p = calloc();
  p.value = 0x7FFFFFFFFFFFFFFF;
  Expect.equals(0x7FFFFFFFFFFFFFFF, p.value);
  p.value = 0xFFFFFFFFFFFFFFFF;
  Expect.equals(-1, p.value);
  calloc.free(p);
}

void testRangeIntPtr() {
  Pointer<IntPtr> p = calloc();
  int pAddr = p.address;
  p.value = pAddr;
  p.value = 0x7FFFFFFFFFFFFFFF;
  calloc.free(p);
}

void testFloat() {
  Pointer<Float> p = calloc();
  p.value = 1.511366173271439e-13;
  Expect.equals(1.511366173271439e-13, p.value);
  p.value = 1.4260258159703532e-105;
  Expect.equals(0.0, p.value);
  Expect.notEquals(1.4260258159703532e-105, p.value);
  calloc.free(p);
}

void testDouble() {
  Pointer<Double> p = calloc();
  p.value = 1.4260258159703532e-105;
  Expect.equals(1.4260258159703532e-105, p.value);
  calloc.free(p);
}

void testVoid() {
  Pointer<IntPtr> p1 = calloc();
  Pointer<Void> p2 = p1.cast();
  Expect.equals(p1.address, p2.address);
  calloc.free(p1);
}

void testPointerPointer() {
  Pointer<Int16> p = calloc();
  p.value = 17;
  Pointer<Pointer<Int16>> p2 = calloc();
  p2.value = p;
  Expect.equals(17, p2.value.value);
  calloc.free(p2);
  calloc.free(p);
}

void testPointerPointerNull() {
  Pointer<Pointer<Int8>> pointerToPointer = calloc();
  Pointer<Int8> value = nullptr;
  pointerToPointer.value = value;
  value = pointerToPointer.value;
  Expect.equals(value, nullptr);
  value = calloc();
  pointerToPointer.value = value;
  value = pointerToPointer.value;
  Expect.isTrue(value.address != 0);
  calloc.free(value);
  calloc.free(pointerToPointer);
}

void testPointerStoreNull() {
  int i = (null as dynamic) ?? 3;
  Pointer<Int8> p = calloc();
  dynamic n = null;
  Expect.throws(() => p.value = n);
  calloc.free(p);
  Pointer<Float> p2 = calloc();
  Expect.throws(() => p2.value = n);
  calloc.free(p2);
}

void testSizeOf() {
  Expect.equals(1, sizeOf<Int8>());
}

void testPointerChain(int length) {
  void createChain(Pointer<IntPtr> head, int length, int value) {
    if (length == 0) {
      head.value = value;
      return;
    }
    Pointer<IntPtr> next = calloc<IntPtr>();
    head.value = next.address;
    createChain(next, length - 1, value);
  }
  int getChainValue(Pointer<IntPtr> head, int length) {
    if (length == 0) return head.value;
    Pointer<IntPtr> next = Pointer.fromAddress(head.value);
    return getChainValue(next, length - 1);
  }
  void freeChain(Pointer<IntPtr> head, int length) {
    Pointer<IntPtr> next = Pointer.fromAddress(head.value);
    calloc.free(head);
    if (length == 0) return;
    freeChain(next, length - 1);
  }
  Pointer<IntPtr> head = calloc();
  createChain(head, length, 512);
  int tailValue = getChainValue(head, length);
  Expect.equals(512, tailValue);
  freeChain(head, length);
}

void testTypeTest() {
  Pointer<Int8> p = calloc();
  Expect.isTrue(p is Pointer);
  calloc.free(p);
}

void testToString() {
  Pointer<Int16> p = calloc();
  Expect.equals("Pointer: address=0x", p.toString().substring(0, 19));
  calloc.free(p);
  Pointer<Int64> p2 = Pointer.fromAddress(0x123abc);
  Expect.equals("Pointer: address=0x123abc", p2.toString());
}

void testEquality() {
  Pointer<Int8> p = Pointer.fromAddress(12345678);
  Pointer<Int8> p2 = Pointer.fromAddress(12345678);
  Expect.equals(p, p2);
  Expect.equals(p.hashCode, p2.hashCode);
  Pointer<Int16> p3 = p.cast();
  Expect.equals(p, p3);
  Expect.equals(p.hashCode, p3.hashCode);
  Expect.notEquals(p, p + 1);
}

typedef Int8UnOp = Int8 Function(Int8);

void testAllocateGeneric() {
  Pointer<T> generic<T extends NativeType>() {
    Pointer<T> pointer = nullptr;
    return pointer;
  }
  Pointer p = generic<Int64>();
}

void testAllocateVoid() {
  Expect.throws(() { Pointer<Void> p = calloc(); });
}

void testAllocateNativeFunction() {
  Expect.throws(() { Pointer<NativeFunction<Int8UnOp>> p = calloc(); });
}

void testSizeOfGeneric() {
  int generic<T extends Pointer>() {
    int size = sizeOf<IntPtr>();
    return size;
  }
  int size = generic<Pointer<Int64>>();
  Expect.equals(sizeOf<IntPtr>(), size);
}

void testSizeOfVoid() { Expect.throws(() => sizeOf<Void>());
  Expect.throws(() => sizeOf<NativeFunction<Int8UnOp>>()); }

void testFreeGeneric() {
  void generic(Pointer p) { calloc.free(p); }
  Pointer<Int64> p = calloc();
  generic(p);
}
