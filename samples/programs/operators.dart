// Classes with operators, and objects that answer whatever they are asked.
class Fraction implements Comparable<Fraction> {
  final int n, d;

  factory Fraction(int n, [int d = 1]) {
    if (d == 0) throw new IntegerDivisionByZeroException();
    var g = n.gcd(d) * d.sign;
    return new Fraction._(n ~/ g, d ~/ g);
  }
  const Fraction._(this.n, this.d);
  static const ZERO = const Fraction._(0, 1);

  Fraction operator +(Fraction o) => new Fraction(n * o.d + o.n * d, d * o.d);
  Fraction operator -(Fraction o) => this + -o;
  Fraction operator *(Fraction o) => new Fraction(n * o.n, d * o.d);
  Fraction operator /(Fraction o) => new Fraction(n * o.d, d * o.n);
  Fraction operator -() => new Fraction(-n, d);
  bool operator <(Fraction o) => compareTo(o) < 0;
  bool operator ==(o) => o is Fraction && n == o.n && d == o.d;
  int get hashCode => n * 31 + d;
  int compareTo(Fraction o) => (n * o.d).compareTo(o.n * d);
  toString() => d == 1 ? "$n" : "$n/$d";
}

class Grid {
  final List<String> _rows = ["...", "...", "..."];
  String operator [](String place) => _rows[_row(place)][_column(place)];
  void operator []=(String place, String mark) {
    var column = _column(place);
    _rows[_row(place)] = _rows[_row(place)].replaceRange(column, column + 1, mark);
  }

  int _row(String place) => place.codeUnitAt(1) - 0x31;
  int _column(String place) => place.codeUnitAt(0) - 0x61;
  toString() => _rows.join("\n");
}

class Logger {
  final target;
  final List<String> log = [];
  Logger(this.target);

  noSuchMethod(Invocation call) {
    var name = call.memberName.toString().split('"')[1];
    if (call.isGetter) {
      log.add("get $name");
      return name == "length" ? target.length : super.noSuchMethod(call);
    }
    if (call.isSetter) {
      log.add("set $name${call.positionalArguments}");
      return null;
    }
    log.add("$name${call.positionalArguments}${call.namedArguments.isEmpty ? '' : '...'}");
    if (name == "add") return target.add(call.positionalArguments.first);
    return super.noSuchMethod(call);
  }
}

class Polynomial {
  final List<int> factors;
  const Polynomial(this.factors);
  int call(int x) => factors.reversed.fold(0, (sum, factor) => sum * x + factor);
}

main() {
  var half = new Fraction(1, 2), third = new Fraction(2, 6);
  print("${half + third} ${half - third} ${half * third} ${half / third} ${-half}");
  print([half, third, Fraction.ZERO, new Fraction(3, -4)]..sort());
  print("${third < half} ${new Fraction(4, 8) == half} ${new Set.from([half, new Fraction(2, 4)]).length}");
  print(new Iterable.generate(10, (i) => new Fraction(1, i + 1)).reduce((a, b) => a + b));
  try {
    half / Fraction.ZERO;
  } on IntegerDivisionByZeroException catch (e) {
    print(e);
  }

  var grid = new Grid();
  grid["b2"] = "x";
  grid["a1"] = grid["b2"] == "x" ? "o" : "?";
  print("$grid");

  var logged = new Logger([1, 2]);
  logged.add(3);
  logged.colour = "red";
  print(logged.length);
  try {
    logged.paint(1, thick: true);
  } on NoSuchMethodError catch (e) {
    print(e.toString().split("\n").first);
  }
  print(logged.log);

  var p = const Polynomial(const [1, 0, 2]);
  print("${p(3)} ${[0, 1, 2].map(p).toList()} ${p is Function}");
}
