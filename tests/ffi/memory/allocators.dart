// Allocators of the program's own, arenas that end, pointers that cannot be sent.
import 'dart:async';
import 'dart:ffi';
import 'dart:isolate';
import 'package:ffi/ffi.dart';
import 'lib_garbage.dart';

// `call` is an extension: nothing but these two is to be implemented.
class Logging implements Allocator {
  final List<String> log = [];
  Pointer<T> allocate<T>(int byteCount, {int alignment}) {
    log.add('allocate $byteCount');
    return malloc.allocate<T>(byteCount, alignment: alignment);
  }

  void free(Pointer pointer) {
    log.add('free');
    malloc.free(pointer);
  }
}

void main() {
  final logging = new Logging();
  final three = logging<Int32>(3);
  three[2] = 3;
  logging.free(three);
  logging.free(logging<Double>());
  print(logging.log); // expect: [allocate 12, free, allocate 8, free]
  print(errorOf(() => logging<Int32>(-1)).contains('count')); // expect: true
  print(errorOf(() => logging<Void>()).contains('sizeOf')); // expect: true
  final text = 'abc'.toNativeUtf8(allocator: logging);
  logging.free(text);
  final released = using((Arena arena) {
    arena<Int8>(5);
    arena.using('it', (it) => print('released $it'));
    return 'result';
  }, logging); // expect: released it
  print(released); // expect: result
  print(logging.log.length); // expect: 8

  // One callback that throws does not keep the rest.
  final arena = new Arena(logging);
  final block = arena<Int8>();
  arena.onReleaseAll(() => print('first'));
  arena.onReleaseAll(() => throw 'second');
  print(errorOf(() => arena.releaseAll()));
  // expect: first
  // expect: String: second
  print(errorOf(() => block.value).contains('has been freed')); // expect: true
  print(errorOf(() => arena<Int8>()).contains('no longer in use')); // expect: true
  print(errorOf(() => arena.using(1, (x) {})).contains('no longer in use')); // expect: true
  print(errorOf(() => arena.onReleaseAll(() {})).contains('no longer in use')); // expect: true
  final reused = new Arena();
  reused<Int8>();
  reused.releaseAll(reuse: true);
  reused<Int8>().value = 1;
  reused.releaseAll();
  reused.releaseAll();
  print(errorOf(() => zoneArena).contains('zones carry no arena')); // expect: true
  final port = new ReceivePort();
  print(errorOf(() => port.sendPort.send(nullptr)).contains("'Pointer'")); // expect: true
  port.close();
  using((Arena arena) {
    final p = arena<Int32>();
    return new Future.value(1).then((_) {
      p.value = 5; // It is there until the future is complete.
      return p;
    });
  }).then((p) {
    print(errorOf(() => p.value).contains('has been freed')); // expect: true
  });
}
