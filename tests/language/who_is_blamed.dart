// Errors name what the program has written: an argument that cannot be right by its name, and what is
// null where it stands. What is null inside the libraries stands nowhere in the program.
import 'dart:async';

class NoIterator extends Iterable {
  get iterator => null;
}

blame(f()) {
  try {
    f();
  } catch (error) {
    print("$error".split("\n").where((line) => line == "$error" || line.startsWith("Rec")).toList());
    return;
  }
  print("nothing");
}

main() {
  var none;
  blame(() => none.length); // expect: [Receiver: none, which is null]
  blame(() => [1]..add(none.length)); // expect: [Receiver: none, which is null]
  blame(() => [1].map((x) => none.length).toList()); // expect: [Receiver: none, which is null]
  blame(() => [1]..addAll(null)); // expect: []
  blame(() => [1]..insertAll(0, new NoIterator())); // expect: []
  blame(() => Future.wait(null)); // expect: []
  blame(() => new Timer(null, () => 1)); // expect: [Invalid argument (duration): must be a Duration: null]
  blame(() => new Timer(5, () => 1)); // expect: [Invalid argument (duration): must be a Duration: 5]
  blame(() => new Timer(Duration.ZERO, null)); // expect: [Invalid argument(s) (callback): Must not be null]
  blame(() => new Timer.periodic(null, (timer) => 1)); // expect: [Invalid argument (duration): must be a Duration: null]
  blame(() => new Timer.periodic(Duration.ZERO, null)); // expect: [Invalid argument(s) (callback): Must not be null]
  blame(() => new Future.delayed(5)); // expect: [Invalid argument (duration): must be a Duration: 5]
  blame(() => new Future.value(1).timeout(null)); // expect: [Invalid argument (timeLimit): must be a Duration: null]
  blame(() => new Stream.periodic("1s")); // expect: [Invalid argument (period): must be a Duration: "1s"]
  blame(() => new Stream.fromIterable([1]).timeout(5)); // expect: [Invalid argument (timeLimit): must be a Duration: 5]
}
