// Checks where more comes together: inheritance, mixins, type parameters, closures, the libraries.
// flags: --checked
import 'dart:async';
say(String what, f) {
  try { print("$what: ${f()}"); } on TypeError catch (e) { print("$what: ${e.message}"); }
  on AssertionError catch (e) { print("$what: assertion: ${e.message}"); }
}
class A<T> { T x; T get y => x; void set y(T v) { x = v; } T f(T a) => a; Function maker() => (T v) => v; List<T> l = <T>[];
  static int s; Map<String, T> m = <String, T>{}; T operator [](int i) => x; void operator []=(int i, T v) { x = v; } }
class B extends A<int> { void setSuper(v) { super.x = v; } void own(v) { x = v; this.x = v; } }
abstract class M<E> { E held; int n = 0; }
class C extends Object with M<String> {}
class D = Object with M<double>;
class K { final int a; const K(this.a); const K.named({int this.a: 1}); K.redirect(v) : this(v); factory K.f(int v) = K; }
class L { late int lateField; static late int lateStatic; late final String s = bad; L(); }
class G { int get x => 1; set x(int v) {} }
class H extends G { var z; int get x => z; }
class Twin<T> { T a; T b; Twin(this.a, this.b); }
var bad = 1;
extension E on String { int plus(int n) => n; }
int higher(int g(int x)) => g(1);
int withDefault([int x = 3]) => x;
Iterable<int> gen(v) sync* { yield v; }
Future<int> wrong() async { return new Future.value("a"); }
int notFuture() async { return 1; }
Future<String> throughFinally(v) async { try { return v; } finally { print("finally"); } }
Object any(v) => v;
dynamic dyn(v) => v;
void nothing(v) { return v; }
T generic<T>(T x) => x;
const int constant = bad2; const bad2 = 1;
main() {
  dynamic s = "a", i = 1, d = 1.5;
  say("inherited", () { new B().x = s; });
  say("inherited get", () { var b = new B(); b.x = 3; return b.y; });
  say("setter T", () { new B().y = s; });
  say("super", () { new B().setSuper(s); });
  say("own", () { new B().own(s); });
  say("method T", () => new A<int>().f(s));
  say("closure T", () => new A<int>().maker()(s));
  say("closure raw", () => new A().maker()(s));
  say("list T", () { new A<int>().l.add(s); });
  say("map T", () { new A<int>().m["a"] = s; });
  say("index T", () { new A<int>()[0] = s; });
  say("mixin", () { new C().held = i; });
  say("mixin n", () { new C().n = s; });
  say("application", () { new D().held = i; });
  say("cascade", () => new B()..x = 3..x = s);
  say("null aware", () { var b = new B(); b?.x = s; });
  say("if null", () { var b = new B(); b.x ??= s; });
  say("++", () { var c = new C(); c.n++; return c.n; });
  say("+=", () { new C().n += 0.5; });
  say("static", () { A.s = s; });
  say("const", () => new K(s));
  say("const named", () => new K.named(a: s));
  say("redirect", () => new K.redirect(s));
  say("factory", () => new K.f(s));
  say("late", () { new L().lateField = s; });
  say("late static", () { L.lateStatic = s; });
  say("late final", () => new L().s);
  say("late ok", () { var l = new L(); l.lateField = 3; return l.lateField; });
  say("late local", () { late int x; x = s; return x; });
  say("override", () { var h = new H(); h.z = s; return h.x; });
  say("extension", () => "a".plus(s));
  say("higher", () => higher((String x) => 1));
  say("higher ok", () => higher((x) => x));
  say("higher result", () => higher((x) => "a"));
  say("default null", () => withDefault(null));
  say("generator", () => gen("a").toList());
  say("not future", () => notFuture());
  say("any", () => [any(s), dyn(s), generic("a"), nothing(s)]);
  say("captured", () { int x = 1; var f = (v) { x = v; }; f(2); f(s); });
  say("finally", () { int f(v) { try { return v; } finally { print("in finally"); } } return f(s); });
  say("nested", () { List<List<int>> l = <List<String>>[]; return l; });
  say("map of", () { Map<String, int> m = <int, int>{}; return m; });
  say("function type", () { Function(String) f = (int x) => x; return f is Function; });
  say("?:", () { int x = i == 1 ? s : 2; return x; });
  say("?? ", () { int x = null ?? s; return x; });
  say("bool", () { bool b = i; return b; });
  say("do", () { do {} while (i); });
  say("for cond", () { for (; s;) {} });
  say("||", () => false || null);
  say("num int", () { num n = d; int k = n; return k; });
  say("type test", () { Type t = s; return t; });
  say("list cast", () { List<int> l = new List<String>(); return l; });
  say("for in list", () { int x; for (x in <String>["q"]) {} });
  say("setAll", () { new List<int>(2).setAll(0, ["a"]); });
  say("fillRange", () { <int>[1].fillRange(0, 1, s); });
  say("first=", () { <int>[1].first = s; });
  say("fixed", () { new List<int>(1)[0] = s; });
  say("filled", () => new List<int>.filled(1, s));
  say("of", () => new List<int>.of(<String>["a"]));
  say("completer", () { new Completer<int>().complete(s); });
  say("controller", () { new StreamController<int>().add(s); });
  say("where", () => [1].where((x) => x).toList());
  say("spread", () => <int>[...["a"]]);
  say("set literal", () => <int>{s});
  say("if element", () => <int>[if (true) s]);
  say("putIfAbsent", () => <String, int>{}.putIfAbsent("a", () => s));
  say("twins", () => [Twin(1, 2.5).b, Twin(1, "a").b]);
  say("expando", () { new Expando<int>()["a".codeUnits] = s; });
  wrong().then((x) => print("wrong: $x"), onError: (e) => print("wrong: $e"));
  throughFinally(1).catchError((e) => print("through: ${e.message}"));
  () async { await for (int x in new Stream.fromIterable(["a"])) print(x); }().catchError((e) => print("await for: ${e.message}"));
}
// expect: inherited: type 'String' is not a subtype of type 'int' of 'x', a field of 'A'.
// expect: inherited get: 3
// expect: setter T: type 'String' is not a subtype of type 'int' of 'v', a parameter of 'A.y'.
// expect: super: type 'String' is not a subtype of type 'int' of 'x', a field of 'A'.
// expect: own: type 'String' is not a subtype of type 'int' of 'x', a field of 'A'.
// expect: method T: type 'String' is not a subtype of type 'int' of 'a', a parameter of 'A.f'.
// expect: closure T: type 'String' is not a subtype of type 'int' of 'v', a parameter of 'A.maker.<anonymous closure>'.
// expect: closure raw: a
// expect: list T: type 'String' is not a subtype of type 'int' of 'value', a parameter of 'add'.
// expect: map T: type 'String' is not a subtype of type 'int' of 'value', a parameter of '[]='.
// expect: index T: type 'String' is not a subtype of type 'int' of 'v', a parameter of 'A.[]='.
// expect: mixin: type 'int' is not a subtype of type 'String' of 'held', a field of 'M'.
// expect: mixin n: type 'String' is not a subtype of type 'int' of 'n', a field of 'M'.
// expect: application: type 'int' is not a subtype of type 'double' of 'held', a field of 'M'.
// expect: cascade: type 'String' is not a subtype of type 'int' of 'x', a field of 'A'.
// expect: null aware: type 'String' is not a subtype of type 'int' of 'x', a field of 'A'.
// expect: if null: type 'String' is not a subtype of type 'int' of 'x', a field of 'A'.
// expect: ++: 1
// expect: +=: type 'double' is not a subtype of type 'int' of 'n', a field of 'M'.
// expect: static: type 'String' is not a subtype of type 'int' of 'A.s', a static or top-level variable.
// expect: const: type 'String' is not a subtype of type 'int' of 'a', a parameter of 'new K'.
// expect: const named: type 'String' is not a subtype of type 'int' of 'a', a parameter of 'new K.named'.
// expect: redirect: type 'String' is not a subtype of type 'int' of 'a', a parameter of 'new K'.
// expect: factory: type 'String' is not a subtype of type 'int' of 'a', a parameter of 'new K'.
// expect: late: type 'String' is not a subtype of type 'int' of 'lateField', a parameter of 'L.lateField'.
// expect: late static: type 'String' is not a subtype of type 'int' of 'lateStatic', a parameter of 'L.lateStatic'.
// expect: late final: type 'int' is not a subtype of type 'String' of 's', a field of 'L'.
// expect: late ok: 3
// expect: late local: type 'String' is not a subtype of type 'int' of 'x', a variable of 'main.<anonymous closure>'.
// expect: override: type 'String' is not a subtype of type 'int' of the result of 'H.x'.
// expect: extension: type 'String' is not a subtype of type 'int' of 'n', a parameter of 'E.plus'.
// expect: higher: type 'Function' is not a subtype of type 'int Function(int)' of 'g', a parameter of 'higher'.
// expect: higher ok: 1
// expect: higher result: type 'String' is not a subtype of type 'int' of the result of 'higher'.
// expect: default null: null
// expect: generator: [a]
// expect: not future: type 'Future' is not a subtype of type 'int' of the result of 'notFuture'.
// expect: any: [a, a, a, a]
// expect: captured: type 'String' is not a subtype of type 'int' of 'x', a variable of 'main.<anonymous closure>.<anonymous closure>'.
// expect: in finally
// expect: finally: type 'String' is not a subtype of type 'int' of the result of 'main.<anonymous closure>.f'.
// expect: nested: type 'List<List<String>>' is not a subtype of type 'List<List<int>>' of 'l', a variable of 'main.<anonymous closure>'.
// expect: map of: type 'Map<int, int>' is not a subtype of type 'Map<String, int>' of 'm', a variable of 'main.<anonymous closure>'.
// expect: function type: type 'Function' is not a subtype of type 'dynamic Function(String)' of 'f', a variable of 'main.<anonymous closure>'.
// expect: ?:: type 'String' is not a subtype of type 'int' of 'x', a variable of 'main.<anonymous closure>'.
// expect: ?? : type 'String' is not a subtype of type 'int' of 'x', a variable of 'main.<anonymous closure>'.
// expect: bool: type 'int' is not a subtype of type 'bool' of 'b', a variable of 'main.<anonymous closure>'.
// expect: do: type 'int' is not a subtype of type 'bool' of the condition.
// expect: for cond: type 'String' is not a subtype of type 'bool' of the condition.
// expect: ||: assertion: the condition is null
// expect: num int: type 'double' is not a subtype of type 'int' of 'k', a variable of 'main.<anonymous closure>'.
// expect: type test: type 'String' is not a subtype of type 'Type' of 't', a variable of 'main.<anonymous closure>'.
// expect: list cast: type 'List<String>' is not a subtype of type 'List<int>' of 'l', a variable of 'main.<anonymous closure>'.
// expect: for in list: type 'String' is not a subtype of type 'int' of 'x', a variable of 'main.<anonymous closure>'.
// expect: setAll: type 'String' is not a subtype of type 'int' of an element of a literal.
// expect: fillRange: type 'String' is not a subtype of type 'int' of 'fill', a parameter of 'List.fillRange'.
// expect: first=: type 'String' is not a subtype of type 'int' of 'value', a parameter of 'List.first'.
// expect: fixed: type 'String' is not a subtype of type 'int' of an element of a list.
// expect: filled: type 'String' is not a subtype of type 'int' of 'fill', a parameter of 'new List.filled'.
// expect: of: type 'List<String>' is not a subtype of type 'Iterable<int>' of 'elements', a parameter of 'new List.of'.
// expect: completer: null
// expect: controller: type 'String' is not a subtype of type 'int' of 'event', a parameter of 'add'.
// expect: where: type 'int' is not a subtype of type 'bool' of the condition.
// expect: spread: [a]
// expect: set literal: type 'String' is not a subtype of type 'int' of an element of a literal.
// expect: if element: type 'String' is not a subtype of type 'int' of an element of a literal.
// expect: putIfAbsent: type 'String' is not a subtype of type 'int' of 'value', a parameter of '[]='.
// expect: twins: [2.5, a]
// expect: expando: type 'String' is not a subtype of type 'int' of 'value', a parameter of 'Expando.[]='.
// expect: finally
// expect: wrong: a
// expect: through: type 'int' is not a subtype of type 'String' of the result of 'throughFinally'.
// expect: await for: type 'String' is not a subtype of type 'int' of 'x', a variable of 'main.<anonymous closure>.<anonymous closure>'.
