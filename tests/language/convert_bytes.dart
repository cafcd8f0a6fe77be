// dart:convert: UTF-8, Latin-1, ASCII, Base64, HTML, lines; as a whole and piece by piece.
import 'dart:async';
import 'dart:convert';

tried(f()) {
  try {
    print(f());
  } catch (error) {
    if (error is FormatException) {
      print("${error.message} at ${error.offset}");
    } else {
      print(error);
    }
  }
}

main() {
  texts();
  utf8Mistakes();
  base64s();
  others();
  pieces();
  streams();
}

texts() {
  var text = "a\u00e9\u20ac\u{1f600}";
  print(UTF8.encode(text));
  print(utf8.decode(UTF8.encode(text)) == text);
  print(UTF8.decode([0xef, 0xbb, 0xbf, 0x61, 0xef, 0xbb, 0xbf]).codeUnits);
  print([UTF8.encode("\ud800"), UTF8.encode("x\udc00y")]);
  print([UTF8.encode(""), UTF8.decode([])]);
  print(const Utf8Encoder().convert("abc", 1, 2));
  print(const Utf8Decoder().convert([97, 98, 99], 1));
  print([LATIN1.encode("\u00e9"), latin1.decode([0xe9]), ASCII.encode("a"), ascii.decode([98])]);
  tried(() => LATIN1.encode("\u20ac"));
  tried(() => ASCII.encode("\u00e9"));
  tried(() => ASCII.decode([97, 200]));
  print(ASCII.decode([97, 200], allowInvalid: true).codeUnits);
  tried(() => LATIN1.decode([256]));
  tried(() => UTF8.encode(null));
  tried(() => const Utf8Encoder().convert("abc", 2, 1));
  print([Encoding.getByName("UTF-8").name, Encoding.getByName("latin1").name, Encoding.getByName("us").name]);
  print([Encoding.getByName("none"), Encoding.getByName(null)]);
}

utf8Mistakes() {
  for (var bytes in [[0x61, 0xff], [0xc3], [0xc3, 0x61], [0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80], [0xf0, 0x9f, 0x98], [0x80], [0xe2, 0x82, 0x61], [-1], [256]]) {
    tried(() => UTF8.decode(bytes));
    print(UTF8.decode(bytes, allowMalformed: true).codeUnits.map((unit) => unit.toRadixString(16)).join(" "));
  }
}

base64s() {
  for (var text in ["", "f", "fo", "foo", "foob", "fooba", "foobar"]) {
    var encoded = BASE64.encode(UTF8.encode(text));
    print("$encoded ${UTF8.decode(BASE64.decode(encoded)) == text}");
  }
  print([BASE64.encode([0xfb, 0xff]), BASE64URL.encode([0xfb, 0xff]), BASE64.decode("-_8="), BASE64.decode("Zg%3D%3d")]);
  print([BASE64.normalize("Zg"), BASE64.normalize("-_8"), BASE64.normalize("Zm9v"), BASE64.normalize("Zg%3D%3D")]);
  for (var text in ["Z", "Zg", "Zg=", "Zh==", "Zg==Zg==", "Z===", "====", "Zm9v=", "Z g=", "Zg%3", "Zm\u00e9="]) {
    tried(() => BASE64.decode(text));
  }
  tried(() => BASE64.normalize("Z"));
  tried(() => BASE64.normalize("Zg="));
  tried(() => BASE64.normalize("Z\$"));
  tried(() => BASE64.encode([256]));
}

others() {
  print(HTML_ESCAPE.convert("<a href='b'>\"c\" & d/e</a>"));
  print(const HtmlEscape(HtmlEscapeMode.ELEMENT).convert("<'\"/&>"));
  print(const HtmlEscape(HtmlEscapeMode.ATTRIBUTE).convert("<'\"/&>"));
  print(const LineSplitter().convert("a\nb\r\nc\rd\n\ne"));
  print([const LineSplitter().convert(""), const LineSplitter().convert("\n"), const LineSplitter().convert("a\n")]);
  print(LineSplitter.split("ab\ncd\nef", 1, 5));
  print(UTF8.fuse(BASE64).encode("fused"));
  print(UTF8.fuse(BASE64).decode("ZnVzZWQ="));
  print(UTF8.inverted.encode([104, 105]));
}

pieces() {
  var text = new StringConversionSink.withCallback((text) => print(text.codeUnits));
  var bytes = UTF8.decoder.startChunkedConversion(text);
  for (var byte in [0xe2, 0x82, 0xac, 0x61]) bytes.add([byte]);
  bytes.close();
  var encoder = UTF8.encoder.startChunkedConversion(new ByteConversionSink.withCallback(print));
  encoder.add("\ud83d");
  encoder.add("\ude00");
  encoder.addSlice("xyz", 1, 2, false);
  encoder.add("\ud83d");
  encoder.close();
  var open = UTF8.decoder.startChunkedConversion(new StringConversionSink.withCallback(print));
  open.add([0xe2]);
  tried(() => open.close());
  var base64 = BASE64.encoder.startChunkedConversion(new StringConversionSink.withCallback(print));
  for (var byte in UTF8.encode("foobar!")) base64.add([byte]);
  base64.close();
  var decoder = BASE64.decoder.startChunkedConversion(new ByteConversionSink.withCallback((all) => print(UTF8.decode(all))));
  for (var piece in ["Zm9", "vY", "mFyI", "Q%", "3D", "="]) decoder.add(piece);
  decoder.close();
  var lines = const LineSplitter().startChunkedConversion(new ChunkedConversionSink.withCallback(print));
  for (var piece in ["a\r", "\nb", "c\n", "\r", "d"]) lines.add(piece);
  lines.close();
  var written = new StringConversionSink.withCallback(print).asStringSink();
  written.write(1);
  written.writeln("two");
  written.writeAll([3, 4], "-");
  written.close();
  var sink = new StringConversionSink.withCallback(print).asUtf8Sink(true);
  sink.add([0x61, 0xff]);
  sink.close();
}

