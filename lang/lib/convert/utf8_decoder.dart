// UTF-8: the decoder.
part of dart.convert;

class Utf8Decoder extends Converter<List<int>, String> {
  final bool _allowMalformed;
  const Utf8Decoder({bool allowMalformed: false}) : _allowMalformed = allowMalformed;

  // A byte order mark at the beginning is left out.
  String convert(List<int> codeUnits, [int start = 0, int end]) {
    end = _checkBytes(start, end, codeUnits);
    var state = new _Utf8State(_allowMalformed == true);
    state.decode(codeUnits, start, end);
    state.finish(codeUnits, end);
    return state.take();
  }

  ByteConversionSink startChunkedConversion(Sink<String> sink) {
    return new _Utf8DecoderSink(_stringSinkOf(sink), _allowMalformed == true);
  }
}

// Between bytes.
class _Utf8State {
  final bool _allowMalformed;
  List<int> _runes = [];
  bool _isFirst = true;
  int _left = 0; // Bytes that the character still has.
  int _rune = 0;
  // Between which the next one must lie.
  int _least = 0x80;
  int _most = 0xbf;

  _Utf8State(this._allowMalformed);

  void decode(List<int> bytes, int start, int end) {
    var i = start;
    while (i < end) {
      var byte = bytes[i];
      if (_left > 0) {
        if (byte < _least || byte > _most) {
          _left = 0;
          _mistake("Unfinished character before 0x${byte.toRadixString(16)}", bytes, i);
          continue; // The byte begins something new.
        }
        _least = 0x80;
        _most = 0xbf;
        _rune = (_rune << 6) | (byte & 0x3f);
        if (--_left == 0) _add(_rune);
      } else if (byte >= 0 && byte < 0x80) {
        _add(byte);
      } else {
        _begin(byte, bytes, i);
      }
      i++;
    }
  }

  void _begin(int byte, List<int> bytes, int i) {
    if (byte >= 0xc2 && byte <= 0xdf) {
      _left = 1;
      _rune = byte & 0x1f;
    } else if (byte >= 0xe0 && byte <= 0xef) {
      _left = 2;
      _rune = byte & 0x0f;
      if (byte == 0xe0) _least = 0xa0;
      if (byte == 0xed) _most = 0x9f;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      _left = 3;
      _rune = byte & 0x07;
      if (byte == 0xf0) _least = 0x90;
      if (byte == 0xf4) _most = 0x8f;
    } else {
      var text = byte < 0 ? "-0x${(-byte).toRadixString(16)}" : "0x${byte.toRadixString(16)}";
      _mistake("Bad UTF-8 encoding $text", bytes, i);
    }
  }

  void _mistake(String message, List<int> bytes, int i) {
    if (!_allowMalformed) throw new FormatException(message, bytes, i);
    _least = 0x80;
    _most = 0xbf;
    _add(UNICODE_REPLACEMENT_CHARACTER_RUNE);
  }

  void _add(int rune) {
    if (_isFirst) {
      _isFirst = false;
      if (rune == UNICODE_BOM_CHARACTER_RUNE) return;
    }
    _runes.add(rune);
  }

  void finish(List<int> bytes, int end) {
    if (_left == 0) return;
    _left = 0;
    _mistake("Unfinished UTF-8 octet sequence", bytes, end);
  }

  String take() {
    var text = new String.fromCharCodes(_runes);
    _runes = [];
    return text;
  }
}

class _Utf8DecoderSink extends ByteConversionSinkBase {
  final StringConversionSink _sink;
  final _Utf8State _state;
  _Utf8DecoderSink(this._sink, bool allowMalformed) : _state = new _Utf8State(allowMalformed);

  void add(List<int> chunk) {
    addSlice(chunk, 0, chunk.length, false);
  }

  void addSlice(List<int> chunk, int start, int end, bool isLast) {
    end = _checkBytes(start, end, chunk);
    _state.decode(chunk, start, end);
    _send();
    if (isLast) close();
  }

  void _send() {
    var text = _state.take();
    if (text.isNotEmpty) _sink.add(text);
  }

  void close() {
    _state.finish(null, null);
    _send();
    _sink.close();
  }
}
