// Programs that are right run the same where annotations of types are checks.
// stress-interval: 5
// flags: --checked
import 'dart:async';
import 'dart:collection';
import 'dart:convert';
import 'dart:math' as math;
import 'dart:typed_data';

var count = 0;
void same(actual, expected) {
  count++;
  var a = "$actual", e = "$expected";
  if (a != e) print("probe $count: $a, not $e");
}

abstract class Shape implements Comparable<Shape> {
  final String name;
  const Shape(this.name);
  num get area;
  int compareTo(Shape other) => area.compareTo(other.area);
  bool operator <(Shape other) => area < other.area;
  String toString() => "$name(${area})";
}

class Circle extends Shape {
  final num radius;
  const Circle(num this.radius) : super("circle");
  num get area => radius * radius * 3;
}

class Square extends Shape {
  num side;
  Square(this.side) : super("square");
  Square.unit() : this(1);
  factory Square.of(num area) => new Square(math.sqrt(area));
  factory Square.alias(num side) = Square;
  num get area => side * side;
  set area(num value) { side = math.sqrt(value); }
}

class Node<T> {
  T value;
  Node<T> next;
  Node(this.value, [this.next]);
  Node<T> push(T value) => new Node<T>(value, this);
  Iterable<T> get all sync* {
    for (Node<T> each = this; each != null; each = each.next) yield each.value;
  }
  List<T> toList() => all.toList();
  Node<R> mapped<R>(R f(T value)) => new Node<R>(f(value), next == null ? null : next.mapped(f));
}

class IntNode extends Node<int> {
  IntNode(int value) : super(value);
  int twice() => value * 2;
}

class Pair<A, B> {
  final A first;
  final B second;
  const Pair(this.first, this.second);
  Pair<B, A> swap() => new Pair<B, A>(second, first);
  static Pair<int, int> zero() => new Pair<int, int>(0, 0);
}

abstract class Named { String label = "none"; String describe() => "<$label>"; }
class Counted { int n = 0; void tick() { n++; } }
class Both extends Object with Named, Counted { Both(String l) { label = l; } }
class Gen<T> { T held; List<T> many = <T>[]; void keep(T t) { held = t; many.add(t); } }
class UsesGen extends Object with Gen<String> {}

class Temperature {
  double _degrees = 0.0;
  double get degrees => _degrees;
  void set degrees(double value) { _degrees = value; }
  static int made = 0;
  static final Map<String, Temperature> cache = <String, Temperature>{};
  factory Temperature(String name) => cache.putIfAbsent(name, () => new Temperature._());
  Temperature._() { made++; }
}

class Vector {
  final List<num> parts;
  Vector(this.parts);
  Vector operator +(Vector o) => new Vector([parts[0] + o.parts[0], parts[1] + o.parts[1]]);
  Vector operator -() => new Vector(parts.map((num x) => -x).toList());
  num operator [](int i) => parts[i];
  void operator []=(int i, num v) { parts[i] = v; }
  bool operator ==(other) => other is Vector && parts[0] == other.parts[0];
  int get hashCode => parts[0].hashCode;
}

class Callable { int call(int a, [int b = 2, int c]) => a + b + (c == null ? 0 : c); }
class Ghost { noSuchMethod(Invocation i) => 42; int sum(int a); int get size; }
enum Colour { red, green }
class Lazy { static int calls = 0; static int next() => ++calls; static int first = next(); final int own = next(); }

typedef int Binary(int a, int b);
typedef void Action();
typedef bool Test(value);
typedef T Maker<T>();

int apply(Binary f, int a, int b) => f(a, b);
int add(int a, int b) => a + b;
num widen(num x) => x;
int fib(int n) => n < 2 ? n : fib(n - 1) + fib(n - 2);
String join(Iterable<Object> parts, {String by: ", ", bool upper: false}) {
  String text = parts.join(by);
  return upper ? text.toUpperCase() : text;
}
T identityOf<T>(T x) => x;
List<T> listOf<T>(T a, T b) => <T>[a, b];
Map<K, List<V>> groupBy<K, V>(Iterable<V> values, K key(V value)) {
  var result = <K, List<V>>{};
  for (V each in values) result.putIfAbsent(key(each), () => <V>[]).add(each);
  return result;
}
void nothing() { return; }
Future<int> later(int x) async { await null; return x + 1; }
Future<int> chained(int x) async => later(x);
Future<List<String>> texts() async => ["a", "b"];
Future silent() async {}
Future<Null> none() async { return null; }
Stream<int> counting(int n) async* { for (int i = 0; i < n; i++) yield i; }
Iterable<int> evens(int n) sync* { for (var i = 0; i < n; i += 2) yield i; }
const List<int> primes = const <int>[2, 3, 5];
const Map<String, int> ages = const {"a": 1};
const Pair<int, String> pair = const Pair<int, String>(1, "x");
int counter = 0;
double ratio = 1.5;
num either = 1;
String greeting = "hi ${add(1, 2)}";
List<int> numbers = [1, 2, 3];
Map<String, List<int>> table = {"a": [1], "b": []};

