// Natives refuse what they do not take, by the names that the program knows.
import 'dart:typed_data';

class Thrower {
  noSuchMethod(invocation) => throw "asked";
}

class Liar implements List, Comparable {
  final answer;
  Liar(this.answer);
  noSuchMethod(invocation) => answer;
}

show(f()) {
  try {
    print(f());
  } catch (error) {
    print(error);
  }
}

main() {
  var text = "abcdef";
  show(() => text.substring(0, 6 / 2));
  // expect: Invalid argument(s): substring: argument 'endIndex' must be an int, it is 3.0
  show(() => text.substring(1.5, 3.5));
  // expect: Invalid argument(s): substring: argument 'startIndex' must be an int, it is 1.5
  show(() => text.substring(double.NAN));
  // expect: Invalid argument(s): substring: argument 'startIndex' must be an int, it is NaN
  show(() => text.substring(null));
  // expect: Invalid argument(s): substring: argument 'startIndex' must be an int, it is null
  show(() => text.substring(2, 7));
  // expect: RangeError: substring: argument 'endIndex' must be from 2 to 6, it is 7
  show(() => text.substring(4, 3));
  // expect: RangeError: substring: argument 'endIndex' must be from 4 to 6, it is 3
  show(() => text.substring(-1));
  // expect: RangeError: substring: argument 'startIndex' must be from 0 to 6, it is -1
  show(() => text.substring(1 << 62));
  // expect: RangeError: substring: argument 'startIndex' must be from 0 to 6, it is 4611686018427387904
  show(() => text.substring(int.parse("100000000000000000000")));
  // expect: RangeError: substring: argument 'startIndex' must be from 0 to 6, it is 100000000000000000000
  show(() => text.codeUnitAt("1"));
  // expect: Invalid argument(s): codeUnitAt: argument 'index' must be an int, it is "1"
  show(() => text[-1]);
  // expect: RangeError (index): Index out of range: index must not be negative: -1
  show(() => text.contains(1));
  // expect: Invalid argument(s): contains: argument 'other' must be a String, it is 1
  show(() => text.indexOf("c", 99));
  // expect: RangeError: indexOf: argument 'start' must be from 0 to 6, it is 99
  show(() => text.split(1));
  // expect: Invalid argument(s): split: argument 'pattern' must be a String, it is 1
  show(() => text.padLeft("9"));
  // expect: Invalid argument(s): padLeft: argument 'width' must be an int, it is "9"
  show(() => text.padRight(9, 1));
  // expect: Invalid argument(s): padRight: argument 'padding' must be a String, it is 1
  show(() => text * 1.5);
  // expect: Invalid argument(s): *: argument 'times' must be an int, it is 1.5
  show(() => text.compareTo(null));
  // expect: Invalid argument(s): compareTo: argument 'other' must be a String, it is null
  show(() => new String.fromCharCode(-1));
  // expect: RangeError: String.fromCharCode: argument 'charCode' must be from 0 to 1114111, it is -1
  show(() => new String.fromCharCodes(new Liar(5)));
  // expect: Invalid argument(s): String.fromCharCodes: argument 'charCodes' must be a List of the library's own, it is 5
  show(() => new String.fromCharCodes([65, 66], 1, 9));
  // expect: RangeError: String.fromCharCodes: argument 'end' must be from 1 to 2, it is 9

  show(() => new List(1.0));
  // expect: Invalid argument(s): List: argument 'length' must be an int, it is 1.0
  show(() => new List.filled(-1, 0));
  // expect: RangeError: List.filled: argument 'length' must be from 0 to 1073741823, it is -1
  show(() => new List.generate(1 << 40, (i) => i));
  // expect: RangeError: List.generate: argument 'length' must be from 0 to 1073741823, it is 1099511627776
  show(() => [1, 2].insert(3, 0));
  // expect: RangeError: insert: argument 'index' must be from 0 to 2, it is 3
  show(() => [1, 2].removeAt(0.0));
  // expect: Invalid argument(s): removeAt: argument 'index' must be an int, it is 0.0
  show(() => [1, 2].sublist(2, 1));
  // expect: RangeError: sublist: argument 'end' must be from 2 to 2, it is 1
  show(() => [1, 2].removeRange(0, null).toString() + "");
  // expect: null
  show(() => [1, 2].take(null));
  // expect: Invalid argument(s): take: argument 'count' must be an int, it is null
  show(() => [1, 2].map((x) => x).skip(-1));
  // expect: RangeError: skip: argument 'count' must not be less than 0, it is -1
  show(() => [1, 2].length = "x");
  // expect: Invalid argument(s): length=: argument 'newLength' must be an int, it is "x"
  show(() => new List.unmodifiable(new Liar(7)));
  // expect: Invalid argument(s): List.unmodifiable: argument 'elements' must be a List of the library's own, it is 7
  show(() => Function.apply((a) => a, new Liar(7)));
  // expect: Invalid argument(s): Function.apply: argument 'positionalArguments' must be a List of the library's own, it is 7

  show(() => 1 + "a");
  // expect: Invalid argument(s): +: argument 'other' must be a num, it is "a"
  show(() => 1 << -1);
  // expect: Invalid argument(s): <<: argument 'other' must not be negative, it is -1
  show(() => 1 & 1.0);
  // expect: Invalid argument(s): &: argument 'other' must be an int, it is 1.0
  show(() => 5.toRadixString(1));
  // expect: RangeError: toRadixString: argument 'radix' must be from 2 to 36, it is 1
  show(() => 5.toStringAsFixed(21));
  // expect: RangeError: toStringAsFixed: argument 'fractionDigits' must be from 0 to 20, it is 21
  show(() => 5.clamp("a", 9));
  // expect: Invalid argument(s): clamp: argument 'lowerLimit' must be a num, it is "a"
  show(() => 5.compareTo(null));
  // expect: Invalid argument(s): compareTo: argument 'other' must be a num, it is null
  show(() => int.parse(12));
  // expect: Invalid argument(s): int.parse: argument 'source' must be a String, it is 12
  show(() => int.parse("12", radix: 37));
  // expect: RangeError: int.parse: argument 'radix' must be from 2 to 36, it is 37

  show(() => new Uint8List(-1));
  // expect: RangeError: Uint8List: argument 'length' must be from 0 to 70368744177664, it is -1
  show(() => new Uint8List.view(new Thrower()));
  // expect: Invalid argument(s): Uint8List.view: argument 'buffer' must be a ByteBuffer, it is Instance of 'Thrower'
  var bytes = new Uint8List(8);
  show(() => new Uint32List.view(bytes.buffer, 2));
  // expect: RangeError: Uint32List.view: argument 'offsetInBytes' must be a multiple of BYTES_PER_ELEMENT, it is 2
  show(() => new Uint32List.view(bytes.buffer, 4, 2));
  // expect: RangeError: Uint32List.view: argument 'length' must be from 0 to 1, it is 2
  show(() => new ByteData(4).getInt64(0));
  // expect: RangeError: getInt64: argument 'byteOffset' cannot be right, whatever it is, it is 0
  show(() => new ByteData(4).setInt32(0, 1.5));
  // expect: Invalid argument(s): setInt32: argument 'value' must be a number of the type that is stored, it is 1.5
  show(() => bytes[0] = "x");
  // expect: Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is "x"
  show(() => bytes[8]);
  // expect: RangeError (index): Index out of range: index should be less than 8: 8

  var range;
  try {
    text.substring(2, 7);
  } catch (error) {
    range = error;
  }
  print("${range is RangeError} ${range.name} ${range.start} ${range.end} ${range.invalidValue}");
  // expect: true endIndex 2 6 7
  print(range.runtimeType);
  // expect: RangeError
}
