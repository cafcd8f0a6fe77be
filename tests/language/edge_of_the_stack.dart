// Where the stack ends in the middle of what a collection does, it does it whole or not at all.
// stack-kilobytes: 128
// stress-interval: 997
import "dart:collection";
import "dart:convert";

var frames = 0;
measure(n, f) {
  if (n <= 0) return f();
  frames++;
  return measure(n - 1, f);
}

dive(n, f) {
  if (n <= 0) return f();
  return dive(n - 1, f);
}

// Frames of another size.
diveWide(n, a, b, f) {
  if (n <= 0) return f();
  return diveWide(n - 1, b, a, f);
}

class Key {
  final int n;
  Key(this.n);
  get hashCode => n % 7;
  operator ==(other) => other is Key && other.n == n;
}

class Entry extends LinkedListEntry {}

check(bool isRight, what) {
  if (!isRight) throw "$what";
}

checkMap(Map map) {
  var keys = map.keys.toList();
  check(keys.length == map.length, "${keys.length} keys, length ${map.length}");
  for (var key in keys) check(map.containsKey(key) && map[key] != null, "a key that is not there");
  for (var i = 0; i < 40; i++) map[i] = i;
  for (var key in map.keys.toList()) check(map.remove(key) != null, "nothing removed");
  check(map.isEmpty && map.keys.isEmpty, "not empty");
  map[1] = 1;
  check(map.length == 1 && map.keys.single == 1, "not one");
}

checkSet(Set set) {
  var all = set.toList();
  check(all.length == set.length, "${all.length} elements, length ${set.length}");
  for (var each in all) check(set.remove(each), "an element that is not there");
  check(set.isEmpty && set.add(1) && set.single == 1, "not one");
}

checkQueue(Queue queue) {
  var all = queue.toList();
  check(all.length == queue.length && !all.contains(null), "$all, length ${queue.length}");
  for (var i = 0; i < 20; i++) queue..addFirst(i)..addLast(i);
  for (var i = 19; i >= 0; i--) check(queue.removeFirst() == i && queue.removeLast() == i, "$i");
  check(queue.length == all.length, "length after");
}

checkLinked(LinkedList list) => check(list.toList().length == list.length, "length");

checkPrinted(object) => check(!"$object".contains("..."), "a circle: $object");

class Case {
  final String name;
  final Function make, act, hold;
  Case(this.name, this.make, this.act, this.hold);
}

maps(cases) {
  ({
    "literal": () => {},
    "own": () => new HashMap(equals: (a, b) => a == b, hashCode: (a) => a.hashCode),
    "identity": () => new Map.identity()
  }).forEach((name, make) {
    for (var size in [1, 4, 8]) {
      start(key) {
        var map = make();
        for (var i = 0; i < size; i++) map[key(i)] = i + 1;
        return map;
      }
      ints() => start((i) => i);
      keys() => start((i) => new Key(i));
      add(String what, start, act) => cases.add(new Case("$name $size $what", start, act, checkMap));
      add("[]=", ints, (map) => map[50] = 1);
      add("[]= of keys", keys, (map) => map[new Key(50)] = 1);
      add("putIfAbsent", ints, (map) => map.putIfAbsent(50, () => 1));
      add("remove the first", ints, (map) => map.remove(0));
      add("remove the last", ints, (map) => map.remove(size - 1));
      add("remove of keys", keys, (map) => map.remove(new Key(0)));
      add("clear", ints, (map) => map.clear());
    }
  });
}

others(cases) {
  for (var size in [1, 8]) {
    numbers() => new List.generate(size, (i) => i);
    var sets = [() => new Set.from(numbers()), () => new SplayTreeSet.from(numbers())];
    for (var set in sets) {
      cases.add(new Case("set $size add", set, (set) => set.add(50), checkSet));
      cases.add(new Case("set $size remove", set, (set) => set.remove(0), checkSet));
    }
    var queues = [() => new ListQueue.from(numbers()), () => new DoubleLinkedQueue.from(numbers())];
    for (var queue in queues) {
      cases.add(new Case("queue $size addFirst", queue, (q) => q.addFirst(50), checkQueue));
      cases.add(new Case("queue $size addAll", queue, (q) => q.addAll([1, 2, 3, 4]), checkQueue));
      cases.add(new Case("queue $size remove", queue, (q) => q.removeLast(), checkQueue));
    }
    linked() => new LinkedList()..addAll(numbers().map((i) => new Entry()));
    cases.add(new Case("linked add", linked, (list) => list.add(new Entry()), checkLinked));
    cases.add(new Case("linked remove", linked, (list) => list.first.unlink(), checkLinked));
    inside() => [[[numbers()]], {1: new Queue.from([new SplayTreeMap.from({2: numbers()})])}];
    cases.add(new Case("print $size", inside, (list) => "$list", checkPrinted));
    cases.add(new Case("encode $size", inside, (list) => JSON.encode(list[0]), checkPrinted));
  }
}

main() {
  try {
    measure(1 << 30, null);
  } on StackOverflowError {}
  var cases = [];
  maps(cases);
  others(cases);
  var ended = 0;
  dive(frames - 220, () {
    for (var each in cases) {
      for (var dives in [dive, (n, f) => diveWide(n, 1, 2, f)]) {
        // From where nothing begins to where all of it ends.
        for (var n = 220, done = 0; n > 0 && done < 3; n--) {
          var object = each.make();
          try {
            dives(n, () {
              each.act(object);
              done++;
            });
          } on StackOverflowError {
            ended++;
          }
          try {
            each.hold(object);
          } catch (error) {
            print("${each.name}: $error");
          }
        }
      }
    }
  });
  print(cases.length);
  print(ended > 10 * cases.length ? "ended by the stack" : "too few: $ended");
  // expect: 91
  // expect: ended by the stack
}
