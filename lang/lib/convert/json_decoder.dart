// JSON: from text to objects.
part of dart.convert;

class JsonDecoder extends Converter<String, Object> {
  final Function _reviver;
  const JsonDecoder([reviver(key, value)]) : _reviver = reviver;

  convert(String input) => new _JsonParser(_checkString(input, "input"), _reviver).parse();

  // The object comes when all of the text is there.
  StringConversionSink startChunkedConversion(Sink<Object> sink) {
    return new _JsonDecoderSink(this, sink);
  }
}

class _JsonDecoderSink extends _StringSinkSink {
  final JsonDecoder _decoder;
  final Sink<Object> _objects;
  _JsonDecoderSink(this._decoder, this._objects) : super(new StringBuffer());

  void close() {
    _objects.add(_decoder.convert(_sink.toString()));
    _objects.close();
  }
}

// Without recursion: how deep a text may nest is limited by memory only.
class _JsonParser {
  final String _text;
  final Function _reviver;
  int _place = 0;

  _JsonParser(this._text, this._reviver);

  parse() {
    var around = []; // Containers and keys outside of the current ones.
    var container; // Null: outermost.
    var key;
    while (true) {
      // A value begins.
      var value;
      var unit = _next();
      if (unit == 0x7b /* { */) {
        _place++;
        if (_next() != 0x7d) {
          around.add(container);
          around.add(key);
          container = <String, dynamic>{};
          key = _key();
          continue;
        }
        _place++;
        value = <String, dynamic>{};
      } else if (unit == 0x5b /* [ */) {
        _place++;
        if (_next() != 0x5d) {
          around.add(container);
          around.add(key);
          container = [];
          key = 0;
          continue;
        }
        _place++;
        value = [];
      } else {
        value = _simple(unit);
      }
      // A value has ended, and so may have what it is in.
      while (true) {
        if (_reviver != null) value = _reviver(key, value);
        unit = _next();
        if (container == null) {
          if (unit != -1) _fail();
          return value;
        }
        var isList = container is List;
        if (isList) {
          container.add(value);
        } else {
          container[key] = value;
        }
        if (unit == 0x2c /* , */) {
          _place++;
          if (isList) {
            key++;
          } else {
            _next();
            key = _key();
          }
          break;
        }
        if (unit != (isList ? 0x5d : 0x7d)) _fail();
        _place++;
        value = container;
        key = around.removeLast();
        container = around.removeLast();
      }
    }
  }

  // The unit behind white space; -1: the end.
  int _next() {
    while (_place < _text.length) {
      var unit = _text.codeUnitAt(_place);
      if (unit != 0x20 && unit != 0x0a && unit != 0x0d && unit != 0x09) return unit;
      _place++;
    }
    return -1;
  }

  int get _unit => _place < _text.length ? _text.codeUnitAt(_place) : -1;

  void _fail([String message]) {
    if (message == null) {
      message = _place >= _text.length ? "Unexpected end of input" : "Unexpected character";
    }
    throw new FormatException(message, _text, _place);
  }

  // With the colon.
  String _key() {
    if (_unit != 0x22) _fail();
    var key = _string();
    if (_next() != 0x3a) _fail();
    _place++;
    return key;
  }

  _simple(int unit) {
    if (unit == 0x22) return _string();
    if (unit == 0x2d || (unit >= 0x30 && unit <= 0x39)) return _number();
    if (unit == 0x74) return _word("true", true);
    if (unit == 0x66) return _word("false", false);
    if (unit == 0x6e) return _word("null", null);
    _fail();
  }

  _word(String word, value) {
    for (var i = 0; i < word.length; i++) {
      if (_unit != word.codeUnitAt(i)) _fail();
      _place++;
    }
    return value;
  }

  bool _digits() {
    var start = _place;
    while (_unit >= 0x30 && _unit <= 0x39) _place++;
    return _place > start;
  }

  num _number() {
    var start = _place;
    var isDouble = false;
    if (_unit == 0x2d) _place++;
    if (_unit == 0x30) {
      _place++;
      if (_unit >= 0x30 && _unit <= 0x39) _fail();
    } else if (!_digits()) {
      _fail("Missing expected digit");
    }
    if (_unit == 0x2e) {
      isDouble = true;
      _place++;
      if (!_digits()) _fail("Missing expected digit");
    }
    if (_unit == 0x65 || _unit == 0x45) {
      isDouble = true;
      _place++;
      if (_unit == 0x2b || _unit == 0x2d) _place++;
      if (!_digits()) _fail("Missing expected digit");
    }
    var text = _text.substring(start, _place);
    return isDouble ? double.parse(text) : int.parse(text);
  }

  String _string() {
    _place++;
    var from = _place;
    var buffer; // Null: nothing was escaped.
    while (true) {
      var unit = _unit;
      if (unit == -1) _fail("Unterminated string");
      if (unit == 0x22) break;
      if (unit < 0x20) _fail("Control character in string");
      if (unit != 0x5c) {
        _place++;
        continue;
      }
      if (buffer == null) buffer = new StringBuffer();
      buffer.write(_text.substring(from, _place));
      _place++;
      buffer.writeCharCode(_escaped());
      from = _place;
    }
    var rest = _text.substring(from, _place);
    _place++;
    return buffer == null ? rest : (buffer..write(rest)).toString();
  }

  int _escaped() {
    var unit = _unit;
    if (unit == -1) _fail("Unterminated string");
    _place++;
    switch (unit) {
      case 0x22:
      case 0x5c:
      case 0x2f:
        return unit;
      case 0x62:
        return 0x08;
      case 0x66:
        return 0x0c;
      case 0x6e:
        return 0x0a;
      case 0x72:
        return 0x0d;
      case 0x74:
        return 0x09;
      case 0x75:
        return _hexadecimal();
    }
    _place--;
    _fail("Unrecognized string escape");
  }

  int _hexadecimal() {
    var value = 0;
    for (var i = 0; i < 4; i++) {
      var unit = _unit;
      if (unit == -1) _fail("Unterminated string");
      var lower = unit | 0x20;
      if (unit >= 0x30 && unit <= 0x39) {
        value = value * 16 + unit - 0x30;
      } else if (lower >= 0x61 && lower <= 0x66) {
        value = value * 16 + lower - 0x57;
      } else {
        _fail("Invalid unicode escape");
      }
      _place++;
    }
    return value;
  }
}
