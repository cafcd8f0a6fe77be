// Literals are what their place is declared to hold.
List<int> listed() => [];
List<int> returned() {
  return [1, 2];
}

Map<String, int> mapped() => {};
Set<int> braces() => {};
taken(List<int> list, {Set<String> names: const {}}) =>
    '${list is List<String>} ${list is List<int>} ${names is Set}';

class A {
  List<String> list = [];
  final Map<int, String> map = {1: 'a'};
  static Set<double> set = {};
  var untyped = [];
  Set<int> filled;
  A() {
    filled = {};
  }
}

class B {
  Set<int> field;
  B({this.field: const {}});
}

List<double> top = [];
Iterable<int> iterable = [];
const Set<int> constant = const {};

main() {
  print(listed() is List<int>); // expect: true
  print(listed() is List<String>); // expect: false
  print(returned() is List<String>); // expect: false
  print(returned()); // expect: [1, 2]
  print(mapped() is Map<String, int>); // expect: true
  print(mapped() is Map<int, int>); // expect: false
  print(braces() is Set<int>); // expect: true
  print(braces() is Map); // expect: false
  print(taken([])); // expect: false true true
  final a = new A();
  print(a.list is List<int>); // expect: false
  print(a.map is Map<String, int>); // expect: false
  print(a.map); // expect: {1: a}
  print(A.set is Set<int>); // expect: false
  print(a.filled..add(3)); // expect: {3}
  print(a.untyped is List<int> && a.untyped is List<String>); // expect: true
  print(new B().field is Set); // expect: true
  print(top is List<int>); // expect: false
  print(iterable is List<String>); // expect: false
  print(constant is Set); // expect: true

  // Elements, and what surrounds a literal.
  List<List<int>> lists = [[], [1]];
  print(lists[0] is List<String>); // expect: false
  Map<int, Set<int>> sets = {1: {}};
  print(sets[1] is Set); // expect: true
  print(<Set<int>>[{}][0] is Set); // expect: true
  Set<int> chosen = lists.isEmpty ? null : {};
  print(chosen is Set); // expect: true
  chosen = null ?? {};
  print(chosen is Set); // expect: true
  Set<int> spread = {...lists[1]};
  print(spread); // expect: {1}
  Map<int, int> empty = {...{}};
  print(empty is Map<int, String>); // expect: false
  List<Set<int>> grown = [if (true) {}, for (var i = 0; i < 1; i++) {}];
  print(grown.every((each) => each is Set)); // expect: true
  local() {
    List<String> inside = [];
    return inside is List<int>;
  }

  print(local()); // expect: false

  // What says what it is stays that, and so does what nobody expects anything of.
  List<num> written = <int>[];
  print(written is List<int>); // expect: true
  dynamic any = {};
  print(any is Map); // expect: true
  Object object = {};
  print(object is Map); // expect: true
}