streams() {
  var bytes = new Stream.fromIterable([[0x61, 0xc3], [0xa9, 0x0a], [0x62]]);
  bytes.transform(UTF8.decoder).transform(const LineSplitter()).toList().then((lines) {
    print(lines);
    return new Stream.fromIterable(['[1', ']']).transform(JSON.decoder).first;
  }).then((value) {
    print(value);
    return UTF8.decodeStream(new Stream.fromIterable([[0xe2], [0x82, 0xac]]));
  }).then((text) {
    print(text == "\u20ac");
    return new Stream.fromIterable([[0xff]]).transform(UTF8.decoder).toList();
  }).catchError((error) => print(error.message));
}
// stress-interval: 97
// expect: [97, 195, 169, 226, 130, 172, 240, 159, 152, 128]
// expect: true
// expect: [97, 65279]
// expect: [[239, 191, 189], [120, 239, 191, 189, 121]]
// expect: [[], ]
// expect: [98]
// expect: bc
// expect: [[233], é, [97], b]
// expect: Invalid argument (string): Contains invalid characters.: "€"
// expect: Invalid argument (string): Contains invalid characters.: "é"
// expect: Invalid value in input: 200 at 1
// expect: [97, 65533]
// expect: Invalid value in input: 256 at 0
// expect: Invalid argument(s): encode: argument 'string' must be a String, it is null
// expect: RangeError: convert: argument 'end' must be from 2 to 3, it is 1
// expect: [utf-8, iso-8859-1, us-ascii]
// expect: [null, null]
// expect: Bad UTF-8 encoding 0xff at 1
// expect: 61 fffd
// expect: Unfinished UTF-8 octet sequence at 1
// expect: fffd
// expect: Unfinished character before 0x61 at 1
// expect: fffd 61
// expect: Bad UTF-8 encoding 0xc0 at 0
// expect: fffd fffd
// expect: Unfinished character before 0x80 at 1
// expect: fffd fffd fffd
// expect: Unfinished character before 0xa0 at 1
// expect: fffd fffd fffd
// expect: Unfinished character before 0x90 at 1
// expect: fffd fffd fffd fffd
// expect: Unfinished UTF-8 octet sequence at 3
// expect: fffd
// expect: Bad UTF-8 encoding 0x80 at 0
// expect: fffd
// expect: Unfinished character before 0x61 at 2
// expect: fffd 61
// expect: Bad UTF-8 encoding -0x1 at 0
// expect: fffd
// expect: Bad UTF-8 encoding 0x100 at 0
// expect: fffd
// expect:  true
// expect: Zg== true
// expect: Zm8= true
// expect: Zm9v true
// expect: Zm9vYg== true
// expect: Zm9vYmE= true
// expect: Zm9vYmFy true
// expect: [+/8=, -_8=, [251, 255], [102]]
// expect: [Zg==, +/8=, Zm9v, Zg==]
// expect: Missing padding character at 1
// expect: Missing padding character at 2
// expect: Missing padding character at 3
// expect: Invalid encoding before padding at 2
// expect: Expecting '=' at 4
// expect: Invalid padding character at 1
// expect: Invalid padding character at 0
// expect: Invalid padding character at 4
// expect: Invalid character at 1
// expect: Missing padding character at 4
// expect: Invalid character at 2
// expect: Invalid base64 encoding length 1 at 1
// expect: Invalid base64 padding, '=' not at the end or of the wrong number at 2
// expect: Invalid base64 data at 1
// expect: Invalid argument (input): Not a byte value at index 0: 256
// expect: &lt;a href=&#39;b&#39;&gt;&quot;c&quot; &amp; d&#47;e&lt;&#47;a&gt;
// expect: &lt;'"/&amp;&gt;
// expect: &lt;'&quot;/&amp;&gt;
// expect: [a, b, c, d, , e]
// expect: [[], [], [a]]
// expect: [b, cd]
// expect: ZnVzZWQ=
// expect: fused
// expect: hi
// expect: [8364, 97]
// expect: [240, 159, 152, 128, 121, 239, 191, 189]
// expect: Unfinished UTF-8 octet sequence at null
// expect: Zm9vYmFyIQ==
// expect: foobar!
// expect: [a, bc, , d]
// expect: 1two
// expect: 3-4
// expect: a�
// expect: [aé, b]
// expect: [1]
// expect: true
// expect: Bad UTF-8 encoding 0xff
