// Small things that came after the first edition of the language.
library;

import 'lib_a.dart' if (dart.library.core) 'lib_constants.dart' as chosen;

class Bits {
  final text;
  Bits(this.text);
  operator >>>(int other) => "$text >>> $other";
}

enum Color { red, green }

T same<T>(T x) => x;

switched(x) {
  var out = "";
  switch (x) {
    case 1:
      out += "one";
    case 2:
    case 3:
      out += "two or three";
    case 4:
      {
        out += "four";
      }
    default:
      out += "other";
  }
  return out;
}

class Operations {
  int apply(int f(int x), {int g(int x)}) => f(1) + (g == null ? 0 : g(2));
  external void outside();
  void set value(covariant x) {}
}

main() {
  print("${1_000_000 + 0xFF_FF + 1_0.2_5} ${1e1_0 == 1e10}");
  // expect: 1065545.25 true
  print("${-1 >>> 1} ${-1 >>> 63} ${-1 >>> 64} ${256 >>> 4} ${-8 >>> 0} ${new Bits('b') >>> 3}");
  // expect: 9223372036854775807 1 0 16 -8 b >>> 3
  var x = -1;
  x >>>= 60;
  print("$x ${x >>> 1 == 7 && x >> 1 == 7}");
  // expect: 15 true
  print("${switched(1)} ${switched(2)} ${switched(3)} ${switched(4)} ${switched(5)}");
  // expect: one two or three two or three four other
  var generic = <T>(T x) => [x];
  print("${generic<int>(1)} ${same<String>('s')} ${(<A, B extends num>(A a, B b) { return a; })(1, 2)}");
  // expect: [1] s 1
  print("${Color.red.name} ${Color.green} ${Color.values.length} ${Color.green.index}");
  // expect: red Color.green 2 1
  print(new Operations().apply((x) => x + 1, g: (x) => x * 10));
  // expect: 22
  var labelled = 0;
  outer:
  for (final i in [1, 2, 3]) {
    for (final j in [1, 2, 3]) {
      if (j == 2) continue outer;
      labelled += i * j;
    }
  }
  print(labelled);
  // expect: 6
}
