// Functions that are only said to be somewhere else, and are nowhere.
external int outside(int x);
external get property;
external set property(x);

class C {
  C();
  external C.named();
  external factory C.made();
  external int method();
  external static int fixed();
  external get value;
  external operator +(other);
}

class Heir extends C {
  int method() => 1;
  get value => 2;
}

show(f()) {
  try {
    print(f());
  } on NoSuchMethodError catch (error) {
    print("$error".split("\n").join(" | "));
  }
}

main() {
  show(() => outside(1));  // expect: NoSuchMethodError: 'outside' is external, and nothing says what it does. | Tried calling: outside()
  show(() => property);  // expect: NoSuchMethodError: 'property' is external, and nothing says what it does. | Tried calling: property()
  show(() => property = 1);  // expect: NoSuchMethodError: 'property' is external, and nothing says what it does. | Tried calling: property()
  show(() => new C().method());  // expect: NoSuchMethodError: 'C.method' is external, and nothing says what it does. | Tried calling: C.method()
  show(() => C.fixed());  // expect: NoSuchMethodError: 'C.fixed' is external, and nothing says what it does. | Tried calling: C.fixed()
  show(() => new C.named());  // expect: NoSuchMethodError: 'new C.named' is external, and nothing says what it does. | Tried calling: new C.named()
  show(() => new C.made());  // expect: NoSuchMethodError: 'new C.made' is external, and nothing says what it does. | Tried calling: new C.made()
  show(() => new C() + 1);  // expect: NoSuchMethodError: 'C.+' is external, and nothing says what it does. | Tried calling: C.+()
  show(() => new Heir().method() + new Heir().value);  // expect: 3
  show(() => (new C().method)());  // expect: NoSuchMethodError: 'C.method' is external, and nothing says what it does. | Tried calling: C.method()
}
