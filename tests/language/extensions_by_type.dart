// Extensions on types with arguments: which one answers is asked of every receiver anew, at one
// place and with one shape.

extension OnInts on List<int> {
  String what({String end: "."}) => "ints$end";
}

extension OnStrings on List<String> {
  String what({String end: "."}) => "strings$end";
  String get kind => "of strings";
}

class Box<T> {
  final T value;
  Box(this.value);
}

extension OnIntBox on Box<int> {
  int get next => value + 1;
}

extension OnStringBox on Box<String> {
  String get next => value + "+";
}

extension OnOne on int Function(int) {
  String takes() => "one";
}

extension OnTwo on int Function(int, int) {
  String takes() => "two";
}

trying(f) {
  try {
    return f();
  } on NoSuchMethodError {
    return "nobody";
  }
}

void main() {
  for (var i = 0; i < 5; i++) {
    var list = i.isEven ? <int>[1] : <String>["a"];
    print(list.what() + list.what(end: "!"));
  }
  // expect: ints.ints!
  // expect: strings.strings!
  // expect: ints.ints!
  // expect: strings.strings!
  // expect: ints.ints!
  for (var i = 0; i < 4; i++) {
    print((i.isEven ? new Box<int>(i) : new Box<String>("s")).next);
  }
  // expect: 1
  // expect: s+
  // expect: 3
  // expect: s+
  for (var i = 0; i < 3; i++) {
    var list = i == 1 ? <double>[1.5] : <String>["a"];
    print(trying(() => list.kind));
  }
  // expect: of strings
  // expect: nobody
  // expect: of strings
  for (var i = 0; i < 4; i++) {
    var f = i.isEven ? (int a) => a : (int a, int b) => b;
    print(f.takes());
  }
  // expect: one
  // expect: two
  // expect: one
  // expect: two
}
