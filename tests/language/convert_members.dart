// Every converter of dart:convert in pieces, cut at every place, and every sink it can be given; what
// codecs are made of, and what each name of theirs is.
// stress-interval: 211
import "dart:async";
import "dart:convert";

// Characters that are not seen by their numbers.
shown(text) => "$text".split("").map((x) => x.codeUnitAt(0) < 32 || x.codeUnitAt(0) > 126 ? "{${x.codeUnitAt(0).toRadixString(16)}}" : x).join();

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return shown("$error".split("\n").join(" | "));
  }
}

// Keeps what comes, and says when it ends.
class Noting implements Sink {
  final events = [];
  add(event) => events.add(event is List ? new List.from(event) : event);
  close() => events.add("closed");
}

class NotingError extends Noting implements EventSink {
  addError(error, [stackTrace]) => events.add("error $error ${stackTrace}");
}

class Plain extends Converter {
  const Plain();
  convert(input) => "<$input>";
  toString() => "Plain";
}

class PlainCodec extends Codec {
  get encoder => const Plain();
  get decoder => const Plain();
}

class Chunked extends ChunkedConverter {
  const Chunked();
  convert(input) => input;
  startChunkedConversion(sink) => new Doubling(sink);
}

class Doubling extends ChunkedConversionSink {
  final sink;
  Doubling(this.sink);
  add(chunk) => sink..add(chunk)..add(chunk);
  close() => sink.close();
}

class Bytes extends ByteConversionSinkBase {
  final events = [];
  add(chunk) => events.add(chunk.toList());
  close() => events.add("closed");
}

class Texts extends StringConversionSinkBase {
  final events = [];
  addSlice(chunk, start, end, isLast) => events.add([chunk, start, end, isLast]);
  close() => events.add("closed");
}

main() async {
  names();
  functions();
  html();
  pieces();
  slices();
  sinks();
  fused();
  bounds();
  await streams();
}

names() {
  for (var name in ["iso_8859-1:1987", "iso-ir-100", "iso_8859-1", "iso-8859-1", "latin1", "l1", "ibm819", "cp819", "csisolatin1", "iso-ir-6", "ansi_x3.4-1968",
      "ansi_x3.4-1986", "iso_646.irv:1991", "iso646-us", "us-ascii", "us", "ibm367", "cp367", "csascii", "ascii", "csutf8", "utf-8", "UTF-8", "Latin1"]) {
    print("$name: ${Encoding.getByName(name).name}");
  }
  print([Encoding.getByName("utf8"), Encoding.getByName(""), Encoding.getByName(null)]);
  print([UTF8.name, ASCII.name, LATIN1.name, identical(utf8, UTF8), identical(ascii, ASCII), identical(latin1, LATIN1), identical(json, JSON),
      identical(base64, BASE64), identical(base64Url, BASE64URL), identical(htmlEscape, HTML_ESCAPE), UNICODE_REPLACEMENT_CHARACTER_RUNE, UNICODE_BOM_CHARACTER_RUNE]);
}

functions() {
  print([base64Encode([1, 2, 3, 251]), base64UrlEncode([1, 2, 3, 251]), base64Decode("AQID-w=="), base64Encode([]), base64Decode("")]);
  print([jsonEncode({"a": [1, null, true]}), jsonDecode('{"a": [1, null, true]}')]);
  print(jsonEncode([new Plain()], toEncodable: (x) => "as $x"));
  print(jsonDecode('{"a": {"b": 1}, "c": [2]}', reviver: (key, value) => value is int ? "$key-$value" : value));
  print([JSON.decode('[1]', reviver: (key, value) => key == null ? "all $value" : value), new JsonCodec.withReviver((key, value) => key).decode('{"a": 1}')]);
  print([new JsonCodec(toEncodable: (x) => "t").encode([new Plain()]), new JsonCodec(toEncodable: (x) => "t").encode([new Plain()], toEncodable: (x) => "u"),
      new JsonCodec(reviver: (k, v) => 1).decode("2"), new JsonCodec(reviver: (k, v) => 1).decode("2", reviver: (k, v) => 3)]);
  print([new JsonCodec(toEncodable: (x) => "t").encoder.convert(new Plain()), new JsonCodec(reviver: (k, v) => 1).decoder.convert("2"), identical(JSON.encoder, const JsonEncoder())]);
  print(tried(() => jsonEncode(new Plain())));
  print(tried(() => jsonEncode({1: 2})).split(": ").first);
  print(tried(() => jsonEncode([new Plain()], toEncodable: (x) => throw "thrown")));
  print(tried(() => jsonEncode(double.NAN)));
  var cycle = [];
  cycle.add(cycle);
  print(tried(() => jsonEncode(cycle)));
  for (var text in ["", "[", "[1", "[1,", "[1,]", "{", '{"a"', '{"a":', '{"a":1', '{"a":1,', "{1:2}", '"a', '"\\', '"\\u12', '"\\x"', "tru", "nulll", "-", "1.", "1e", "1e+", "01", "1 2", "\u0001", '"\u0001"', "+1", ".5", "'a'"]) {
    print(tried(() => jsonDecode(text)));
  }
  print(shown(jsonDecode(' \t\r\n[ 1 , 0.5 , 1e2 , 1E-2 , -1.5e+3 , 12345678901234567890 , "a\\n\\t\\r\\b\\f\\"\\\\\\/\\u0041\\ud83d\\ude00" , { } , [ ] , true , false , null ] ')));
  print(shown(jsonEncode(['\u0000\u001f"\\/\n\t\r\b\f\u007f\u2028', -0.0, 1.5, 1e300, {"": {}}])));
  print([new JsonEncoder.withIndent(" ").convert({"a": [1, {}], "b": [], "c": {"d": 2}}), new JsonEncoder.withIndent("--").convert([1])]);
}

