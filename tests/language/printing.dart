// What collections print that are deep, in themselves, or hold what throws in the middle.
// stress-interval: 2999
import 'dart:typed_data';

class Holder {
  var held;
  toString() => "<$held>";
}

class Bad {
  toString() { throw "bad"; }
}

class OwnList extends Iterable {
  get iterator => [1, [2]].iterator;
}

nest(n, around) {
  var value = 0;
  for (var i = 0; i < n; i++) value = around(value);
  return value;
}

main() {
  // Each into the buffer of what is around it.
  for (var around in [(x) => [x], (x) => new List.filled(1, x), (x) => {1: x}]) {
    print("${nest(1000, around)}".length);
  }
  // expect: 2001
  // expect: 2001
  // expect: 5001
  print(nest(3, (x) => new Set.from([x])));  // expect: {{{0}}}

  // In itself, at whatever depth.
  for (var depth in [0, 1, 7, 8, 9, 20]) {
    var inner = [1];
    var outer = nest(depth, (x) => x == 0 ? [inner] : [x]);
    inner.add(depth == 0 ? inner : outer);
    print(depth == 0 ? inner : outer);
  }
  // expect: [1, [...]]
  // expect: [[1, [...]]]
  // expect: [[[[[[[[1, [...]]]]]]]]]
  // expect: [[[[[[[[[1, [...]]]]]]]]]]
  // expect: [[[[[[[[[[1, [...]]]]]]]]]]]
  // expect: [[[[[[[[[[[[[[[[[[[[[1, [...]]]]]]]]]]]]]]]]]]]]]]
  // What is in itself lies deep.
  var self = [1];
  self.add(self);
  print(nest(12, (x) => x == 0 ? [self] : [x]));
  // expect: [[[[[[[[[[[[[1, [...]]]]]]]]]]]]]]
  var map = {};
  map["self"] = [map, map];
  print(map);  // expect: {self: [{...}, {...}]}
  var holder = new Holder();
  holder.held = [[[[[[[[[[holder]]]]]]]]]];
  var list = [holder];
  holder.held = [[[[[[[[[list, "x"]]]]]]]]];
  print(list);  // expect: [<[[[[[[[[[[...], x]]]]]]]]]>]
  var twice = [5];
  print([twice, twice, {twice: twice}]);  // expect: [[5], [5], {[5]: [5]}]
  print([[[[[[[[[twice, twice, [twice]]]]]]]]]]);  // expect: [[[[[[[[[[5], [5], [[5]]]]]]]]]]]

  // What throws leaves nothing behind, in a buffer neither.
  var broken = [[[[[[[[[[1, new Bad()]]]]]]]]]];
  var buffer = new StringBuffer("before");
  for (var i = 0; i < 2; i++) {
    try {
      buffer.write(broken);
    } catch (e) {
      print(e);
    }
  }
  // expect: bad
  // expect: bad
  print(buffer);  // expect: before
  broken[0][0][0][0][0][0][0][0][0][1] = 2;
  print(broken);  // expect: [[[[[[[[[[1, 2]]]]]]]]]]

  // What is printed is what each toString says.
  print([new OwnList(), new Uint8List(2), null, "a", 1.5]);
  // expect: [(1, [2]), [0, 0], null, a, 1.5]
  print([[1, 2], [3]].join("; "));  // expect: [1, 2]; [3]
  print(const [const [], const {1: const []}]);  // expect: [[], {1: []}]
}