main() async {
  // Numbers and widening.
  num n = 1; same(n, 1);
  n = 2.5; same(n, 2.5);
  int big = 9007199254740993 * 1000000000000; same(big, "9007199254740993000000000000");
  double d = 1.0; d += 1; same(d, 2.0);
  d = 7 / 2; same(d, 3.5);
  int q = 7 ~/ 2; same(q, 3);
  num m = 7 % 2.5; same(m, 2.0);
  same(widen(3), 3); same(widen(3.0), 3.0);
  int i = 5; i++; ++i; i--; i <<= 2; i |= 1; i ~/= 2; same(i, 12);
  int shifted = 1 << 70; same(shifted >> 69, 2);
  same(fib(12), 144);
  int clamped = 12.clamp(0, 10); same(clamped, 10);
  int rounded = 2.5.round(); same(rounded, 3);
  num least = math.min(1, 2.5); same(least, 1);
  int parsed = int.parse("42"); same(parsed, 42);
  double dp = double.parse("1.5"); same(dp, 1.5);
  num np = num.parse("3"); same(np, 3);
  // Null is always welcome.
  int nil = null; same(nil, null);
  String text; same(text, null);
  text = null; same(text ?? "x", "x");
  Function none1 = null; same(none1, null);
  Binary none2; same(none2, null);
  List<int> none3 = null; same(none3, null);
  // dynamic, Object, var.
  dynamic any = 1; any = "a"; same(any, "a");
  Object o = 1; o = "x"; o = [1]; same(o, [1]);
  var v = 1; v = "v"; same(v, "v");
  // Strings.
  String s = "a" "b"; same(s, "ab");
  s += "c"; s = s * 2; same(s, "abcabc");
  String joined = join([1, "a", null]); same(joined, "1, a, null");
  same(join(["a"], upper: true), "A"); same(join(["a", "b"], by: "-"), "a-b");
  List<String> parts = "a,b".split(","); same(parts, ["a", "b"]);
  Iterable<Match> matches = new RegExp("a").allMatches("aba"); same(matches.length, 2);
  String replaced = "aXb".replaceAllMapped("X", (Match m) => m[0].toLowerCase()); same(replaced, "axb");
  StringBuffer buffer = new StringBuffer(); buffer.write(1); buffer.writeAll([2, 3]); same(buffer, "123");
  Pattern p = "a"; p = new RegExp("b"); same("abc".contains(p), true);
  // Lists.
  List<int> l = <int>[1, 2]; l.add(3); l[0] = 4; l.insert(0, 9); l.addAll([5, 6]); same(l, [9, 4, 2, 3, 5, 6]);
  List<num> ln = <num>[1, 2.5]; ln.add(3); ln.add(0.5); ln[1] = 7; same(ln, [1, 7, 3, 0.5]);
  List<num> covariant = <int>[1]; same(covariant.length, 1);
  List<Object> lo = <String>["a"]; same(lo, ["a"]);
  List raw = <int>[1]; raw.add(2); same(raw, [1, 2]);
  List<int> fromRaw = [1, 2]; fromRaw.add(3); same(fromRaw, [1, 2, 3]);
  List<int> made = new List(3); made[1] = 1; same(made, [null, 1, null]);
  List<int> filled = new List<int>.filled(2, 0); filled[0] = 1; same(filled, [1, 0]);
  List<int> generated = new List<int>.generate(3, (int i) => i * i); same(generated, [0, 1, 4]);
  List<int> copied = new List<int>.from([1, 2]); same(copied, [1, 2]);
  List<double> doubles = [1, 2]; same(doubles, [1, 2]);
  List<List<int>> nested = [[1], [2, 3], []]; nested.add([4]); same(nested, [[1], [2, 3], [], [4]]);
  l.sort(); same(l, [2, 3, 4, 5, 6, 9]);
  l.sort((int a, int b) => b - a); same(l, [9, 6, 5, 4, 3, 2]);
  l.removeWhere((int x) => x > 5); l.retainWhere((x) => x.isOdd); same(l, [5, 3]);
  l.setAll(0, [7, 8]); l.fillRange(0, 1, 1); l.setRange(1, 2, [2]); l.replaceRange(0, 1, [3, 4]); same(l, [3, 4, 2]);
  l.length = 4; same(l, [3, 4, 2, null]); l.removeLast(); l.insertAll(1, [0, 0]); same(l, [3, 0, 0, 4, 2]);
  List<int> sub = l.sublist(1, 3); same(sub, [0, 0]);
  l.first = 1; l.last = 9; same([l.first, l.last], [1, 9]);
  Iterable<String> mapped = l.map((int x) => "$x"); same(mapped.join(), "10049");
  List<String> strings = l.map((x) => x.toString()).toList(); same(strings.length, 5);
  int total = l.fold(0, (int a, int b) => a + b); same(total, 14);
  num folded = l.fold(0, (a, b) => a + b / 2); same(folded, 7.0);
  int reduced = l.reduce((a, b) => a + b); same(reduced, 14);
  bool anyOdd = l.any((int x) => x.isOdd); same(anyOdd, true);
  int firstBig = l.firstWhere((x) => x > 100, orElse: () => null); same(firstBig, null);
  Set<int> set = l.toSet(); set.add(100); same(set.length, 5);
  Map<int, int> asMap = l.asMap(); same(asMap[0], 1);
  List<int> unmodifiable = new List<int>.unmodifiable(l); same(unmodifiable.length, 5);
  List<int> expanded = l.expand((x) => [x, x]).toList(); same(expanded.length, 10);
  for (int x in primes) counter += x; same(counter, 10);
  for (num x in <int>[1]) same(x, 1);
  for (var x in [1, "a"]) same(x, x);
  int each; for (each in [1, 2]) {} same(each, 2);
  for (int a = 0, b = 10; a < b; a++, b--) each = a; same(each, 4);
  Uint8List bytes = new Uint8List(2); bytes[0] = 255; same(bytes, [255, 0]);
  List<int> view = bytes; view[1] = 3; same(view, [255, 3]);
  Float64List floats = new Float64List.fromList([1.0, 2.0]); floats[0] = 3.0; same(floats, [3.0, 2.0]);
  // Maps and sets.
  Map<String, int> map = <String, int>{"a": 1}; map["b"] = 2; map.addAll({"c": 3}); same(map, "{a: 1, b: 2, c: 3}");
  map.putIfAbsent("d", () => 4); map.remove("a"); same(map["zz"], null); same(map[1], null); same(map.containsKey(1), false);
  Map<String, num> wide = map; same(wide.length, 3);
  Map<String, List<int>> lists = {"a": [1]}; lists["b"] = []; lists["b"].add(2); same(lists, "{a: [1], b: [2]}");
  map.forEach((String k, int x) { counter += x; }); same(counter, 19);
  Iterable<String> keys = map.keys; List<int> values = map.values.toList(); same([keys.first, values], ["b", [2, 3, 4]]);
  Map<String, double> rates = {"x": 1}; rates["y"] = 2.5; same(rates["x"], 1);
  Map<Colour, String> names = {Colour.red: "r"}; same(names[Colour.red], "r");
  LinkedHashMap<int, int> linked = new LinkedHashMap<int, int>(); linked[1] = 2; same(linked, "{1: 2}");
  HashMap<String, int> hash = new HashMap<String, int>(); hash["k"] = 1; same(hash["k"], 1);
  SplayTreeMap<int, String> tree = new SplayTreeMap<int, String>(); tree[2] = "b"; tree[1] = "a"; same(tree, "{1: a, 2: b}");
  Queue<int> queue = new Queue<int>(); queue.addLast(1); queue.addFirst(0); same(queue.removeLast(), 1);
  ListQueue<String> lq = new ListQueue<String>.from(["a"]); lq.add("b"); same(lq, "{a, b}");
  Set<String> words = new Set<String>.from(["a", "b", "a"]); same(words.length, 2); same(words.contains(1), false);
  HashSet<int> hs = new HashSet<int>(); hs.addAll([1, 2]); same(hs.length, 2);
  Map<String, dynamic> json = JSON.decode('{"a": [1, "b", null], "c": {"d": 1.5}}'); same(json["a"], [1, "b", null]);
  Map<String, int> castless = JSON.decode('{"a": 1}'); same(castless["a"], 1);
  String encoded = JSON.encode({"a": [1, 2]}); same(encoded, '{"a":[1,2]}');
  List<int> utf = UTF8.encode("ä"); same(utf, [195, 164]);
  Map<String, int> folded2 = ["a", "bb"].fold(<String, int>{}, (Map<String, int> m, String w) { m[w] = w.length; return m; });
  same(folded2, "{a: 1, bb: 2}");
  // Classes.
  Shape shape = new Circle(2); same(shape, "circle(12)");
  shape = new Square(2); same(shape.area, 4); same(shape < new Circle(2), true);
  List<Shape> shapes = [new Circle(1), new Square.unit(), const Circle(3)]; shapes.sort(); same(shapes.first.name, "square");
  Square sq = new Square.of(9); same(sq.side, 3.0); sq.area = 16; same(sq.side, 4.0); sq.side = 2; sq.side += 0.5; same(sq.side, 2.5);
  same(new Square.alias(3).area, 9);
  Comparable<Shape> comparable = sq; same(comparable is Comparable, true);
  Node<int> node = new Node<int>(1).push(2).push(3); same(node.toList(), [3, 2, 1]);
  node.value = 9; node.next = null; same(node.all, "(9)");
  Node<num> wideNode = new Node<int>(1); same(wideNode.value, 1);
  Node rawNode = new Node(1); rawNode.value = "x"; same(rawNode.value, "x");
  Node<int> intNode = new IntNode(4); same((intNode as IntNode).twice(), 8); intNode.value = 5; same(intNode.value, 5);
  Node<String> mappedNode = new Node<int>(7).mapped((x) => "$x!"); same(mappedNode.value, "7!");
  Pair<int, String> pr = new Pair<int, String>(1, "a"); Pair<String, int> sw = pr.swap(); same(sw.first, "a");
  var mixed = new Pair(1, "a"); same(mixed.second, "a"); same(Pair.zero().first, 0); same(pair.second, "x");
  Both both = new Both("lbl"); both.tick(); both.n += 2; same("${both.describe()} ${both.n}", "<lbl> 3");
  Named named = both; Counted counted = both; named.label = "z"; same(counted.n, 3);
  UsesGen ug = new UsesGen(); ug.keep("a"); ug.held = "b"; same([ug.held, ug.many], ["b", ["a"]]);
  Temperature t = new Temperature("x"); t.degrees = 1.5; same(identical(t, new Temperature("x")), true); same(Temperature.made, 1);
  Vector vec = new Vector([1, 2]) + new Vector([0.5, 1]); vec[1] = 9; same([vec[0], vec[1], (-vec)[0], vec == new Vector([1.5, 0])], [1.5, 9, -1.5, true]);
  same(ages["a"], 1); same(primes.length, 3); same(Colour.values.length, 2); Colour c = Colour.green; same(c.index, 1);
  same([Lazy.first, new Lazy().own, Lazy.first], [1, 2, 1]);
  Ghost ghost = new Ghost(); same([ghost.sum(1), ghost.size], [42, 42]);
  // Functions.
  Binary f = add; same(f(1, 2), 3); f = (a, b) => a * b; same(apply(f, 3, 4), 12);
  f = (num a, num b) => 1; same(f(1, 2), 1); f = (Object a, [b]) => 2; same(f(1, 2), 2);
  Function fn = add; same(Function.apply(fn, [1, 2]), 3); Function callable = new Callable(); same(callable(1), 3);
  same(new Callable()(1, 2, 3), 6);
  Action act = nothing; act(); act = () => 3; act(); Test test = (x) => x == 1; same(test(1), true);
  Maker<int> maker = () => 3; same(maker(), 3);
  int local(int a, {int b: 1, String c}) => a + b + (c == null ? 0 : c.length); same([local(1), local(1, b: 2), local(1, c: "xx")], [2, 3, 4]);
  int captured = 0; void bump([int by = 1]) { captured += by; } bump(); bump(4); same(captured, 5);
  List<Function> fs = []; for (int k = 0; k < 3; k++) fs.add(() => k); same(fs.map((Function g) => g()).toList(), [0, 1, 2]);
  same(identityOf("a"), "a"); same(listOf(1, 2.5), [1, 2.5]); same(listOf<num>(1, 2.5), [1, 2.5]);
  same(groupBy([1, 2, 3], (int x) => x.isOdd), "{true: [1, 3], false: [2]}");
  Type type = int; same(type, "int"); Symbol symbol = #a; same(symbol == #a, true);
  // Control.
  bool flag = 1 < 2 && !false || false; same(flag ? 1 : 2, 1); while (flag) flag = false; do {} while (flag);
  switch (c) { case Colour.red: same(1, 2); break; case Colour.green: same(1, 1); break; default: same(0, 1); }
  try { throw new StateError("x"); } on StateError catch (e, st) { StackTrace trace = st; same(trace != null, true); }
  try { int.parse("x"); } on FormatException catch (e) { FormatException fe = e; same(fe != null, true); }
  int viaTry() { try { return 1; } finally { captured++; } } same([viaTry(), captured], [1, 6]);
  assert(captured == 6); assert(() { return true; });
  same(counter ??= 5, 19); int empty; empty ??= 3; same(empty, 3);
  same(greeting, "hi 3"); either = 2.5; same(either, 2.5); ratio *= 2; same(ratio, 3.0); numbers.add(4); same(numbers.length, 4);
  table["c"] = [1]; table["b"].add(1); same(table, "{a: [1], b: [1], c: [1]}");
  DateTime date = new DateTime.utc(2017, 1, 2); Duration dur = const Duration(days: 1); same(date.add(dur).day, 3);
  Uri uri = Uri.parse("http://a/b?c=d"); Map<String, String> query = uri.queryParameters; same(query["c"], "d");
  BigIntLike(); Iterable<int> ev = evens(6); same(ev, "(0, 2, 4)"); List<int> evl = evens(4).toList(); same(evl, [0, 2]);
  math.Point<int> pt = new math.Point<int>(1, 2); math.Point<num> pw = pt + new math.Point<int>(1, 1); same(pw.x, 2);
  math.Random random = new math.Random(1); int r = random.nextInt(1); same(r, 0);
  Stopwatch sw2 = new Stopwatch()..start(); int elapsed = sw2.elapsedMilliseconds; same(elapsed >= 0, true);
  Expando<int> expando = new Expando<int>("e"); expando[t] = 3; same(expando[t], 3);
  BitsAndPieces.run();
  // Asynchronous.
  int l1 = await later(1); same(l1, 2); Future<int> fut = chained(1); same(await fut, 2); List<String> tx = await texts(); same(tx, ["a", "b"]);
  await silent(); same(await none(), null); Future<int> value = new Future.value(3); same(await value, 3);
  Future<int> then = later(1).then((int x) => x * 2); same(await then, 4); Future<String> chain = later(1).then((x) => "$x"); same(await chain, "2");
  List<int> waited = await Future.wait([later(1), later(2)]); same(waited, [2, 3]);
  Completer<int> completer = new Completer<int>(); completer.complete(3); same(await completer.future, 3);
  completer = new Completer<int>(); completer.complete(later(4)); same(await completer.future, 5);
  int sum = 0; await for (int x in counting(4)) sum += x; same(sum, 6);
  StreamController<int> controller = new StreamController<int>(); controller.add(1); controller.add(2); controller.close();
  List<int> got = await controller.stream.map((int x) => x + 1).toList(); same(got, [2, 3]);
  Stream<String> st = new Stream<int>.fromIterable([1, 2]).map((x) => "$x"); String js = await st.join(); same(js, "12");
  StreamSubscription<int> sub2 = counting(1).listen((int x) {}); await sub2.cancel(); same(1, 1);
  Timer timer = new Timer(Duration.ZERO, () {}); timer.cancel(); same(timer.isActive, false);
  Zone zone = Zone.current; same(zone != null, true);
  print(count);
}
class BitsAndPieces {
  static void run() {
    Iterator<int> it = [1, 2].iterator; same(it.moveNext(), true); int cur = it.current; same(cur, 1);
    Iterable<int> w = [1, 2, 3].where((int x) => x > 1).skip(1).take(1); same(w, "(3)");
    List<Object> objects = new List<Object>()..add(1)..add("a"); same(objects, [1, "a"]);
    Map<Object, Object> things = {1: "a", "b": null}; same(things["b"], null);
    List<Map<String, Object>> rows = [{"a": 1}, {"a": "x", "b": [1]}]; same(rows[1]["a"], "x");
    Sink<int> sink = new StreamController<int>(); sink.add(1); same(1, 1);
    Comparator<int> cmp = (int a, int b) => a - b; same(([3, 1]..sort(cmp)), [1, 3]);
  }
}
class BigIntLike { int value = 1 << 64; BigIntLike() { value *= 2; } }
// expect: 194