html() {
  var text = "a&b\"c'd<e>f/g";
  for (var mode in [HtmlEscapeMode.UNKNOWN, HtmlEscapeMode.ATTRIBUTE, HtmlEscapeMode.SQ_ATTRIBUTE, HtmlEscapeMode.ELEMENT, HtmlEscapeMode.unknown, HtmlEscapeMode.attribute,
      HtmlEscapeMode.sqAttribute, HtmlEscapeMode.element, const HtmlEscapeMode(), const HtmlEscapeMode(name: "n", escapeLtGt: true), const HtmlEscapeMode(escapeQuot: true),
      const HtmlEscapeMode(escapeApos: true), const HtmlEscapeMode(escapeSlash: true)]) {
    print("$mode ${mode.escapeLtGt} ${mode.escapeQuot} ${mode.escapeApos} ${mode.escapeSlash} ${new HtmlEscape(mode).convert(text)} ${new HtmlEscape(mode).mode}");
  }
  print([HTML_ESCAPE.convert("plain"), HTML_ESCAPE.convert(""), HTML_ESCAPE.convert("<"), HTML_ESCAPE.convert("<<a")]);
  print(tried(() => HTML_ESCAPE.convert(null)));
}

// Whatever the pieces, they come to the same; an empty piece changes nothing.
pieces() {
  var text = "a\u00e9\r\n\u20ac\r\ud83d\ude00\n\nb";
  var bytes = UTF8.encode(text);
  same(String name, converter, input, whole, cut(input, from, to)) {
    var different = 0;
    for (var i = 0; i <= input.length; i++) {
      for (var j = i; j <= input.length; j++) {
        var noting = new Noting(), sink = converter.startChunkedConversion(noting);
        sink..add(cut(input, 0, i))..add(cut(input, i, j))..add(cut(input, j, input.length))..close();
        if (noting.events.last != "closed") different++;
        var all = noting.events.take(noting.events.length - 1);
        if ("${whole is List ? all.expand((x) => x is List ? x : [x]).toList() : all.join()}" != "$whole") different++;
      }
    }
    print("$name: $different different");
  }
  ofText(input, from, to) => input.substring(from, to);
  ofBytes(input, from, to) => input.sublist(from, to);
  same("UTF8.encoder", UTF8.encoder, text, bytes, ofText);
  same("UTF8.decoder", UTF8.decoder, bytes, text, ofBytes);
  same("LineSplitter", const LineSplitter(), text, const LineSplitter().convert(text), ofText);
  same("ASCII.encoder", ASCII.encoder, "abcd", [97, 98, 99, 100], ofText);
  same("ASCII.decoder", ASCII.decoder, [97, 98, 99], "abc", ofBytes);
  same("LATIN1.encoder", LATIN1.encoder, "ab\u00e9", [97, 98, 0xe9], ofText);
  same("LATIN1.decoder", LATIN1.decoder, [97, 98, 0xe9], "ab\u00e9", ofBytes);
  same("BASE64.decoder", BASE64.decoder, "AQIDBA==", [1, 2, 3, 4], ofText);
  same("BASE64.decoder full", BASE64.decoder, "AQID", [1, 2, 3], ofText);
  same("BASE64.encoder", BASE64.encoder, [1, 2, 3, 4, 251], BASE64.encode([1, 2, 3, 4, 251]), ofBytes);
  same("BASE64URL.encoder", BASE64URL.encoder, [1, 2, 3, 251], "AQID-w==", ofBytes);
  same("HTML_ESCAPE", HTML_ESCAPE, "a<b&c", "a&lt;b&amp;c", ofText);
  same("JSON.decoder", JSON.decoder, '[1, "a"]', "[1, a]", ofText);
  same("malformed", const Utf8Decoder(allowMalformed: true), [0xe2, 0x82, 97, 0xff, 0xf0, 0x9f], new Utf8Decoder(allowMalformed: true).convert([0xe2, 0x82, 97, 0xff, 0xf0, 0x9f]), ofBytes);
  var noting = new Noting();
  JSON.encoder.startChunkedConversion(noting)..add([1])..close();
  print(noting.events);
  print(tried(() => JSON.encoder.startChunkedConversion(new Noting())..add(1)..add(2)));
  noting = new Noting();
  JSON.encoder.fuse(UTF8.encoder).startChunkedConversion(noting)..add(["\u00e9"])..close();
  print(noting.events);
  print([JSON.fuse(UTF8).encode(["\u00e9"]), JSON.fuse(UTF8).decode([0x5b, 0x31, 0x5d]), new JsonUtf8Encoder("  ").convert([1]), new JsonUtf8Encoder().convert(["\u00e9"])]);
  noting = new Noting();
  new JsonUtf8Encoder().startChunkedConversion(noting)..add([1])..close();
  print([noting.events.last, noting.events.where((x) => x is List).expand((x) => x).toList()]);
  print(tried(() => new JsonUtf8Encoder().startChunkedConversion(new Noting())..add(1)..add(2)));
  for (var wrong in [[0xe2, 0x82], [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]]) {
    print(tried(() => UTF8.decoder.startChunkedConversion(new Noting())..add(wrong)..close()));
  }
  for (var wrong in ["A", "AQ", "AQ=", "AQI", "A===", "AQ==A", "A Q=", "AQ=a", "====", "AQ===", "AQI==", "AQID=", "AB==", "ABC=", "AQ=%3", "AQ==%3D", "AQ%3", "AQ%41", "A%3D", "AQI%3d", "AQ%3D%3", "AQ%3D%3D"]) {
    print("$wrong: ${tried(() => BASE64.decode(wrong))} ${tried(() {
      var noting = new Noting();
      BASE64.decoder.startChunkedConversion(noting)..add(wrong)..close();
      return noting.events;
    })}");
  }
  print([LineSplitter.split("a\nb\r\nc\rd"), LineSplitter.split("a\nb\nc", 2), LineSplitter.split("a\nb\nc", 2, 3), LineSplitter.split(""), LineSplitter.split("\n"), LineSplitter.split("a\n\n")]);
  print([tried(() => LineSplitter.split("a", 2)), tried(() => LineSplitter.split("a", 1, 0)), tried(() => LineSplitter.split(null)), tried(() => const LineSplitter().convert(null))]);
}

