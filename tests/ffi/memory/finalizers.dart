// NativeFinalizer: functions of C that run when objects of the program die.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_garbage.dart';

final counted = DynamicLibrary.open('libcounted.so');
final releases = counted.lookupFunction<Int32 Function(), int Function()>('releases');
final tokens = counted.lookupFunction<Int64 Function(), int Function()>('released_tokens');
final forget = counted.lookupFunction<Void Function(), void Function()>('forget_releases');
final finalizer = new NativeFinalizer(counted.lookup<NativeFinalizerFunction>('count_release'));

class Resource implements Finalizable {
  final int number;
  Resource(this.number);
}

Pointer<Void> token(int number) => new Pointer<Void>.fromAddress(number);

void attachMany(int first, int count) {
  for (var i = 0; i < count; i++) {
    finalizer.attach(new Resource(i), token(first + i), externalSize: 1000);
  }
}

void attachAndDetach() {
  for (var i = 0; i < 10; i++) {
    final resource = new Resource(i);
    final key = new Object();
    finalizer.attach(resource, token(1000), detach: resource);
    finalizer.attach(resource, token(1000), detach: key, externalSize: 100000);
    finalizer.attach(resource, token(7), detach: key);
    finalizer.detach(resource);
    finalizer.detach(key);
    finalizer.detach(key); // Nothing is left.
    new NativeFinalizer(counted.lookup<NativeFinalizerFunction>('count_release')).detach(resource);
  }
}

void attachOneWithDeadKey() {
  finalizer.attach(new Resource(0), token(3), detach: new Object());
}

void ownBlocks(List<Pointer<Int32>> addresses) {
  for (var i = 0; i < 5; i++) {
    final block = calloc.owned<Int32>(4);
    block[3] = i;
    if ((block + 3).value != i) print('wrong');
    addresses.add(new Pointer<Int32>.fromAddress(block.address));
  }
}

Pointer<Int32> keptByDerived() => (calloc.owned<Int32>(4) + 1).cast<Int32>();

class Block implements Finalizable {
  static final freeing = new NativeFinalizer(calloc.nativeFree);
  final Pointer<Uint8> bytes;
  Block() : bytes = calloc<Uint8>(64) {
    freeing.attach(this, bytes.cast(), detach: this, externalSize: 64);
  }
  void close() {
    freeing.detach(this);
    calloc.free(bytes);
  }
}

Pointer<Uint8> dropBlock() => new Block().bytes;

void main() {
  forget();
  attachMany(1, 20);
  print(collectUntil(() => releases() == 20)); // expect: true
  print(tokens()); // expect: 210
  // At most once.
  collect();
  print(releases()); // expect: 20

  forget();
  attachAndDetach();
  attachOneWithDeadKey();
  print(collectUntil(() => releases() > 0)); // expect: true
  print([releases(), tokens()]); // expect: [1, 3]

  // An object that lives keeps its finalizer quiet.
  forget();
  final living = new Resource(1);
  finalizer.attach(living, token(5), detach: living);
  collect();
  print([releases(), living.number]); // expect: [0, 1]

  // The library stays open meanwhile.
  print(errorOf(() => counted.close()));
  // expect: StateError: Bad state: 'libcounted.so' cannot be closed while its function 'count_release' is a finalizer of 1 object.
  finalizer.detach(living);
  final other = DynamicLibrary.open('libcounted.so');
  final dead = new NativeFinalizer(other.lookup<NativeFinalizerFunction>('count_release'));
  other.close();
  print(errorOf(() => dead.attach(living, token(1))).contains("'libcounted.so', which has been closed"));
  // expect: true

  // free as the function: through the table of blocks.
  final dropped = dropBlock();
  print(collectUntil(() => errorOf(() => dropped.value).contains('has been freed'))); // expect: true
  final block = new Block();
  block.bytes[63] = 1;
  block.close();
  print(errorOf(() => block.bytes.value).contains('has been freed')); // expect: true
  final twice = new Block();
  calloc.free(twice.bytes); // The finalizer finds nothing to free.

  // Blocks that are freed with their pointers.
  final addresses = <Pointer<Int32>>[];
  ownBlocks(addresses);
  final derived = keptByDerived();
  collect();
  derived.value = 9;
  print(derived.value); // expect: 9
  print(addresses.length); // expect: 5
  final list = calloc.owned<Uint8>(3).asTypedList(3);
  collect();
  list[2] = 8;
  print(list); // expect: [0, 0, 8]
  final freed = calloc.owned<Int8>();
  calloc.free(freed);
  print(errorOf(() => freed.value).contains('has been freed')); // expect: true
  final given = calloc.owned<Int8>();
  calloc.disown(given);
  DynamicLibrary.process()
      .lookupFunction<Void Function(Pointer<Int8>), void Function(Pointer<Int8>)>('free')(
          new Pointer<Int8>.fromAddress(given.address));

  // What is refused.
  print(errorOf(() => finalizer.attach(null, token(1))).contains("'value' must be Finalizable"));
  // expect: true
  print(errorOf(() => (finalizer as dynamic).attach("text", token(1))).contains("'value' must be Finalizable"));
  // expect: true
  print(errorOf(() => (finalizer as dynamic).attach(living, 5)).contains("'token' must be a Pointer"));
  // expect: true
  print(errorOf(() => finalizer.attach(living, null)).contains("'token' must be a Pointer")); // expect: true
  print(errorOf(() => finalizer.attach(living, token(1), detach: 5)).contains("'detach' must be an object"));
  // expect: true
  print(errorOf(() => finalizer.attach(living, token(1), detach: "key")).contains("'detach' must be an object"));
  // expect: true
  print(errorOf(() => finalizer.attach(living, token(1), externalSize: -1)).contains("externalSize"));
  // expect: true
  var more = new Resource(0); // What all say together is bounded, too.
  finalizer.attach(more, token(1), detach: more, externalSize: 1 << 60);
  print(errorOf(() => finalizer.attach(living, token(1), externalSize: 1 << 61)).contains("externalSize"));
  // expect: true
  finalizer.detach(more);
  print(errorOf(() => finalizer.detach(null)).contains("'detach' must be an object")); // expect: true
  print(errorOf(() => new NativeFinalizer(nullptr.cast<NativeFinalizerFunction>())).contains('must not be nullptr'));
  // expect: true
  print(errorOf(() => new NativeFinalizer(nullptr)).contains('must point to a native function')); // expect: true
  print(errorOf(() => new NativeFinalizer(
      counted.lookup<NativeFunction<Int32 Function(Pointer<Void>)>>('count_release')))
      .contains('must point to a native function')); // expect: true
  print(errorOf(() => new NativeFinalizer(Pointer.fromFunction<Void Function(Pointer<Void>)>(ofProgram)))
      .contains('must be a function of C')); // expect: true
  final inner = calloc<Int32>(2);
  print(errorOf(() => Block.freeing.attach(living, (inner + 1).cast())).contains('must be the beginning'));
  // expect: true
  calloc.free(inner);
  print(errorOf(() => Block.freeing.attach(living, inner.cast())).contains("'token' must be valid"));
  // expect: true
  // What is left runs when the isolate ends: shutdown.dart.
}

void ofProgram(Pointer<Void> token) {}
