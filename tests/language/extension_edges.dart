// Extensions where several fit, where arguments are left out, and each a few times at one place.
// stress-interval: 13
class One {}

class Two {}

class Both implements One, Two {
  toString() => "both";
}

class Below extends Both {}

class Plain {
  toString() => "plain";
}

extension A on One {
  m([x]) => "A.m $x";
  get g => (x) => "A.g $x";
  set s(x) => lines.add("A.s $x");
  only(x, {y: 2}) => "A.only $x $y";
}

extension B on Two {
  m([x]) => "B.m $x";
  get g => (x) => "B.g $x";
  set s(x) => lines.add("B.s $x");
}

extension C on Object {
  m([x]) => "C.m $x";
  get g => (x) => "C.g $x";
  set s(x) => lines.add("C.s $x");
  optional([a, b = 7]) => "$a $b";
  exact(a) => "exact $a";
}

extension D on Below {
  m([x]) => "D.m $x";
}

// The last two are told of, not the first, which both are within.
extension Any on Object {
  q() => 0;
}

extension OfOne on One {
  q() => 1;
}

extension OfTwo on Two {
  q() => 2;
}

extension OfInts on List<int> {
  kind() => "ints";
}

extension OfTexts on List<String> {
  kind() => "texts";
}

extension OfLists on List {
  kind() => "list";
}

extension OfFunctions on int Function(int) {
  twice(x) => this(this(x));
}

var lines = [];

show(f) {
  try {
    return "${f()}";
  } catch (e) {
    return "$e".trim().split("\n").join("|");
  }
}

method(o) => o.m();
methodWith(o) => o.m(1);
getter(o) => o.g;
called(o) => o.g(1);
torn(o) => o.m;
set(o) => o.s = 1;

main() {
  for (var i = 0; i < 3; i++) {
    // Neither A nor B is the more specific one, and D is more specific than both.
    lines.add([new One(), new Two(), new Plain(), new Below(), 5].map(method).toList());
    lines.add([new One(), new Two(), new Plain(), new Below()].map(methodWith).toList());
    lines.add("1 ${show(() => method(new Both()))}");
    lines.add("1 ${show(() => methodWith(new Both()))}");
    lines.add("1 ${show(() => getter(new Both()))}");
    lines.add("1 ${show(() => called(new Both()))}");
    lines.add("1 ${show(() => torn(new Both()))}");
    lines.add("1 ${show(() => set(new Both()))}");
    lines.add(show(() => new Both().q()).split("|").first);
    lines.add("${called(new One())} ${called(new Two())} ${called(5)} ${torn(new One())(2)} ${torn(5)(3)}");
    set(new Two());
    // What is left out is left out each time.
    var o = new Plain();
    lines.add([o.optional(), o.optional(1), o.optional(1, 2), o.optional(), o.exact(3)]);
    lines.add([new One().only(1), new One().only(1, y: 3), show(() => new One().only()) == show(() => 1)]);
    lines.add([<int>[], <String>[], <int>[1], <Object>[]].map((x) => show(() => x.kind())).toList());
    lines.add([(x) => x + 1, (x) => x * 3].map((f) => f.twice(5)).toList());
    lines.add(show(() => (() => 1).twice(5)).contains("twice"));
    if (i < 2) lines.clear();
  }
  lines.forEach(print);
}
// expect: [A.m null, B.m null, C.m null, D.m null, C.m null]
// expect: [A.m 1, B.m 1, C.m 1, D.m 1]
// expect: 1 NoSuchMethodError: Both 'A' and 'B' extend it by 'm', and neither is more specific.|Receiver: Instance of 'Both'|Tried calling: m()
// expect: 1 NoSuchMethodError: Both 'A' and 'B' extend it by 'm', and neither is more specific.|Receiver: Instance of 'Both'|Tried calling: m()
// expect: 1 NoSuchMethodError: Both 'A' and 'B' extend it by 'g', and neither is more specific.|Receiver: Instance of 'Both'|Tried calling: g()
// expect: 1 NoSuchMethodError: Both 'A' and 'B' extend it by 'g', and neither is more specific.|Receiver: Instance of 'Both'|Tried calling: g()
// expect: 1 NoSuchMethodError: Both 'A' and 'B' extend it by 'm', and neither is more specific.|Receiver: Instance of 'Both'|Tried calling: m()
// expect: 1 NoSuchMethodError: Both 'A' and 'B' extend it by 's', and neither is more specific.|Receiver: Instance of 'Both'|Tried calling: s()
// expect: NoSuchMethodError: Both 'OfOne' and 'OfTwo' extend it by 'q', and neither is more specific.
// expect: A.g 1 B.g 1 C.g 1 A.m 2 C.m 3
// expect: B.s 1
// expect: [null 7, 1 7, 1 2, null 7, exact 3]
// expect: [A.only 1 2, A.only 1 3, false]
// expect: [ints, texts, ints, list]
// expect: [7, 45]
// expect: true
