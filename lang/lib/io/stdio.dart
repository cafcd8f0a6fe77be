// The standard streams, and the end of the process.
part of dart.io;

abstract class Stdout implements IOSink {}

// Writes at once, so that what `print` writes keeps its place.
abstract class _StandardSink extends _TextSink implements Stdout {
  final Completer _ended = new Completer();
  bool _isBound = false;

  _StandardSink() : super(UTF8);

  void _put(content);

  void _check() {
    if (_isBound) throw new StateError("StreamSink is bound to a stream");
    if (_ended.isCompleted) throw new StateError("StreamSink is closed");
  }

  void add(List<int> data) {
    _check();
    _put(_bytesOf(data));
  }

  void write(Object object) {
    _check();
    var text = "$object";
    _put(identical(_encoding, UTF8) ? text : _bytesOf(_encoding.encode(text)));
  }

  void addError(error, [StackTrace stackTrace]) {
    _check();
    _ended.completeError(error, stackTrace);
  }

  Future addStream(Stream<List<int>> stream) {
    _check();
    _isBound = true;
    return stream.forEach((data) => _put(_bytesOf(data))).whenComplete(() {
      _isBound = false;
    }).then((_) => this);
  }

  Future flush() {
    if (_isBound) throw new StateError("StreamSink is bound to a stream");
    _flushOutput();
    return new Future.value(this);
  }

  Future get done => _ended.future;

  Future close() {
    if (_isBound) throw new StateError("StreamSink is bound to a stream");
    if (!_ended.isCompleted) _ended.complete(this);
    return done;
  }
}

class _Output extends _StandardSink {
  void _put(content) => _writeOutput(content);
}

class _Errors extends _StandardSink {
  void _put(content) => _orThrow(_writeErrors(content), "Cannot write to the standard error", "");
}

class Stdin {
  const Stdin._();

  // The isolate waits for it; null at the end.
  String readLineSync({encoding, bool retainNewlines: false}) {
    var line = _readLine();
    if (line == null || retainNewlines == true) return line;
    if (line.endsWith("\r\n")) return line.substring(0, line.length - 2);
    return line.endsWith("\n") ? line.substring(0, line.length - 1) : line;
  }
}

final Stdout stdout = new _Output();
final Stdout stderr = new _Errors();
const Stdin stdin = const Stdin._();

// What the process ends with when the program has come to its end well.
int get exitCode => _exitCode();
void set exitCode(int code) {
  _setExitCode(code);
}

// Ends the process at once: nothing else that waits is done.
void exit(int code) => _exit(code);

void _writeOutput(content) native "Stdout_write";
_writeErrors(content) native "Stderr_write";
_flushOutput() native "Stdout_flush";
String _readLine() native "Stdin_readLine";
_exit(int code) native "System_exit";
int _exitCode() native "System_exitCode";
_setExitCode(int code) native "System_setExitCode";
