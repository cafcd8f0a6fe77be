// `T?` is a type of its own; a `?` that a `:` follows is not its.
Type typeOf<T>() => T;
bool isA<T>(x) => x is T;
bool isMaybe<T>(x) => x is T?;

int? half(int? x) => x == null ? null : x ~/ 2;

class C {
  int? field;
  List<int?>? list;
  int Function(int?)? function;
  String? get name => field is int ? "int" : null;
  int? operator [](int? i) => i;
  static double? shared;
}

void main() {
  print([typeOf<int?>(), typeOf<List<int?>>(), typeOf<int Function(String?)?>()]);
  // expect: [int?, List<int?>, int Function(String?)?]
  print([typeOf<int?>() == int, typeOf<int?>() == typeOf<int?>(), typeOf<dynamic>()]);
  // expect: [false, true, dynamic]
  print([null is int, null is int?, 1 is int?, "" is int?, null is dynamic, null is Object]);
  // expect: [false, true, true, false, true, true]
  print([isA<int>(null), isA<int?>(null), isMaybe<int>(null), isMaybe<String>(1)]);
  // expect: [false, true, true, false]
  print([3 is int ? 2 : 1, null is int? ? "yes" : "no", half(5), half(null)]);
  // expect: [2, yes, 2, null]
  int? local = 3;
  final int? fixed = local is int ? local : null;
  for (int? x in [1, null]) print(x);
  // expect: 1
  // expect: null
  int? inner(int? y) => y;
  var c = new C();
  c.field = inner(fixed);
  print([c.name, c[2], C.shared, null as int?, c.function]);
  // expect: [int, 2, null, null, null]
  print([<int>[] is List<int?>, <int?>[] is List<int>, <int?>[] is List<int?>]);
  // expect: [true, false, true]
}
