// Base64: the codec and its encoder.
part of dart.convert;

const Base64Codec BASE64 = const Base64Codec();
const Base64Codec base64 = BASE64;
const Base64Codec BASE64URL = const Base64Codec.urlSafe();
const Base64Codec base64Url = BASE64URL;

String base64Encode(List<int> bytes) => BASE64.encode(bytes);
String base64UrlEncode(List<int> bytes) => BASE64URL.encode(bytes);
List<int> base64Decode(String source) => BASE64.decode(source);

class Base64Codec extends Codec<List<int>, String> {
  final Base64Encoder _encoder;
  const Base64Codec() : _encoder = const Base64Encoder();
  const Base64Codec.urlSafe() : _encoder = const Base64Encoder.urlSafe();

  Base64Encoder get encoder => _encoder;
  Base64Decoder get decoder => const Base64Decoder();
  List<int> decode(String encoded) => decoder.convert(encoded);

  // The same with + and /, and padded with =; a FormatException if it is no Base64.
  String normalize(String source, [int start = 0, int end]) {
    end = _checkSlice(start, end, _checkString(source, "source").length);
    var buffer = new StringBuffer();
    var count = 0;
    var i = start;
    for (; i < end; i++) {
      var unit = source.codeUnitAt(i);
      var value = _base64Value(unit);
      if (value < 0) {
        // A character may be written as %XX.
        if (unit == 0x25 && i + 2 < end) {
          var code = _percentCode(source, i);
          value = code < 0 ? -1 : _base64Value(code);
          if (value < 0 && code != 0x3d) throw new FormatException("Invalid base64 data", source, i);
          if (value >= 0) i += 2;
        }
        if (value < 0) break;
      }
      buffer.write(_base64Alphabet[value]);
      count++;
    }
    var paddingPlace = i;
    var padding = 0;
    while (i < end) {
      if (source.codeUnitAt(i) == 0x3d) {
        i++;
      } else if (source.codeUnitAt(i) == 0x25 && i + 2 < end && _percentCode(source, i) == 0x3d) {
        i += 3;
      } else {
        throw new FormatException("Invalid base64 data", source, i);
      }
      padding++;
    }
    var missing = (4 - count % 4) % 4;
    if (missing == 3) {
      throw new FormatException("Invalid base64 encoding length ${count + padding}", source, end);
    }
    if (padding > 0 && padding != missing) {
      throw new FormatException("Invalid base64 padding, '=' not at the end or of the wrong number",
          source, paddingPlace);
    }
    buffer.write("=" * missing);
    return buffer.toString();
  }
}

const String _base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const String _base64UrlAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// -1: none.
int _base64Value(int unit) {
  if (unit >= 0x41 && unit <= 0x5a) return unit - 0x41;
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x61 + 26;
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30 + 52;
  if (unit == 0x2b || unit == 0x2d) return 62;
  if (unit == 0x2f || unit == 0x5f) return 63;
  return -1;
}

// What %XX at a place stands for; -1: nothing.
int _percentCode(String source, int place) {
  var code = int.parse(source.substring(place + 1, place + 3), radix: 16, onError: (_) => -1);
  return code;
}

class Base64Encoder extends Converter<List<int>, String> {
  final bool _isUrlSafe;
  const Base64Encoder() : _isUrlSafe = false;
  const Base64Encoder.urlSafe() : _isUrlSafe = true;

  String convert(List<int> input) => _encode(input, 0, input.length);

  String _encode(List<int> bytes, int start, int end) {
    var alphabet = _isUrlSafe ? _base64UrlAlphabet : _base64Alphabet;
    var units = new List<int>((end - start + 2) ~/ 3 * 4);
    var place = 0;
    for (var i = start; i < end; i += 3) {
      var count = end - i < 3 ? end - i : 3;
      var bits = 0;
      for (var j = 0; j < 3; j++) {
        bits <<= 8;
        if (j < count) {
          bits |= _checkByte(bytes[i + j], bytes, i + j);
        }
      }
      for (var j = 0; j < 4; j++) {
        units[place++] = j > count ? 0x3d : alphabet.codeUnitAt((bits >> (18 - 6 * j)) & 0x3f);
      }
    }
    return new String.fromCharCodes(units);
  }

  static int _checkByte(byte, List<int> bytes, int index) {
    if (byte is int && byte >= 0 && byte <= 255) return byte;
    throw new ArgumentError.value(byte, "input", "Not a byte value at index $index");
  }

  ByteConversionSink startChunkedConversion(Sink<String> sink) {
    return new _Base64EncoderSink(this, _stringSinkOf(sink));
  }
}

class _Base64EncoderSink extends ByteConversionSinkBase {
  final Base64Encoder _encoder;
  final Sink<String> _sink;
  List<int> _rest = <int>[]; // Less than three.
  _Base64EncoderSink(this._encoder, this._sink);

  void add(List<int> chunk) {
    _rest.addAll(chunk);
    var whole = _rest.length - _rest.length % 3;
    if (whole == 0) return;
    _sink.add(_encoder._encode(_rest, 0, whole));
    _rest = _rest.sublist(whole);
  }

  void close() {
    if (_rest.isNotEmpty) _sink.add(_encoder._encode(_rest, 0, _rest.length));
    _rest = <int>[];
    _sink.close();
  }
}
