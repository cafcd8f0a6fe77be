// ASCII and Latin-1: a byte for each unit.
part of dart.convert;

const AsciiCodec ASCII = const AsciiCodec();
const AsciiCodec ascii = ASCII;
const Latin1Codec LATIN1 = const Latin1Codec();
const Latin1Codec latin1 = LATIN1;

const int UNICODE_REPLACEMENT_CHARACTER_RUNE = 0xfffd;
const int UNICODE_BOM_CHARACTER_RUNE = 0xfeff;
const int unicodeReplacementCharacterRune = UNICODE_REPLACEMENT_CHARACTER_RUNE;
const int unicodeBomCharacterRune = UNICODE_BOM_CHARACTER_RUNE;

class AsciiCodec extends Encoding {
  final bool _allowInvalid;
  const AsciiCodec({bool allowInvalid: false}) : _allowInvalid = allowInvalid;
  String get name => "us-ascii";
  List<int> encode(String source) => encoder.convert(source);

  String decode(List<int> bytes, {bool allowInvalid}) {
    if (allowInvalid == null) allowInvalid = _allowInvalid;
    return new AsciiDecoder(allowInvalid: allowInvalid).convert(bytes);
  }

  AsciiEncoder get encoder => const AsciiEncoder();
  AsciiDecoder get decoder => new AsciiDecoder(allowInvalid: _allowInvalid);
}

class Latin1Codec extends Encoding {
  final bool _allowInvalid;
  const Latin1Codec({bool allowInvalid: false}) : _allowInvalid = allowInvalid;
  String get name => "iso-8859-1";
  List<int> encode(String source) => encoder.convert(source);

  String decode(List<int> bytes, {bool allowInvalid}) {
    if (allowInvalid == null) allowInvalid = _allowInvalid;
    return new Latin1Decoder(allowInvalid: allowInvalid).convert(bytes);
  }

  Latin1Encoder get encoder => const Latin1Encoder();
  Latin1Decoder get decoder => new Latin1Decoder(allowInvalid: _allowInvalid);
}

abstract class _ByteEncoder extends Converter<String, List<int>> {
  const _ByteEncoder();
  int get _largest;

  List<int> convert(String string, [int start = 0, int end]) {
    end = _checkSlice(start, end, _checkString(string, "string").length);
    var result = new Uint8List(end - start);
    var largest = _largest;
    for (var i = start; i < end; i++) {
      var unit = string.codeUnitAt(i);
      if (unit > largest) {
        throw new ArgumentError.value(string, "string", "Contains invalid characters.");
      }
      result[i - start] = unit;
    }
    return result;
  }

  StringConversionSink startChunkedConversion(Sink<List<int>> sink) {
    return new _EachSink(convert, _byteSinkOf(sink));
  }
}

class AsciiEncoder extends _ByteEncoder {
  const AsciiEncoder();
  int get _largest => 127;
}

class Latin1Encoder extends _ByteEncoder {
  const Latin1Encoder();
  int get _largest => 255;
}

abstract class _ByteDecoder extends Converter<List<int>, String> {
  final bool _allowInvalid;
  const _ByteDecoder(this._allowInvalid);
  int get _largest;

  String convert(List<int> bytes, [int start = 0, int end]) {
    end = _checkBytes(start, end, bytes);
    var largest = _largest;
    var units = bytes;
    for (var i = start; i < end; i++) {
      var byte = bytes[i];
      if (byte >= 0 && byte <= largest) continue;
      if (_allowInvalid != true) throw new FormatException("Invalid value in input: $byte", bytes, i);
      if (identical(units, bytes)) units = bytes.toList();
      units[i] = UNICODE_REPLACEMENT_CHARACTER_RUNE;
    }
    return new String.fromCharCodes(units, start, end);
  }

  ByteConversionSink startChunkedConversion(Sink<String> sink) {
    return new _EachBytesSink(convert, _stringSinkOf(sink));
  }
}

class AsciiDecoder extends _ByteDecoder {
  const AsciiDecoder({bool allowInvalid: false}) : super(allowInvalid);
  int get _largest => 127;
}

class Latin1Decoder extends _ByteDecoder {
  const Latin1Decoder({bool allowInvalid: false}) : super(allowInvalid);
  int get _largest => 255;
}
