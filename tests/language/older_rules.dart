// What Dart of 2013 to 2017 leaves for a program to meet, and what it does not.
// stress-interval: 7
class Unset { final x; final int y = 2; Unset(); Unset.to(this.x); }
class Twice { final x = 1; Twice(this.x); Twice.list() : x = 3; Twice.no(); }
class Asked { noSuchMethod(invocation) => invocation; }
class Named { var v; Named.v2(this.v); set v2(x) { v = x; } }

refused(f) {
  try {
    return f();
  } on ArgumentError catch (e) {
    return "refused";
  } on UnsupportedError catch (e) {
    return "refused";
  } on NoSuchMethodError catch (e) {
    return "$e".split("\n").first;
  }
}
thrown(f()) { try { f(); } on Nothing catch (e) { return "not this"; } }

main() {
  print("${new Unset().x} ${new Unset.to(1).x} ${new Unset().y}"); // expect: null 1 2
  print(new Twice.no().x); // expect: 1
  print(refused(() => new Twice(2))); // expect: NoSuchMethodError: The final field 'x' has a value already.
  print(refused(() => new Twice.list())); // expect: NoSuchMethodError: The final field 'x' has a value already.
  var invocation = new Asked().call2(1, b: 2);
  print(invocation.namedArguments[#b]); // expect: 2
  print(refused(() => invocation.namedArguments[#b] = 3)); // expect: refused
  print(refused(() => thrown(() => 1))); // expect: null
  print(refused(() => thrown(() => throw 1))); // expect: TypeError: There is no type 'Nothing'.
  print((new Named.v2(1)..v2 = 5).v); // expect: 5
  print(refused(() => Uri.parse("file:///a%2Fb").toFilePath(windows: false))); // expect: refused
  print([#void, const Symbol("void") == #void, new Symbol("void") == #void, const Symbol("a.b="), #_a == #_a]); // expect: [Symbol("void"), true, true, Symbol("a.b="), true]
  print([refused(() => new Symbol("a.void")), refused(() => new Symbol("void.a")), refused(() => new Symbol("0"))]); // expect: [refused, refused, refused]
}
