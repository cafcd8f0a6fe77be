// Two pointers to the same place, however they came to be.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';

void main() {
  for (int i = 0; i < 3; ++i) {
    testNonAlias();
    testAliasCast();
    testAliasCast2();
    testAliasOffsetBy();
    testAliasElementAt();
    testAliasFromAddress();
    testAliasFromAddressViaMemory();
    testPartialOverlap();
  }
  print("ok"); // expect: ok
}

void testNonAlias() {
  final source = calloc<Int64>();
  source.value = 42;
  final int a = source.value;
  source.value = 1984;
  Expect.equals(1984, source.value);
  Expect.equals(42, a);
  calloc.free(source);
}

void testAliasCast() {
  final source = calloc<Int64>();
  final alias = source.cast<Int8>().cast<Int64>();
  source.value = 42;
  final int a = source.value;
  alias.value = 1984;
  Expect.equals(1984, source.value);
  calloc.free(source);
}

void testAliasCast2() {
  final source = calloc<Int64>();
  final alias = source.cast<Int16>().cast<Int64>();
  final alias2 = source.cast<Int8>().cast<Int64>();
  alias.value = 42;
  alias2.value = 1984;
  Expect.equals(1984, alias.value);
  calloc.free(source);
}

void testAliasOffsetBy() {
  final source = calloc<Int64>(2);
  final alias = source.elementAt(1);
  source[1] = 5;
  alias.value = 9;
  Expect.equals(9, source[1]);
  calloc.free(source);
}

void testAliasElementAt() {
  final source = calloc<Int64>(2);
  final a = source.elementAt(1), b = a - 1, c = b + 1;
  c.value = 3;
  Expect.equals(3, a.value);
  Expect.equals(c, a);
  Pointer<Int64> d = source;
  d++;
  Expect.equals(3, d.value);
  d += -1;
  Expect.equals(source, d);
  d--; ++d;
  calloc.free(source);
}

void testAliasFromAddress() {
  final source = calloc<Int64>();
  final alias = Pointer<Int64>.fromAddress(source.address);
  alias.value = 3;
  Expect.equals(3, source.value);
  calloc.free(source);
}

void testAliasFromAddressViaMemory() {
  final helper = calloc<IntPtr>();
  final source = calloc<Int64>();
  helper.value = source.address;
  final alias = Pointer<Int64>.fromAddress(helper.value);
  source.value = 42;
  alias.value = 1984;
  Expect.equals(1984, source.value);
  calloc.free(helper);
  calloc.free(source);
}


void testPartialOverlap() {
  final source = calloc<Int64>(8);
  final derived = source.cast<Int8>().elementAt(7).cast<Int64>();
  source.value = 0x1122334455667788;
  derived.value = 0;
  Expect.equals(0x0022334455667788, source.value) ;
  final int value = source.value;
  calloc.free(source);
}
