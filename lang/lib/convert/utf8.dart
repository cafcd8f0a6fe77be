// UTF-8: the codec and its encoder.
part of dart.convert;

const Utf8Codec UTF8 = const Utf8Codec();
const Utf8Codec utf8 = UTF8;

class Utf8Codec extends Encoding {
  final bool _allowMalformed;
  const Utf8Codec({bool allowMalformed: false}) : _allowMalformed = allowMalformed;
  String get name => "utf-8";
  List<int> encode(String string) => const Utf8Encoder().convert(string);

  String decode(List<int> codeUnits, {bool allowMalformed}) {
    if (allowMalformed == null) allowMalformed = _allowMalformed;
    return new Utf8Decoder(allowMalformed: allowMalformed).convert(codeUnits);
  }

  Utf8Encoder get encoder => const Utf8Encoder();
  Utf8Decoder get decoder => new Utf8Decoder(allowMalformed: _allowMalformed);
}

class Utf8Encoder extends Converter<String, List<int>> {
  const Utf8Encoder();

  List<int> convert(String string, [int start = 0, int end]) {
    end = _checkSlice(start, end, _checkString(string, "string").length);
    var bytes = new Uint8List((end - start) * 3);
    var length = _encode(string, start, end, bytes, 0);
    return bytes.sublist(0, length);
  }

  StringConversionSink startChunkedConversion(Sink<List<int>> sink) {
    return new _Utf8EncoderSink(_byteSinkOf(sink));
  }

  // Where the bytes end.
  static int _encode(String string, int start, int end, List<int> bytes, int place) {
    for (var i = start; i < end; i++) {
      var unit = string.codeUnitAt(i);
      if (unit < 0x80) {
        bytes[place++] = unit;
        continue;
      }
      if (unit < 0x800) {
        bytes[place++] = 0xc0 | (unit >> 6);
        bytes[place++] = 0x80 | (unit & 0x3f);
        continue;
      }
      if ((unit & 0xf800) == 0xd800) {
        var next = i + 1 < end ? string.codeUnitAt(i + 1) : 0;
        if (unit < 0xdc00 && (next & 0xfc00) == 0xdc00) {
          var rune = 0x10000 + ((unit & 0x3ff) << 10) + (next & 0x3ff);
          bytes[place++] = 0xf0 | (rune >> 18);
          bytes[place++] = 0x80 | ((rune >> 12) & 0x3f);
          bytes[place++] = 0x80 | ((rune >> 6) & 0x3f);
          bytes[place++] = 0x80 | (rune & 0x3f);
          i++;
          continue;
        }
        unit = UNICODE_REPLACEMENT_CHARACTER_RUNE;
      }
      bytes[place++] = 0xe0 | (unit >> 12);
      bytes[place++] = 0x80 | ((unit >> 6) & 0x3f);
      bytes[place++] = 0x80 | (unit & 0x3f);
    }
    return place;
  }
}

class _Utf8EncoderSink extends StringConversionSinkBase {
  final ByteConversionSink _sink;
  String _half = ""; // The first half of a pair that the last piece ended with.
  _Utf8EncoderSink(this._sink);

  void addSlice(String chunk, int start, int end, bool isLast) {
    end = _checkSlice(start, end, chunk.length);
    var text = _half + chunk.substring(start, end);
    _half = "";
    if (!isLast && text.isNotEmpty && (text.codeUnitAt(text.length - 1) & 0xfc00) == 0xd800) {
      _half = text[text.length - 1];
      text = text.substring(0, text.length - 1);
    }
    if (text.isNotEmpty) _sink.add(const Utf8Encoder().convert(text));
    if (isLast) _sink.close();
  }

  void close() {
    if (_half.isNotEmpty) {
      addSlice("", 0, 0, true);
    } else {
      _sink.close();
    }
  }
}
