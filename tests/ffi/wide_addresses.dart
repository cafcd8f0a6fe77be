// Addresses have 64 bits, whatever ints come of arithmetic: what is computed with pointers wraps
// around, as in C, and what is given as an address must be one.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';

void main() {
  Pointer<Int64> at(int address) => new Pointer<Int64>.fromAddress(address);
  print(at(1 << 63)); // expect: Pointer: address=0x8000000000000000
  print(at((1 << 64) - 1).address); // expect: -1
  print(at(-(1 << 63)).address == at(1 << 63).address); // expect: true
  expectError('past', () => at(1 << 64));
  // expect: past: RangeError: Pointer.fromAddress: argument 'ptr' must be an address of 64 bits, it is 18446744073709551616
  expectError('before', () => at(-(1 << 63) - 1));
  // expect: before: RangeError: Pointer.fromAddress: argument 'ptr' must be an address of 64 bits, it is -9223372036854775809

  print(at(0x7fffffffffffffff) + 1); // expect: Pointer: address=0x8000000000000007
  print((at(0) - (1 << 63)).address); // expect: 0
  print((at(0) - 1).address); // expect: -8
  print(at(8).elementAt(1 << 100).address); // expect: 8
  print((at(0x7ffffffffffffff8) + 2).address + 16 == 0x8000000000000008 + 16); // expect: true
  expectError('index', () => at(8)[1 << 70]);
  // expect: index: RangeError: []: argument 'index' must be an int of 64 bits, it is 1180591620717411303424
  expectError('count', () => malloc<Int64>(1 << 70));
  // expect: count: RangeError: call: argument 'count' must be from 0 to 1152921504606846975, it is 1180591620717411303424
}
