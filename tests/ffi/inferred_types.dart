// Types that nobody writes where they are needed: typedefs, fields, parameters, extensions.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';
typedef PI8 = Pointer<Int8>;
typedef P<T extends NativeType> = Pointer<T>;
typedef I = Int32;
typedef F1 = I Function(I);
typedef PF = Pointer<NativeFunction<F1>>;
class Holder {
  final Pointer<Int16> a = calloc();
  final Pointer<Int16> b;
  Pointer<Int16>? c;
  static final Pointer<Int32> s = calloc(3);
  late final Pointer<Int32> l = calloc(3);
  late Pointer<Int64> m;
  Holder() : b = calloc(2) { c = calloc(); m = calloc(); }
  Holder.n({Pointer<Int16>? b}) : b = b ?? calloc();
  Pointer<Uint8> get g => calloc();
  Pointer<Uint8> f() { return calloc(2); }
  Pointer<Uint8> h() { Pointer<Uint8> p; p = calloc(); return p; }
}
class Box<T extends NativeType> {
  final Pointer<T> p;
  Box(this.p);
  Box<U> cast<U extends NativeType>() => Box(p.cast());
  Pointer<T> next() => p.elementAt(0);
}
void take(Pointer<Uint32> p, {Pointer<Uint8>? q}) { p.value = 8; q?.value = 9; calloc.free(p); if (q != null) calloc.free(q); }
Pointer<T> make<T extends NativeType>() { final Pointer<T> p = malloc.allocate(64); return p; }
extension IntPtrs on Pointer<Int32> {
  List<int> toList(int n) => [for (var i = 0; i < n; i++) this[i]];
  int sum(int n) { var s = 0; for (var i = 0; i < n; i++) s += this[i]; return s; }
  int operator ~() => value;
}
extension Lists on List<int> {
  Pointer<Int32> toNative({Allocator allocator = malloc}) {
    final p = allocator<Int32>(length);
    for (var i = 0; i < length; i++) p[i] = this[i];
    return p;
  }
}
extension on Pointer<Int8> { int get first => this[0]; }
extension ExtGen<T extends NativeType> on Pointer<T> { Pointer<T> get me => this; bool get isNull => address == 0; }
main() {
  PI8 p = calloc();
  p.value = 3;
  Expect.equals(3, p.first);
  Expect.isFalse(p.isNull);
  P<Int16> q = calloc(2);
  q[1] = 5;
  Expect.equals(5, q.me[1]);
  var r = PI8.fromAddress(p.address);
  Expect.equals(3, r.value);
  P<Int8> r2 = P.fromAddress(p.address);
  Expect.equals(3, r2.value);
  final r3 = P<Int8>.fromAddress(p.address);
  Expect.equals(3, r3.value);
  Expect.equals(4, sizeOf<I>());
  Expect.equals(8, sizeOf<PI8>());
  Expect.equals(8, sizeOf<P<Int16>>());
  final h = Holder();
  h.a.value = 1; h.b[1] = 2; h.c!.value = 3; Holder.s[2] = 4; h.l[1] = 5; h.m.value = 6; h.g.value = 7; h.f()[1] = 8; h.h().value = 9;
  Expect.equals(2, h.b[1]);
  Expect.equals(1, Holder.n().b.cast<Int8>().value + 1);
  take(calloc());
  take(calloc(), q: calloc());
  Pointer<Int32> mm = make();
  mm[3] = 5; Expect.equals(5, mm[3]); malloc.free(mm);
  final mn = make<Int64>();
  mn[3] = 5; Expect.equals(5, mn[3]); malloc.free(mn);
  final b = Box<Int8>(p);
  Expect.equals(3, b.p.value);
  Expect.equals(3, b.next().value);
  Box<Uint8> b2 = b.cast();
  Expect.equals(3, b2.p.value);
  Expect.equals(3, b.cast<Uint8>().p.value);
  final n = [1, 2, 3].toNative();
  Expect.listEquals([1, 2, 3], n.toList(3));
  Expect.equals(6, n.sum(3));
  Expect.equals(1, ~n);
  malloc.free(n);
  List<Pointer<Int8>> ps = [calloc(), calloc()];
  ps[0].value = 4;
  final List<Pointer<Int8>> pm = [for (var i = 0; i < 3; i++) calloc<Int8>()..value = i];
  Expect.listEquals([0, 1, 2], pm.map((e) => e.value).toList());
  pm.forEach(calloc.free);
  Map<String, Pointer<Int8>> map = {"a": calloc()};
  map["a"]!.value = 3;
  Pointer<Int8>? maybe;
  maybe ??= calloc();
  maybe.value = 3;
  final Pointer<Int8> cond = maybe == nullptr ? calloc() : maybe.cast();
  cond.value = 4;
  Pointer<Pointer<Int8>> pp = calloc(2);
  pp.value = calloc<Int8>();
  pp[1] = calloc<Int8>();
  pp[1].value = 8;
  Expect.equals(8, pp[1].value);
  pp[1].value += 3;
  Expect.equals(11, pp[1].value);
  p.value++;
  ++p.value;
  p[0] <<= 1;
  Expect.equals(10, p.value);
  Expect.equals(10, p[0]);
  print("ok"); // expect: ok
}
