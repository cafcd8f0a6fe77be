// Keys that have one hash and are different: ints, strings, objects and null beside each other; and
// lists of doubles, sorted without a comparator.
// expect: null 1 null null
// expect: null null 2 null
// expect: int string object
// expect: false true
// expect: [-0.0, 0.0, 1.5]
// expect: [-Infinity, -1.5, -0.0, 0.0, 1.5, 1.5, Infinity, NaN, NaN]
// expect: Unsupported operation: Cannot sort an unmodifiable list
// expect: Unsupported operation: Cannot sort an unmodifiable list

class Key {
  final hashCode;
  Key(this.hashCode);
  operator ==(other) => identical(this, other);
}

sorted(list) {
  try {
    list.sort();
    return list;
  } catch (error) {
    return error;
  }
}

main() {
  var text = "some text", hash = text.hashCode;
  var number = hash.hashCode == hash ? hash : 7;
  var key = new Key(number);
  var texts = {text: 1}, numbers = {number: 2};
  print("${texts[number]} ${texts[text]} ${texts[key]} ${texts[null]}");
  print("${numbers[text]} ${numbers[key]} ${numbers[number]} ${numbers[null]}");
  var all = {number: "int", text: "string", key: "object"};
  print("${all[number]} ${all[text]} ${all[key]}");
  print("${new Set.from([number, text]).contains(key)} ${new Set.from([text, key]).contains(key)}");
  print(sorted([0.0, -0.0, 1.5]));
  print(sorted([0.0, double.NAN, -1.5, double.INFINITY, double.NAN, double.NEGATIVE_INFINITY, 1.5,
      1.5, -0.0]));
  print(sorted(const [3, 1, 2]));
  print(sorted(new List.unmodifiable([2.5, 1.5])));
}
