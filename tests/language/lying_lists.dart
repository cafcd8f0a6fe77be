// A list that says it has more elements than any can have: nobody walks through them until there is no
// room.
// flags: --max-heap=64m
import 'dart:collection';
import 'dart:convert';
import 'dart:typed_data';

var reads = 0;

class Liar extends ListBase {
  final at;
  final int length;
  Liar(this.at, [this.length = 1 << 40]);
  set length(x) {}
  operator [](i) {
    if (++reads > 50000) throw "walked";
    return at(i);
  }
  operator []=(i, v) {}
}

class Keys extends MapBase {
  get keys => new Liar((i) => i);
  operator [](k) => k;
  operator []=(k, v) {}
  remove(k) {}
  clear() {}
}

class Plain extends ListBase {
  var _all = [1];
  get length => _all.length;
  set length(x) {
    _all.length = x;
  }
  operator [](i) => _all[i];
  operator []=(i, v) {
    _all[i] = v;
  }
}

main() {
  var liar = new Liar((i) => i);
  var texts = new Liar((i) => "");
  var bytes = new Liar((i) => 65);
  var cases = {
    "from": () => new List.from(liar),
    "fixed": () => new List.from(liar, growable: false),
    "addAll": () => [].addAll(liar),
    "insertAll": () => [].insertAll(0, liar),
    "replaceRange": () => [1].replaceRange(0, 1, liar),
    "+": () => [] + liar,
    "join": () => texts.join(),
    "writeAll": () => new StringBuffer().writeAll(texts),
    "map": () => liar.map((x) => x).toList(),
    "map join": () => texts.map((x) => x).join(),
    "skip": () => liar.skip(1).toList(),
    "reversed": () => liar.reversed.toList(),
    "generated": () => new Iterable.generate(1 << 40).toList(),
    "set": () => new Set.from(bytes),
    "toSet": () => bytes.toSet(),
    "set addAll": () => new Set().addAll(bytes),
    "hash set": () => new HashSet.from(bytes),
    "tree": () => new SplayTreeSet.from(bytes),
    "queue": () => new ListQueue.from(liar),
    "linked queue": () => new DoubleLinkedQueue.from(liar),
    "map from": () => new Map.from(new Keys()),
    "map of each": () => new Map.fromIterable(bytes),
    "map of both": () => new Map.fromIterables(bytes, bytes),
    "tree map": () => new SplayTreeMap.from(new Keys()),
    "map of entries": () => new SplayTreeMap().addEntries(liar),
    "tree map of each": () => new SplayTreeMap.fromIterable(bytes),
    "tree map of both": () => new SplayTreeMap.fromIterables(bytes, bytes),
    "map for good": () => new Map.unmodifiable(new Keys()),
    "list base": () => new Plain().addAll(liar),
    "bytes": () => new Uint8List.fromList(bytes),
    "char codes": () => new String.fromCharCodes(bytes),
    "utf8": () => UTF8.decode(bytes),
    "latin1": () => LATIN1.decode(bytes),
    "json": () => JSON.encode(liar),
    // What a list may have, and this heap has no room for.
    "large": () => [].addAll(new Liar((i) => i, 1 << 28)),
  };
  var walked = [];
  cases.forEach((name, f) {
    reads = 0;
    try {
      f();
      walked.add(name);
    } on OutOfMemoryError {
    } on RangeError {
    } catch (error) {
      walked.add(name);
    }
  });
  print("$walked"); // expect: []
  reads = 0;

  // What is true is taken: also what lies, if there is enough of it.
  print(new List.from(new Liar((i) => i, 5000)).length); // expect: 5000
  print([7]..addAll(new Liar((i) => i * i, 3))); // expect: [7, 0, 1, 4]
}
// stress-interval: 41
