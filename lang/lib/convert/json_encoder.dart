// JSON: from objects to text.
part of dart.convert;

class JsonEncoder extends Converter<Object, String> {
  final String indent; // Of each level; null: all in one line.
  final Function _toEncodable; // Null: toJson of the object.

  const JsonEncoder([toEncodable(object)])
      : indent = null,
        _toEncodable = toEncodable;

  const JsonEncoder.withIndent(this.indent, [toEncodable(object)]) : _toEncodable = toEncodable;

  String convert(Object object) {
    var buffer = new StringBuffer();
    new _JsonWriter(buffer, indent, _toEncodable).write(object, 0);
    return buffer.toString();
  }

  // One object, of which the text comes at once.
  ChunkedConversionSink<Object> startChunkedConversion(Sink<String> sink) {
    return new _JsonEncoderSink(convert, sink);
  }
}

class JsonUtf8Encoder extends Converter<Object, List<int>> {
  final String _indent;
  final Function _toEncodable;
  JsonUtf8Encoder([String indent, toEncodable(object), int bufferSize = 256])
      : _indent = indent,
        _toEncodable = toEncodable;

  List<int> convert(Object object) {
    return UTF8.encode(new JsonEncoder.withIndent(_indent, _toEncodable).convert(object));
  }

  ChunkedConversionSink<Object> startChunkedConversion(Sink<List<int>> sink) {
    return new _JsonEncoderSink(convert, sink);
  }
}

class _JsonEncoderSink extends ChunkedConversionSink<Object> {
  final Function _convert;
  final Sink _sink;
  bool _isDone = false;
  _JsonEncoderSink(this._convert, this._sink);

  void add(Object object) {
    if (_isDone) throw new StateError("Only one call to add allowed");
    _isDone = true;
    _sink.add(_convert(object));
    _sink.close();
  }

  void close() {}
}

class _JsonWriter {
  final StringSink _sink;
  final String _indent;
  final Function _toEncodable;
  // The objects around the one that is being written.
  final NestedObjects _inside = new NestedObjects();

  _JsonWriter(this._sink, this._indent, this._toEncodable);

  void write(object, int level) {
    if (_writeSimple(object)) return;
    if (_inside.contains(object)) throw new JsonCyclicError(object);
    var before = _inside.add(object);
    if (!_writeCollection(object, level)) {
      var encodable;
      try {
        encodable = _toEncodable == null ? object.toJson() : _toEncodable(object);
      } catch (error) {
        throw new JsonUnsupportedObjectError(object, cause: error, partialResult: _partial);
      }
      if (!_writeSimple(encodable)) {
        if (_inside.contains(encodable)) throw new JsonCyclicError(encodable);
        _inside.add(encodable);
        if (!_writeCollection(encodable, level)) {
          throw new JsonUnsupportedObjectError(object, partialResult: _partial);
        }
      }
    }
    _inside.cutTo(before);
  }

  String get _partial => _sink.toString();

  bool _writeSimple(object) {
    if (object is num) {
      if (!object.isFinite) return false;
      _sink.write(object);
    } else if (object == null || object is bool) {
      _sink.write(object);
    } else if (object is String) {
      _writeText(object);
    } else {
      return false;
    }
    return true;
  }

  // False: it is none, or a map with keys that are no texts.
  bool _writeCollection(object, int level) {
    if (object is List) {
      if (object.isEmpty) {
        _sink.write("[]");
        return true;
      }
      _checkBytes(0, null, object);
      _sink.write("[");
      for (var i = 0; i < object.length; i++) {
        if (i > 0) _sink.write(",");
        _newLine(level + 1);
        write(object[i], level + 1);
      }
      _newLine(level);
      _sink.write("]");
      return true;
    }
    if (object is! Map) return false;
    if (object.isEmpty) {
      _sink.write("{}");
      return true;
    }
    var keysAndValues = [];
    var areTexts = true;
    object.forEach((key, value) {
      if (key is! String) areTexts = false;
      keysAndValues.add(key);
      keysAndValues.add(value);
    });
    if (!areTexts) return false;
    _sink.write("{");
    for (var i = 0; i < keysAndValues.length; i += 2) {
      if (i > 0) _sink.write(",");
      _newLine(level + 1);
      _writeText(keysAndValues[i]);
      _sink.write(_indent == null ? ":" : ": ");
      write(keysAndValues[i + 1], level + 1);
    }
    _newLine(level);
    _sink.write("}");
    return true;
  }

  void _newLine(int level) {
    if (_indent == null) return;
    _sink.write("\n");
    for (var i = 0; i < level; i++) _sink.write(_indent);
  }

  void _writeText(String text) {
    _sink.write('"');
    var from = 0;
    for (var i = 0; i < text.length; i++) {
      var unit = text.codeUnitAt(i);
      if (unit >= 0x20 && unit != 0x22 && unit != 0x5c && (unit & 0xf800) != 0xd800) continue;
      var escape = _escapeOf(text, i, unit);
      if (escape == null) continue;
      if (i > from) _sink.write(text.substring(from, i));
      _sink.write(escape);
      from = i + 1;
    }
    _sink.write(from == 0 ? text : text.substring(from));
    _sink.write('"');
  }

  // Null: it stands for itself.
  static String _escapeOf(String text, int i, int unit) {
    switch (unit) {
      case 0x08:
        return r"\b";
      case 0x09:
        return r"\t";
      case 0x0a:
        return r"\n";
      case 0x0c:
        return r"\f";
      case 0x0d:
        return r"\r";
      case 0x22:
        return r'\"';
      case 0x5c:
        return r"\\";
    }
    if (unit >= 0x20) {
      // Only halves of a pair that stand alone are not text.
      var isFirst = unit < 0xdc00;
      var other = isFirst ? i + 1 : i - 1;
      if (other >= 0 &&
          other < text.length &&
          (text.codeUnitAt(other) & 0xfc00) == (isFirst ? 0xdc00 : 0xd800)) return null;
    }
    return r"\u" + unit.toRadixString(16).padLeft(4, "0");
  }
}
