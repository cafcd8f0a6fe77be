// Values of the program as handles: arguments and results of C, and of callbacks.
import 'dart:ffi';
import '../lib_expect.dart';

class Point {
  final int x, y;
  Point(this.x, this.y);
  String toString() => "Point($x, $y)";
}

final class Three extends Struct {
  @Int64()
  external int a;
  @Int64()
  external int b;
  @Int64()
  external int c;
}

typedef FunctionC = Handle Function(Handle, Int32);

@Native<Handle Function(Handle)>(symbol: 'same', assetId: 'libhandles.so')
external Object sameOf(Object o);

@Native<Handle Function(Handle)>(symbol: 'same', assetId: 'libhandles.so', isLeaf: true)
external Object sameInLeaf(Object o);

Object pair(Object o, int n) => [o, n];
Object fail(Object o, int n) => throw "failed with $o and $n";
void nothing(Object o, int n) {}

void main() {
  final lib = DynamicLibrary.open('libhandles.so');

  // Whatever it is, it comes back.
  final same = lib.lookupFunction<Handle Function(Handle), dynamic Function(dynamic)>('same');
  final point = Point(3, 4);
  print(identical(same(point), point)); // expect: true
  print([same(null), same(true), same(1 << 62), same(-5), same(0.5), same('text'), same([1, 2])]);
  // expect: [null, true, 4611686018427387904, -5, 0.5, text, [1, 2]]
  print(same((int x) => x + 1)(41)); // expect: 42
  print(same(lib) == lib); // expect: true
  print(same(nullptr) == nullptr); // expect: true
  print(sameOf(point)); // expect: Point(3, 4)
  final Point Function(Point) typed = lib.lookup<NativeFunction<Handle Function(Handle)>>('same').asFunction();
  print(typed(point).x); // expect: 3

  final length = lib.lookupFunction<Int64 Function(Handle), int Function(Object)>('length_of');
  print([length('four'), length(5)]); // expect: [4, -1]
  final listOf = lib.lookupFunction<
      Handle Function(Handle, Double, Handle, Int32, Handle, Handle, Handle, Handle),
      Object Function(Object, double, Object, int, Object, Object, Object, Object)>('list_of');
  print(listOf('a', 1.5, point, -7, 'e', 'f', 'g', 'h'));
  // expect: [a, 1.5, Point(3, 4), -7, e, f, g, h]
  final lastOfMany = lib.lookupFunction<Handle Function(Int32), Object Function(int)>('last_of_many');
  for (var i = 0; i < 20; i++) lastOfMany(1000);
  print(lastOfMany(1000)); // expect: 999

  // With a struct, by reference and in memory that the result is written to.
  final three = lib.lookupFunction<Three Function(Handle, Three), Three Function(Object, Three)>('three');
  final before = Struct.create<Three>()..a = 10..b = 20..c = 30;
  final after = three('123', before);
  print([after.a, after.b, after.c]); // expect: [13, 20, 30]

  // An error that comes back is thrown.
  final throws = lib.lookupFunction<Handle Function(Handle), Object Function(Object)>('throws');
  try {
    throws(point);
  } catch (e) {
    print(identical(e, point)); // expect: true
  }
  expectError("propagates",
      () => lib.lookupFunction<Void Function(Handle), void Function(Object)>('propagates')("so it is"));
  // expect: propagates: so it is
  expectError("fails", () => lib.lookupFunction<Handle Function(), Object Function()>('fails')());
  // expect: fails: Bad state: it did not work
  expectError("none", () => lib.lookupFunction<Handle Function(), Object Function()>('no_handle')());
  // expect: none: Bad state: A native function returned something that is not a live handle.

  // Callbacks: a result ends with the scope of who called.
  final call = lib.lookupFunction<Handle Function(Pointer<NativeFunction<FunctionC>>, Handle),
      Object Function(Pointer<NativeFunction<FunctionC>>, Object)>('call');
  print(call(Pointer.fromFunction<FunctionC>(pair), point)); // expect: [Point(3, 4), 5]
  final closure = NativeCallable<FunctionC>.isolateLocal((Object o, int n) {
    final garbage = new List.filled(50, "$o");
    return "${garbage.length + n} of $o";
  });
  print(call(closure.nativeFunction, point)); // expect: 55 of Point(3, 4)
  // What it throws is the error that C gets, and may throw on.
  expectError("thrown on", () => call(Pointer.fromFunction<FunctionC>(fail), 1));
  // expect: thrown on: failed with 1 and 5
  final errorOf = lib.lookupFunction<Handle Function(Pointer<NativeFunction<FunctionC>>, Handle),
      Object Function(Pointer<NativeFunction<FunctionC>>, Object)>('error_of');
  print(errorOf(Pointer.fromFunction<FunctionC>(fail), 2)); // expect: failed with 2 and 5
  print(errorOf(closure.nativeFunction, 2)); // expect: false
  final withNone = lib.lookupFunction<Handle Function(Pointer<NativeFunction<FunctionC>>),
      Object Function(Pointer<NativeFunction<FunctionC>>)>('call_with_none');
  expectError("argument", () => withNone(closure.nativeFunction));
  // expect: argument: Bad state: Argument 1 of a callback of type 'Handle Function(Handle, Int32)' must be a live handle of a value.
  final withError = lib.lookupFunction<Handle Function(Pointer<NativeFunction<FunctionC>>),
      Object Function(Pointer<NativeFunction<FunctionC>>)>('call_with_error');
  expectError("error", () => withError(closure.nativeFunction));
  // expect: error: Bad state: Argument 1 of a callback of type 'Handle Function(Handle, Int32)' must be a live handle of a value.
  closure.close();

  // Held beyond the call.
  lib.lookupFunction<Void Function(Handle), void Function(Object)>('hold')([point]);
  for (var i = 0; i < 100; i++) new List.filled(100, i);
  final held = lib.lookupFunction<Handle Function(), dynamic Function()>('get_held');
  print(held()); // expect: [Point(3, 4)]
  lib.lookupFunction<Void Function(), void Function()>('let_go')();

  // ---- What is refused
  expectError("leaf", () => lib.lookupFunction<Handle Function(Handle), Object Function(Object)>('same', isLeaf: true));
  // expect: leaf: lookupFunction: the receiver must point to a function that can be called: 'Handle Function(Handle)' has a Handle, of which there are none in leaf calls, it is Instance of 'Pointer<NativeFunction<Handle Function(Handle)>>'
  expectError("native leaf", () => sameInLeaf(1));
  // expect: native leaf: Invalid argument: It stands for no C function: 'Handle Function(Handle)' has a Handle, of which there are none in leaf calls: "sameInLeaf"
  expectError("releasing", () => lib.lookupFunction<Void Function(Handle), void Function(Object)>('hold', releasesIsolate: true));
  // expect: releasing: lookupFunction: the receiver must point to a function that can be called: 'Void Function(Handle)' has a Handle, of which there are none in calls that release the isolate, it is Instance of 'Pointer<NativeFunction<Void Function(Handle)>>'
  expectError("listener", () => NativeCallable<Void Function(Handle)>.listener((o) {}));
  // expect: listener: NativeCallable.listener: argument 'callback' must be for a type without a Handle, which only the isolate's own thread has, not 'Void Function(Handle)', it is Instance of '_Closure'
  expectError("blocking", () => NativeCallable<FunctionC>.blocking(pair));
  // expect: blocking: NativeCallable.blocking: argument 'callback' must be for a type without a Handle, which only the isolate's own thread has, not 'Handle Function(Handle, Int32)', it is Instance of '_Closure'
  expectError("exceptional", () => Pointer.fromFunction<FunctionC>(pair, 1));
  // expect: exceptional: Pointer.fromFunction: argument 'exceptionalReturn' must not be given for 'Handle Function(Handle, Int32)', which returns a Handle: that is the error, it is 1
  expectError("declared", () => Pointer.fromFunction<FunctionC>(nothing));
  // expect: declared: Pointer.fromFunction: argument 'f' must be declared as what C calls: 'void Function(Object, int)' does not fit 'Handle Function(Handle, Int32)': it gives 'void', in C 'Handle', it is Instance of '_Closure'
  expectError("type", () => lib.lookupFunction<Handle Function(), void Function()>('fails'));
  // expect: type: lookupFunction: the receiver must be called as what it is: 'void Function()' does not fit 'Handle Function()': it gives 'void', in C 'Handle', it is Instance of 'Pointer<NativeFunction<Handle Function()>>'
  expectError("size", () => sizeOf<Handle>());
  // expect: size: Unsupported operation: sizeOf: 'Handle' has no size.
  expectError("memory", () => new Pointer<Handle>.fromAddress(0x10000).value);
  // expect: memory: value: the receiver must point to a native type that has values: 'Handle' has no size, it is Instance of 'Pointer<Handle>'
}
