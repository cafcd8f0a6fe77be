// Functions that C calls, on the isolate's own thread.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';

typedef Step = Int32 Function(Int32);
typedef Call = Int32 Function(Pointer<NativeFunction<Step>>, Int32);
typedef CallOfProgram = int Function(Pointer<NativeFunction<Step>>, int);

int twice(int x) => 2 * x;
int fails(int x) => throw "failed with $x";
noInt(int x) => "text";
int tooLarge(int x) => 1 << 40;

class C {
  final int more;
  C([this.more = 0]);

  static int thrice(int x) => 3 * x;
  int method(int x) => x + more;
}

int optional(int x, [int y = 40]) => x + y;
int named(int x, {int y: 50}) => x + y;

void main() {
  final lib = DynamicLibrary.open('libcallers.so');
  final call = lib.lookupFunction<Call, CallOfProgram>('call_in_cpp');
  final int Function() destroyed = lib.lookupFunction<Int32 Function(), int Function()>('destroyed');

  print(call(Pointer.fromFunction<Step>(twice, -1), 20)); // expect: 41
  print(call(Pointer.fromFunction<Step>(C.thrice, -1), -7)); // expect: -20
  // The type is inferred; the function's pointer is the same again, and a function to the program.
  Pointer<NativeFunction<Step>> again = Pointer.fromFunction(twice, -1);
  print(again == Pointer.fromFunction<Step>(twice, -1)); // expect: true
  print(again == Pointer.fromFunction<Step>(twice, -2)); // expect: false
  final int Function(int) back = again.asFunction();
  print(back(4)); // expect: 8

  // Functions of every kind: with a receiver, with what they have captured, with more parameters.
  final captured = 30;
  for (final f in [C.thrice, new C(20).method, (int x) => x + captured, optional, named]) {
    final each = NativeCallable<Step>.isolateLocal(f, exceptionalReturn: 0);
    print(call(each.nativeFunction, 5));
    each.close();
  }
  // expect: 16
  // expect: 26
  // expect: 36
  // expect: 46
  // expect: 56

  // Every class of scalar, in registers and on the stack.
  final scalars = NativeCallable<
      Double Function(Int8, Uint8, Int16, Uint16, Int32, Uint32, Int64, Float, Double, Bool,
          Pointer<Uint8>, Int64)>.isolateLocal((a, b, c, d, e, f, g, h, i, j, k, l) {
    print([a, b, c, d, e, f, g, h, i, j, k[0], l]);
    return 0.125;
  }, exceptionalReturn: 0.0);
  print(lib.lookupFunction<Double Function(Pointer<Void>), double Function(Pointer<Void>)>(
      'call_scalars')(scalars.nativeFunction.cast<Void>()));
  // expect: [-8, 200, -1600, 60000, -32, 4000000000, -9223372036854775808, 1.5, 2.25, true, 116, 12]
  // expect: 0.125
  scalars.close();
  final eight = NativeCallable<Int8 Function(Int8)>.isolateLocal((x) => x - 1, exceptionalReturn: 7);
  final call8 = lib.lookupFunction<Int32 Function(Pointer<NativeFunction<Int8 Function(Int8)>>, Int32),
      int Function(Pointer<NativeFunction<Int8 Function(Int8)>>, int)>('call_8');
  print(call8(eight.nativeFunction, -100)); // expect: -101
  print(call8(eight.nativeFunction, 384)); // expect: 127
  eight.close();
  final half = NativeCallable<Float Function(Float)>.isolateLocal((x) => x / 2, exceptionalReturn: 0);
  print(lib.lookupFunction<Float Function(Pointer<Void>, Float), double Function(Pointer<Void>, double)>(
      'call_float')(half.nativeFunction.cast<Void>(), 5.0)); // expect: 2.5
  half.close();
  final not = NativeCallable<Bool Function(Bool)>.isolateLocal((x) => !x, exceptionalReturn: false);
  print(lib.lookupFunction<Bool Function(Pointer<Void>, Bool), bool Function(Pointer<Void>, bool)>(
      'call_bool')(not.nativeFunction.cast<Void>(), false)); // expect: true
  not.close();
  final text = malloc<Uint8>(2);
  text[0] = 104;
  text[1] = 101;
  final next = NativeCallable<Pointer<Uint8> Function(Pointer<Uint8>)>.isolateLocal((x) => x + 1);
  print(lib
      .lookupFunction<Pointer<Uint8> Function(Pointer<Void>, Pointer<Uint8>),
          Pointer<Uint8> Function(Pointer<Void>, Pointer<Uint8>)>('call_pointer')(
          next.nativeFunction.cast<Void>(), text)
      .value); // expect: 101
  next.close();
  malloc.free(text);

  // C's errno is C's.
  print(lib.lookupFunction<Int32 Function(Pointer<NativeFunction<Step>>),
      int Function(Pointer<NativeFunction<Step>>)>('errno_behind')(again)); // expect: 42

  // Calls within calls, and collections meanwhile.
  NativeCallable<Step> deep;
  deep = NativeCallable<Step>.isolateLocal((int x) {
    var garbage = new List.filled(100, "$x");
    if (x == 0) return garbage.length;
    return call(deep.nativeFunction, x - 1);
  }, exceptionalReturn: 0);
  print(call(deep.nativeFunction, 10)); // expect: 111
  deep.close();

  // ---- What a callback throws: C gets the exceptional result, and destructors run.
  var before = destroyed();
  print(call(Pointer.fromFunction<Step>(fails, -40), 1)); // expect: -39
  print(call(Pointer.fromFunction<Step>(noInt, -41), 1)); // expect: -40
  print(call(Pointer.fromFunction<Step>(fails, (1 << 40) + 3), 1)); // expect: 4
  print(call(Pointer.fromFunction<Step>(tooLarge, -42), 1)); // expect: 1
  print(destroyed() - before); // expect: 4
  var returned = 0;
  for (var policy in [CallbackError.rethrowAtReturn, CallbackError.unwind]) {
    before = destroyed();
    final thrower =
        NativeCallable<Step>.isolateLocal(fails, exceptionalReturn: 5, onError: policy);
    expectError("$policy", () => call(thrower.nativeFunction, 2));
    print(destroyed() - before);
    // Through two calls of C, and through one that handles it.
    final outer = NativeCallable<Step>.isolateLocal((int x) {
      try {
        return call(thrower.nativeFunction, x);
      } finally {
        returned++;
      }
    }, exceptionalReturn: 6, onError: policy);
    expectError("outer", () => call(outer.nativeFunction, 3));
    print([destroyed() - before, returned]);
    final handler = NativeCallable<Step>.isolateLocal((int x) {
      try {
        return call(thrower.nativeFunction, x);
      } catch (e) {
        return 100;
      }
    }, exceptionalReturn: 6);
    print(call(handler.nativeFunction, 4));
    outer.close();
    handler.close();
    thrower.close();
  }
  // expect: CallbackError.rethrowAtReturn: failed with 2
  // expect: 1
  // expect: outer: failed with 3
  // expect: [3, 1]
  // expect: 101
  // expect: CallbackError.unwind: failed with 2
  // expect: 1
  // expect: outer: failed with 3
  // expect: [3, 2]
  // expect: 101
  final wrong =
      NativeCallable<Step>.isolateLocal(noInt, exceptionalReturn: 5, onError: CallbackError.unwind);
  expectError("result", () => call(wrong.nativeFunction, 2));
  // expect: result: Bad state: What a callback of type 'Int32 Function(Int32)' returns must be an int
  wrong.close();

  // ---- Closing
  NativeCallable<Step> once;
  once = NativeCallable<Step>.isolateLocal((int x) {
    once.close();
    return x;
  }, exceptionalReturn: -9);
  final address = once.nativeFunction;
  print(call(address, 1)); // expect: 2
  print(call(address, 1)); // expect: -8
  once.close();
  expectError("closed", () => once.nativeFunction);
  // expect: closed: Bad state: NativeCallable is closed.
  expectError("alive", () => once.keepIsolateAlive = true);
  // expect: alive: Bad state: NativeCallable is closed.
  print(once.keepIsolateAlive); // expect: false

  // In a leaf call nothing of the program may run.
  print(lib.lookupFunction<Call, CallOfProgram>('call_in_cpp', isLeaf: true)(again, 1)); // expect: 0
  // In one that releases the isolate, its thread comes back.
  final released = lib.lookupFunction<Call, CallOfProgram>('call_in_cpp', releasesIsolate: true);
  print(released(again, 30)); // expect: 61
  final unwound = NativeCallable<Step>.isolateLocal(fails,
      exceptionalReturn: 5, onError: CallbackError.unwind);
  expectError("released", () => released(unwound.nativeFunction, 5));
  // expect: released: failed with 5
  unwound.close();

  // ---- What is refused
  expectError("count", () => Pointer.fromFunction<Step>(() => 1, 1));
  // expect: count: Pointer.fromFunction: argument 'f' must take 1 arguments, as 'Int32 Function(Int32)' does, it is Instance of '_Closure'
  expectError("none", () => Pointer.fromFunction<Step>(twice));
  // expect: none: Pointer.fromFunction: argument 'exceptionalReturn' must be given: C gets it when the function throws, it is null
  expectError("type", () => Pointer.fromFunction<Step>(twice, "no"));
  // expect: type: Pointer.fromFunction: argument 'exceptionalReturn' must be an int, it is "no"
  expectError("void", () => Pointer.fromFunction<Void Function(Int32)>(twice, 0));
  // expect: void: Pointer.fromFunction: argument 'exceptionalReturn' must not be given for 'Void Function(Int32)', which returns nothing, it is 0
}
