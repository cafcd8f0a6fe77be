// One place of a program that meets everything that can have a name.
// stress-interval: 7
class Field {
  var it = "field";
}

class Final {
  final it = "final";
}

class Getter {
  var reads = 0;
  get it => "getter ${++reads}";
}

class Method {
  it([a, b]) => "method $a $b";
}

class Named {
  it({a, b}) => "named $a $b";
}

class Closure {
  var it = ([a, b]) => "closure $a $b";
}

class GetsClosure {
  get it => ([a, b]) => "got closure $a $b";
}

class Callable {
  var it = new Called();
}

class Called {
  call([a, b]) => "called $a $b";
}

class Ghost {
  noSuchMethod(invocation) => "ghost ${invocation.positionalArguments.length}";
}

class Setter {
  var seen;
  set it(value) => seen = "set $value";
}

class Above extends Field {}

class Shadowing extends Field {
  get it => "shadows ${super.it}";
}

read(object) => object.it;
call(object) => object.it(1);
callNamed(object) => object.it(a: 1);
write(object, value) => object.it = value;

show(f) {
  try {
    return "${f()}";
  } catch (e) {
    return "${e.runtimeType}";
  }
}

main() {
  var tear = new Method();
  var all = [new Field(), new Final(), new Getter(), tear, new Named(), new Closure(),
      new GetsClosure(), new Callable(), new Ghost(), new Setter(), new Above(), new Shadowing()];
  for (var round = 0; round < 3; round++) {
    var reads = all.map((x) => show(() => read(x) is Function ? "function" : read(x))).toList();
    var calls = all.map((x) => show(() => call(x))).toList();
    var named = all.map((x) => show(() => callNamed(x))).toList();
    if (round != 1) continue;
    reads.forEach(print);
    calls.forEach(print);
    named.forEach(print);
  }
  // expect: field
  // expect: final
  // expect: getter 6
  // expect: function
  // expect: function
  // expect: function
  // expect: function
  // expect: function
  // expect: ghost 0
  // expect: NoSuchMethodError
  // expect: field
  // expect: shadows field
  // expect: NoSuchMethodError
  // expect: NoSuchMethodError
  // expect: NoSuchMethodError
  // expect: method 1 null
  // expect: NoSuchMethodError
  // expect: closure 1 null
  // expect: got closure 1 null
  // expect: called 1 null
  // expect: ghost 1
  // expect: NoSuchMethodError
  // expect: NoSuchMethodError
  // expect: NoSuchMethodError
  // expect: NoSuchMethodError
  // expect: NoSuchMethodError
  // expect: NoSuchMethodError
  // expect: NoSuchMethodError
  // expect: named 1 null
  // expect: NoSuchMethodError
  // expect: NoSuchMethodError
  // expect: NoSuchMethodError
  // expect: ghost 0
  // expect: NoSuchMethodError
  // expect: NoSuchMethodError
  // expect: NoSuchMethodError
  print(read(tear) == tear.it && read(tear) != new Method().it);  // expect: true
  for (var round = 0; round < 3; round++) {
    var setter = new Setter();
    var field = new Field();
    var above = new Above();
    write(field, round);
    write(setter, round);
    write(above, -round);
    var refused = [new Final(), new Getter(), tear].map((x) => show(() => write(x, 1))).toSet();
    if (round == 2) print("${field.it} ${setter.seen} ${above.it} $refused");
  }
  // expect: 2 set 2 -2 {NoSuchMethodError}
}
