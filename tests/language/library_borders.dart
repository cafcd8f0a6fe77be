// The libraries at their borders: what is last, empty, alone, negative, or touches.
import 'dart:collection';
import 'dart:convert';
import 'dart:math';
import 'dart:typed_data';

show(f()) {
  try {
    print(f());
  } catch (error) {
    print("<$error>");
  }
}

class Generic<T> {
  thrown() {
    var list = <T>[];
    try {
      throw list.length;
    } catch (error) {
      return "caught $error";
    }
  }

  called(f()) {
    new Map<T, T>();
    try {
      f();
    } catch (error) {
      return "caught $error";
    }
    return "none";
  }

  returned() {
    try {
      return <T>[][0];
    } catch (error) {
      return "caught ${error is RangeError} ${<T>[] is List<int>}";
    }
  }
}

class Two extends ListBase {
  var length = 2;
  operator [](i) => i >= 0 && i < 2 ? 1 : throw "beyond $i";
  operator []=(i, value) {}
}

class OneTwo extends IterableBase {
  get iterator => [1, 2].iterator;
}

class Mixed extends Object with IterableMixin {
  get iterator => [1, 2].iterator;
}

const given = const String.fromEnvironment("given", defaultValue: "given");
const joined = "is " + given;

int named({int a}) => a;
int optional([int a]) => a;

units(bytes) => UTF8.decode(bytes, allowMalformed: true).codeUnits;
lines(error) => "$error".split("\n");
format(source, offset) => new FormatException("m", source, offset);
shown(offset) {
  var all = lines(format("x" * 80 + "y" * 80, offset));
  return "${all[1].indexOf('y')} ${all[1].length} ${all[2].length}";
}

