// Converters answer the same for a whole and for its pieces, wherever it is cut, and what is encoded
// and decoded again is what it was.
// stress-interval: 997
import 'dart:async';
import 'dart:convert';
import 'lib_alike.dart';

// How pieces make a whole.
texts(pieces) => pieces.join();
bytes(pieces) => pieces.expand((piece) => piece).toList();
lines(pieces) => pieces;
value(pieces) => pieces.single;

// What comes out of a converter that gets pieces, as events of its sink.
chunked(converter, joined, pieces) {
  var got;
  var sink = converter.startChunkedConversion(new ChunkedConversionSink.withCallback((all) => got = all));
  pieces.forEach(sink.add);
  sink.close();
  return joined(got);
}

strings(converter, pieces) {
  var buffer = new StringBuffer();
  var sink = converter.startChunkedConversion(new StringConversionSink.fromStringSink(buffer));
  pieces.forEach(sink.add);
  sink.close();
  return buffer.toString();
}

sliced(converter, joined, whole, cut) {
  var got;
  var sink = converter.startChunkedConversion(new ChunkedConversionSink.withCallback((all) => got = all));
  sink.addSlice(whole, 0, cut, false);
  sink.addSlice(whole, cut, whole.length, true);
  return joined(got);
}

cut(whole, at) => whole is String
    ? [whole.substring(0, at), whole.substring(at)]
    : [whole.sublist(0, at), whole.sublist(at)];

single(whole) => whole is String ? whole.split("") : whole.map((each) => [each]).toList();

compare(String name, joined, converter, List inputs, {bool slices: true}) async {
  for (var whole in inputs) {
    var expected = show(() => converter.convert(whole));
    print("$name: $expected.");
    tell(how, found) {
      if (found != expected) print("  $how: $found");
    }
    for (var at = 0; at <= whole.length; at++) {
      tell("cut at $at", show(() => chunked(converter, joined, cut(whole, at))));
      if (slices) tell("sliced at $at", show(() => sliced(converter, joined, whole, at)));
      if (converter is Converter<List<int>, String>) {
        tell("text cut at $at", show(() => strings(converter, cut(whole, at))));
      }
    }
    tell("singles", show(() => chunked(converter, joined, single(whole))));
    tell("empty pieces", show(() => chunked(converter, joined, [whole is String ? "" : [], whole, whole is String ? "" : []])));
    var streamed;
    try {
      streamed = "${joined(await new Stream.fromIterable(single(whole)).transform(converter).toList())}";
    } catch (error) {
      streamed = "<${error is RangeError ? RangeError : error.runtimeType}>";
    }
    tell("streamed", streamed);
  }
}

