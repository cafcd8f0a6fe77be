// `late`, and final variables that are given their value later.
// stress-interval: 7
var log = [];
say(x, [value]) {
  log.add(x);
  return value ?? x;
}

late int top;
late final int topFinal;
late final topLazy = say("topLazy");

class A {
  late int plain;
  late final int once;
  late var lazy = say("lazy $seed");
  late final lazyOnce = say("lazyOnce $seed");
  late final selfish = set();
  final seed;
  static late int shared;
  static late final sharedOnce;
  late int _private, second = 2;
  A([this.seed = 1]);
  A.given(this.plain) : once = 5, seed = 2;
  set() {
    selfishSetter();
    return 1;
  }

  selfishSetter() {}
  get private => _private;
  set private(v) => _private = v;
}

class B extends A {
  late int plain;
  get superPlain => super.plain;
  set superPlain(v) => super.plain = v;
}

mixin Late {
  late final mixed = say("mixed $this");
}

class C with Late {
  toString() => "C";
}

trying(f) {
  try {
    return f();
  } catch (e) {
    return "$e";
  }
}

locals(flag) {
  late int x;
  late final y;
  final z;
  int plain;
  var read = () => x;
  var write = (v) => y = v;
  print(trying(() => x));
  // expect: LateInitializationError: Local 'x' has not been initialized.
  print(trying(() => y));
  // expect: LateInitializationError: Local 'y' has not been initialized.
  x = 1;
  x = x + 1;
  x++;
  if (flag) {
    z = "yes";
  } else {
    z = "no";
  }
  write(4);
  print("$x ${read()} $y $z $plain");
  // expect: 3 3 4 yes null
  print(trying(() => write(5)));
  // expect: LateInitializationError: Local 'y' has already been initialized.
  late var lazy = say("local", x);
  late final lazyOnce = () {
    x = 9;
    return [x];
  }();
  print(log);
  // expect: []
  print("$lazy ${lazy + 1} $log $lazyOnce ${identical(lazyOnce, lazyOnce)} $x");
  // expect: 3 4 [local] [9] true 9
  lazy = 8;
  print(lazy);
  // expect: 8
  var functions = [];
  for (var i = 0; i < 3; i++) {
    late final square = say("square $i", i * i);
    functions.add(() => square);
  }
  log.clear();
  print("${functions[2]()} ${functions[1]()} ${functions[2]()} $log");
  // expect: 4 1 4 [square 2, square 1]
  late final circular;
  late final both = () {
    circular = 1;
    return circular;
  }();
  print(both);
  // expect: 1
}

main() {
  locals(true);
  log.clear();
  print(trying(() => top));
  // expect: LateInitializationError: Field 'top' has not been initialized.
  top = 1;
  top += 1;
  print(trying(() => topFinal));
  // expect: LateInitializationError: Field 'topFinal' has not been initialized.
  topFinal = 2;
  print(trying(() => topFinal = 3));
  // expect: LateInitializationError: Field 'topFinal' has already been initialized.
  print("$top $topFinal $log $topLazy $log");
  // expect: 2 2 [] topLazy [topLazy]
  log.clear();
  var a = new A(7);
  print(trying(() => a.plain));
  // expect: LateInitializationError: Field 'plain' has not been initialized.
  a.plain = null;
  print("${a.plain} $log ${a.lazy} ${a.lazy} ${a.lazyOnce} $log");
  // expect: null [] lazy 7 lazy 7 lazyOnce 7 [lazy 7, lazyOnce 7]
  a.lazy = 5;
  a.once = 1;
  print("${a.lazy} ${a.once} ${a.second} ${trying(() => a.once = 2)}");
  // expect: 5 1 2 LateInitializationError: Field 'once' has already been initialized.
  print(trying(() => a.private));
  // expect: LateInitializationError: Field '_private' has not been initialized.
  a.private = 3;
  print("${a.private} ${a.selfish} ${a.selfish}");
  // expect: 3 1 1
  print(trying(() => a.lazyOnce = 3) is String);
  // expect: true
  var given = new A.given(4);
  print("${given.plain} ${given.once} ${trying(() => given.once = 1)}");
  // expect: 4 5 LateInitializationError: Field 'once' has already been initialized.
  print(trying(() => A.shared));
  // expect: LateInitializationError: Field 'shared' has not been initialized.
  A.shared = 1;
  A.sharedOnce = 2;
  print("${A.shared} ${A.sharedOnce} ${trying(() => A.sharedOnce = 3)}");
  // expect: 1 2 LateInitializationError: Field 'sharedOnce' has already been initialized.
  var b = new B();
  b.plain = 1;
  b.superPlain = 2;
  print("${b.plain} ${b.superPlain} ${new C().mixed}");
  // expect: 1 2 mixed C
}
