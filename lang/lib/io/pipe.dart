// Pipes: bytes to and from other processes. Nobody waits in a call: a port is told when there is
// something to do, and keeps the isolate running until then.
part of dart.io;

class SocketException implements IOException {
  final String message;
  final OSError osError;
  const SocketException(this.message, {this.osError});
  String toString() => osError == null ? "SocketException: $message" : "SocketException: $message ($osError)";
}

_pipeError(String message, int answer) =>
    new SocketException(message, osError: _osError(answer));

// Bytes that come from elsewhere, when somebody listens.
abstract class _ByteStream extends Stream<List<int>> {
  StreamController<List<int>> _controller;
  RawReceivePort _port; // Null: it is not waited for.
  bool _isOver = false;

  // Tells the port when there is something to take.
  void _watch(SendPort port);
  // None at the end; null: nothing yet.
  _take();
  void _end();

  _ByteStream() {
    _controller = new StreamController<List<int>>(
        sync: true, onListen: _wait, onPause: _stopWaiting, onResume: _wait, onCancel: _close);
  }

  StreamSubscription<List<int>> listen(void onData(List<int> data),
          {Function onError, void onDone(), bool cancelOnError}) =>
      _controller.stream
          .listen(onData, onError: onError, onDone: onDone, cancelOnError: cancelOnError);

  void _wait() {
    if (_isOver || _port != null) return;
    _port = new RawReceivePort(_read);
    try {
      _watch(_port.sendPort);
    } catch (error) {
      _stopWaiting();
      rethrow;
    }
  }

  void _stopWaiting() {
    if (_port != null) _port.close();
    _port = null;
  }

  void _read(_) {
    _stopWaiting();
    var bytes = _take();
    if (bytes is int) {
      _controller.addError(_pipeError("Read failed", bytes));
      bytes = const [];
    }
    if (bytes == null) return _wait();
    if (bytes.isEmpty) {
      _close();
      _controller.close();
      return;
    }
    _controller.add(bytes);
    if (!_controller.isPaused && _controller.hasListener) _wait();
  }

  void _close() {
    _isOver = true;
    _stopWaiting();
    _end();
  }
}

class _PipeStream extends _ByteStream {
  final _file;
  _PipeStream(this._file);
  void _watch(SendPort port) => _watchPipe(_file, false, port);
  _take() => _readPipe(_file);
  void _end() => _closePipe(_file);
}

// Writes to a pipe, in order, as fast as the other side reads.
class _PipeConsumer implements StreamConsumer<List<int>> {
  final _file;
  _PipeConsumer(this._file);

  Future addStream(Stream<List<int>> stream) =>
      _writeEach(stream, (data) => _write(_bytesOf(data), 0), this);

  // Null: all of it has been written.
  Future _write(bytes, int start) {
    while (start < bytes.length) {
      var count = _writePipe(_file, bytes, start);
      if (count < 0) throw _pipeError("Write failed", count);
      if (count == 0) return _writeLater(bytes, start);
      start += count;
    }
    return null;
  }

  Future _writeLater(bytes, int start) {
    var written = new Completer();
    var port;
    port = new RawReceivePort((_) {
      port.close();
      try {
        written.complete(_write(bytes, start));
      } catch (error, stackTrace) {
        written.completeError(error, stackTrace);
      }
    });
    try {
      _watchPipe(_file, true, port.sendPort);
    } catch (error) {
      port.close();
      rethrow;
    }
    return written.future;
  }

  Future close() {
    _closePipe(_file);
    return new Future.value(this);
  }
}

_readPipe(file) native "Pipe_read";
int _writePipe(file, bytes, int start) native "Pipe_write";
_watchPipe(file, bool isForWriting, SendPort port) native "Pipe_watch";
_closePipe(file) native "Pipe_close";
