// What a call, a comparison or a cast does where two ways are near each other.
// stress-interval: 29
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

class Near {
  var x = 0;
}

class Far {
  var pad = "pad", more = "more", x = 0;
}

class Box<T> {
  pair<S>() => [T, S];
}

// With a field and type arguments of its own behind those of the class above it.
class Deep<S> extends Box<S> {
  var own;
  Deep(this.own);
  deeper() => [S, own];
}

class Wide<A, B> extends Deep<B> {
  var more = "more";
  Wide(own) : super(own);
  wide() => [A, B];
}

var seen;

void set lone(x) {
  seen = x;
}

class NoText {
  var text;
  NoText(this.text);
  toString() => text;
}

abstract class One {}
abstract class Two {}
abstract class Both implements One, Two {}
class Left implements One {}
class Middle implements One, Two {}
class Lower implements Both {}

extension OnOne on One {
  who() => "one";
}
extension OnTwo on Two {
  who() => "two";
}
extension OnBoth on Both {
  who() => "both";
}
extension OnNone on int Function() {
  takes() => "none";
}
extension OnString on int Function(String, int) {
  takes() => "two";
}

comparisons() {
  // Nobody is asked whether it is null, and null asks nobody.
  var yes = new Yes();
  print("${yes == null} ${null == yes} ${yes != null} ${yes == 1} ${1 == yes} ${null == null}");
  // expect: false false true true false true
  var nothing = [null].first, both = [yes, nothing];
  print("${yes == nothing} ${nothing == yes} ${both[0] == both[1]} ${both.contains(1)} ${both[1] == both[1]}");
  // expect: false false false true true
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

// One place in the program meets objects of several kinds, again and again.
places() {
  var near = new Near(), far = new Far();
  for (var i = 1; i < 5; i++) {
    for (var o in [near, far]) o.x = o.x * 10 + i;
  }
  print("${near.x} ${far.x} ${far.pad} ${far.more}"); // expect: 1234 1234 pad more
  for (var i = 0; i < 2; i++) {
    var pairs = [new Box<int>(), new Box<String>(), new Box<int>()].map((box) => box.pair<num>()).toList();
    print(pairs);
    print([new Left(), new Lower(), new Middle(), new Left()].map((o) => show(() => o.who())).toList());
    print([() => 1, (String a, int b) => 1, () => 2, (a) => 1].map((f) => show(() => f.takes())).toList());
  }
  // expect: [[int, num], [String, num], [int, num]]
  // expect: [one, both, <NoSuchMethodError>, one]
  // expect: [none, two, none, <NoSuchMethodError>]
  // expect: [[int, num], [String, num], [int, num]]
  // expect: [one, both, <NoSuchMethodError>, one]
  // expect: [none, two, none, <NoSuchMethodError>]
  var deep = new Deep<int>("own"), wide = new Wide<bool, int>("o");
  print("${deep.pair<num>()} ${deep.deeper()} ${deep.own} ${deep is Box<int>} ${deep is Box<String>}");
  // expect: [int, num] [int, own] own true false
  print("${wide.pair<num>()} ${wide.deeper()} ${wide.wide()} ${wide.own} ${wide.more} ${wide is Deep<int>} ${wide is Wide<int, int>}");
  // expect: [int, num] [int, o] [bool, int] o more true false
  lone = 5;
  print("$seen ${lone = 6} $seen"); // expect: 5 6 6
  var f = (a, b) => "$a $b";
  print("${f(1, 2)} ${show(() => f(1, b: 2))} ${show(() => f(a: 1, b: 2))}");
  // expect: 1 2 <NoSuchMethodError> <NoSuchMethodError>
  print([5, [], null, "fine", new Near()].map((x) => show(() => "text: ${new NoText(x)}")).toList());
  // expect: [<ArgumentError>, <ArgumentError>, <ArgumentError>, text: fine, <ArgumentError>]
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
  places();
  statics();
}
