// Base64: the decoder, of either alphabet.
part of dart.convert;

class Base64Decoder extends Converter<String, List<int>> {
  const Base64Decoder();

  List<int> convert(String input, [int start = 0, int end]) {
    end = _checkSlice(start, end, _checkString(input, "input").length);
    var state = new _Base64State();
    var bytes = new Uint8List(((end - start) ~/ 4 + 1) * 3);
    var length = state.decode(input, start, end, bytes, 0);
    state.finish(input, end);
    return bytes.sublist(0, length);
  }

  StringConversionSink startChunkedConversion(Sink<List<int>> sink) {
    return new _Base64DecoderSink(sink);
  }
}

// Between characters.
class _Base64State {
  int _bits = 0;
  int _count = 0; // Of the four that belong together.
  int _padding = 0; // That is still to come; the data is over when there was one.
  bool _isOver = false;
  String _percent = ""; // The beginning of %XX.

  int decode(String text, int start, int end, List<int> bytes, int place) {
    for (var i = start; i < end; i++) {
      var unit = text.codeUnitAt(i);
      if (_percent.isNotEmpty || unit == 0x25) {
        _percent += text[i];
        if (_percent.length < 3) continue;
        unit = _percentCode(_percent, 0);
        _percent = "";
        if (unit != 0x3d) throw new FormatException("Invalid character", text, i);
      }
      if (unit == 0x3d) {
        if (!_isOver) {
          if (_count < 2) throw new FormatException("Invalid padding character", text, i);
          _isOver = true;
          _padding = 4 - _count;
          place = _rest(text, i, bytes, place);
        }
        if (_padding == 0) throw new FormatException("Invalid padding character", text, i);
        _padding--;
        continue;
      }
      var value = _base64Value(unit);
      if (value < 0) throw new FormatException("Invalid character", text, i);
      if (_isOver) throw new FormatException("Expecting '='", text, i);
      _bits = (_bits << 6) | value;
      if (++_count == 4) {
        bytes[place++] = _bits >> 16;
        bytes[place++] = (_bits >> 8) & 0xff;
        bytes[place++] = _bits & 0xff;
        _bits = 0;
        _count = 0;
      }
    }
    return place;
  }

  // The bytes of two or three characters, whose last bits are zeros.
  int _rest(String text, int i, List<int> bytes, int place) {
    var unused = _count == 2 ? 4 : 2;
    if (_bits & ((1 << unused) - 1) != 0) throw new FormatException("Invalid encoding before padding", text, i);
    var bits = _bits >> unused;
    if (_count == 3) bytes[place++] = bits >> 8;
    bytes[place++] = bits & 0xff;
    _count = 0;
    _bits = 0;
    return place;
  }

  void finish(String text, int end) {
    if (_percent.isNotEmpty || _count != 0) {
      throw new FormatException("Missing padding character", text, end);
    }
    if (_padding > 0) throw new FormatException("Missing padding character", text, end);
  }
}

class _Base64DecoderSink extends StringConversionSinkBase {
  final Sink<List<int>> _sink;
  final _Base64State _state = new _Base64State();
  _Base64DecoderSink(this._sink);

  void addSlice(String chunk, int start, int end, bool isLast) {
    end = _checkSlice(start, end, chunk.length);
    if (end > start) {
      var bytes = new Uint8List(((end - start) ~/ 4 + 2) * 3);
      var length = _state.decode(chunk, start, end, bytes, 0);
      if (length > 0) _sink.add(bytes.sublist(0, length));
    }
    if (isLast) close();
  }

  void close() {
    _state.finish(null, null);
    _sink.close();
  }
}