main() async {
  var all = ["", "abc", "\u00e9\u20ac\u{1f600}x", "\u{1f600}", "a\u0000b", "\ud83dx", "x\ude00"];
  await compare("utf8 encoder", bytes, UTF8.encoder, all);
  await compare("utf8 decoder", texts, UTF8.decoder, [
    [], [97, 98], [0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0x78], [0xef, 0xbb, 0xbf, 0x41],
    [0xe2, 0x82], [0xff, 0x41], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80],
  ]);
  await compare("utf8 decoder that allows all", texts, const Utf8Decoder(allowMalformed: true), [
    [0x41, 0xe2, 0x82, 0x42], [0xff, 0x41], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82],
    [0xf0, 0x9f, 0x98], [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf],
  ]);
  await compare("latin1 encoder", bytes, LATIN1.encoder, ["", "abc\u00ff", "\u0100"]);
  await compare("latin1 decoder", texts, LATIN1.decoder, [[], [97, 255], [256], [-1]]);
  await compare("ascii encoder", bytes, ASCII.encoder, ["", "abc\u007f", "\u0080"]);
  await compare("ascii decoder", texts, ASCII.decoder, [[], [97, 127], [128]]);
  await compare("ascii decoder that allows all", texts, const AsciiDecoder(allowInvalid: true), [[97, 128, 255]]);
  await compare("base64 encoder", texts, BASE64.encoder, [[], [1], [1, 2], [1, 2, 3], [255, 254, 253, 252], [256]]);
  await compare("base64url encoder", texts, const Base64Encoder.urlSafe(), [[255, 254, 253, 252]]);
  await compare("base64 decoder", bytes, BASE64.decoder, [
    "", "AQ==", "AQI=", "AQID", "__79_A==", "//79/A==", "AQ=", "AQ", "A===", "AQ==AQ==", "A%3D", "AQ%3D%3D", "AB==", "A Q==",
  ]);
  await compare("lines", lines, const LineSplitter(), ["", "a", "a\n", "a\r\nb", "a\rb\n\nc\r", "\r\n", "\n\r"], slices: false);
  await compare("html", texts, const HtmlEscape(), ["", "<a href='x'>\"&/"]);
  await compare("json decoder", value, JSON.decoder, [
    "1", " [1, 2.5e3, true, null] ", '{"a": {"b": []}, "c": "\\u00e9\\n\\ud83d\\ude00"}', "", "[1,", "tru", '"x', "1 2",
    "-0", "[1,]", "{1: 2}", '"\\x"', "01", "1.", "1e", "-", '"\\u12"',
  ]);
  // There and back again.
  for (var codec in [UTF8, JSON, LATIN1, ASCII, BASE64, JSON.fuse(UTF8), UTF8.fuse(BASE64), JSON.fuse(UTF8).fuse(BASE64)]) {
    var all = codec == BASE64 ? [[], [1], [1, 2], [250, 251, 252]]
        : identical(codec, LATIN1) || identical(codec, ASCII) ? ["", "abc"] : ["", "abc", "\u20ac\u{1f600}\n\"\\"];
    print(all.every((each) => "${codec.decode(codec.encode(each))}" == "$each"));
    print(all.every((each) => "${codec.inverted.encode(codec.inverted.decode(each))}" == "$each"));
  }
  for (var value in [0, -1.5, 1e100, true, null, "x", [], {}, [1, [2, {"k": "v"}]], {"": ""}]) {
    if (JSON.encode(JSON.decode(JSON.encode(value))) != JSON.encode(value)) print("not the same: $value");
    var pretty = const JsonEncoder.withIndent(" ").convert(value);
    if (JSON.encode(JSON.decode(pretty)) != JSON.encode(value)) print("not the same: $pretty");
    for (var encoder in [const JsonEncoder(), const JsonEncoder.withIndent("\t")]) {
      if (strings(encoder, [value]) != encoder.convert(value)) print("other pieces: $value");
    }
    if (UTF8.decode(new JsonUtf8Encoder().convert(value)) != JSON.encode(value)) print("other bytes: $value");
    if (UTF8.decode(new JsonUtf8Encoder("  ", null, 3).convert(value)) !=
        const JsonEncoder.withIndent("  ").convert(value)) print("other bytes: $pretty");
  }
}
// expect: utf8 encoder: [].
// expect: utf8 encoder: [97, 98, 99].
// expect: utf8 encoder: [195, 169, 226, 130, 172, 240, 159, 152, 128, 120].
// expect: utf8 encoder: [240, 159, 152, 128].
// expect: utf8 encoder: [97, 0, 98].
// expect: utf8 encoder: [239, 191, 189, 120].
// expect: utf8 encoder: [120, 239, 191, 189].
// expect: utf8 decoder: .
// expect: utf8 decoder: ab.
// expect: utf8 decoder: é€😀x.
// expect: utf8 decoder: A.
// expect: utf8 decoder: <FormatException>.
// expect: utf8 decoder: <FormatException>.
// expect: utf8 decoder: <FormatException>.
// expect: utf8 decoder: <FormatException>.
// expect: utf8 decoder: <FormatException>.
// expect: utf8 decoder: <FormatException>.
// expect: utf8 decoder that allows all: A�B.
// expect: utf8 decoder that allows all: �A.
// expect: utf8 decoder that allows all: ��.
// expect: utf8 decoder that allows all: ���.
// expect: utf8 decoder that allows all: ����.
// expect: utf8 decoder that allows all: �.
// expect: utf8 decoder that allows all: �.
// expect: utf8 decoder that allows all: ﻿.
// expect: latin1 encoder: [].
// expect: latin1 encoder: [97, 98, 99, 255].
// expect: latin1 encoder: <ArgumentError>.
// expect: latin1 decoder: .
// expect: latin1 decoder: aÿ.
// expect: latin1 decoder: <FormatException>.
// expect: latin1 decoder: <FormatException>.
// expect: ascii encoder: [].
// expect: ascii encoder: [97, 98, 99, 127].
// expect: ascii encoder: <ArgumentError>.
// expect: ascii decoder: .
// expect: ascii decoder: a.
// expect: ascii decoder: <FormatException>.
// expect: ascii decoder that allows all: a��.
// expect: base64 encoder: .
// expect: base64 encoder: AQ==.
// expect: base64 encoder: AQI=.
// expect: base64 encoder: AQID.
// expect: base64 encoder: //79/A==.
// expect: base64 encoder: <ArgumentError>.
// expect: base64url encoder: __79_A==.
// expect: base64 decoder: [].
// expect: base64 decoder: [1].
// expect: base64 decoder: [1, 2].
// expect: base64 decoder: [1, 2, 3].
// expect: base64 decoder: [255, 254, 253, 252].
// expect: base64 decoder: [255, 254, 253, 252].
// expect: base64 decoder: <FormatException>.
// expect: base64 decoder: <FormatException>.
// expect: base64 decoder: <FormatException>.
// expect: base64 decoder: <FormatException>.
// expect: base64 decoder: <FormatException>.
// expect: base64 decoder: [1].
// expect: base64 decoder: <FormatException>.
// expect: base64 decoder: <FormatException>.
// expect: lines: [].
// expect: lines: [a].
// expect: lines: [a].
// expect: lines: [a, b].
// expect: lines: [a, b, , c].
// expect: lines: [].
// expect: lines: [, ].
// expect: html: .
// expect: html: &lt;a href=&#39;x&#39;&gt;&quot;&amp;&#47;.
// expect: json decoder: 1.
// expect: json decoder: [1, 2500.0, true, null].
// expect: json decoder: {a: {b: []}, c: é
// expect: 😀}.
// expect: json decoder: <FormatException>.
// expect: json decoder: <FormatException>.
// expect: json decoder: <FormatException>.
// expect: json decoder: <FormatException>.
// expect: json decoder: <FormatException>.
// expect: json decoder: 0.
// expect: json decoder: <FormatException>.
// expect: json decoder: <FormatException>.
// expect: json decoder: <FormatException>.
// expect: json decoder: <FormatException>.
// expect: json decoder: <FormatException>.
// expect: json decoder: <FormatException>.
// expect: json decoder: <FormatException>.
// expect: json decoder: <FormatException>.
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
