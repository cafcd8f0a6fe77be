// A typedef for a class names its constructors and static members as the class's own name does.
import 'lib_types.dart' as p;

class Box<T> {
  final T value;
  Box(this.value);
  Box.twice(T a) : this(a);
  factory Box.made(T value) => new Box<T>(value);
  const Box.fixed(this.value);
  static int count = 3;
  static R pass<R>(R x) => x;
  Type get type => T;
}

typedef IntBox = Box<int>;
typedef AnyBox<T> = Box<T>;
typedef BoxOfList<T> = Box<List<T>>;
typedef Alias = IntBox;
typedef Call = void Function();

Type typeOf<T>() => T;

class Wide<T> {
  Type made(x) => AnyBox<T>(x).type;
}

void main() {
  print([IntBox(1).type, new IntBox(1).type, IntBox.twice(2).type, new IntBox.made(3).type]);
  // expect: [int, int, int, int]
  print([AnyBox<String>("a").type, AnyBox<String>.twice("a").type, AnyBox("a").type]);
  // expect: [String, String, String]
  AnyBox<num> expected = AnyBox(1);
  AnyBox<double> made = AnyBox.made(1);
  print([expected.type, made.type, BoxOfList<int>([]).type, Alias.twice(1).type]);
  // expect: [num, double, List<int>, int]
  print([const IntBox.fixed(4).value, identical(const Alias.fixed(4), const IntBox.fixed(4))]);
  // expect: [4, true]
  print([IntBox.count, IntBox.count = 5, Box.count, Alias.pass("x"), [1, 2].map(IntBox.pass)]);
  // expect: [3, 5, 5, x, (1, 2)]
  print([new p.Pair().length, p.Both.from({1: 2}), new Wide<bool>().made(true)]);
  // expect: [0, {1: 2}, bool]

  // `dynamic` is a type, and so a value.
  print([dynamic, typeOf<dynamic>() == dynamic, typeOf<int>() == dynamic, dynamic is Type]);
  // expect: [dynamic, true, false, true]
  // What never comes to a value is of every type.
  print([<Never>[] is List<int>, <int>[] is List<Never>, 3 is Never, typeOf<Never>()]);
  // expect: [true, false, false, Never]
  try {
    Call.toString();
    print(Call.something);
  } catch (e) {
    print(e.runtimeType); // expect: NoSuchMethodError
  }
}
