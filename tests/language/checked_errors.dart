// Each place where a value is held against what is declared, and what the error says.
// flags: --checked
import 'dart:async';
say(String what, f) {
  try { print("$what: ${f()}"); } on TypeError catch (e) { print("$what: ${e.message}"); }
  on AssertionError catch (e) { print("$what: assertion: ${e.message}"); }
}
class A { int x; num y = 1; final String s; var any; A([this.s]); A.init(v) : s = v; A.typed(String this.s);
  int get g => any; set h(int v) { any = v; } int operator +(other) => any; factory A.f(v) => v; static int st; }
class Box<T> { T value; Box(this.value); T get() => value; void put(T v) { value = v; } List<T> all; }
class Asserts { Asserts(x) : assert(x == "a", "no"), assert(x != "a", [x]); }
int top; final int lazy = bad(); bad() => "b";
int twice(int x, [int y = 1, int z]) => x;
int named({int a, int b: 3}) => a;
void nothing() {}
typedef int IntFun(int x);
int Function(int) later;
main() {
  dynamic s = "a"; dynamic i = 1;
  say("local", () { int x = s; return x; });
  say("assign", () { int x = 1; x = s; return x; });
  say("null", () { int x = null; return x; });
  say("field", () { (new A() as dynamic).x = s; });
  say("num field", () { new A().y = s; });
  say("num field ok", () { var a = new A(); a.y = 2.5; a.x = 3; return [a.x, a.y]; });
  say("formal", () => new A(i));
  say("init", () => new A.init(i));
  say("typed", () => new A.typed(i));
  say("getter", () { var a = new A(); a.any = "z"; return a.g; });
  say("setter", () { new A().h = s; });
  say("operator", () { var a = new A(); a.any = "z"; return a + 1; });
  say("factory", () => new A.f("no"));
  say("static", () { A.st = s; });
  say("top", () { top = s; });
  say("lazy", () => lazy);
  say("param", () => twice(s));
  say("optional", () => twice(1, s));
  say("optional 2", () => twice(1, 2, s));
  say("named", () => named(a: s));
  say("named b", () => named(b: s));
  say("if", () { if (i) return 1; return 2; });
  say("if null", () { if (null as dynamic) return 1; return 2; });
  say("while", () { while (s) {} });
  say("?:", () => s ? 1 : 2);
  say("&&", () => true && s);
  say("!", () => !s);
  say("assert", () { assert(i == 2); });
  say("assert f", () { assert(() { return i == 1; }); assert(() => i == 2); });
  say("assert g", () { var g = () => i == 1; assert(g); g = () => i == 2; assert(g); });
  say("assert h", () { var h = () => "yes"; assert(h); });
  say("assert message", () { assert(true, throw "not asked for"); assert(i == 2, "i: $i"); });
  say("assert null", () { assert(i == 2, null); });
  say("assert in initialisers", () => new Asserts(s));
  say("for in", () { for (int x in ["a"]) {} });
  say("for", () { for (int x = s; ; ) {} });
  say("closure param", () => ((int x) => x)(s));
  say("local function", () { int f(x) => x; return f(s); });
  say("box", () => new Box<int>(s));
  say("box set", () { new Box<int>(1).value = s; });
  say("box put", () { new Box<int>(1).put(s); });
  say("box any", () { var b = new Box(1); b.value = s; return b.get(); });
  say("box list", () { new Box<int>(1).all = <String>[]; });
  say("list add", () { <int>[].add(s); });
  say("list store", () { <int>[1][0] = s; });
  say("list literal", () => <int>[1, s]);
  say("list insert", () { <int>[].insert(0, s); });
  say("list addAll", () { <int>[].addAll([s]); });
  say("list addAll typed", () { <int>[].addAll(<String>[]); });
  say("map literal", () => <String, int>{"a": s});
  say("map key", () => <String, int>{i: 1});
  say("map store", () { <String, int>{}[i] = 1; });
  say("set", () { new Set<int>().add(s); });
  say("list of", () { List<int> l = <String>["a"]; return l; });
  say("list raw", () { List<int> l = ["a"]; return l; });
  say("function", () { IntFun f = (String s) => 1; return f is Function; });
  say("function ok", () { IntFun f = (x) => 1; return f(1); });
  say("Function", () { Function f = s; });
  say("unknown type", () { Foo x = s; return x; });
  say("as", () { try { return s as int; } on CastError { return "cast"; } });
  say("double", () { double d = i; return d; });
  say("compound", () { int x = 1; x += 0.5; return x; });
  say("result", () { int f() { return s; } return f(); });
  fut(v) async { return v; }
  Future<int> af(v) async { return v; }
  Future<int> ag(v) async => v;
  af("a").catchError((e) => print("async: ${e.message}"));
  ag("a").catchError((e) => print("async arrow: ${e.message}"));
  af(new Future.value(3)).then((x) => print("async future: $x"));
  af(3).then((x) => print("async ok: $x"));
}
// expect: local: type 'String' is not a subtype of type 'int' of 'x', a variable of 'main.<anonymous closure>'.
// expect: assign: type 'String' is not a subtype of type 'int' of 'x', a variable of 'main.<anonymous closure>'.
// expect: null: null
// expect: field: type 'String' is not a subtype of type 'int' of 'x', a field of 'A'.
// expect: num field: type 'String' is not a subtype of type 'num' of 'y', a field of 'A'.
// expect: num field ok: [3, 2.5]
// expect: formal: type 'int' is not a subtype of type 'String' of 's', a parameter of 'new A'.
// expect: init: type 'int' is not a subtype of type 'String' of 's', a field of 'A'.
// expect: typed: type 'int' is not a subtype of type 'String' of 's', a parameter of 'new A.typed'.
// expect: getter: type 'String' is not a subtype of type 'int' of the result of 'A.g'.
// expect: setter: type 'String' is not a subtype of type 'int' of 'v', a parameter of 'A.h'.
// expect: operator: type 'String' is not a subtype of type 'int' of the result of 'A.+'.
// expect: factory: type 'String' is not a subtype of type 'A' of the result of 'new A.f'.
// expect: static: type 'String' is not a subtype of type 'int' of 'A.st', a static or top-level variable.
// expect: top: type 'String' is not a subtype of type 'int' of 'top', a static or top-level variable.
// expect: lazy: type 'String' is not a subtype of type 'int' of 'lazy', a static or top-level variable.
// expect: param: type 'String' is not a subtype of type 'int' of 'x', a parameter of 'twice'.
// expect: optional: type 'String' is not a subtype of type 'int' of 'y', a parameter of 'twice'.
// expect: optional 2: type 'String' is not a subtype of type 'int' of 'z', a parameter of 'twice'.
// expect: named: type 'String' is not a subtype of type 'int' of 'a', a parameter of 'named'.
// expect: named b: type 'String' is not a subtype of type 'int' of 'b', a parameter of 'named'.
// expect: if: type 'int' is not a subtype of type 'bool' of the condition.
// expect: if null: assertion: the condition is null
// expect: while: type 'String' is not a subtype of type 'bool' of the condition.
// expect: ?:: type 'String' is not a subtype of type 'bool' of the condition.
// expect: &&: type 'String' is not a subtype of type 'bool' of the condition.
// expect: !: type 'String' is not a subtype of type 'bool' of the condition.
// expect: assert: assertion: i == 2 is not true
// expect: assert f: assertion: () => i == 2 is not true
// expect: assert g: assertion: g is not true
// expect: assert h: type 'String' is not a subtype of type 'bool' of the condition.
// expect: assert message: assertion: i: 1
// expect: assert null: assertion: null
// expect: assert in initialisers: assertion: [a]
// expect: for in: type 'String' is not a subtype of type 'int' of 'x', a variable of 'main.<anonymous closure>'.
// expect: for: type 'String' is not a subtype of type 'int' of 'x', a variable of 'main.<anonymous closure>'.
// expect: closure param: type 'String' is not a subtype of type 'int' of 'x', a parameter of 'main.<anonymous closure>.<anonymous closure>'.
// expect: local function: type 'String' is not a subtype of type 'int' of the result of 'main.<anonymous closure>.f'.
// expect: box: type 'String' is not a subtype of type 'int' of 'value', a parameter of 'new Box'.
// expect: box set: type 'String' is not a subtype of type 'int' of 'value', a field of 'Box'.
// expect: box put: type 'String' is not a subtype of type 'int' of 'v', a parameter of 'Box.put'.
// expect: box any: a
// expect: box list: type 'List<String>' is not a subtype of type 'List<int>' of 'all', a field of 'Box'.
// expect: list add: type 'String' is not a subtype of type 'int' of 'value', a parameter of 'add'.
// expect: list store: type 'String' is not a subtype of type 'int' of an element of a list.
// expect: list literal: type 'String' is not a subtype of type 'int' of an element of a literal.
// expect: list insert: type 'String' is not a subtype of type 'int' of 'element', a parameter of 'insert'.
// expect: list addAll: type 'String' is not a subtype of type 'int' of 'value', a parameter of 'add'.
// expect: list addAll typed: type 'List<String>' is not a subtype of type 'Iterable<int>' of 'iterable', a parameter of 'List.addAll'.
// expect: map literal: type 'String' is not a subtype of type 'int' of a value of a literal.
// expect: map key: type 'int' is not a subtype of type 'String' of a key of a literal.
// expect: map store: type 'int' is not a subtype of type 'String' of 'key', a parameter of '[]='.
// expect: set: type 'String' is not a subtype of type 'int' of 'value', a parameter of 'add'.
// expect: list of: type 'List<String>' is not a subtype of type 'List<int>' of 'l', a variable of 'main.<anonymous closure>'.
// expect: list raw: type 'String' is not a subtype of type 'int' of an element of a literal.
// expect: function: type 'Function' is not a subtype of type 'int Function(int)' of 'f', a variable of 'main.<anonymous closure>'.
// expect: function ok: 1
// expect: Function: type 'String' is not a subtype of type 'Function' of 'f', a variable of 'main.<anonymous closure>'.
// expect: unknown type: There is no type 'Foo', that of 'x', a variable of 'main.<anonymous closure>'.
// expect: as: cast
// expect: double: type 'int' is not a subtype of type 'double' of 'd', a variable of 'main.<anonymous closure>'.
// expect: compound: type 'double' is not a subtype of type 'int' of 'x', a variable of 'main.<anonymous closure>'.
// expect: result: type 'String' is not a subtype of type 'int' of the result of 'main.<anonymous closure>.f'.
// expect: async: type 'String' is not a subtype of type 'int' of the result of 'main.af'.
// expect: async arrow: type 'String' is not a subtype of type 'int' of the result of 'main.ag'.
// expect: async future: 3
// expect: async ok: 3