// A part of a piece, and whether it is the last one.
slices() {
  var converters = {"UTF8": UTF8.encoder, "ASCII": ASCII.encoder, "LATIN1": LATIN1.encoder, "HTML": HTML_ESCAPE, "lines": const LineSplitter(), "BASE64": BASE64.decoder};
  converters.forEach((name, converter) {
    var noting = new Noting(), sink = converter.startChunkedConversion(noting);
    sink.addSlice("xAQIDx", 1, 3, false);
    sink.addSlice("xAQIDx", 3, 3, false);
    sink.addSlice("xAQIDx", 3, 5, true);
    print("$name: ${noting.events} ${tried(() => converter.startChunkedConversion(new Noting()).addSlice("abc", 1, 4, false))} ${tried(() => converter.startChunkedConversion(new Noting()).addSlice("abc", 2, 1, false))}");
  });
  var decoders = {"UTF8": UTF8.decoder, "ASCII": ASCII.decoder, "LATIN1": LATIN1.decoder, "BASE64": BASE64.encoder};
  decoders.forEach((name, converter) {
    var noting = new Noting(), sink = converter.startChunkedConversion(noting);
    sink.addSlice([0, 65, 66, 67, 68, 0], 1, 3, false);
    sink.addSlice([0, 65, 66, 67, 68, 0], 3, 3, false);
    sink.addSlice([0, 65, 66, 67, 68, 0], 3, 5, true);
    print("$name: ${noting.events} ${tried(() => converter.startChunkedConversion(new Noting()).addSlice([1, 2, 3], 1, 4, false))} ${tried(() => converter.startChunkedConversion(new Noting()).addSlice([1, 2, 3], 2, 1, false))}");
  });
  for (var codec in [ASCII, LATIN1]) {
    print([tried(() => codec.encode("a\u0100")), tried(() => codec.encode("\u00e9")), tried(() => codec.decode([128])), tried(() => codec.decode([256])), tried(() => codec.decode([-1])),
        tried(() => codec.decode([256, 65], allowInvalid: true)), codec.encoder.convert("abc", 1), codec.encoder.convert("abc", 1, 2), codec.decoder.convert([65, 66, 67], 1),
        codec.decoder.convert([65, 66, 67], 1, 2), tried(() => codec.encoder.convert("abc", 1, 4)), tried(() => codec.decoder.convert([65], 2))]);
  }
}

