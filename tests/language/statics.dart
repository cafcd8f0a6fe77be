// Top-level and static variables: initialised at the first read, in failure and in cycles.
var a = b + 1;
var b = 10;
var cyclic = other;
var other = cyclic;
var attempts = 0;
var flaky = tryIt();
tryIt() {
  attempts++;
  if (attempts < 2) throw "not yet";
  return "now";
}

class Config {
  static final values = [1, 2, 3];
  static var computed = values.length * 2;
  static const NAME = "config";
}

const list = const [1, const {"k": 2}];

main() {
  print(a);  // expect: 11
  try {
    cyclic;
  } catch (e) {
    print(e is CyclicInitializationError);  // expect: true
  }
  try {
    flaky;
  } catch (e) {
    print(e);  // expect: not yet
  }
  print(flaky);  // expect: now
  print(Config.computed);  // expect: 6
  Config.computed = 1;
  print(Config.computed);  // expect: 1
  print(Config.NAME);  // expect: config
  print(list[1]["k"]);  // expect: 2
  print(identical(list, list));  // expect: true
}
