// What iterables that are made of others, and iterators, say that they hold; and some edges of 2013:
// paths that begin with dots, escapes of patterns, what counts as space.
// stress-interval: 31
import "dart:collection";
import "dart:typed_data";

class Program extends ListBase<int> {
  var list = <int>[1, 2];
  get length => list.length;
  operator [](i) => list[i];
}

class Set2 extends SetBase<int> {
  var set = new Set<int>.from([1]);
  get iterator => set.iterator;
  get length => set.length;
}

// Iterators that hold no ints, or strings as well.
iterators(iterables) => iterables.where((each) => each.iterator is! Iterator<int> || each.iterator is Iterator<String>).length;

// Those of whose parts the same is true.
parts(iterables) {
  var wrong = 0;
  for (var each in iterables) {
    for (var made in [each.where((x) => true), each.take(1), each.skip(0), each.takeWhile((x) => true), each.skipWhile((x) => false)]) {
      if (made is! Iterable<int> || made is Iterable<String> || iterators([made]) > 0) wrong++;
    }
  }
  return wrong;
}

main() {
  var all = [<int>[1], new List<int>(1), const <int>[1], new Uint8List(1), "a".codeUnits, new Iterable<int>.generate(1), new Set<int>.from([1])];
  print(iterators(all)); // expect: 0
  print(iterators([<int>[1].reversed, new Iterable<int>.empty(), new UnmodifiableListView<int>([1])])); // expect: 0
  print(parts(all)); // expect: 0
  print(parts([new Program(), new Set2(), new SplayTreeSet<int>.from([1]), new UnmodifiableListView<int>([1])])); // expect: 0
  print([1].iterator is Iterator<String>); // expect: true
  print(["..", ".", "../a", "a/../../b", "a//b", "./a/."].map((path) => Uri.parse(path)).join(" ")); // expect: ../ ./ ../a ../b a//b a/
  print(new Uri(path: "..")); // expect: ../
  print([Uri.parse("../a").normalizePath(), Uri.parse("/../a").normalizePath(), Uri.parse("x:/a/../b").normalizePath(), Uri.parse("").normalizePath()]); // expect: [../a, /a, x:/b, ]
  has(pattern, text) => new RegExp(pattern).hasMatch(text);
  print([has(r"[\c1]", "\x11"), has(r"[\c_]", "\x1f"), has(r"[\c1]", "c"), has(r"\c1", "\\c1"), has(r"[\c*]", "c")]); // expect: [true, true, false, true, true]
  print([has(r"\s", "\u180e"), has(r"[\S]", "\u180e"), "\u180ea\u180e".trim(), int.parse("\u180e7")]); // expect: [true, false, a, 7]
}
