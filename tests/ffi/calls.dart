// Functions of C: found, called, and refused before anything happens.
import 'dart:ffi' as ffi;
import 'lib_expect.dart';

typedef add_func = ffi.Int32 Function(ffi.Int32, ffi.Int32);
typedef Add = int Function(int, int);

void main() {
  final lib = ffi.DynamicLibrary.open('libforeign_classes.so');

  // As the variable's type says.
  final Add add = lib.lookup<ffi.NativeFunction<add_func>>('add').asFunction();
  print(add(40, 2)); // expect: 42
  print(add(-1, -2147483647)); // expect: -2147483648
  print(lib.lookupFunction<add_func, Add>('add')(1, 2)); // expect: 3
  print(lib.lookupFunction<add_func, Add>('add', isLeaf: true)(3, 4)); // expect: 7

  double Function(double) half =
      lib.lookup<ffi.NativeFunction<ffi.Double Function(ffi.Double)>>('half').asFunction();
  print(half(5.0)); // expect: 2.5
  var mean = lib.lookupFunction<ffi.Double Function(ffi.Float, ffi.Double, ffi.Float),
      double Function(double, double, double)>('mean');
  print(mean(1.5, 2.5, 5.0)); // expect: 3.0
  var negated = lib.lookupFunction<ffi.Bool Function(ffi.Bool), bool Function(bool)>('negated');
  print([negated(true), negated(false)]); // expect: [false, true]
  var sum6 = lib.lookupFunction<
      ffi.Int64 Function(ffi.Int64, ffi.Int64, ffi.Int64, ffi.Int64, ffi.Int64, ffi.Int64),
      int Function(int, int, int, int, int, int)>('sum6');
  print(sum6(1, 20, 300, 4000, 50000, 9223372036854000000)); // expect: 9223372036854054321

  // What lies above a small result is nothing.
  print(lib.lookupFunction<ffi.Int8 Function(ffi.Int64), int Function(int)>('whole')(0x180));
  // expect: -128
  print(lib.lookupFunction<ffi.Uint16 Function(ffi.Int64), int Function(int)>('whole')(-1));
  // expect: 65535
  print(lib.lookupFunction<ffi.Bool Function(ffi.Int64), bool Function(int)>('whole')(0x100));
  // expect: false
  print(lib.lookupFunction<ffi.Char Function(ffi.Char), int Function(int)>('whole')(65));
  // expect: 65

  // errno is the program's.
  lib.lookupFunction<ffi.Void Function(ffi.Int32), void Function(int)>('set_errno')(17);
  print(ffi.nativeErrno); // expect: 17
  ffi.nativeErrno = 4;
  print(lib.lookupFunction<ffi.Int32 Function(), int Function()>('get_errno')()); // expect: 4

  // C gets the lowest bits of an int, as by its own conversions.
  print(add((1 << 40) + 5, 1)); // expect: 6
  print(add(0xffffffff, -(1 << 32))); // expect: -1
  print(lib.lookupFunction<ffi.Int64 Function(ffi.Uint8), int Function(int)>('whole')(-1));
  // expect: 255
  print(lib.lookupFunction<ffi.Int64 Function(ffi.Int8), int Function(int)>('whole')(0x8abc80));
  // expect: -128
  print(lib.lookupFunction<ffi.Int64 Function(ffi.Int16), int Function(int)>('whole')(1 << 63));
  // expect: 0

  // A function is a value like others.
  print([1, 2, 3].map((x) => add(x, 10)).toList()); // expect: [11, 12, 13]
  print(Function.apply(add, [4, 5])); // expect: 9
  var total = 0;
  for (var i = 0; i < 1000; i++) total = add(total, i);
  print(total); // expect: 499500

  expectError("type", () => add("a", 1));
  // expect: type: Int32 Function(Int32, Int32): argument '1' must be an int, it is "a"
  expectError("null", () => add(1, null));
  // expect: null: Int32 Function(Int32, Int32): argument '2' must be an int, it is null
  expectError("double", () => add(1, 2.5));
  // expect: double: Int32 Function(Int32, Int32): argument '2' must be an int, it is 2.5
  expectKind("count", () => add(1)); // expect: count: NoSuchMethodError
  expectKind("too many", () => add(1, 2, 3)); // expect: too many: NoSuchMethodError
  expectKind("named", () => add(1, b: 2)); // expect: named: NoSuchMethodError
}
