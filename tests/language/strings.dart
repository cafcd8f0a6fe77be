// Strings: UTF-16 units, interpolation, the usual operations.
class Point {
  final x, y;
  Point(this.x, this.y);
  toString() => "($x, $y)";
}

class Odd {
  toString() => 7;
}

main() {
  var name = "Fart";
  print("Hello, $name! ${1 + 2} ${new Point(1, 2)}");  // expect: Hello, Fart! 3 (1, 2)
  print("a" "b" 'c');  // expect: abc
  print(r"raw $name");  // expect: raw $name
  print("${null} ${true} ${1.5} ${[1, "x"]}");  // expect: null true 1.5 [1, x]
  print(name.length);  // expect: 4
  print(name[0] + name[3]);  // expect: Ft
  print(name == "Fa" + "rt");  // expect: true
  print(name != "fart");  // expect: true
  print("abc".substring(1));  // expect: bc
  print("abc".substring(1, 2));  // expect: b
  print("banana".indexOf("na"));  // expect: 2
  print("banana".indexOf("na", 3));  // expect: 4
  print("banana".lastIndexOf("na"));  // expect: 4
  print("banana".indexOf("x"));  // expect: -1
  print("banana".contains("nan") && !"banana".contains("q"));  // expect: true
  print("banana".startsWith("ban") && "banana".endsWith("ana"));  // expect: true
  print("a,b,,c".split(","));  // expect: [a, b, , c]
  print("abc".split(""));  // expect: [a, b, c]
  print("  x ".trim() + "|");  // expect: x|
  print("aBc".toUpperCase() + "aBc".toLowerCase());  // expect: ABCabc
  print("äöü".toUpperCase());  // expect: ÄÖÜ
  print("naïve €".length);  // expect: 7
  print("€".codeUnitAt(0));  // expect: 8364
  print("a😀b".length);  // expect: 4
  print("a😀b".runes.toList());  // expect: [97, 128512, 98]
  print(new String.fromCharCodes([72, 105, 128512]));  // expect: Hi😀
  print(new String.fromCharCode(65));  // expect: A
  print("a-b-c".replaceAll("-", "+"));  // expect: a+b+c
  print("a-b-c".replaceFirst("-", "+"));  // expect: a+b-c
  print("7".padLeft(3, "0") + "7".padRight(3, ".") + "|");  // expect: 0077..|
  print("ab" * 3);  // expect: ababab
  print("a".compareTo("b"));  // expect: -1
  print("abc".codeUnits);  // expect: [97, 98, 99]
  print("".isEmpty && "a".isNotEmpty);  // expect: true
  print("abc".hashCode == "ab${'c'}".hashCode);  // expect: true
  print(identical("literal", "literal"));  // expect: true
  var buffer = new StringBuffer("x");
  buffer.write(1);
  buffer.writeln("y");
  buffer.writeAll([1, 2, 3], "-");
  print(buffer);
  // expect: x1y
  // expect: 1-2-3
  print(buffer.length);  // expect: 9
  try {
    "abc"[3];
  } catch (e) {
    print(e);  // expect: RangeError (index): Index out of range: index should be less than 3: 3
  }
  try {
    "abc".substring(2, 1);
  } catch (e) {
    print(e is RangeError);  // expect: true
  }
  try {
    "a" + 1;
  } catch (e) {
    print(e);
    // expect: Invalid argument(s): +: argument 'other' must be a String, it is 1
  }
  try {
    print("${new Odd()}");
  } catch (e) {
    print(e is ArgumentError);  // expect: true
  }
}
