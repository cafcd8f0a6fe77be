// What a function of C may be called as, and what has a size.
import 'dart:ffi';

class Mine extends Opaque {}

show(f) {
  try {
    return "${f()}";
  } on Error catch (error) {
    return "<$error>".split("\n").first;
  }
}

void main() {
  final lib = DynamicLibrary.open('libforeign_classes.so');
  final half = lib.lookup<NativeFunction<Double Function(Double)>>('half');
  print(show(() => half.asFunction<num Function(num)>()(5.0))); // expect: 2.5
  print(show(() => half.asFunction<Object Function(double)>()(5.0))); // expect: 2.5
  print(show(() => half.asFunction<double Function(int)>()(5))); // expect: <Invalid argument(s): asFunction: the receiver must be called as what it is: 'double Function(int)' does not fit 'Double Function(Double)': argument 1 is 'int', in C 'Double', it is Instance of 'Pointer<NativeFunction<Double Function(Double)>>'>
  print(show(() => half.asFunction<int Function(double)>()(5.0))); // expect: <Invalid argument(s): asFunction: the receiver must be called as what it is: 'int Function(double)' does not fit 'Double Function(Double)': it gives 'int', in C 'Double', it is Instance of 'Pointer<NativeFunction<Double Function(Double)>>'>
  print(show(() => half.asFunction<void Function(double)>()(5.0))); // expect: <Invalid argument(s): asFunction: the receiver must be called as what it is: 'void Function(double)' does not fit 'Double Function(Double)': it gives 'void', in C 'Double', it is Instance of 'Pointer<NativeFunction<Double Function(Double)>>'>
  print(show(() => half.asFunction<double Function()>()())); // expect: <Invalid argument(s): asFunction: the receiver must be called as what it is: 'double Function()' does not fit 'Double Function(Double)': it takes 0 arguments, not 1, it is Instance of 'Pointer<NativeFunction<Double Function(Double)>>'>
  final add = lib.lookup<NativeFunction<Int32 Function(Int32, Int32)>>('add');
  print(show(() => add.asFunction<num Function(num, int)>()(1, 2))); // expect: 3
  print(show(() => add.asFunction<bool Function(int, int)>()(1, 2))); // expect: <Invalid argument(s): asFunction: the receiver must be called as what it is: 'bool Function(int, int)' does not fit 'Int32 Function(Int32, Int32)': it gives 'bool', in C 'Int32', it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32, Int32)>>'>
  // A result that is none is taken for nothing, whatever the function leaves.
  final none = lib.lookup<NativeFunction<Void Function(Int32, Int32)>>('add');
  for (var f in [
    () => none.asFunction<void Function(int, int)>()(1, 2), () => none.asFunction<Null Function(int, int)>()(1, 2),
    () => none.asFunction<Object Function(int, int)>()(1, 2), () => none.asFunction<int Function(int, int)>()(1, 2),
  ]) print(show(f));
  // expect: null
  // expect: null
  // expect: null
  // expect: <Invalid argument(s): asFunction: the receiver must be called as what it is: 'int Function(int, int)' does not fit 'Void Function(Int32, Int32)': it gives 'int', in C 'Void', it is Instance of 'Pointer<NativeFunction<Void Function(Int32, Int32)>>'>
  // Parameters of C are all there.
  print(show(() => lib.lookupFunction<Int32 Function(Int32, [Int32]), Function>('add')(1, 2))); // expect: <Invalid argument(s): lookupFunction: the receiver must point to a function that can be called: 'Int32 Function(Int32, [Int32])' has parameters that may be left out, which C functions do not, it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32, [Int32])>>'>
  print(show(() => lib.lookupFunction<Int32 Function(Int32, {Int32 b}), Function>('add')(1, 2))); // expect: <Invalid argument(s): lookupFunction: the receiver must point to a function that can be called: 'Int32 Function(Int32, {Int32 b})' has parameters that may be left out, which C functions do not, it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32, {Int32 b})>>'>

  print(show(() => sizeOf<Mine>())); // expect: <Unsupported operation: sizeOf: 'Mine' has no size.>
  print(show(() => sizeOf<Int64>())); // expect: 8
  print(new Pointer<Mine>.fromAddress(16)); // expect: Pointer: address=0x10
}
