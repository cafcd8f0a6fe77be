// Properties from outside, stack traces that are made, and what Duration offers.
class Thing {
  var name;
  Thing(this.name);
  operator ==(other) => other is Thing;
  int get hashCode => 1;
}

where() => StackTrace.current;

main() {
  var colour = new Expando("colour");
  var size = new Expando<int>();
  var kept = new List.generate(20, (i) => new Thing(i));
  for (var thing in kept) colour[thing] = "c${thing.name}";
  for (var i = 0; i < 60; i++) colour[new Object()] = new List.filled(20, i); // These die.
  // By identity, whatever the class says is equal.
  // expect: c0 c19 null null
  print("${colour[kept[0]]} ${colour[kept[19]]} ${size[kept[0]]} ${colour[new Thing(0)]}");
  colour[kept[0]] = null;
  colour[kept[1]] = kept[1];
  // expect: null true c2
  print("${colour[kept[0]]} ${identical(colour[kept[1]], kept[1])} ${colour[kept[2]]}");
  // expect: Expando:colour Expando:null colour
  print("$colour $size ${colour.name}");
  for (var wrong in [null, 1, 1.5, "a", true]) {
    try {
      colour[wrong] = 1;
      print("taken");
    } on ArgumentError catch (_) {}
    try {
      colour[wrong];
      print("taken");
    } on ArgumentError catch (_) {}
  }
  // expect: true true
  print("${colour[main] == null} ${colour[const [1]] == null}");

  var lines = where().toString().split("\n");
  // expect: true true true
  print("${lines[0].startsWith("#0 where (")} ${lines[1].startsWith("#1 main (")} "
      "${where() is StackTrace}");
  // expect: as it is StackTrace
  print("${new StackTrace.fromString("as it is")} ${new StackTrace.fromString("").runtimeType}");

  // expect: 0:00:00.000000 86400 1440 60000 true
  print("${Duration.zero} ${Duration.secondsPerDay} ${Duration.minutesPerDay} "
      "${Duration.millisecondsPerMinute} ${Duration.MILLISECONDS_PER_DAY == Duration.millisecondsPerDay}");
  // expect: 0:00:01.500000 -0:00:01.500000 0:00:03.000000 0:00:00.750000 -1 true
  var d = const Duration(milliseconds: 1500);
  print("$d ${-d} ${d * 2} ${d ~/ 2} ${d.compareTo(d * 2)} ${(-d).isNegative}");
  // expect: 0:00:01.500000 1 1500 1500000
  print("${(-d).abs()} ${d.inSeconds} ${d.inMilliseconds} ${d.inMicroseconds}");
}
