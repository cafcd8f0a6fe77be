// What goes in a circle is printed to where it begins again, however deep that is: lists, maps, sets and
// queues in each other, and the same in JSON.
// stress-interval: 97
import "dart:collection";
import "dart:convert";

// Makes `depth` collections in each other; the innermost holds the one at `back`.
List ring(int depth, int back, List makes) {
  var all = [];
  for (var i = 0; i < depth; i++) all.add(makes[i % makes.length]());
  for (var i = 0; i < depth; i++) put(all[i], i + 1 < depth ? all[i + 1] : all[back]);
  return all;
}

put(collection, what) => collection is Map ? collection["k"] = what : collection.add(what);

count(String text, String part) => part.allMatches(text).length;

main() {
  var kinds = {
    "lists": [() => []],
    "maps": [() => {}],
    "sets": [() => new Set.identity()],
    "queues": [() => new Queue()],
    "mixed": [() => [], () => {}, () => new Set.identity(), () => new ListQueue(), () => new DoubleLinkedQueue()]
  };
  kinds.forEach((name, makes) {
    var wrong = [];
    for (var depth = 1; depth <= 21; depth++) {
      for (var back = 0; back < depth; back++) {
        var text = ring(depth, back, makes)[0].toString();
        var opens = count(text, "[") + count(text, "{");
        if (count(text, "...") != 1 || opens != depth + 1) wrong.add("$depth $back: $text");
      }
    }
    print("$name $wrong");
  });
  var wrong = [];
  for (var depth = 1; depth <= 21; depth++) {
    for (var back = 0; back < depth; back++) {
      try {
        wrong.add(JSON.encode(ring(depth, back, [() => [], () => {}])[0]));
      } on JsonCyclicError catch (error) {
        if (error.unsupportedObject == null) wrong.add("$depth $back");
      }
    }
  }
  print("json $wrong");
  // The same thing twice is no circle.
  var twice = ["x"];
  for (var i = 0; i < 12; i++) twice = [twice];
  print(count("${[twice, twice]}", "x"));
}
// expect: lists []
// expect: maps []
// expect: sets []
// expect: queues []
// expect: mixed []
// expect: json []
// expect: 2
