// What generic calls are for is found in the types of what they are assigned to, or passed to: of
// members of receivers, of elements, of parameters, of closures.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';

final class N extends Struct {
  external Pointer<N> left;
  external Pointer<Pointer<Int16>> pp;
  @Int32()
  external int v;
  external Pointer<Int8> b;
  external In inn;
  @Array(2)
  external Array<Pointer<N>> kids;
}

final class In extends Struct {
  external Pointer<Int32> q;
}

class H {
  Pointer<N>? n;
  late Pointer<Pointer<Int8>> pp;
  H? next;
  var sv;
  List<Pointer<Int8>> l = [];
  Map<String, Pointer<Int8>> m = {};

  Pointer<Pointer<Int8>> get g => pp;
  set s(Pointer<Int64> x) {
    x.value = 9;
    sv = x;
  }

  void take(Pointer<Int16> p, {Pointer<Int32>? q}) {
    p.value = 1;
    q?.value = 3;
  }

  H self() => this;
}

class G<T extends NativeType> {
  Pointer<T> p;
  G(this.p);
  void set(Pointer<T> q) {
    p = q;
  }

  Pointer<Pointer<T>> mk() {
    final Pointer<Pointer<T>> r = calloc();
    r.value = p;
    return r;
  }
}

class GG extends G<Int8> {
  GG() : super(calloc());
  void f() {
    p = calloc();
    p.value = 4;
  }
}

class ST {
  static final spp = calloc<Pointer<Int16>>();
  static Pointer<Pointer<Int8>> f() => topPP;
}

extension on Pointer<N> {
  void init() {
    ref.left = calloc();
    ref.left.ref.v = 3;
  }

  Pointer<N> kid() => ref.left;
}

final topPP = calloc<Pointer<Int8>>(2);
final H topH = H();
var h2 = H();

T id<T>(T x) => x;
int size<T extends NativeType>(Pointer<T> p) => sizeOf<T>();
Pointer<T> dup<T extends NativeType>(Pointer<T> p) {
  final Pointer<T> r = calloc();
  return r;
}

main() {
  {
    topPP.value = calloc();
    topPP.value.value = 1;
    topPP[1] = calloc();
    topPP[1].value = 2;
    Expect.equals(2, topPP[1].value);
  }
  {
    ST.spp.value = calloc();
    ST.spp.value.value = 1;
    ST.f().value = calloc();
    ST.f().value.value = 3;
  }
  {
    final p = calloc<N>();
    p.ref.left = calloc();
    p.ref.left.ref.v = 5;
    p.ref.pp = calloc();
    p.ref.pp.value = calloc();
    p.ref.pp.value.value = 7;
    final s = p.ref;
    s.b = calloc(3);
    s.b[2] = 1;
    s.inn.q = calloc();
    s.inn.q.value = 4;
    s.kids[1] = calloc();
    s.kids[1].ref.v = 1;
    p[0].left = malloc();
    p[0].left.ref.b = calloc();
    p[0].left.ref.b.value = 3;
    p.ref.left.ref.left = calloc();
    p.ref.left.ref.left.ref.v = 3;
    (p + 0).ref.b = calloc();
    (p + 0).ref.b.value = 1;
    p.elementAt(0).ref.b = calloc();
    p.ref.b.value = 3;
  }
  {
    final n = calloc<N>().ref..left = calloc()..b = calloc()..inn.q = calloc();
    n.left.ref.v = 3;
    n.b.value = 1;
    n.inn.q.value = 3;
    Pointer<N> q = calloc()..ref.left = calloc();
    q.ref.left.ref.v = 5;
    calloc<N>()..ref.b = calloc()..ref.b.value = 3;
  }
  {
    final h = H();
    h.n = calloc();
    h.n!.ref.v = 3;
    h.n?.ref.b = calloc();
    h.n!.ref.b.value = 3;
    h.pp = calloc();
    h.pp.value = calloc();
    h.pp.value.value = 3;
    h.g.value = calloc();
    h.g.value.value = 3;
    h.s = calloc();
    h.l.add(calloc());
    h.l[0].value = 3;
    h.l[0] = calloc();
    h.l[0].value = 3;
    h.m["a"] = calloc();
    h.m["a"]!.value = 1;
    h.take(calloc(), q: calloc());
    h.self().take(calloc());
    h.next = H()..n = calloc();
    h.next!.n!.ref.v = 3;
    h.next?.pp = calloc();
    h.next?.pp.value = calloc();
    h.next!.pp.value.value = 3;
    topH.n = calloc();
    topH.n!.ref.v = 1;
    h2.n ??= calloc();
    h2.n!.ref.v = 1;
    h.m.putIfAbsent("x", () => calloc()).value = 3;
  }
  {
    final g = G<Int8>(calloc());
    g.p.value = 3;
    g.set(calloc());
    g.p.value = 3;
    g.p = calloc();
    g.p.value = 1;
    Expect.equals(3, (g..set(calloc()..value = 3)).p.value);
    Expect.equals("Pointer<Pointer<Int8>>", g.mk().runtimeType.toString());
    final gg = GG();
    gg.f();
    gg.p = calloc();
    gg.p.value = 3;
    gg.set(calloc());
    gg.p.value = 4;
  }
  {
    final p = calloc<Int16>();
    Expect.equals(2, size(p));
    Expect.equals(2, size(dup(p)));
    Expect.equals(4, size(p.cast<Int32>()));
    final pp = calloc<Pointer<Int16>>();
    Expect.equals(2, size(pp.value));
    Expect.equals(8, size(pp));
    Expect.equals(1, size(topPP.value));
    dup(p).value = 3;
    Expect.equals(8, size(Pointer<Int64>.fromAddress(8)));
  }
  {
    final p = calloc<N>();
    p.init();
    p.kid().ref.left = calloc();
    p.kid().ref.left.ref.v = 3;
  }
  {
    Pointer<Int8> Function() f = calloc;
    Pointer<Int32> Function(int) k = (n) => calloc(n);
    k(3)[2] = 1;
  }
  {
    final p = calloc<N>();
    void go() { p.ref.left = calloc(); p.ref.left.ref.v = 3; } go();
  }
  using((arena) { final pp = arena<Pointer<Int8>>(); pp.value = arena(); pp.value.value = 3; final n = arena<N>(); n.ref.left = arena(); n.ref.left.ref.v = 3; n.ref.left = arena.allocate(64); n.ref.left.ref.v = 4; });
  {
    final List<Pointer<Pointer<Int8>>> all = [calloc()];
    for (final p in all) p.value = calloc();
    all[0].value.value = 3;
  }
  {
    Pointer<Pointer<Int8>> mk() { Pointer<Pointer<Int8>> r = calloc(); return r; } mk().value = calloc();
    final r = mk();
    r.value = calloc();
    r.value.value = 3;
  }
  {
    final b = 3 > 2;
    final pp = b ? calloc<Pointer<Int8>>() : nullptr;
    pp.value = calloc();
    pp.value.value = 3;
    final x = id(pp);
    x.value = calloc();
  }
  {
    dynamic d = calloc<Pointer<Int8>>();
    d.value = calloc<Int8>();
    (d as Pointer<Pointer<Int8>>).value = calloc();
    d.value.value = 3;
  }
  {
    // What is declared to be anything says nothing, whatever its first value is.
    dynamic p = calloc<Int16>();
    Object o = calloc<Int16>();
    Expect.throwsUnsupportedError(() => size(p));
    Expect.equals(2, size(p as Pointer<Int16>));
    Expect.equals(2, size(o as Pointer<Int16>));
  }
  print("ok"); // expect: ok
}
