// Where pieces of bytes go.
part of dart.convert;

abstract class ByteConversionSink extends ChunkedConversionSink<List<int>> {
  ByteConversionSink();
  factory ByteConversionSink.withCallback(void callback(List<int> accumulated)) {
    return new _ByteCollectingSink(callback);
  }
  factory ByteConversionSink.from(Sink<List<int>> sink) => new _ByteAdapterSink(sink);
  // Bytes [start, end) of a piece.
  void addSlice(List<int> chunk, int start, int end, bool isLast);
}

abstract class ByteConversionSinkBase extends ByteConversionSink {
  void add(List<int> chunk);
  void close();

  void addSlice(List<int> chunk, int start, int end, bool isLast) {
    end = _checkSlice(start, end, chunk.length);
    add(chunk.sublist(start, end));
    if (isLast) close();
  }
}

class _ByteAdapterSink extends ByteConversionSinkBase {
  final Sink<List<int>> _sink;
  _ByteAdapterSink(this._sink);
  void add(List<int> chunk) {
    _sink.add(chunk);
  }
  void close() {
    _sink.close();
  }
}

class _ByteCollectingSink extends ByteConversionSinkBase {
  final Function _callback;
  final List<int> _bytes = <int>[];
  _ByteCollectingSink(this._callback);
  void add(List<int> chunk) {
    _bytes.addAll(chunk);
  }
  void close() {
    _callback(new Uint8List.fromList(_bytes));
  }
}

ByteConversionSink _byteSinkOf(Sink<List<int>> sink) {
  return sink is ByteConversionSink ? sink : new ByteConversionSink.from(sink);
}
