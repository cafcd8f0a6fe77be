// Type arguments of functions are values: written, passed on, inferred.
import 'lib_types.dart' as p;

Type typeOf<T>() => T;
Type passedOn<S>() => typeOf<S>();
Type twice<A>() => passedOn<List<A>>();
Type mapOf<K, V>() => typeOf<Map<K, V>>();
bool isA<T>(x) => x is T;
T cast<T>(x) => x as T;
bool caught<T>(x) {
  try {
    throw x;
  } on T {
    return true;
  } catch (e) {
    return false;
  }
}

var log = [];
T expected<T>() {
  log.add(T);
  return null;
}

List<T> listOf<T>() {
  log.add(T);
  return null;
}

List<S> openOf<S>(dynamic maker) => maker.listOf();

class Holder<T> {
  List<T> make(dynamic maker) {
    List<T> made = maker.listOf();
    List<String> other() => maker.listOf();
    other();
    return made;
  }
}

typedef Op<T> = T Function(T, T);
Op<T> operation<T>() {
  log.add(T);
  return null;
}

Type ofArgument<T>(T x, {T y}) => T;
Type ofNamed<T>({T y}) => T;
Type bounded<T extends num>() => T;
Type boundedByFunction<F extends Function>() => F;
Type boundedByItself<T extends Comparable<T>>() => T;

class C {
  int field;
  var untyped;
  Type typeOf<T>() => T;
  T expected<T>() {
    log.add(T);
    return null;
  }

  call<T>() => T;
  get self => this;
  List<T> listOf<T>() {
    log.add(T);
    return null;
  }

  final void Function(bool) taker = (x) => null;
  void callback(x) => taker(expected());
  get function => typeOf;
  fill() {
    field = expected();
    this.field = expected();
  }
}

class D {
  // Not there: a call of it is answered by this.
  noSuchMethod(invocation) => "none";
}

takes(int x, [String y]) => null;
named({double z}) => null;
int number = expected();
int returned() => expected();
int returnedFromBlock() {
  return expected();
}

outer<A>() {
  inner<B>() => [A, B];
  return inner<String>();
}

deep<T>() => () => () => T;
countdown<T>(n) => n == 0 ? T : countdown<T>(n - 1);
ever<T>(n) => n == 0 ? 0 : ever<List<T>>(n - 1);

void logged(String what, action()) {
  log.clear();
  action();
  print("$what: ${log.join(" ")}");
}

Type typeOfValue<T>(T x) => T;
void givenANum(void f(num x)) => f(1);

void main() {
  print([typeOf<int>(), passedOn<String>(), twice<int>(), mapOf<int, C>()]);
  // expect: [int, String, List<int>, Map<int, C>]
  print([typeOf(), bounded(), boundedByFunction(), boundedByItself(), passedOn()]);
  // expect: [dynamic, num, Function, dynamic, dynamic]
  print([isA<int>(1), isA<int>(""), isA<List>([]), isA(1), isA<void>(1)]);
  // expect: [true, false, true, true, true]
  print([cast<int>(1), cast<int>(null), caught<String>("x"), caught<int>("x")]);
  // expect: [1, null, true, false]
  try {
    cast<int>("s");
  } catch (e) {
    print(e);
    // expect: CastError: String is not a int
  }

  var c = new C();
  print([c.typeOf<int>(), c.self.typeOf<bool>(), c<num>(), c?.typeOf<String>()]);
  // expect: [int, bool, num, String]
  var f = typeOf;
  var g = c.typeOf;
  print([f<int>(), g<num>(), c.function<int>(), f(), Function.apply(f, [])]);
  // expect: [int, num, int, dynamic, dynamic]
  print([new D().typeOf<int>(), p.typeOf<int>(), p.first(1)]);
  // expect: [none, int, int]
  print([outer<int>(), deep<int>()()(), countdown<C>(1000), ever<int>(2000)]);
  // expect: [[int, String], int, C, 0]

  String s = "";
  double d = 1.5;
  var v = 1;
  print([ofArgument(1), ofArgument(""), ofArgument("a$s"), ofArgument(1.5), ofArgument(true)]);
  // expect: [int, String, String, double, bool]
  print([ofArgument(s), ofArgument(d), ofArgument(v), ofNamed(y: s), ofArgument(null, y: 1)]);
  // expect: [String, double, int, String, int]

  logged("declared", () {
    int a = expected();
    final String b = expected(), c = expected();
    List<int> d = listOf();
    Iterable<num> e = listOf();
    Op<int> f = operation();
    Op<String> g = expected();
    var h = expected();
  });
  // expect: declared: int String String int num int String Function(String, String) dynamic
  logged("through", () {
    bool yes = 1 < 2;
    int a = yes ? expected() : 1;
    double b = null ?? expected();
    String c = expected() ?? "";
    int d = (expected());
    int e = expected()..toString();
    num g = yes ? (yes ? 1 : 2) : expected();
    int h = yes ? yes ? expected() : 1 : 2;
  });
  // expect: through: int double String int int int
  logged("assigned", () {
    int a;
    a = expected();
    a ??= expected();
    number = expected();
    new C().fill();
    var b;
    b = expected();
  });
  // expect: assigned: int int int int int dynamic
  logged("passed", () {
    takes(expected(), expected());
    named(z: expected());
    print(expected());
  });
  // expect: null
  // expect: passed: int String double dynamic
  logged("returned", () {
    returned();
    returnedFromBlock();
    int inner() => expected();
    inner();
  });
  // expect: returned: int int int
  logged("dynamic", () {
    dynamic receiver = new C();
    double a = receiver.expected();
    String b = receiver.self.expected();
    int e = receiver.expected() ?? 1;
    receiver.expected();
  });
  // expect: dynamic: double String int dynamic
  // What a variable's own type says of the function in it holds for the arguments.
  logged("taken", () {
    void Function(int, {List<String> named}) taker = (a, {named}) => null;
    taker(expected(), named: listOf());
    new C().callback(1);
  });
  // expect: taken: int String bool
  // Open types are told to whoever may ask.
  logged("open", () {
    openOf<int>(new C());
    new Holder<double>().make(new C());
  });
  // expect: open: int double String
  // Elements are expected to be what the literal says, or what is expected of it.
  logged("elements", () {
    List<int> list = [expected(), expected()];
    Map<String, double> map = {"a": expected()};
    <bool>[expected()];
    <int, String>{1: expected()};
    List<List<num>> lists = [
      [expected()],
      listOf()
    ];
  });
  // expect: elements: int int double bool String num num

  // A parameter without a type has that of the function that is expected.
  givenANum((x) => print(typeOfValue(x))); // expect: num
  givenANum((x) {
    print(typeOfValue(x)); // expect: num
  });
  void Function(int) taken = (x) => print(typeOfValue(x));
  taken(1); // expect: int
}
