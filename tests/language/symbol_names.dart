// What `new Symbol` takes: names that members and libraries may have.
made(name) {
  try {
    return new Symbol(name);
  } catch (e) {
    return e is ArgumentError ? "no" : e.runtimeType;
  }
}

main() {
  print(["", "foo", "foo=", "a.b", "void", r"$x", "newer", "classy.b_1"].map(made).every((x) => x is Symbol));
  // expect: true
  print(["+", "-", "[]", "[]=", "==", "~", "~/", "<<", "<=", "<", ">>", "unary-", "a.+"].map(made).every((x) => x is Symbol));
  // expect: true
  print(["a b", "a..b", "1a", "a-b", "+=", "new", "null", "a.if", "!", "&&", "a.", ".a", "=", "[", "()", "_x"].map(made).toSet());
  // expect: {no}
  print(made(null));  // expect: NoSuchMethodError
  print(made(["a"]));  // expect: TypeError
  print(identical(const Symbol("a"), #a));  // expect: true
  print(new Symbol("a") == #a);  // expect: true
}
