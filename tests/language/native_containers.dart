// What natives know of the fields of string buffers and maps: also of classes that extend one, after
// entries have gone, and while the program decides what keys are.
// stress-interval: 7
class Tagged<T> extends StringBuffer {
  final T tag;
  int writes = 0;
  Tagged(this.tag, [Object content = ""]) : super(content);
  void write(Object object) {
    writes++;
    super.write(object);
  }
}

class Shown {
  toString() => "shown";
}

class Silent {
  toString() => null;
}

class Key {
  final int value;
  Key(this.value);
  int get hashCode => value & 1;
  bool operator ==(other) => other is Key && other.value == value;
  toString() => "k$value";
}

main() {
  var buffer = new StringBuffer();
  for (var i = 0; i < 40; i++) {
    buffer.write(i.isEven ? "\u00e4$i" : i);
    buffer.write(i % 7 == 0 ? "\u0416" : "");
  }
  print("${buffer.length} ${buffer.toString().length} ${buffer.toString().hashCode == buffer.toString().hashCode}"); // expect: 96 96 true
  buffer.write(new Shown());
  buffer.write(null);
  print(buffer.toString().substring(90)); // expect: 7ä3839shownnull
  try {
    buffer.write(new Silent());
  } catch (error) {
    print("${error is Error} ${buffer.length}"); // expect: true 105
  }

  var tagged = new Tagged<int>(7, "first");
  tagged..write("a")..write(1)..writeln("b")..writeAll(["x", "y"], "-");
  print([tagged.tag, tagged.writes, tagged.length, tagged.toString()]); // expect: [7, 8, 12, firsta1b
  // expect: x-y]

  // Many entries, of which some have gone before the map grows; and they stay in their order.
  var map = {};
  for (var i = 0; i < 300; i++) {
    map[i] = i;
    if (i % 3 == 0) map.remove(i ~/ 2);
    if (i % 5 == 0) map["t$i"] = i;
  }
  var sum = 0;
  for (var i = 0; i < 300; i++) sum += map.containsKey(i) ? map[i] : 0;
  print("${map.length} $sum ${map.keys.first} ${map.keys.last} ${map["t295"]} ${map["t296"]}"); // expect: 260 37450 t0 299 295 null
  print(map.keys.where((key) => key is int).skip(60).take(4).toList()); // expect: [160, 161, 162, 163]

  var keys = {};
  for (var i = 0; i < 40; i++) keys[new Key(i)] = i;
  for (var i = 0; i < 40; i += 4) keys.remove(new Key(i));
  for (var i = 40; i < 60; i++) keys[new Key(i)] = i;
  print("${keys.length} ${keys[new Key(5)]} ${keys[new Key(8)]} ${keys[new Key(59)]} ${keys.keys.first}"); // expect: 50 5 null 59 k1
}
