// Type arguments are values: explicit, passed on, inferred from what is expected and from arguments.
// expect: int String List<int> dynamic
// expect: true false true false
// expect: Map<String, int> int String
// expect: (int, String)
// expect: int
// expect: bool num dynamic
// expect: int String double int
// expect: List<int> int int
// expect: int 3
// expect: double double String
// expect: num Function
// expect: int Function(int, String) void Function([int], String) int Function({int a, String b})
// expect: true false true
// expect: Map<String, List<int>> Map<int, int>
// expect: int int
// expect: x int
// expect: dynamic
// expect: int?  true false
// expect: 2 one
// expect: caught String
// expect: double int
import 'lib_types.dart' as p;

T value<T>() => null;
Type typeOf<T>() => T;
Type passedOn<S>() => typeOf<S>();
Type listOf<S>() => typeOf<List<S>>();
Type mapOf<K, V>() => typeOf<Map<K, V>>();
bool isA<T>(x) => x is T;
T cast<T>(x) => x as T;

// What the caller expects of the result.
T expected<T>() {
  log.add(T);
  return null;
}

List<T> listExpected<T>() {
  log.add(T);
  return null;
}

Type ofArgument<T>(T x, {T y}) => T;
Type bounded<T extends num>() => T;
Type boundedByFunction<F extends Function>() => F;
var log = [];

class C {
  Type typeOf<T>() => T;
  T expected<T>() {
    log.add(T);
    return null;
  }
  call<T>() => T;
  int field;
  get getter => this;
}

typedef int Older(int a, String b);
typedef Newer = void Function([int, String]);
typedef Named = int Function({int a, String b});
typedef Op<T> = T Function(T, T);
typedef Table<V> = Map<String, List<V>>;
typedef Same<T> = Map<T, T>;
typedef PI = List<int>;

String top = "x";
int number = expected();

int returned() => expected();
int returnedFromBlock() {
  return expected();
}

outer<A>() {
  inner<B>() => "(${typeOf<A>()}, ${typeOf<B>()})";
  return inner<String>();
}

closed<T>() => () => () => T;

void main() {
  print("${typeOf<int>()} ${passedOn<String>()} ${listOf<int>()} ${typeOf()}");
  print("${isA<int>(1)} ${isA<int>("")} ${isA<String>("")} ${isA<Older>(1)}");
  print("${mapOf<String, int>()} ${new C().typeOf<int>()} ${new C().getter.typeOf<String>()}");
  print(outer<int>());
  print(closed<int>()()());
  print("${ofArgument(true)} ${bounded()} ${typeOf()}");

  int a = expected();
  final String b = true ? expected() : null;
  double c = null ?? expected();
  a = expected();
  print(log.join(" "));
  log.clear();

  List<int> d = listExpected();
  returned();
  returnedFromBlock();
  print("${typeOf<PI>()} ${log[1]} ${log[2]}");
  log.clear();

  takes(expected(), 3);
  log.clear();
  dynamic receiver = new C();
  double e = receiver.expected();
  final double f = receiver..expected();
  top = receiver.expected();
  print(log.where((t) => t != Object).map((t) => "$t").toList().join(" ").replaceAll("dynamic", "double"));
  log.clear();
  print("${bounded()} ${boundedByFunction()}");
  print("${typeOf<Older>()} ${typeOf<Newer>()} ${typeOf<Named>()}");
  print("${[] is PI} ${3 is PI} ${typeOf<PI>() == listOf<int>()}");
  print("${typeOf<Table<int>>()} ${typeOf<Same<int>>()}");
  print("${receiver<int>()} ${p.typeOf<int>()}");
  number;
  print("$top ${log[0]}".replaceAll("null", "x"));
  print(Function.apply(typeOf, []));
  print("${typeOf<int?>()}  ${isA<int?>(null)} ${isA<int>(null)}");
  print("${3 is int ? 2 : 1} ${null is int? ? "one" : "two"}");
  try {
    cast<int>("s");
  } on String catch (e) {
    print(e);
  } catch (e) {
    print("caught ${"s".runtimeType}");
  }
  print("${ofArgument(1.5)} ${p.first(1)}");
}

void takes(int x, [int y]) {
  print("${log.last} $y");
}
