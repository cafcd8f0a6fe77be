// Stack traces: the places of the calls that have not returned; of many the 80 innermost frames and
// the 20 outermost, and how many are not told.
// stress-interval: 61
deep(n) => n == 0 ? throw "bottom" : 1 + deep(n - 1);

linesOf(n) {
  try {
    deep(n);
  } catch (error, trace) {
    return "$trace".trim().split("\n");
  }
}

fail(x) => throw x;

// What stands behind a call in the text is another place.
places() {
  return fail(
      2)
      .length;
}

placesOf(f) {
  try {
    f();
  } catch (error, trace) {
    return "$trace".split("\n").first + ", " + "$trace".split("\n")[1];
  }
}

main() {
  print(placesOf(places));
  for (var frames in [99, 100, 101, 102, 150]) {
    var lines = linesOf(frames - 3); // Those of deep(0), linesOf and main are there, too.
    print("$frames: ${lines.length} ${lines[0].split(" ")[1]} ${lines[79].split(" ").first}");
    print("${lines[80].split(" ").first} ${lines[81].split(" ").first} ${lines.last.split(" ").take(2).join(" ")}");
    var gaps = lines.where((line) => line.startsWith("...")).toList();
    print(gaps);
  }
}
// expect: #0 fail (stack_traces.dart:14:12), #1 places (stack_traces.dart:18:10)
// expect: 99: 99 deep #79
// expect: #80 #81 #98 main
// expect: []
// expect: 100: 100 deep #79
// expect: #80 #81 #99 main
// expect: []
// expect: 101: 101 deep #79
// expect: ... #81 #100 main
// expect: [... 1 more ...]
// expect: 102: 101 deep #79
// expect: ... #82 #101 main
// expect: [... 2 more ...]
// expect: 150: 101 deep #79
// expect: ... #130 #149 main
// expect: [... 50 more ...]
