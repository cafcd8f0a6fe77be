// IOSink: where bytes and texts go.
part of dart.io;

abstract class IOSink implements StreamSink<List<int>>, StringSink {
  // To whatever takes streams.
  factory IOSink(StreamConsumer<List<int>> target, {Encoding encoding: UTF8}) =>
      new _ConsumerSink(target, encoding);

  // What turns texts into bytes.
  Encoding encoding;

  void add(List<int> data);
  void write(Object object);
  void writeAll(Iterable objects, [String separator = ""]);
  void writeln([Object object = ""]);
  void writeCharCode(int charCode);
  void addError(error, [StackTrace stackTrace]);
  Future addStream(Stream<List<int>> stream);
  // When all that was added has been handed on.
  Future flush();
  Future close();
  // When it has been closed, or could not go on.
  Future get done;
}

// Texts, as bytes.
abstract class _TextSink implements IOSink {
  Encoding _encoding;
  _TextSink(encoding) : _encoding = _checkEncoding(encoding, "encoding");

  Encoding get encoding => _encoding;
  void set encoding(Encoding encoding) {
    _encoding = _checkEncoding(encoding, "encoding");
  }

  void write(Object object) {
    var text = "$object";
    if (!text.isEmpty) add(_encoding.encode(text));
  }

  void writeln([Object object = ""]) {
    write("$object\n");
  }

  void writeAll(Iterable objects, [String separator = ""]) {
    write(objects.join(separator));
  }

  void writeCharCode(int charCode) {
    write(new String.fromCharCode(charCode));
  }
}

Encoding _checkEncoding(encoding, String name) {
  if (encoding is Encoding) return encoding;
  throw new ArgumentError.value(encoding, name, "must be an Encoding");
}

// Hands what comes to `write`, each when the one before is written (null: it is at once), the first
// when `ready` is there (null: at once). `result` when all is.
Future _writeEach(Stream<List<int>> stream, Future write(List<int> data), result, [Future ready]) {
  var written = new Completer();
  var subscription;
  void fail(error, stackTrace) {
    if (written.isCompleted) return;
    subscription.cancel();
    written.completeError(error, stackTrace);
  }
  subscription = stream.listen((data) {
    try {
      var rest = write(data);
      if (rest == null) return;
      subscription.pause();
      rest.then((_) => subscription.resume(), onError: fail);
    } catch (error, stackTrace) {
      fail(error, stackTrace);
    }
  }, onError: fail, onDone: () {
    if (!written.isCompleted) written.complete(result);
  });
  if (ready != null) subscription.pause(ready.then((_) {}, onError: fail));
  return written.future;
}

// What is added by itself goes through a stream of its own; one that is added takes its place.
class _ConsumerSink extends _TextSink {
  final StreamConsumer<List<int>> _consumer;
  final Completer _ended = new Completer();
  StreamController<List<int>> _own; // Null: nothing has been added since the last stream.
  Completer _ownEnded;
  bool _isClosed = false;
  bool _isBound = false; // To a stream that is being added, or to the end of what was.
  bool _hasFailed = false;

  _ConsumerSink(this._consumer, encoding) : super(encoding) {
    if (_consumer is! StreamConsumer) {
      throw new ArgumentError.value(_consumer, "target", "must be a StreamConsumer");
    }
  }

  Future get done => _ended.future;

  void add(List<int> data) {
    if (data is! List) throw new ArgumentError.value(data, "data", "must be a List<int>");
    _opened().add(data);
  }

  void addError(error, [StackTrace stackTrace]) {
    _opened().addError(error, stackTrace);
  }

  StreamController<List<int>> _opened() {
    if (_isBound) throw new StateError("StreamSink is bound to a stream");
    if (_isClosed) throw new StateError("StreamSink is closed");
    if (_own != null) return _own;
    _own = new StreamController<List<int>>(sync: true);
    _ownEnded = new Completer();
    _consumer.addStream(_own.stream).then((_) {
      if (!_isBound) return _closeTarget();
      _forgetOwn().complete(this);
    }, onError: (error, stackTrace) {
      if (!_isBound) return _fail(error, stackTrace);
      _forgetOwn().completeError(error, stackTrace);
    });
    return _own;
  }

  Completer _forgetOwn() {
    var ended = _ownEnded;
    _own = null;
    _ownEnded = null;
    return ended;
  }

  Future addStream(Stream<List<int>> stream) {
    if (_isBound) throw new StateError("StreamSink is already bound to a stream");
    if (_isClosed) throw new StateError("StreamSink is closed");
    _isBound = true;
    if (_hasFailed) return done;
    Future added() => _consumer.addStream(stream).whenComplete(() {
          _isBound = false;
        });
    if (_own == null) return added();
    var ended = _ownEnded.future;
    _own.close();
    return ended.then((_) => added());
  }

  Future flush() {
    if (_isBound) throw new StateError("StreamSink is bound to a stream");
    if (_own == null || _hasFailed) return new Future.value(this);
    _isBound = true;
    var ended = _ownEnded.future;
    _own.close();
    return ended.whenComplete(() {
      _isBound = false;
    });
  }

  Future close() {
    if (_isBound) throw new StateError("StreamSink is bound to a stream");
    if (_isClosed) return done;
    _isClosed = true;
    if (_own != null) {
      _own.close();
    } else {
      _closeTarget();
    }
    return done;
  }

  void _closeTarget() {
    _consumer.close().then((value) {
      if (!_ended.isCompleted) _ended.complete(value);
    }, onError: _fail);
  }

  void _fail(error, stackTrace) {
    _hasFailed = true;
    if (!_ended.isCompleted) _ended.completeError(error, stackTrace);
  }
}