sinks() {
  var told = [];
  new ChunkedConversionSink.withCallback(told.add)..add(1)..add("two")..close();
  new StringConversionSink.withCallback(told.add)..add("a")..addSlice("xbcx", 1, 3, false)..addSlice("d", 0, 1, true);
  new ByteConversionSink.withCallback(told.add)..add([1])..addSlice([0, 2, 3, 0], 1, 3, false)..addSlice([4], 0, 1, true);
  print(told);
  var noting = new Noting();
  new StringConversionSink.from(noting)..add("a")..addSlice("xbcx", 1, 3, false)..addSlice("d", 0, 1, true);
  new ByteConversionSink.from(noting)..add([1])..addSlice([0, 2, 3, 0], 1, 3, false)..addSlice([4], 0, 1, true);
  print(noting.events);
  var buffer = new StringBuffer();
  new StringConversionSink.fromStringSink(buffer)..add("a")..addSlice("xbcx", 1, 3, false)..close();
  var closed = 0, closable = new ClosableStringSink.fromStringSink(buffer, () => closed++);
  closable..write(1)..writeln("two")..writeln()..writeAll([3, 4])..writeAll([5, 6], ", ")..writeCharCode(65);
  print([buffer.toString().split("\n"), closed]);
  closable.close();
  print(closed);
  new StringConversionSink.fromStringSink(closable)..add("z")..close();
  print([closed, buffer.length]);
  new StringConversionSink.fromStringSink(closable).addSlice("yz", 0, 1, true);
  print([closed, buffer.length]);
  noting = new Noting();
  new StringConversionSink.from(noting).asStringSink()..write(1)..write("")..writeln("two")..writeln()..writeAll([3, 4])..writeAll([5, 6], ", ")..writeAll([])..writeCharCode(0x1f600)..close();
  print(noting.events.map((x) => x.replaceAll("\n", "|")).toList());
  noting = new Noting();
  new StringConversionSink.from(noting).asUtf8Sink(true)..add([0xe2, 0x82])..add([0xac, 0xff])..close();
  print(noting.events.join().codeUnits);
  print(tried(() => new StringConversionSink.from(new Noting()).asUtf8Sink(false)..add([0xff])..close()));
  var texts = new Texts();
  texts.add("abc");
  texts.asStringSink()..write("d")..close();
  print(texts.events);
  var bytes = new Bytes();
  bytes..add([1])..addSlice([1, 2, 3], 1, 2, false)..addSlice([1, 2, 3], 0, 3, true);
  print([bytes.events, tried(() => bytes.addSlice([1], 0, 2, false)), tried(() => bytes.addSlice([1], -1, 1, false))]);
}

fused() {
  var codec = UTF8.fuse(BASE64);
  print([codec.encode("\u00e9"), codec.decode("w6k="), codec.encoder.convert("a"), codec.decoder.convert("YQ=="), UTF8.encoder.fuse(BASE64.encoder).convert("a")]);
  print([BASE64.inverted.encode("AQ=="), BASE64.inverted.decode([1]), identical(BASE64.inverted.inverted, BASE64), identical(BASE64.inverted.encoder, BASE64.decoder),
      identical(BASE64.inverted.decoder, BASE64.encoder)]);
  print([new PlainCodec().encode(1), new PlainCodec().decode(2), new PlainCodec().fuse(new PlainCodec()).encode(3), const Plain().fuse(const Plain()).convert(4)]);
  print(tried(() => const Plain().startChunkedConversion(new Noting())));
  print([identical(const Plain().cast(), const Plain()), identical(const Plain().retype(), const Plain()), identical(Converter.castFrom(const Plain()), const Plain())]);
  var noting = new Noting();
  const Chunked().fuse(const Chunked()).startChunkedConversion(noting)..add(1)..close();
  print(noting.events);
}

// Bytes of UTF-8 on each side of what may follow another, at once and byte by byte.
bounds() {
  var decoder = const Utf8Decoder(allowMalformed: true), different = 0;
  for (var lead in [0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff]) {
    var texts = [];
    for (var second in [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0]) {
      for (var rest in [[0x80, 0xbf], [0x7f, 0x80], [0xbf, 0xc2]]) {
        var bytes = [lead, second]..addAll(rest)..add(0x41), text = decoder.convert(bytes);
        texts.add(text.codeUnits.map((x) => x == 0xfffd ? "?" : x == 0x41 ? "A" : x.toRadixString(16)).join(","));
        var noting = new Noting(), sink = decoder.startChunkedConversion(noting);
        for (var byte in bytes) sink.add([byte]);
        sink.close();
        if (noting.events.take(noting.events.length - 1).join() != text) different++;
        var strict = tried(() => UTF8.decode(bytes));
        if (strict.startsWith("FormatException") != text.contains("\ufffd")) different++;
      }
    }
    print("${lead.toRadixString(16)}: ${texts.join(" ")}");
  }
  print(different);
}

streams() async {
  print(await new Stream.fromIterable([1, 2]).transform(const Chunked()).toList());
  print(await const Chunked().bind(new Stream.fromFuture(new Future.error("failed"))).toList().catchError((e) => "told $e"));
  print(await UTF8.decodeStream(new Stream.fromIterable([[0xe2], [0x82, 0xac], []])));
  print(await LATIN1.decodeStream(new Stream.fromIterable([[0xe2], [65]])));
  print(await new Stream.fromIterable(["a\r", "\nb", "", "\n\nc"]).transform(const LineSplitter()).toList());
  print(await new Stream.fromIterable([[1, 2], [3]]).transform(BASE64.encoder).join());
  print(tried(() => new Stream.fromIterable([[1]]).transform(const Plain()).toList()));
  var noting = new NotingError();
  var controller = new StreamController();
  controller.stream.transform(UTF8.decoder).listen(noting.add, onError: (e, s) => noting.addError(e, s), onDone: noting.close);
  controller..add([97])..addError("wrong", new StackTrace.fromString("trace"))..add([98]);
  await controller.close();
  print(noting.events);
}

