// dart:convert: JSON.
import 'dart:convert';

class Point {
  final x, y;
  Point(this.x, this.y);
  toJson() => {"x": x, "y": y};
}

tried(f()) {
  try {
    print(f());
  } catch (error) {
    print("${error.runtimeType}: $error".replaceAll("\n", " | "));
  }
}

main() {
  encodes();
  decodes();
  mistakes();
  pieces();
}

encodes() {
  print(JSON.encode([1, -2.5, true, null, "text", {"a": [], "b": {}}]));
  print(json.encode("quote \" back \\ slash / \b\f\n\r\t \u0001 \u00e9 \u{1f600}"));
  print(JSON.encode("\ud800 alone \udc00"));
  print(JSON.encode(new Point(1, [new Point(2, 3)])));
  print(JSON.encode({"when": new Object()}, toEncodable: (object) => "made of it"));
  print(new JsonEncoder.withIndent("  ").convert({"a": [1, {"b": []}], "c": {}}));
  print(new JsonUtf8Encoder().convert({"a": "\u00e9"}));
  tried(() => JSON.encode(new Object()));
  tried(() => JSON.encode(double.NAN));
  tried(() => JSON.encode({1: 2}));
  tried(() => JSON.encode([1], toEncodable: (x) => x));
  tried(() => JSON.encode([new Object()], toEncodable: (x) => x));
  tried(() => JSON.encode([new Object()], toEncodable: (x) => new Object()));
  var list = [];
  list.add({"list": list});
  tried(() => JSON.encode(list));
  var shared = [1];
  print(JSON.encode([shared, shared]));
}

decodes() {
  print(JSON.decode(' { "a" : [ 1 , 2.5 , -3e2 , true , false , null ] , "b" : { } } '));
  print([JSON.decode("0"), JSON.decode("-0.5"), JSON.decode("1E+2"), JSON.decode("123456789012345678901234567890")]);
  print(JSON.decode(r'"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"').codeUnits);
  print(JSON.decode("[[],[[]],{}]"));
  print(JSON.decode('{"a":1,"a":2}'));
  print(JSON.decode('{"a":[1,2]}', reviver: (key, value) {
    print("$key: $value");
    return value is int ? value * 10 : value;
  }));
  print(new JsonCodec.withReviver((key, value) => key == "a" ? "revived" : value).decode('{"a":1}'));
  // Deep texts need no deep stack.
  var deep = 2000;
  var value = JSON.decode("[" * deep + "]" * deep);
  var depth = 0;
  for (; value.isNotEmpty; value = value[0]) depth++;
  print(depth);
}

mistakes() {
  for (var text in ["", " ", "[1,]", "[1 2]", '{"a"}', '{a:1}', '{"a":1,}', "tru", "nulL", "01", "1.", "-", "1e",
      '"open', '"\n"', r'"\x"', r'"\u12g4"', "[1]]", "{", "\u00a01", "'a'", "+1", ".5", "NaN"]) {
    try {
      print(JSON.decode(text));
    } catch (error) {
      print("${JSON.encode(text)}: ${error.message} at ${error.offset}");
    }
  }
  tried(() => JSON.decode(null));
  tried(() => JSON.decode(5));
}

pieces() {
  var sink = JSON.decoder.startChunkedConversion(new ChunkedConversionSink.withCallback(print));
  sink.add('{"a"');
  sink.add(": [1");
  sink.add("]}");
  sink.close();
  var encoder = JSON.encoder.startChunkedConversion(new ChunkedConversionSink.withCallback(print));
  encoder.add([1, 2]);
  tried(() => encoder.add(3));
  var both = JSON.fuse(UTF8);
  print(both.encode(["\u00e9"]));
  print(both.decode([91, 49, 93]));
}
// stress-interval: 97
// expect: [1,-2.5,true,null,"text",{"a":[],"b":{}}]
// expect: "quote \" back \\ slash / \b\f\n\r\t \u0001 é 😀"
// expect: "\ud800 alone \udc00"
// expect: {"x":1,"y":[{"x":2,"y":3}]}
// expect: {"when":"made of it"}
// expect: {
// expect:   "a": [
// expect:     1,
// expect:     {
// expect:       "b": []
// expect:     }
// expect:   ],
// expect:   "c": {}
// expect: }
// expect: [123, 34, 97, 34, 58, 34, 195, 169, 34, 125]
// expect: JsonUnsupportedObjectError: Converting object to an encodable object failed: Instance of 'Object'
// expect: JsonUnsupportedObjectError: Converting object to an encodable object failed: NaN
// expect: JsonUnsupportedObjectError: Converting object to an encodable object failed: Instance of '_LinkedMap'
// expect: [1]
// expect: JsonCyclicError: Cyclic error in JSON stringify
// expect: JsonUnsupportedObjectError: Converting object did not return an encodable object: Instance of 'Object'
// expect: JsonCyclicError: Cyclic error in JSON stringify
// expect: [[1],[1]]
// expect: {a: [1, 2.5, -300.0, true, false, null], b: {}}
// expect: [0, -0.5, 100.0, 123456789012345678901234567890]
// expect: [34, 92, 47, 8, 12, 10, 13, 9, 233, 55357, 56832]
// expect: [[], [[]], {}]
// expect: {a: 2}
// expect: 0: 1
// expect: 1: 2
// expect: a: [10, 20]
// expect: null: {a: [10, 20]}
// expect: {a: [10, 20]}
// expect: {a: revived}
// expect: 1999
// expect: "": Unexpected end of input at 0
// expect: " ": Unexpected end of input at 1
// expect: "[1,]": Unexpected character at 3
// expect: "[1 2]": Unexpected character at 3
// expect: "{\"a\"}": Unexpected character at 4
// expect: "{a:1}": Unexpected character at 1
// expect: "{\"a\":1,}": Unexpected character at 7
// expect: "tru": Unexpected end of input at 3
// expect: "nulL": Unexpected character at 3
// expect: "01": Unexpected character at 1
// expect: "1.": Missing expected digit at 2
// expect: "-": Missing expected digit at 1
// expect: "1e": Missing expected digit at 2
// expect: "\"open": Unterminated string at 5
// expect: "\"\n\"": Control character in string at 1
// expect: "\"\\x\"": Unrecognized string escape at 2
// expect: "\"\\u12g4\"": Invalid unicode escape at 5
// expect: "[1]]": Unexpected character at 3
// expect: "{": Unexpected end of input at 1
// expect: " 1": Unexpected character at 0
// expect: "'a'": Unexpected character at 0
// expect: "+1": Unexpected character at 0
// expect: ".5": Unexpected character at 0
// expect: "NaN": Unexpected character at 0
// expect: ArgumentError: Invalid argument(s): convert: argument 'input' must be a String, it is null
// expect: ArgumentError: Invalid argument(s): convert: argument 'input' must be a String, it is 5
// expect: [{a: [1]}]
// expect: [[1,2]]
// expect: StateError: Bad state: Only one call to add allowed
// expect: [91, 34, 195, 169, 34, 93]
// expect: [1]
