// Stack traces of what is in a part, of errors that there are once, and of fields of mixins.
// stress-interval: 31
library trace_edges;

part 'lib_part_of_traces.dart';

class First {
  var first = ["first"].join();
}

class Second {
  var second = ["second"].join();
}

class Third {
  var third = ["third"].join();
}

class All extends First with Second, Third {}

class Named = Object with First, Second, Third;

one() => 1 + one();

another() => 1 + another();

traceOf(f) {
  try {
    f();
  } on StackOverflowError catch (e) {
    return "${e.stackTrace}";
  }
}

main() {
  try {
    failsInPart();
  } catch (e, trace) {
    print("$trace".split("\n").first);
    print("$trace".split("\n")[1].split(" (").last.split(":").first);
  }
  // There is one StackOverflowError; its trace is that of the last throw.
  for (var i = 0; i < 2; i++) {
    print("${traceOf(one).contains(" another ")} ${traceOf(another).contains(" another ")}");
  }
  var all = new All(), named = new Named();
  print([all.first, all.second, all.third, named.first, named.second, named.third]);
}
// expect: #0 failsInPart (lib_part_of_traces.dart:4:3)
// expect: trace_edges.dart
// expect: false true
// expect: false true
// expect: [first, second, third, first, second, third]
