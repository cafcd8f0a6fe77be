// What grows stays as quick as it was, and what was removed is not walked over again.
// stress-interval: 997
class Bad {
  final number;
  Bad(this.number);
  get hashCode => number << 40;
  operator ==(other) => other is Bad && other.number == number;
}

class Changing {
  final map;
  Changing(this.map);
  get hashCode => 7.hashCode;
  operator ==(other) {
    map[map.length] = 1;
    return false;
  }
}

class NoHash {
  get hashCode => 1.5;
}

main() {
  const count = 600;
  // Keys whose low bits are all alike.
  for (var key in [
    (i) => i << 20, (i) => i << 30, (i) => i << 40, (i) => -i, (i) => i + 0.5,
    (i) => i * 4294967296.0, (i) => new Bad(i), (i) => "key $i"
  ]) {
    var map = new Map();
    for (var i = 0; i < count; i++) map[key(i)] = i;
    for (var i = 0; i < count; i++) {
      if (map[key(i)] != i) print("lost $i");
    }
    if (map.length != count) print("${map.length}");
  }

  // Taken from the front, from the back, and put back.
  var map = new Map();
  var set = new Set();
  var list = [];
  for (var i = 0; i < count; i++) {
    map[i] = i;
    set.add(i);
    list.add(i);
  }
  for (var i = 0; i < count; i++) {
    var first = map.keys.first;
    map.remove(first);
    map[first] = i;
    if (!map.keys.contains(first) || map.keys.last != first) print("lost $first");
    list.add(list.removeAt(0));
  }
  print("${map.keys.first} ${map.values.first} ${list.first} ${list.last}"); // expect: 0 0 0 599
  var sum = 0;
  while (map.length > 1) {
    sum += map.remove(map.keys.first);
    if (map.length > 1) sum += map.remove(map.keys.last);
    if (set.length > 2) set..remove(set.first)..remove(set.last);
  }
  print("$sum ${map.length} $set"); // expect: 179400 1 {299, 300}
  print(map); // expect: {300: 300}
  map.remove(300);
  print("${map.isEmpty} $map ${map.keys.isEmpty}"); // expect: true {} true
  for (var i = 0; i < count; i++) {
    map[i] = i;
    if (i >= 10) map.remove(i - 10);
  }
  print(map.keys.toList()); // expect: [590, 591, 592, 593, 594, 595, 596, 597, 598, 599]
  for (var i = 0; i < count; i++) list.insert(0, -i);
  for (var i = 0; i < count; i++) list.removeLast();
  print("${list.length} ${list.first} ${list.last}"); // expect: 600 -599 0
  list.insertAll(1, ["a", "b"]);
  list.removeRange(3, list.length - 1);
  print(list); // expect: [-599, a, b, 0]

  var holes = {1: "a", 2: "b", 3: "c", 4: "d", 5: "e"};
  for (var key in [2, 4, 1, 5]) {
    holes.remove(key);
    print("${holes.keys.first} ${holes.values.last} $holes");
  }
  // expect: 1 e {1: a, 3: c, 4: d, 5: e}
  // expect: 1 e {1: a, 3: c, 5: e}
  // expect: 3 e {3: c, 5: e}
  // expect: 3 c {3: c}

  // Keys that misbehave.
  var changed = new Map();
  changed[new Changing(changed)] = 0;
  try {
    print(changed[7]);
  } on ConcurrentModificationError {
    print("changed"); // expect: changed
  }
  print(changed.length); // expect: 2
  try {
    changed[new NoHash()] = 1;
  } on ArgumentError catch (error) {
    print(error);
    // expect: Invalid argument(s): []=: argument 'key' must have an int as hashCode, it is 1.5
  }
}
