// What no superclass has asks the superclass's noSuchMethod, not the class's own.
class A {
  noSuchMethod(call) => "A${call.memberName} ${call.positionalArguments} ${call.namedArguments}";
  plain() => 1;
}

class B extends A {
  noSuchMethod(call) => throw "never asked";
  method() => super.missing(1, name: 2);
  getter() => super.missing;
  setter() => super.missing = 3;
  operator_() => super + 4;
  index() => super[5];
  tearOff() => super.plain;
}

main() {
  var b = new B();
  print(b.method()); // expect: ASymbol("missing") [1] {Symbol("name"): 2}
  print(b.getter()); // expect: ASymbol("missing") [] {}
  print(b.setter()); // expect: 3
  print(b.operator_()); // expect: ASymbol("+") [4] {}
  print(b.index()); // expect: ASymbol("[]") [5] {}
  print(b.tearOff()()); // expect: 1
}
