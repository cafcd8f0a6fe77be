// Objects know the type arguments that they were made with.
import 'dart:isolate';

class Box<T> {
  T value;
  Box(this.value);
  Box.empty();
  Box.of(T x) : value = x;
  factory Box.made() => new Box<T>(null);
  factory Box.other() = Other<T>;
  Type get type => T;
  bool accepts(x) => x is T;
  List<T> list() => <T>[value];
  Box<List<T>> wrap() => new Box<List<T>>(list());
  Type both<S>() => new Pair<T, S>().runtimeType;
  closure() => () => T;
  static Type shared() => typeOf();
}

class Other<T> extends Box<T> {
  final List<T> initialised = <T>[];
  Other() : super(null);
}

class Pair<A, B> {
  Type get first => A;
  Type get second => B;
}

class Swapped<A, B> extends Pair<B, A> {}

class IntBox extends Box<int> {
  IntBox() : super(1);
}

class Named<T> {
  final Type type = T;
  mixed() => T;
}

class Mixer<A, B> extends Pair<A, B> with Named<List<B>> {}

class Applied = Object with Named<String>;

abstract class Holder<T> {}

class Held implements Holder<List<int>> {}

class Plain {}

class Fixed<T> {
  const Fixed();
  Type get type => T;
}

Type typeOf<T>() => T;
T expected<T>() => null;
Type ofBox<T>(Box<T> box) => T;

void main() {
  var b = new Box<int>(1);
  print([b.type, b.accepts(1), b.accepts(""), b.list().runtimeType, b.wrap().type]);
  // expect: [int, true, false, List<int>, List<int>]
  print([b.runtimeType, b.wrap().runtimeType, b.both<String>(), b.closure()(), Box.shared()]);
  // expect: [Box<int>, Box<List<int>>, Pair<int, String>, int, dynamic]
  print([b is Box<int>, b is Box<num>, b is Box<String>, b is Box, b is Box<Object>]);
  // expect: [true, true, false, true, true]
  print([b as Box<num> == b, new Box<num>(1) is Box<int>]);
  // expect: [true, false]
  try {
    print(b as Box<String>);
  } catch (e) {
    print(e);
    // expect: CastError: Box<int> is not a Box<String>
  }

  // Inferred.
  Box<String> c = Box.empty();
  final Box<double> d = Box.made();
  Box<bool> e = Box.other();
  print([c.type, d.type, e.type, e.runtimeType, (e as Other).initialised is List<bool>]);
  // expect: [String, double, bool, Other<bool>, true]
  print([Box(1).type, Box("").type, Box.of(1.5).type, Box(b).type]);
  // expect: [int, String, double, Box<int>]
  // Who says `new` and no type arguments means none.
  Box<String> none = new Box("");
  Box<String> nobody = new Box.made();
  print([none.type, nobody.type, new Box(1).type, new Box.of(1.5) is Box<String>, new Set.from([1]) is Set<String>]);
  // expect: [dynamic, dynamic, dynamic, true, true]
  print([new Box<int>.made().type, Box<num>.empty().type, ofBox(c)]);
  // expect: [int, num, String]

  // Nothing known fits.
  dynamic x = 1;
  var u = new Box(x);
  print([u.type, u is Box<int>, u is Box<String>, u.runtimeType, u.list().runtimeType]);
  // expect: [dynamic, true, true, Box, List]

  // By way of supertypes.
  var s = new Swapped<int, String>();
  print([s.first, s.second, s is Pair<String, int>, s is Pair<int, String>]);
  // expect: [String, int, true, false]
  var i = new IntBox();
  print([i.type, i is Box<int>, i is Box<String>, i.runtimeType, i.wrap().type]);
  // expect: [int, true, false, IntBox, List<int>]
  var m = new Mixer<int, bool>();
  print([m.first, m.type, m.mixed(), m is Named<List<bool>>, m is Named<List<int>>]);
  // expect: [int, List<bool>, List<bool>, true, false]
  print([new Applied().type, new Held() is Holder<List<int>>, new Held() is Holder<List<bool>>]);
  // expect: [String, true, false]

  // Lists, maps and sets.
  print([<int>[1] is List<int>, <int>[1] is List<String>, <int>[] is Iterable<num>, [1] is List<bool>]);
  // expect: [true, false, true, true]
  print([<int>[1].runtimeType, [1].runtimeType, <int>[1].toList().runtimeType]);
  // expect: [List<int>, List, List<int>]
  print([new List<int>().runtimeType, <String, int>{}.runtimeType, {}.runtimeType]);
  // expect: [List<int>, Map<String, int>, Map]
  print([<String, int>{} is Map<String, int>, <String, int>{} is Map<int, int>, {} is Map<int, int>]);
  // expect: [true, false, true]
  print([new Set<int>() is Set<int>, new Set<int>() is Set<bool>, new Set<int>().runtimeType]);
  // expect: [true, false, Set<int>]
  Map<String, bool> made = Map();
  print(made.runtimeType);
  // expect: Map<String, bool>
  print([<List<int>>[] is List<List<int>>, <List<int>>[] is List<List<bool>>]);
  // expect: [true, false]
  var grown = <int>[];
  for (var j = 0; j < 100; j++) grown.add(j);
  print([grown.runtimeType, grown.length, grown[99]]);
  // expect: [List<int>, 100, 99]

  // Constants.
  print(identical(const Fixed<int>(), const Fixed<int>()));
  // expect: true
  print(identical(const Fixed<int>(), const Fixed<num>()));
  // expect: false
  print([const Fixed<int>().type, new Plain().runtimeType]);
  // expect: [int, Plain]

  // A copy has those of its original.
  var port = new ReceivePort();
  port.listen((message) {
    print([message.value, message.type, message is Box<String>]);
    // expect: [7, int, false]
    port.close();
  });
  port.sendPort.send(new Box<int>(7));
}
