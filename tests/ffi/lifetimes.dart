// When what an arena or a callback holds is given back: once, last first, and not before its time.
import 'dart:async';
import 'dart:ffi';
import 'package:ffi/ffi.dart';

// Notes what it frees.
class Noting implements Allocator {
  final List freed = [];
  var _next = 0x1000;
  Pointer<T> allocate<T>(int byteCount, {int alignment}) {
    _next += byteCount;
    return new Pointer<T>.fromAddress(_next);
  }
  void free(Pointer pointer) {
    freed.add(pointer.address);
  }
  noSuchMethod(_) => null;
}

show(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "<$error>".split("\n").first;
  }
}

void main() {
  var noting = new Noting();
  var order = [];
  var arena = new Arena(noting);
  arena.allocate<Int8>(1);
  arena.using("first", (x) => order.add(x));
  arena.onReleaseAll(() => order.add("second"));
  arena.allocate<Int8>(1);
  arena.releaseAll(reuse: true);
  print("$order ${noting.freed}"); // expect: [second, first] [4097, 4098]
  arena.allocate<Int8>(1);
  arena.releaseAll();
  print("$order ${noting.freed}"); // expect: [second, first] [4097, 4098, 4099]
  print(show(() => arena.allocate<Int8>(1)));
  // expect: <Bad state: Arena no longer in use, `releaseAll(reuse: false)` was called.>
  arena.releaseAll();
  print(noting.freed.length); // expect: 3

  // Also where the function throws; and a future's when it has ended.
  print(show(() => using((arena) {
    arena.allocate<Int8>(1);
    throw "thrown";
  }, noting))); // expect: <thrown>
  print(noting.freed.length); // expect: 4
  var ended = new Completer();
  var result = using((arena) {
    arena.allocate<Int8>(1);
    return ended.future;
  }, noting);
  print(noting.freed.length); // expect: 4
  ended.complete("in the end");
  result.then((x) => print("$x ${noting.freed.length}")).then((_) => callbacks());
  // expect: in the end 5
}

// One that could not be opened keeps nothing running, and a closed one is refused.
void callbacks() {
  print(show(() => new NativeCallable<Int32 Function(Int32)>.isolateLocal((String x, y, z) => 1)));
  // expect: <Invalid argument(s): NativeCallable.isolateLocal: argument 'callback' must take 1 arguments, as 'Int32 Function(Int32)' does, it is Instance of '_Closure'>
  var callable = new NativeCallable<Void Function(Int32)>.listener((x) => print(x));
  print("${callable.keepIsolateAlive} ${callable.nativeFunction.address != 0}"); // expect: true true
  callable.keepIsolateAlive = false;
  print(callable.keepIsolateAlive); // expect: false
  callable.close();
  callable.close();
  print(callable.keepIsolateAlive); // expect: false
  print(show(() => callable.keepIsolateAlive = true)); // expect: <Bad state: NativeCallable is closed.>
  print(show(() => callable.nativeFunction)); // expect: <Bad state: NativeCallable is closed.>
}
