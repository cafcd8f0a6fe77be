// Members that extensions add.
import 'lib_extensions.dart';
import 'lib_extensions.dart' as ext show Doubling;

extension StringTools on String {
  String get reversed => split("").reversed.join();
  String shout([end = "!"]) => toUpperCase() + end;
  String operator ~() => reversed;
  String operator *(int count) => shout("*") + "$count";
  operator [](index) => "never";
  set mark(value) => marks.add("$this=$value");
  String named({required String by, int times = 1}) => "$this by $by $times";
  both() => "${shout()} $reversed $length ${this.length}";
  later() => () => reversed + shout("?");
  static final marks = [];
  static count() => marks.length;
  get adder => (x) => "$this+$x";
}

extension on List {
  get second => this[1];
  operator >>(int index) => this[index];
}

extension Generic<T> on Iterable<T> {
  T firstOrNothing() => isEmpty ? null : first;
  List<R> mapped<R>(R f(T x)) => map(f).toList();
}

extension OnAnything<T> on T {
  R let<R>(R f(T it)) => f(this);
}

class Counter {
  var count = 0;
  increase() => ++count;
}

class Answering {
  noSuchMethod(invocation) => "answered";
}

extension CounterTools on Counter {
  twice() {
    increase();
    return increase();
  }

  increase() => "never";
  int get half => count ~/ 2;
  void set half(int value) {
    count = value * 2;
  }
}

extension Calling on Answering {
  extended() => "extended";
}

trying(f) {
  try {
    return f();
  } catch (e) {
    return "$e".split("\n").first;
  }
}

main() {
  print("${'abc'.reversed} ${'abc'.shout()} ${'abc'.shout('?')} ${~'xyz'} ${'abc' * 3}");
  // expect: cba ABC! ABC? zyx abcabcabc
  print("${'abc'[0]} ${'abc'.both()} ${'abc'.later()()} ${'abc'.adder(1)} ${'a'.named(by: 'b')}");
  // expect: a ABC! cba 3 3 cbaABC? abc+1 a by b 1
  "m".mark = 1;
  print("${StringTools.marks} ${StringTools.count()} ${Doubling.make()} ${ext.Doubling.make()}");
  // expect: [m=1] 1 made by Doubling made by Doubling
  var shout = "torn".shout;
  print("${shout()} ${[1, 2, 3].second} ${[1, 2, 3] >> 2} ${[].firstOrNothing()}");
  // expect: TORN! 2 3 null
  print("${[1, 2].mapped((x) => x * 10)} ${5.let((it) => it + 1)} ${4.twice} ${3.times(5)}");
  // expect: [10, 20] 6 8 15
  print("${StringTools('q').shout()} ${ext.Doubling(6).twice} ${CounterTools(null)?.half}");
  // expect: Q! 12 null
  var counter = new Counter();
  print("${counter.increase()} ${counter.twice()} ${CounterTools(counter).increase()}");
  // expect: 1 never never
  counter.half = 21;
  counter.half += 4;
  CounterTools(counter).half++;
  print("${counter.count} ${counter.half}");
  // expect: 52 26
  print("${3.describe()} ${'s'.describe()} ${2.5.describe()} ${askSecret(1)}");
  // expect: a number an object a number secret
  print("${new Answering().extended()} ${new Answering().unknown()}");
  // expect: extended answered
  for (var i = 0; i < 3; i++) print(i.isEven ? i.twice : "odd".reversed);
  // expect: 0
  // expect: ddo
  // expect: 4
  print(trying(() => 1.secret()));
  // expect: NoSuchMethodError: Class 'int' has no instance method 'secret' that takes these arguments.
  print(trying(() => "s".side()));
  // expect: NoSuchMethodError: Both 'Left' and 'Right' extend it by 'side', and neither is more specific.
  print(trying(() => "a".named()));
  // expect: NoSuchMethodError: Class 'String' has no instance method 'named' that takes these arguments.
  print(Left("s").side() + Right("s").side());
  // expect: leftright
  var missing;
  print("${missing?.reversed} ${trying(() => missing.reversed)}");
  // expect: null NoSuchMethodError: The getter 'reversed' was called on null.
}