main() {
  var g = new Generic<int>();
  print([g.thrown(), g.called(() => throw 1), g.called(() => 1), g.returned()]); // expect: [caught 0, caught 1, none, caught true true]
  print([{...?null} is Map, [...?null].length]); // expect: [true, 0]
  print([-1 >> 64, 1 >> 64, 1 << 64, (1 << 70) << 64, (1 << 70) << 0]); // expect: [-1, 0, 18446744073709551616, 21778071482940061661655974875633165533184, 1180591620717411303424]
  print(const [-1 >> 64, 1 >> 64, -5 >> 65, -8 % 3, -8 % -3, 8 % -3, -9 % 3]); // expect: [-1, 0, -1, 1, 1, 2, 0]
  var even = 1 << 70;
  print([pow(-1, even), pow(-1, even + 1), pow(-1, 4), pow(-1, 5), pow(0, even), pow(1, even)]); // expect: [1, -1, 1, -1, 0, 1]
  show(() => [1, 2.5, 0, -1.5]..sort()); // expect: [-1.5, 0, 1, 2.5]
  show(() => [2.5, 1, 0.5]..sort()); // expect: [0.5, 1, 2.5]
  show(() => const [2, 1]..sort()); // expect: <Unsupported operation: Cannot sort an unmodifiable list>
  show(() => new SplayTreeMap().lastKeyBefore(null)); // expect: <Invalid argument(s) (key): Must not be null>
  show(() => new SplayTreeMap().firstKeyAfter(null)); // expect: <Invalid argument(s) (key): Must not be null>
  show(() => (new SplayTreeMap((a, b) => b - a)..[1] = 2..[3] = 4).keys.toSet()..add(2)); // expect: {3, 2, 1}
  show(() => JSON.encode("\uD800a\uDC00b\uD83D\uDE00")); // expect: "\ud800a\udc00b😀"
  show(() => JSON.encode("a\uDC00\uDC00 \uDC00\uD800")); // expect: "a\udc00\udc00 \udc00\ud800"
  show(() => JSON.encode("\uD800\uD801\uDC00")); // expect: "\ud800𐐀"
  print([units([0xe0, 0x41]), units([0xf0, 0xe0, 0xa0, 0x80]), units([0xed, 0xc3, 0xbf])]); // expect: [[65533, 65], [65533, 2048], [65533, 255]]
  print([units([0xe0, 0xff, 0xe1, 0x80, 0x80]), units([0xf4, 0xff, 0xe1, 0xbf, 0xbf])]); // expect: [[65533, 65533, 4096], [65533, 65533, 8191]]
  print([[1, 2, 1].lastIndexOf(1, 10), new Two().lastIndexOf(1, 2), new Two().lastIndexOf(1, 9), new Uint8List(2).lastIndexOf(0, 9)]); // expect: [2, 1, 1, 1]
  print(["".allMatches("ab").map((match) => match.start).toList(), "".allMatches("").length]); // expect: [[0, 1, 2], 1]
  print(["abc".split(new RegExp(r"$|b")), "ab".split(new RegExp(r"(?=b)|$"))]); // expect: [[a, c], [a, b]]
  show(() => new OneTwo().single); // expect: <Bad state: Too many elements>
  show(() => new Mixed().single); // expect: <Bad state: Too many elements>
  show(() => (new SplayTreeMap()..[1] = "a").values.toSet()); // expect: {a}
  print([joined, named is int Function({int a}), named is int Function({int b}), optional is int Function([int])]); // expect: [is given, true, false, true]
  var uris = ["http://[::1]/", "http://[::1]:81/x", "http://[fe80::1]"].map(Uri.parse);
  print(uris.map((uri) => "${uri.host} ${uri.port}").toList()); // expect: [::1 80, ::1 81, fe80::1 80]
  print([Uri.parse("http://h/%e9%41%7e%ff"), new Uri(path: "../../a/./b/..").normalizePath()]); // expect: [http://h/%E9A~%FF, ../../a/]
  print([Uri.parse("../../a/../b"), Uri.parse("../../x").resolve("y")]); // expect: [../../b, ../../y]
  for (var type in ["/x", "x/", "x", "x/y"]) show(() => new UriData.fromString("", mimeType: type));
  // expect: <Invalid argument (mimeType): Invalid MIME type: "/x">
  // expect: <Invalid argument (mimeType): Invalid MIME type: "x/">
  // expect: <Invalid argument (mimeType): Invalid MIME type: "x">
  // expect: data:x/y,
  print(new UriData.fromBytes([65, 127, 128, 233, 255], percentEncoded: true)); // expect: data:application/octet-stream,A%7F%80%E9%FF
  var unit = new Rectangle(0, 0, 1, 1);
  print([unit.intersection(new Rectangle(1, 0, 1, 1)), unit.intersection(new Rectangle(1, 1, 1, 1))]); // expect: [Rectangle (1, 0) 0 x 1, Rectangle (1, 1) 0 x 0]
  print([unit.intersects(new Rectangle(-1, 0, 1, 1)), new Rectangle(1, 0, 1, 1).intersects(unit)]); // expect: [true, true]
  for (var list in [new Uint8List(4), new Int16List(4), new Uint64List(4)]) {
    print([list..setAll(1, [1, 2]), list..setAll(2, new Iterable.generate(1)), list..setAll(3, new Uint8List(1))]);
    // expect: [[0, 1, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0]]
    // expect: [[0, 1, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0]]
    // expect: [[0, 1, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0]]
  }
  print(["a\r\nb", "a\rb", "a\n\rb", "\r\r\nx"].map((text) => lines(format(text, text.length - 1))[0]).toList());
  // expect: [FormatException: m (at line 2, character 1), FormatException: m (at line 2, character 1), FormatException: m (at line 3, character 1), FormatException: m (at line 3, character 1)]
  print([74, 75, 84, 85, 86, 120].map(shown).toList()); // expect: [-1 78 75, 44 78 40, 35 78 40, 34 78 40, 3 78 5, 3 78 39]
  show(() { // Where a search backwards goes on in another way at the first place.
    for (var more = 0; more < 200; more++) {
      var pattern = "a" * 99 + "b";
      if ((pattern + "a" * more).lastIndexOf(pattern) != 0) return more;
    }
    return "found"; // expect: found
  });
}
