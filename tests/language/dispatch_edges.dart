// What a call, a comparison or a cast does where two ways are near each other.
show(f) {
  try {
    return "${f()}";
  } on Error catch (error) {
    return "<${error.runtimeType}>";
  }
}

class Yes {
  operator ==(other) => true;
  get hashCode => 1;
}

class Takes {
  two(a, b) => "two $a $b";
  named(a, {b: "none"}) => "named $a $b";
  optional(a, [b = "none"]) => "optional $a $b";
  both(a, {b, c}) => "both $a $b $c";
  var field = (a, {b: "none"}) => "field $a $b";
  get getter => (a, [b = "none"]) => "getter $a $b";
}

class Answers {
  noSuchMethod(i) => "${i.memberName} ${i.positionalArguments} ${i.namedArguments} "
      "${i.isMethod}${i.isGetter}${i.isSetter}";
}

class Sub extends Takes {
  two(a, b) => "sub ${super.two(a, b)} ${show(() => super.two(a, b: b))}";
}

comparisons() {
  // Nobody is asked whether it is null, and null asks nobody.
  var yes = new Yes();
  print("${yes == null} ${null == yes} ${yes != null} ${yes == 1} ${1 == yes} ${null == null}");
  // expect: false false true true false true
  print("${null as String} ${null as List} ${null as Yes} ${(null as int) == null}"); // expect: null null null true
  print("${show(() => 1 as String)} ${show(() => "x" as String)} ${show(() => 1 as num)}");
  // expect: <CastError> x 1
  print("${null is Null} ${null is Object} ${null is String} ${1 is Null}"); // expect: true true false false
}

calls() {
  var takes = new Takes();
  // Each twice: what a site has seen changes nothing.
  for (var o in [takes, new Sub(), takes]) {
    print([show(() => o.two(1, 2)), show(() => o.two(1, b: 2)), show(() => o.two(1)), show(() => o.two(1, 2, 3))]);
    print([show(() => o.named(1, b: 2)), show(() => o.named(1)), show(() => o.named(1, 2)), show(() => o.named(1, c: 2))]);
    print([show(() => o.optional(1)), show(() => o.optional(1, 2)), show(() => o.optional(1, b: 2)), show(() => o.optional())]);
    print([show(() => o.both(1, c: 3, b: 2)), show(() => o.both(1, c: 3)), show(() => o.field(1, b: 2)), show(() => o.getter(1, 2))]);
  }
  // expect: [two 1 2, <NoSuchMethodError>, <NoSuchMethodError>, <NoSuchMethodError>]
  // expect: [named 1 2, named 1 none, <NoSuchMethodError>, <NoSuchMethodError>]
  // expect: [optional 1 none, optional 1 2, <NoSuchMethodError>, <NoSuchMethodError>]
  // expect: [both 1 2 3, both 1 null 3, field 1 2, getter 1 2]
  // expect: [sub two 1 2 <NoSuchMethodError>, <NoSuchMethodError>, <NoSuchMethodError>, <NoSuchMethodError>]
  // expect: [named 1 2, named 1 none, <NoSuchMethodError>, <NoSuchMethodError>]
  // expect: [optional 1 none, optional 1 2, <NoSuchMethodError>, <NoSuchMethodError>]
  // expect: [both 1 2 3, both 1 null 3, field 1 2, getter 1 2]
  // expect: [two 1 2, <NoSuchMethodError>, <NoSuchMethodError>, <NoSuchMethodError>]
  // expect: [named 1 2, named 1 none, <NoSuchMethodError>, <NoSuchMethodError>]
  // expect: [optional 1 none, optional 1 2, <NoSuchMethodError>, <NoSuchMethodError>]
  // expect: [both 1 2 3, both 1 null 3, field 1 2, getter 1 2]
  var f = (a, [b = 7]) => "$a $b";
  print("${identical(f.call, f)} ${f.call(1)} ${f.call(1, 2)} ${show(() => f.call())} ${show(() => f.cal(1))}");
  // expect: true 1 7 1 2 <NoSuchMethodError> <NoSuchMethodError>
  var torn = takes.two;
  print("${torn(1, 2)} ${identical(torn.call, torn)} ${torn.call(3, 4)} ${show(() => torn(1))}");
  // expect: two 1 2 true two 3 4 <NoSuchMethodError>
  var answers = new Answers();
  print(answers.m(1, 2, x: 3, y: 4)); // expect: Symbol("m") [1, 2] {Symbol("x"): 3, Symbol("y"): 4} truefalsefalse
  print(answers.g); // expect: Symbol("g") [] {} falsetruefalse
  print(answers.s = 5); // expect: 5
  print(answers + 1); // expect: Symbol("+") [1] {} truefalsefalse
  print(answers[2]); // expect: Symbol("[]") [2] {} truefalsefalse
  print((answers[2] = 3)); // expect: 3
  print(-answers); // expect: Symbol("unary-") [] {} truefalsefalse
  print(answers(1)); // expect: Symbol("call") [1] {} truefalsefalse
}

class Counts {
  static var made = 0;
  static var first = make("first"), second = first + make(" second");
  static get third => made;
  static make(text) {
    made++;
    return text;
  }
  static var fails = throw "once ${made++}";
}

statics() {
  print("${Counts.second} ${Counts.made} ${Counts.first} ${Counts.third}"); // expect: first second 2 first 2
  for (var i = 0; i < 2; i++) {
    try {
      print(Counts.fails);
    } catch (error) {
      print(error);
    }
  }
  // expect: once 2
  // expect: once 3
}

main() {
  comparisons();
  calls();
  statics();
}
