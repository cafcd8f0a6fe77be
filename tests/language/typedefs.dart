// What typedefs stand for, and how types are written.
import 'lib_types.dart' as p;

typedef int Older(int a, String b);
typedef Newer = void Function([int, String]);
typedef Named = int Function({int a, String b});
typedef Op<T> = T Function(T, T);
typedef OlderOp<T>(T a, T b);
typedef Table<V> = Map<String, List<V>>;
typedef Nested = Table<Op<int>>;
typedef PI = List<int>;
typedef Name = String;
typedef Anything = dynamic;
typedef Callback = void Function(int Function(String), List<void Function()>);

Type typeOf<T>() => T;

void main() {
  print([Older, Newer, Named]);
  // expect: [int Function(int, String), void Function([int, String]), int Function({int a, String b})]
  print([typeOf<Op<int>>(), typeOf<Op>(), typeOf<OlderOp<num>>()]);
  // expect: [int Function(int, int), dynamic Function(dynamic, dynamic), dynamic Function(num, num)]
  print([typeOf<Table<int>>(), Nested, PI, Name, Anything]);
  // expect: [Map<String, List<int>>, Map<String, List<int Function(int, int)>>, List<int>, String, dynamic]
  print(Callback);
  // expect: void Function(int Function(String), List<void Function()>)
  print([p.Pair, typeOf<p.Pair>(), typeOf<p.Both<int>>(), p.Both]);
  // expect: [Map<int, int>, Map<int, int>, Map<int, int>, Map]
  print([PI == typeOf<List<int>>(), Name == String, Older == typeOf<int Function(int, String)>()]);
  // expect: [true, true, true]
  print([PI == typeOf<List<num>>(), identical(p.Pair, typeOf<Map<int, int>>())]);
  // expect: [false, true]
  print([[] is PI, 3 is PI, "" is Name, 3 is Name, 3 is Anything, "" as Name]);
  // expect: [true, false, true, false, true, ]
  two(a, b) => 1;
  print([two is Older, two is Op, main is Older, 3 is Older, main is void Function()]);
  // expect: [true, true, false, false, true]
  optional([a, b]) => 1;
  named({a, b}) => 1;
  print([optional is Newer, two is Newer, named is Named, optional is Named, optional is Older]);
  // expect: [true, false, true, false, true]
}
