// Sizes that multiply: there is no room, and nobody waits to hear it.
// flags: --max-heap=64m
import 'dart:typed_data';

refused(f()) {
  try {
    f();
    return "made";
  } on OutOfMemoryError {
    return "no room";
  } on RangeError {
    return "range";
  }
}

main() {
  var huge = 1 << 40;
  print(refused(() => "a" * huge)); // expect: no room
  print(refused(() => "a" * int.parse("100000000000000000000"))); // expect: no room
  print(refused(() => "ab" * (1 << 62))); // expect: no room
  print(refused(() => "abcd" * (1 << 62))); // expect: no room
  print(refused(() => "ab" * (1 << 29))); // expect: no room
  print(refused(() => "a".padLeft(huge))); // expect: no room
  print(refused(() => "a".padRight(huge, "xyz"))); // expect: no room
  print(refused(() => new List.filled(huge, 1))); // expect: range
  print(refused(() => new List(0x3fffffff))); // expect: no room
  print(refused(() => new List.filled(0x3fffffff, 1, growable: true))); // expect: no room
  print(refused(() => [].length = 0x3fffffff)); // expect: no room
  print(refused(() => new Uint8List(huge))); // expect: no room
  print(refused(() => new Float64List(1 << 60))); // expect: range
  var big = int.parse("100000000000000000000");
  print(refused(() => big << huge)); // expect: no room
  print(refused(() => big << big)); // expect: no room
  var part = "x" * (1 << 20);
  print(refused(() => new List.filled(4096, part).join(part))); // expect: no room
  var buffer = new StringBuffer();
  for (var i = 0; i < 2048; i++) buffer.write(part);
  print(refused(() => buffer.toString())); // expect: no room
  print(buffer.length); // expect: 2147483648

  print(("" * huge).length); // expect: 0
  print(("a" * -1).length); // expect: 0
  print(("a" * -big).length); // expect: 0
  print("abc" * 3); // expect: abcabcabc
  print("a\u1234" * 2); // expect: aሴaሴ
  print("7".padLeft(3, "0")); // expect: 007
  print("7".padLeft(3, "ab")); // expect: abab7
  print("7".padRight(3) + "|"); // expect: 7  |
  print("7".padRight(0, "xy")); // expect: 7
  print(new Iterable.generate(huge).length); // expect: 1099511627776
  print(new Iterable.generate(huge).take(2).toList()); // expect: [0, 1]
}
