// Where pieces of text go.
part of dart.convert;

abstract class StringConversionSink extends ChunkedConversionSink<String> {
  StringConversionSink();
  factory StringConversionSink.withCallback(void callback(String accumulated)) {
    return new _StringCollectingSink(callback);
  }
  factory StringConversionSink.from(Sink<String> sink) => new _StringAdapterSink(sink);
  factory StringConversionSink.fromStringSink(StringSink sink) => new _StringSinkSink(sink);

  // Units [start, end) of a piece.
  void addSlice(String chunk, int start, int end, bool isLast);
  // Where UTF-8 goes whose text comes here.
  ByteConversionSink asUtf8Sink(bool allowMalformed);
  // Where objects are written whose text comes here.
  ClosableStringSink asStringSink();
}

abstract class StringConversionSinkMixin implements StringConversionSink {
  void addSlice(String chunk, int start, int end, bool isLast);
  void close();

  void add(String chunk) {
    addSlice(chunk, 0, chunk.length, false);
  }

  ByteConversionSink asUtf8Sink(bool allowMalformed) {
    return new Utf8Decoder(allowMalformed: allowMalformed).startChunkedConversion(this);
  }

  ClosableStringSink asStringSink() => new _TextSink(this);
}

abstract class StringConversionSinkBase extends StringConversionSink with StringConversionSinkMixin {}

class _StringAdapterSink extends StringConversionSinkBase {
  final Sink<String> _sink;
  _StringAdapterSink(this._sink);
  void add(String chunk) {
    _sink.add(chunk);
  }
  void addSlice(String chunk, int start, int end, bool isLast) {
    add(chunk.substring(start, end));
    if (isLast) close();
  }
  void close() {
    _sink.close();
  }
}

class _StringSinkSink extends StringConversionSinkBase {
  final StringSink _sink;
  _StringSinkSink(this._sink);
  void addSlice(String chunk, int start, int end, bool isLast) {
    _sink.write(chunk.substring(start, end));
    if (isLast) close();
  }
  void close() {
    if (_sink is ClosableStringSink) _sink.close();
  }
}

class _StringCollectingSink extends _StringSinkSink {
  final Function _callback;
  _StringCollectingSink(this._callback) : super(new StringBuffer());
  void close() {
    _callback(_sink.toString());
  }
}

abstract class ClosableStringSink implements StringSink {
  factory ClosableStringSink.fromStringSink(StringSink sink, void onClose()) {
    return new _ClosableStringSink(sink, onClose);
  }
  void close();
}

class _ClosableStringSink implements ClosableStringSink {
  final StringSink _sink;
  final Function _onClose;
  _ClosableStringSink(this._sink, this._onClose);
  void write(Object object) {
    _sink.write(object);
  }
  void writeln([Object object = ""]) {
    _sink.writeln(object);
  }
  void writeAll(Iterable objects, [String separator = ""]) {
    _sink.writeAll(objects, separator);
  }
  void writeCharCode(int charCode) {
    _sink.writeCharCode(charCode);
  }
  void close() {
    _onClose();
  }
}

class _TextSink implements ClosableStringSink {
  final Sink<String> _sink;
  _TextSink(this._sink);
  void write(Object object) {
    var text = "$object";
    if (text.isNotEmpty) _sink.add(text);
  }
  void writeln([Object object = ""]) {
    write("$object\n");
  }
  void writeAll(Iterable objects, [String separator = ""]) {
    write((new StringBuffer()..writeAll(objects, separator)).toString());
  }
  void writeCharCode(int charCode) {
    write(new String.fromCharCode(charCode));
  }
  void close() {
    _sink.close();
  }
}

StringConversionSink _stringSinkOf(Sink<String> sink) {
  return sink is StringConversionSink ? sink : new StringConversionSink.from(sink);
}

// Turns each piece into text of its own.
class _EachSink extends StringConversionSinkBase {
  final Function _convert;
  final Sink _sink;
  _EachSink(this._convert, this._sink);
  void add(String chunk) {
    _sink.add(_convert(chunk));
  }
  void addSlice(String chunk, int start, int end, bool isLast) {
    end = _checkSlice(start, end, chunk.length);
    add(chunk.substring(start, end));
    if (isLast) close();
  }
  void close() {
    _sink.close();
  }
}

class _EachBytesSink extends ByteConversionSinkBase {
  final Function _convert;
  final Sink _sink;
  _EachBytesSink(this._convert, this._sink);
  void add(List<int> chunk) {
    _sink.add(_convert(chunk));
  }
  void close() {
    _sink.close();
  }
}
