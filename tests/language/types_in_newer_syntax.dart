// Type arguments and `T?` in extensions, late variables and `required` parameters.
Type typeOf<T>() => T;
List<T> listFor<T>() => <T>[];

extension OnList<T> on List<T> {
  Type get element => T;
  List<T> get empty => <T>[];
  bool holds(x) => x is T;
  Type pair<U>() => typeOf<Map<T, U>>();
  later() => () => typeOf<T>();
}

extension OnInts on List<int> {
  String what() => "ints";
  String only() => "ints only";
}

extension OnNums<N extends num> on List<N> {
  String what() => "nums";
  String bounded() => "$N";
}

extension OnAny<T> on T {
  Type get itself => T;
}

extension OnText on String? {
  bool get isBlank => this == null || this.length == 0;
}

extension OnCallback on int Function(int) {
  twice(x) => this(this(x));
}

extension OnMap<K, V extends Object> on Map<K, V> {
  Map<V, K> get turned => <V, K>{};
  static Type made<X>() => X;
}

class Pointer<T> {
  final address;
  const Pointer(this.address);
}

class Utf8 {}

class Int8 {}

extension Utf8Pointer on Pointer<Utf8> {
  String text() => "utf8 at $address";
}

extension Int8Pointer on Pointer<Int8> {
  String text() => "int8 at $address";
  int get value => address;
}

class Box<T> {
  late final List<T> items = listFor();
  late List<T>? maybe;
  late T? content;
  static late List<String> names = listFor();
  final T value;
  late Type type = typeOf<T>();
  Box({required T this.value}) : content = value;
  void fill() {
    maybe = listFor();
  }
}

late List<double> top = listFor();

Type infer<T>({required T? x, required List<T> y}) => T;
Type order<T>(int a, {required List<T> b}) => T;

trying(f) {
  try {
    return f();
  } catch (e) {
    return "${e.runtimeType}";
  }
}

main() {
  print([<int>[].element, <String>[].empty is List<String>, <String>[].empty is List<int>]);
  // expect: [int, true, false]
  print([<int>["x"].holds(1), <int>[].holds("x"), [].holds("x"), <int>[].pair<bool>()]);
  // expect: [true, false, true, Map<int, bool>]
  print([<int>[].later()(), OnList<num>(<int>[]).element, OnList(<int>[]).pair<String>()]);
  // expect: [int, int, Map<int, String>]
  for (List list in [<int>[1], <double>[1.5], <int>[2], <String>["a"]]) {
    print([trying(() => list.what()), trying(() => list.only()), trying(() => list.bounded())]);
  }
  // expect: [ints, ints only, int]
  // expect: [nums, NoSuchMethodError, double]
  // expect: [ints, ints only, int]
  // expect: [NoSuchMethodError, NoSuchMethodError, NoSuchMethodError]
  print([1.itself, "a".itself, new Box<int>(value: 1).itself]);
  // expect: [int, String, Box<int>]
  print([null.isBlank, "".isBlank, "x".isBlank, trying(() => 1.isBlank)]);
  // expect: [true, true, false, NoSuchMethodError]
  print([((x) => x + 1).twice(5), trying(() => (() => 1).twice(5))]);
  // expect: [7, NoSuchMethodError]
  print([<int, String>{}.turned is Map<String, int>, <int, String>{}.turned is Map<int, int>]);
  // expect: [true, false]
  print(OnMap.made<int>());
  // expect: int
  for (var pointer in [
    new Pointer<Utf8>(1),
    new Pointer<Int8>(2),
    const Pointer<Utf8>(3),
    new Pointer<Int8>(4)
  ]) {
    print("${pointer.text()} ${trying(() => pointer.value)}");
  }
  // expect: utf8 at 1 NoSuchMethodError
  // expect: int8 at 2 2
  // expect: utf8 at 3 NoSuchMethodError
  // expect: int8 at 4 4
  var box = new Box<int>(value: 7);
  print([box.items is List<int>, box.items is List<String>, box.content, box.type]);
  // expect: [true, false, 7, int]
  print(trying(() => box.maybe));
  // expect: LateInitializationError
  box.fill();
  box.content = null;
  print([box.maybe is List<int>, box.maybe is List<String>, box.content]);
  // expect: [true, false, null]
  print([Box.names is List<String>, Box.names is List<int>, top is List<double>, top is List<int>]);
  // expect: [true, false, true, false]
  late String? text;
  print(trying(() => text));
  // expect: LateInitializationError
  text = null;
  print(text);
  // expect: null
  late final List<int> lazy = listFor();
  print([lazy is List<int>, lazy is List<String>, lazy.element]);
  // expect: [true, false, int]
  List<bool> checked = listFor()!;
  print(checked.element);
  // expect: bool
  print([infer<int>(x: null, y: []), infer(x: 1, y: []), order(b: listFor<bool>(), 1)]);
  // expect: [int, int, bool]
  print([<int>{1} is Set<int>, <int>{1} is Set<String>, <String, int>{...{}} is Map<String, String>]);
  // expect: [true, false, false]
  print([<int>[...[1], if (true) 2] is List<int>, <int>[for (var i = 0; i < 2; ++i) i] is List<String>]);
  // expect: [true, false]
}
