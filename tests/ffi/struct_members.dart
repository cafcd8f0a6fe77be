// Structs as classes: members of their own, extensions, types by other names, compound assignments.
import 'dart:ffi' as ffi;
import 'package:ffi/ffi.dart';

typedef Vec = ffi.Array<ffi.Float>;
typedef Bytes = ffi.Pointer<ffi.Int8>;
typedef Twice = ffi.Int32 Function(ffi.Int32);

@ffi.AbiSpecificIntegerMapping({
  ffi.Abi.linuxX64: ffi.Int64(),
  ffi.Abi.linuxArm64: ffi.Int64(),
  ffi.Abi.windowsX64: ffi.Int32(),
})
final class OwnLong extends ffi.AbiSpecificInteger {
  const OwnLong();
}

final class Inner extends ffi.Struct {
  @ffi.Int32()
  external int a;
  external Bytes bytes;
  @override
  String toString() => '(Inner a: ${a})';
}

final class S extends ffi.Struct implements Comparable<S> {
  @ffi.Int32()
  external int a;
  @ffi.Array(3)
  external Vec v;
  external Inner inner;
  external ffi.Pointer<ffi.NativeFunction<Twice>> twice;
  external ffi.Pointer<ffi.Pointer<S>> all;
  @OwnLong()
  external int own;
  @ffi.Array(2)
  external ffi.Array<OwnLong> owns;
  @ffi.Uint8()
  @Deprecated('no')
  external int flags;

  static S make(int a) => calloc<S>().ref..a = a;
  factory S.of(ffi.Allocator allocator, int a, double v0) {
    final result = allocator<S>().ref;
    result.a = a;
    result.v[0] = v0;
    return result;
  }
  int compareTo(S other) => a.compareTo(other.a);
  operator +(S other) => make(a + other.a);
  bool get isBig => a > 100;
}

extension Norm on ffi.Pointer<S> {
  double get norm => ref.v[0] * ref.v[0];
}

int doubled(int x) => 2 * x;

class Deprecated { final String s; const Deprecated(this.s); }
const override = 1;

T get<T extends ffi.Struct>(ffi.Pointer<T> p) => p.ref;

ffi.Pointer<T> alloc<T extends ffi.NativeType>() => calloc<T>();

void main() {
  final s = S.make(5);
  s.a += 3;
  s.a++;
  ++s.a;
  print(s.a); // expect: 10
  s.v[1] = 1;
  s.v[1] += 0.5;
  s.v[1]++;
  print(s.v[1]); // expect: 2.5
  final p = calloc<S>();
  p.ref.a++;
  p.ref.inner.a -= 4;
  print([p.ref.a, p.ref.inner.a, p.ref.inner.toString()]); // expect: [1, -4, (Inner a: -4)]
  p.ref.v[0] = 3.0;
  print(p.norm); // expect: 9.0
  print((s + p.ref).a); // expect: 11
  print(s.compareTo(p.ref)); // expect: 1
  s.twice = ffi.Pointer.fromFunction<Twice>(doubled, 0);
  print(s.twice.asFunction<int Function(int)>()(21)); // expect: 42
  final int Function(int) f = s.twice.asFunction();
  print(f(4)); // expect: 8
  s.all = calloc<ffi.Pointer<S>>(2);
  s.all[1] = p;
  print(s.all[1].ref.a); // expect: 1
  print((s.all + 1).value.ref.a); // expect: 1
  s.own = 1 << 40;
  s.owns[1] = -1;
  s.flags = 257;
  print([s.own, s.owns[1], s.flags, ffi.sizeOf<OwnLong>(), ffi.sizeOf<S>()]); // expect: [1099511627776, -1, 1, 8, 80]
  final q = calloc<OwnLong>(3);
  q[2] = 5;
  q.value = -9;
  print([q[0], q[2], (q + 2).value]); // expect: [-9, 5, 5]
  print(get(p).a); // expect: 1
  final ffi.Pointer<Inner> inner = alloc();
  inner.ref.bytes = 'abc'.toNativeUtf8().cast();
  print(inner.ref.bytes[1]); // expect: 98
  print(inner.ref.bytes.cast<Utf8>().toDartString()); // expect: abc
  print(S.of(malloc, 101, 2).isBig); // expect: true
  using((arena) {
    final many = arena<S>(10);
    for (var i = 0; i < 10; i++) many[i].a = i;
    var sum = 0;
    for (var i = 0; i < 10; i++) sum += many[i].a;
    print(sum); // expect: 45
  });
  var list = [3, 1, 2].map(S.make).toList()..sort();
  print(list.map((x) => x.a).toList()); // expect: [1, 2, 3]
  late final S lazy = S.make(9);
  print(lazy.a); // expect: 9
  print(s is ffi.Struct); // expect: true
  S? maybe = null;
  print(maybe?.a); // expect: null
  maybe = s;
  print(maybe!.a); // expect: 10
  print(s == s); // expect: true
  final r = p.ref;
  print(r.inner.bytes == ffi.nullptr); // expect: true
  print(p.ref.hashCode == 5); // expect: false
}
