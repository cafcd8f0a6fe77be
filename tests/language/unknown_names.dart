// What means nothing is met where the program gets to it, if the program means to meet it: this library
// says NoSuchMethodError (tried_names.dart: a `try`; tests/diagnostics: everybody else).
import "dart:math" as math;
var log = [];
note(x) { log.add(x); return x; }
class A {
  static final s = 1;
  static get onlyGet => 2;
  static method() => 3;
  final f = 4;
  var inst;
  A();
  A.named(x);
  assignF() { f = 5; }
  useUnknown() { try { return unknownThing; } catch (e) { return e is NoSuchMethodError; } }
  callUnknown() { try { return unknownCall(note(7)); } catch (e) { return e is NoSuchMethodError; } }
  superUnknown() { try { return super.unknownSuper(1); } on NoSuchMethodError catch (e) { return "super ok"; } }
}
class B { noSuchMethod(i) => "nsm ${i.memberName}"; go() { try { return goUnknown(1); } catch (e) { return "bad"; } } }
abstract class Abs { Abs(x); }
final top = 10;
get topGet => 11;
topFun() => 12;
topFun2(a, {b}) => a;
caught(f) { try { f(); return "nothing"; } catch (e) { return "$e".split("\n").first; } }
const k = 3;
main() {
  final loc = 1;
  print(caught(() => undefinedName));
  print(caught(() => undefinedCall(note(1), note(2)))); print(log);
  print(caught(() { undefinedSet = note(3); })); print(log);
  print(caught(() { undefinedSet += note(4); })); print(log);
  print(caught(() { undefinedSet++; }));
  print(caught(() { undefinedSet ??= 3; }));
  print(caught(() { loc = 3; }));
  print(caught(() { loc += 3; }));
  print(caught(() { loc++; }));
  print(caught(() { top = 3; }));
  print(caught(() { topGet = 3; }));
  print(caught(() { topFun = 3; }));
  print(caught(() { A = 3; }));
  print(caught(() { A.s = 3; }));
  print(caught(() { A.onlyGet = 3; }));
  print(caught(() { A.method = 3; }));
  print(caught(() { A.nothing; }));
  print(caught(() { A.nothing(1); }));
  print(caught(() { A.nothing = 1; }));
  print(caught(() { A.inst; }));
  print(caught(() { new A.nothing(note(5)); })); print(log);
  print(caught(() { new Undefined(note(6)); })); print(log);
  print(caught(() { new Undefined.x(); }));
  print(caught(() { new math.Foo(); }));
  print(caught(() { math.foo; }));
  print(caught(() { math.foo(2); }));
  print(caught(() { math.foo = 2; }));
  print(caught(() { math.Foo.bar; }));
  print(caught(() { math.Foo.bar(); }));
  print(caught(() { math = 2; }));
  print(caught(() { new Abs(note(8)); })); print(log);
  print(caught(() { topFun(1); }));
  print(caught(() { topFun2(1, c: 2); }));
  print(caught(() { topFun2(1, c: note(9)); })); print(log);
  print(caught(() { new A(1); }));
  print(caught(() { new A.named(1, z: 3); }));
  print(caught(() { new A().assignF(); }));
  print(new A().useUnknown());
  print(new A().callUnknown());
  print(new A().superUnknown());
  print(new B().go());
  print(caught(() { 1 is Undefined; }));
  print(caught(() { 1 as Undefined; }));
  print(caught(() { k = 1; }));
  print(caught(() { print(1 is List<Undefined>); print([] is List<Undefined>); print(new List<Undefined>() is List<int>); }));
  print(caught(() { try { throw 1; } on Undefined catch (e) { print("no"); } }));
  Undefined x = 3; print(x);
  try { new Undefined(); } on TypeError catch (e) { print("type"); }
  try { new Undefined(); } on NoSuchMethodError catch (e) { print("nsm"); }
}

// expect: NoSuchMethodError: 'undefinedName' is not declared.
// expect: NoSuchMethodError: 'undefinedCall' is not declared.
// expect: [1, 2]
// expect: NoSuchMethodError: 'undefinedSet' is not declared.
// expect: [1, 2, 3]
// expect: NoSuchMethodError: 'undefinedSet' is not declared.
// expect: [1, 2, 3]
// expect: NoSuchMethodError: 'undefinedSet' is not declared.
// expect: NoSuchMethodError: 'undefinedSet' is not declared.
// expect: NoSuchMethodError: 'loc' is final and cannot be assigned to.
// expect: NoSuchMethodError: 'loc' is final and cannot be assigned to.
// expect: NoSuchMethodError: 'loc' is final and cannot be assigned to.
// expect: NoSuchMethodError: 'top' is final and cannot be assigned to.
// expect: NoSuchMethodError: 'topGet' has no setter, so it cannot be assigned to.
// expect: NoSuchMethodError: 'topFun' is a function and cannot be assigned to.
// expect: NoSuchMethodError: 'A' cannot be assigned to.
// expect: NoSuchMethodError: 'A.s' is final and cannot be assigned to.
// expect: NoSuchMethodError: 'A.onlyGet' has no setter, so it cannot be assigned to.
// expect: NoSuchMethodError: 'A.method' is a function and cannot be assigned to.
// expect: NoSuchMethodError: There is no static member or constructor 'nothing' of the class 'A'.
// expect: NoSuchMethodError: There is no static member or constructor 'nothing' of the class 'A'.
// expect: NoSuchMethodError: There is no static member or constructor 'nothing' of the class 'A'.
// expect: NoSuchMethodError: 'inst' is a member of instances of the class 'A', not of itself.
// expect: NoSuchMethodError: There is no constructor 'A.nothing'.
// expect: [1, 2, 3, 5]
// expect: TypeError: There is no class 'Undefined'.
// expect: [1, 2, 3, 5, 6]
// expect: TypeError: There is no class 'Undefined'.
// expect: TypeError: There is no class 'math.Foo'.
// expect: NoSuchMethodError: 'foo' is not declared in what is imported as 'math'.
// expect: NoSuchMethodError: 'foo' is not declared in what is imported as 'math'.
// expect: NoSuchMethodError: 'foo' is not declared in what is imported as 'math'.
// expect: NoSuchMethodError: 'Foo' is not declared in what is imported as 'math'.
// expect: NoSuchMethodError: 'Foo' is not declared in what is imported as 'math'.
// expect: NoSuchMethodError: A '.' must follow the prefix 'math'.
// expect: Cannot instantiate abstract class: 'Abs'
// expect: [1, 2, 3, 5, 6, 8]
// expect: NoSuchMethodError: Found 'topFun()', but it is called with 1 argument.
// expect: NoSuchMethodError: 'topFun2(a, {b})' has no named parameter 'c'.
// expect: NoSuchMethodError: 'topFun2(a, {b})' has no named parameter 'c'.
// expect: [1, 2, 3, 5, 6, 8, 9]
// expect: NoSuchMethodError: Found 'new A()', but it is called with 1 argument.
// expect: NoSuchMethodError: 'new A.named(x)' has no named parameter 'z'.
// expect: NoSuchMethodError: Class 'A' has no instance setter 'f'; it can only be read.
// expect: true
// expect: true
// expect: super ok
// expect: nsm Symbol("goUnknown")
// expect: TypeError: There is no type 'Undefined'.
// expect: TypeError: There is no type 'Undefined'.
// expect: NoSuchMethodError: 'k' is a constant and cannot be assigned to.
// expect: false
// expect: true
// expect: true
// expect: nothing
// expect: TypeError: There is no type 'Undefined'.
// expect: 3
// expect: type
// expect: nsm
