// What a generic function is called with says what its type arguments are: whatever the expression
// is written as.
// expect: cast: int
// expect: and: bool
// expect: or: bool
// expect: left of ??: int
// expect: assignment: int
// expect: compound assignment: anything
// expect: null-aware: int
// expect: conditional: int
// expect: text: String
// expect: dynamic: anything

List<T> of<T>(T a) => <T>[a];

class A {
  int x = 1;
}

tell(what, list) {
  var names = [];
  if (list is List<int>) names.add("int");
  if (list is List<String>) names.add("String");
  if (list is List<bool>) names.add("bool");
  print("$what: ${names.length == 3 ? "anything" : names.join(" ")}");
}

main() {
  int i = 1;
  int k;
  String s = "a";
  Object o = 1;
  A a = new A();
  var d;
  tell("cast", of(o as int));
  tell("and", of(i == 1 && s == "a"));
  tell("or", of(i == 1 || s == "a"));
  tell("left of ??", of(i ?? s));
  tell("assignment", of(k = 2));
  tell("compound assignment", of(k += 2));
  tell("null-aware", of(a?.x));
  tell("conditional", of(i > 0 ? i : s));
  tell("text", of("$i"));
  tell("dynamic", of(d));
}
