// Text to lines, which end with \n, \r or \r\n.
part of dart.convert;

class LineSplitter extends Converter<String, List<String>> implements StreamTransformer<String, String> {
  const LineSplitter();

  static Iterable<String> split(String lines, [int start = 0, int end]) {
    end = _checkSlice(start, end, _checkString(lines, "lines").length);
    return const LineSplitter().convert(lines.substring(start, end));
  }

  List<String> convert(String data) {
    _checkString(data, "data");
    var lines = data.replaceAll("\r\n", "\n").replaceAll("\r", "\n").split("\n");
    if (lines.last == "") lines.removeLast();
    return lines;
  }

  // Where the last line begins that has no end.
  static int _lines(String data, void found(String line)) {
    var from = 0;
    for (var i = 0; i < data.length; i++) {
      var unit = data.codeUnitAt(i);
      if (unit != 0x0a && unit != 0x0d) continue;
      found(data.substring(from, i));
      if (unit == 0x0d && i + 1 < data.length && data.codeUnitAt(i + 1) == 0x0a) i++;
      from = i + 1;
    }
    return from;
  }

  StringConversionSink startChunkedConversion(Sink<String> sink) {
    return new _LineSplitterSink(_stringSinkOf(sink));
  }

  Stream<String> bind(Stream<String> stream) {
    return new Stream<String>.eventTransformed(stream, (sink) => new _ConverterSink(this, sink));
  }
}

class _LineSplitterSink extends StringConversionSinkBase {
  final StringConversionSink _sink;
  String _rest = ""; // Of the last line.
  bool _endedWithReturn = false; // A \n that comes next belongs to it.
  _LineSplitterSink(this._sink);

  void addSlice(String chunk, int start, int end, bool isLast) {
    end = _checkSlice(start, end, chunk.length);
    if (end > start) {
      if (_endedWithReturn && chunk.codeUnitAt(start) == 0x0a) start++;
      _endedWithReturn = end > start && chunk.codeUnitAt(end - 1) == 0x0d;
      var text = chunk.substring(start, end);
      var rest = LineSplitter._lines(text, (line) {
        _sink.add(_rest + line);
        _rest = "";
      });
      _rest += text.substring(rest);
    }
    if (isLast) close();
  }

  void close() {
    if (_rest.isNotEmpty) _sink.add(_rest);
    _rest = "";
    _sink.close();
  }
}