// expect: iso_8859-1:1987: iso-8859-1
// expect: iso-ir-100: iso-8859-1
// expect: iso_8859-1: iso-8859-1
// expect: iso-8859-1: iso-8859-1
// expect: latin1: iso-8859-1
// expect: l1: iso-8859-1
// expect: ibm819: iso-8859-1
// expect: cp819: iso-8859-1
// expect: csisolatin1: iso-8859-1
// expect: iso-ir-6: us-ascii
// expect: ansi_x3.4-1968: us-ascii
// expect: ansi_x3.4-1986: us-ascii
// expect: iso_646.irv:1991: us-ascii
// expect: iso646-us: us-ascii
// expect: us-ascii: us-ascii
// expect: us: us-ascii
// expect: ibm367: us-ascii
// expect: cp367: us-ascii
// expect: csascii: us-ascii
// expect: ascii: us-ascii
// expect: csutf8: utf-8
// expect: utf-8: utf-8
// expect: UTF-8: utf-8
// expect: Latin1: iso-8859-1
// expect: [null, null, null]
// expect: [utf-8, us-ascii, iso-8859-1, true, true, true, true, true, true, true, 65533, 65279]
// expect: [AQID+w==, AQID-w==, [1, 2, 3, 251], , []]
// expect: [{"a":[1,null,true]}, {a: [1, null, true]}]
// expect: ["as Plain"]
// expect: {a: {b: b-1}, c: [0-2]}
// expect: [all [1], null]
// expect: [["t"], ["u"], 1, 3]
// expect: ["t", 1, true]
// expect: Converting object to an encodable object failed: Instance of 'Plain'
// expect: Converting object to an encodable object failed
// expect: Converting object to an encodable object failed: Instance of 'Plain'
// expect: Converting object to an encodable object failed: NaN
// expect: Cyclic error in JSON stringify
// expect: FormatException: Unexpected end of input (at character 1) |  | ^ | 
// expect: FormatException: Unexpected end of input (at character 2) | [ |  ^ | 
// expect: FormatException: Unexpected end of input (at character 3) | [1 |   ^ | 
// expect: FormatException: Unexpected end of input (at character 4) | [1, |    ^ | 
// expect: FormatException: Unexpected character (at character 4) | [1,] |    ^ | 
// expect: FormatException: Unexpected end of input (at character 2) | { |  ^ | 
// expect: FormatException: Unexpected end of input (at character 5) | {"a" |     ^ | 
// expect: FormatException: Unexpected end of input (at character 6) | {"a": |      ^ | 
// expect: FormatException: Unexpected end of input (at character 7) | {"a":1 |       ^ | 
// expect: FormatException: Unexpected end of input (at character 8) | {"a":1, |        ^ | 
// expect: FormatException: Unexpected character (at character 2) | {1:2} |  ^ | 
// expect: FormatException: Unterminated string (at character 3) | "a |   ^ | 
// expect: FormatException: Unterminated string (at character 3) | "\ |   ^ | 
// expect: FormatException: Unterminated string (at character 6) | "\u12 |      ^ | 
// expect: FormatException: Unrecognized string escape (at character 3) | "\x" |   ^ | 
// expect: FormatException: Unexpected end of input (at character 4) | tru |    ^ | 
// expect: FormatException: Unexpected character (at character 5) | nulll |     ^ | 
// expect: FormatException: Missing expected digit (at character 2) | - |  ^ | 
// expect: FormatException: Missing expected digit (at character 3) | 1. |   ^ | 
// expect: FormatException: Missing expected digit (at character 3) | 1e |   ^ | 
// expect: FormatException: Missing expected digit (at character 4) | 1e+ |    ^ | 
// expect: FormatException: Unexpected character (at character 2) | 01 |  ^ | 
// expect: FormatException: Unexpected character (at character 3) | 1 2 |   ^ | 
// expect: FormatException: Unexpected character (at character 1) | {1} | ^ | 
// expect: FormatException: Control character in string (at character 2) | "{1}" |  ^ | 
// expect: FormatException: Unexpected character (at character 1) | +1 | ^ | 
// expect: FormatException: Unexpected character (at character 1) | .5 | ^ | 
// expect: FormatException: Unexpected character (at character 1) | 'a' | ^ | 
// expect: [1, 0.5, 100.0, 0.01, -1500.0, 12345678901234567890, a{a}{9}{d}{8}{c}"\/A{d83d}{de00}, {}, [], true, false, null]
// expect: ["\u0000\u001f\"\\/\n\t\r\b\f{7f}{2028}",-0.0,1.5,1e+300,{"":{}}]
// expect: [{
// expect:  "a": [
// expect:   1,
// expect:   {}
// expect:  ],
// expect:  "b": [],
// expect:  "c": {
// expect:   "d": 2
// expect:  }
// expect: }, [
// expect: --1
// expect: ]]
// expect: unknown true true true true a&amp;b&quot;c&#39;d&lt;e&gt;f&#47;g unknown
// expect: attribute true true false false a&amp;b&quot;c'd&lt;e&gt;f/g attribute
// expect: attribute true false true false a&amp;b"c&#39;d&lt;e&gt;f/g attribute
// expect: element true false false false a&amp;b"c'd&lt;e&gt;f/g element
// expect: unknown true true true true a&amp;b&quot;c&#39;d&lt;e&gt;f&#47;g unknown
// expect: attribute true true false false a&amp;b&quot;c'd&lt;e&gt;f/g attribute
// expect: attribute true false true false a&amp;b"c&#39;d&lt;e&gt;f/g attribute
// expect: element true false false false a&amp;b"c'd&lt;e&gt;f/g element
// expect: custom false false false false a&amp;b"c'd<e>f/g custom
// expect: n true false false false a&amp;b"c'd&lt;e&gt;f/g n
// expect: custom false true false false a&amp;b&quot;c'd<e>f/g custom
// expect: custom false false true false a&amp;b"c&#39;d<e>f/g custom
// expect: custom false false false true a&amp;b"c'd<e>f&#47;g custom
// expect: [plain, , &lt;, &lt;&lt;a]
// expect: Invalid argument(s): convert: argument 'text' must be a String, it is null
// expect: UTF8.encoder: 0 different
// expect: UTF8.decoder: 0 different
// expect: LineSplitter: 0 different
// expect: ASCII.encoder: 0 different
// expect: ASCII.decoder: 0 different
// expect: LATIN1.encoder: 0 different
// expect: LATIN1.decoder: 0 different
// expect: BASE64.decoder: 0 different
// expect: BASE64.decoder full: 0 different
// expect: BASE64.encoder: 0 different
// expect: BASE64URL.encoder: 0 different
// expect: HTML_ESCAPE: 0 different
// expect: JSON.decoder: 0 different
// expect: malformed: 0 different
// expect: [[1], closed]
// expect: Bad state: Only one call to add allowed
// expect: [[91, 34, 195, 169, 34, 93], closed]
// expect: [[91, 34, 195, 169, 34, 93], [1], [91, 10, 32, 32, 49, 10, 93], [91, 34, 195, 169, 34, 93]]
// expect: [closed, [91, 49, 93]]
// expect: Bad state: Only one call to add allowed
// expect: FormatException: Unfinished UTF-8 octet sequence
// expect: FormatException: Bad UTF-8 encoding 0xff (at offset 0)
// expect: FormatException: Bad UTF-8 encoding 0xc0 (at offset 0)
// expect: FormatException: Unfinished character before 0xa0 (at offset 1)
// expect: FormatException: Unfinished character before 0x90 (at offset 1)
// expect: A: FormatException: Missing padding character (at character 2) | A |  ^ |  FormatException: Missing padding character
// expect: AQ: FormatException: Missing padding character (at character 3) | AQ |   ^ |  FormatException: Missing padding character
// expect: AQ=: FormatException: Missing padding character (at character 4) | AQ= |    ^ |  FormatException: Missing padding character
// expect: AQI: FormatException: Missing padding character (at character 4) | AQI |    ^ |  FormatException: Missing padding character
// expect: A===: FormatException: Invalid padding character (at character 2) | A=== |  ^ |  FormatException: Invalid padding character (at character 2) | A=== |  ^ | 
// expect: AQ==A: FormatException: Expecting '=' (at character 5) | AQ==A |     ^ |  FormatException: Expecting '=' (at character 5) | AQ==A |     ^ | 
// expect: A Q=: FormatException: Invalid character (at character 2) | A Q= |  ^ |  FormatException: Invalid character (at character 2) | A Q= |  ^ | 
// expect: AQ=a: FormatException: Expecting '=' (at character 4) | AQ=a |    ^ |  FormatException: Expecting '=' (at character 4) | AQ=a |    ^ | 
// expect: ====: FormatException: Invalid padding character (at character 1) | ==== | ^ |  FormatException: Invalid padding character (at character 1) | ==== | ^ | 
// expect: AQ===: FormatException: Invalid padding character (at character 5) | AQ=== |     ^ |  FormatException: Invalid padding character (at character 5) | AQ=== |     ^ | 
// expect: AQI==: FormatException: Invalid padding character (at character 5) | AQI== |     ^ |  FormatException: Invalid padding character (at character 5) | AQI== |     ^ | 
// expect: AQID=: FormatException: Invalid padding character (at character 5) | AQID= |     ^ |  FormatException: Invalid padding character (at character 5) | AQID= |     ^ | 
// expect: AB==: FormatException: Invalid encoding before padding (at character 3) | AB== |   ^ |  FormatException: Invalid encoding before padding (at character 3) | AB== |   ^ | 
// expect: ABC=: FormatException: Invalid encoding before padding (at character 4) | ABC= |    ^ |  FormatException: Invalid encoding before padding (at character 4) | ABC= |    ^ | 
// expect: AQ=%3: FormatException: Missing padding character (at character 6) | AQ=%3 |      ^ |  FormatException: Missing padding character
// expect: AQ==%3D: FormatException: Invalid padding character (at character 7) | AQ==%3D |       ^ |  FormatException: Invalid padding character (at character 7) | AQ==%3D |       ^ | 
// expect: AQ%3: FormatException: Missing padding character (at character 5) | AQ%3 |     ^ |  FormatException: Missing padding character
// expect: AQ%41: FormatException: Invalid character (at character 5) | AQ%41 |     ^ |  FormatException: Invalid character (at character 5) | AQ%41 |     ^ | 
// expect: A%3D: FormatException: Invalid padding character (at character 4) | A%3D |    ^ |  FormatException: Invalid padding character (at character 4) | A%3D |    ^ | 
// expect: AQI%3d: [1, 2] [[1, 2], closed]
// expect: AQ%3D%3: FormatException: Missing padding character (at character 8) | AQ%3D%3 |        ^ |  FormatException: Missing padding character
// expect: AQ%3D%3D: [1] [[1], closed]
// expect: [[a, b, c, d], [b, c], [b], [], [], [a, ]]
// expect: [RangeError: LineSplitter.split: argument 'start' must be from 0 to 1, it is 2, RangeError: LineSplitter.split: argument 'end' must be from 1 to 1, it is 0, Invalid argument(s): LineSplitter.split: argument 'lines' must be a String, it is null, Invalid argument(s): convert: argument 'data' must be a String, it is null]
// expect: UTF8: [[65, 81], [73, 68], closed] RangeError: addSlice: argument 'end' must be from 1 to 3, it is 4 RangeError: addSlice: argument 'end' must be from 2 to 3, it is 1
// expect: ASCII: [[65, 81], [], [73, 68], closed] RangeError: addSlice: argument 'end' must be from 1 to 3, it is 4 RangeError: addSlice: argument 'end' must be from 2 to 3, it is 1
// expect: LATIN1: [[65, 81], [], [73, 68], closed] RangeError: addSlice: argument 'end' must be from 1 to 3, it is 4 RangeError: addSlice: argument 'end' must be from 2 to 3, it is 1
// expect: HTML: [AQ, , ID, closed] RangeError: addSlice: argument 'end' must be from 1 to 3, it is 4 RangeError: addSlice: argument 'end' must be from 2 to 3, it is 1
// expect: lines: [AQID, closed] RangeError: addSlice: argument 'end' must be from 1 to 3, it is 4 RangeError: addSlice: argument 'end' must be from 2 to 3, it is 1
// expect: BASE64: [[1, 2, 3], closed] RangeError: addSlice: argument 'end' must be from 1 to 3, it is 4 RangeError: addSlice: argument 'end' must be from 2 to 3, it is 1
// expect: UTF8: [AB, CD, closed] RangeError: addSlice: argument 'end' must be from 1 to 3, it is 4 RangeError: addSlice: argument 'end' must be from 2 to 3, it is 1
// expect: ASCII: [AB, , CD, closed] RangeError: addSlice: argument 'end' must be from 1 to 3, it is 4 RangeError: addSlice: argument 'end' must be from 2 to 3, it is 1
// expect: LATIN1: [AB, , CD, closed] RangeError: addSlice: argument 'end' must be from 1 to 3, it is 4 RangeError: addSlice: argument 'end' must be from 2 to 3, it is 1
// expect: BASE64: [QUJD, RA==, closed] RangeError: addSlice: argument 'end' must be from 1 to 3, it is 4 RangeError: addSlice: argument 'end' must be from 2 to 3, it is 1
// expect: [Invalid argument (string): Contains invalid characters.: "a{100}", Invalid argument (string): Contains invalid characters.: "{e9}", FormatException: Invalid value in input: 128 (at offset 0), FormatException: Invalid value in input: 256 (at offset 0), FormatException: Invalid value in input: -1 (at offset 0), �A, [98, 99], [98], BC, B, RangeError: convert: argument 'end' must be from 1 to 3, it is 4, RangeError: convert: argument 'start' must be from 0 to 1, it is 2]
// expect: [Invalid argument (string): Contains invalid characters.: "a{100}", [233], , FormatException: Invalid value in input: 256 (at offset 0), FormatException: Invalid value in input: -1 (at offset 0), �A, [98, 99], [98], BC, B, RangeError: convert: argument 'end' must be from 1 to 3, it is 4, RangeError: convert: argument 'start' must be from 0 to 1, it is 2]
// expect: [[1, two], abcd, [1, 2, 3, 4]]
// expect: [a, bc, d, closed, [1], [2, 3], [4], closed]
// expect: [[abc1two, , 345, 6A], 0]
// expect: 1
// expect: [2, 17]
// expect: [3, 18]
// expect: [1, two|, |, 34, 5, 6, 😀, closed]
// expect: [8364, 65533, 99, 108, 111, 115, 101, 100]
// expect: FormatException: Bad UTF-8 encoding 0xff (at offset 0)
// expect: [[abc, 0, 3, false], [d, 0, 1, false], closed]
// expect: [[[1], [2], [1, 2, 3], closed], RangeError: addSlice: argument 'end' must be from 0 to 1, it is 2, RangeError: addSlice: argument 'start' must be from 0 to 1, it is -1]
// expect: [w6k=, é, YQ==, a, YQ==]
// expect: [[1], AQ==, true, true, true]
// expect: [<1>, <2>, <<3>>, <<4>>]
// expect: Unsupported operation: This converter does not support chunked conversions: Plain
// expect: [true, true, true]
// expect: [1, 1, 1, 1, closed]
// expect: 7f: 7f,7f,?,?,A 7f,7f,7f,?,A 7f,7f,?,?,A 7f,?,?,?,A 7f,?,7f,?,A 7f,?,?,?,A 7f,?,?,?,A 7f,?,7f,?,A 7f,?,?,?,A 7f,?,?,?,A 7f,?,7f,?,A 7f,?,?,?,A 7f,?,?,?,A 7f,?,7f,?,A 7f,?,?,?,A 7f,?,?,?,A 7f,?,7f,?,A 7f,?,?,?,A 7f,?,?,?,A 7f,?,7f,?,A 7f,?,?,?,A 7f,?,?,?,A 7f,?,7f,?,A 7f,?,?,?,A
// expect: 80: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: bf: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: c0: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: c1: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: c2: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A 80,?,?,A 80,7f,?,A 80,?,?,A 8f,?,?,A 8f,7f,?,A 8f,?,?,A 90,?,?,A 90,7f,?,A 90,?,?,A 9f,?,?,A 9f,7f,?,A 9f,?,?,A a0,?,?,A a0,7f,?,A a0,?,?,A bf,?,?,A bf,7f,?,A bf,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: df: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A 7c0,?,?,A 7c0,7f,?,A 7c0,?,?,A 7cf,?,?,A 7cf,7f,?,A 7cf,?,?,A 7d0,?,?,A 7d0,7f,?,A 7d0,?,?,A 7df,?,?,A 7df,7f,?,A 7df,?,?,A 7e0,?,?,A 7e0,7f,?,A 7e0,?,?,A 7ff,?,?,A 7ff,7f,?,A 7ff,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: e0: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A 800,?,A ?,7f,?,A 83f,?,A fc0,?,A ?,7f,?,A fff,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: e1: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A 1000,?,A ?,7f,?,A 103f,?,A 13c0,?,A ?,7f,?,A 13ff,?,A 1400,?,A ?,7f,?,A 143f,?,A 17c0,?,A ?,7f,?,A 17ff,?,A 1800,?,A ?,7f,?,A 183f,?,A 1fc0,?,A ?,7f,?,A 1fff,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: ec: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A c000,?,A ?,7f,?,A c03f,?,A c3c0,?,A ?,7f,?,A c3ff,?,A c400,?,A ?,7f,?,A c43f,?,A c7c0,?,A ?,7f,?,A c7ff,?,A c800,?,A ?,7f,?,A c83f,?,A cfc0,?,A ?,7f,?,A cfff,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: ed: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A d000,?,A ?,7f,?,A d03f,?,A d3c0,?,A ?,7f,?,A d3ff,?,A d400,?,A ?,7f,?,A d43f,?,A d7c0,?,A ?,7f,?,A d7ff,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: ee: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A e000,?,A ?,7f,?,A e03f,?,A e3c0,?,A ?,7f,?,A e3ff,?,A e400,?,A ?,7f,?,A e43f,?,A e7c0,?,A ?,7f,?,A e7ff,?,A e800,?,A ?,7f,?,A e83f,?,A efc0,?,A ?,7f,?,A efff,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: ef: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A f000,?,A ?,7f,?,A f03f,?,A f3c0,?,A ?,7f,?,A f3ff,?,A f400,?,A ?,7f,?,A f43f,?,A f7c0,?,A ?,7f,?,A f7ff,?,A f800,?,A ?,7f,?,A f83f,?,A ffc0,?,A ?,7f,?,A ffff,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: f0: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A d800,dc3f,A ?,7f,?,A ?,?,A d83c,dc3f,A ?,7f,?,A ?,?,A d840,dc3f,A ?,7f,?,A ?,?,A d8bc,dc3f,A ?,7f,?,A ?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: f1: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A d8c0,dc3f,A ?,7f,?,A ?,?,A d8fc,dc3f,A ?,7f,?,A ?,?,A d900,dc3f,A ?,7f,?,A ?,?,A d93c,dc3f,A ?,7f,?,A ?,?,A d940,dc3f,A ?,7f,?,A ?,?,A d9bc,dc3f,A ?,7f,?,A ?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: f3: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A dac0,dc3f,A ?,7f,?,A ?,?,A dafc,dc3f,A ?,7f,?,A ?,?,A db00,dc3f,A ?,7f,?,A ?,?,A db3c,dc3f,A ?,7f,?,A ?,?,A db40,dc3f,A ?,7f,?,A ?,?,A dbbc,dc3f,A ?,7f,?,A ?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: f4: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A dbc0,dc3f,A ?,7f,?,A ?,?,A dbfc,dc3f,A ?,7f,?,A ?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: f5: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: ff: ?,7f,?,?,A ?,7f,7f,?,A ?,7f,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A ?,?,?,?,A ?,?,7f,?,A ?,?,?,?,A
// expect: 0
// expect: [1, 1, 2, 2]
// expect: told failed
// expect: €
// expect: âA
// expect: [a, b, , c]
// expect: AQID
// expect: Unsupported operation: This converter does not support chunked conversions: Plain
// expect: [a, error wrong trace, b, closed]
