// Constants: made once, the same wherever they are written, and never changed.
import 'lib_constants.dart' as lib;

const M = const {"a": 1};
const IMPLICIT = {"list": [1, 2], "map": {"k": [3]}, "point": P(1, 2)};
const LIST = [1, [2, 3]];
const N = 3;

class P {
  final x, y;
  const P(this.x, this.y);
  const P.square(x) : this(x, x);
  const P.sum(a, b)
      : x = a + b,
        y = const [0];
}

class Q extends P {
  final z;
  const Q(z)
      : super(z, 2),
        z = z;
}

refuses(f) {
  try {
    f();
    return "changed";
  } catch (e) {
    return "$e";
  }
}

optional([list = const [1], map = const {}, n = N + 1]) => "$list $map $n";

const HALF = "${0.5}x";
const HALVES = "_" + HALF;
const CUT = "${0.25}${1 << 70}";

class Said {
  final text;
  const Said(x) : text = "<$x>";
}

main() {
  print(refuses(() => M["a"] = 2));  // expect: Unsupported operation: Cannot change a constant map
  print(M);  // expect: {a: 1}
  for (var change in [
    () => M["b"] = 2,
    () => M.remove("a"),
    () => M.clear(),
    () => M.addAll({"c": 3}),
    () => M.putIfAbsent("d", () => 4),
    () => IMPLICIT["list"].add(3),
    () => IMPLICIT["map"]["k"][0] = 1,
    () => IMPLICIT["map"].clear(),
    () => LIST[1][0] = 1,
    () => const [][0] = 1,
  ]) {
    if (!refuses(change).startsWith("Unsupported")) print("changed");
  }
  print("$M $IMPLICIT[map] $LIST");
  // expect: {a: 1} {list: [1, 2], map: {k: [3]}, point: Instance of 'P'}[map] [1, [2, 3]]
  // Texts that are not known when the program is compiled.
  print(identical(const ["${0.5}x"], const ["${0.5}x"])); // expect: true
  print(identical(const ["${0.5}x"], const ["${0.25}x"])); // expect: false
  // They are the literals of the same text, too.
  print([identical(HALF, "0.5x"), identical(HALVES, "_0.5x"), identical("${0.5}x", HALF)]); // expect: [true, true, false]
  print(identical(const Said(0.5).text, "<0.5>")); // expect: true
  print(identical(const ["${0.5}x"].first, "0.5x")); // expect: true
  print(identical("a${0.25}${1 << 70}".substring(1), CUT)); // expect: false
  half([x = "${0.5}x"]) => x;
  print(identical(half(), HALF)); // expect: true
  print(identical(const {"b": 1}, const {"b": 1}));  // expect: true
  print(identical(const {"b": 1}, const {"b": 2}));  // expect: false
  print(identical(const {"b": 1}, const {"c": 1}));  // expect: false
  print(identical(const {1: const [2]}, const {1: [2]}));  // expect: true
  print(identical(const {}, const {}));  // expect: true
  print(identical(M, const {"a": 1}) && identical(M, lib.M));  // expect: true
  print(identical(IMPLICIT["point"], const P(1, 2)));  // expect: true
  print(identical(LIST[1], const [2, 3]));  // expect: true
  print(identical(const P.square(2), const P(2, 2)));  // expect: true
  print(identical(const P.sum(1, 2), const P(3, const [0])));  // expect: true
  print(identical(const Q(1), const Q(1)) && !identical(const Q(1), const P(1, 2)));
  // expect: true
  // Texts are equal by what they say, however they came about.
  print(identical(const P("a$N", 1), const P("a3", 1)));  // expect: true
  print(identical(const P("a$N", 1), const P("a4", 1)));  // expect: false
  print(identical(const ["a$N"], const ["a3"]));  // expect: true
  print(const Q(5).x + const Q(5).z);  // expect: 10
  print(optional());  // expect: [1] {} 4
  const local = [N, {"n": N}];
  nested([x = local]) => x;
  print(identical(nested(), const [3, const {"n": 3}]));  // expect: true
  print("${M.length} ${M['a']} ${M['b']} ${M.keys.toList()} ${M.containsKey('a')}");
  // expect: 1 1 null [a] true
  print(new Map.from(M)..["b"] = 2);  // expect: {a: 1, b: 2}
}
