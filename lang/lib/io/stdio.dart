// The standard streams, and the end of the process.
part of dart.io;

class StdioType {
  static const StdioType TERMINAL = const StdioType._("terminal");
  static const StdioType PIPE = const StdioType._("pipe");
  static const StdioType FILE = const StdioType._("file");
  static const StdioType OTHER = const StdioType._("other");
  static const StdioType terminal = TERMINAL;
  static const StdioType pipe = PIPE;
  static const StdioType file = FILE;
  static const StdioType other = OTHER;

  final String name;
  const StdioType._(this.name);
  String toString() => "StdioType: $name";
}

// Of one of the standard streams.
StdioType stdioType(object) {
  var stream = object is Stdin ? 0 : object is _StandardSink ? object._stream : null;
  if (stream == null) return StdioType.OTHER;
  return const [
    StdioType.TERMINAL,
    StdioType.PIPE,
    StdioType.FILE,
    StdioType.OTHER
  ][_kindOfStream(stream)];
}

bool _takesEscapes(int stream) =>
    _kindOfStream(stream) == 0 && Platform.environment["TERM"] != "dumb";

class StdoutException implements IOException {
  final String message;
  final OSError osError;
  const StdoutException(this.message, [this.osError]);
  String toString() =>
      osError == null ? "StdoutException: $message" : "StdoutException: $message, $osError";
}

class StdinException implements IOException {
  final String message;
  final OSError osError;
  const StdinException(this.message, [this.osError]);
  String toString() =>
      osError == null ? "StdinException: $message" : "StdinException: $message, $osError";
}

abstract class Stdout implements IOSink {
  bool get hasTerminal;
  int get terminalColumns;
  int get terminalLines;
  bool get supportsAnsiEscapes;
  // The same stream: what is written is the system's at the end of the call, or lies in a buffer.
  IOSink get nonBlocking;
}

// Writes at once, so that what `print` writes keeps its place.
abstract class _StandardSink extends _TextSink implements Stdout {
  final Completer _ended = new Completer();
  bool _isBound = false;

  _StandardSink() : super(UTF8);

  int get _stream;
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

  bool get hasTerminal => _kindOfStream(_stream) == 0;
  int get terminalColumns => _size(false, "columns");
  int get terminalLines => _size(true, "lines");
  bool get supportsAnsiEscapes => _takesEscapes(_stream);
  IOSink get nonBlocking => this;

  int _size(bool wantsLines, String what) {
    var answer = _sizeOfTerminal(_stream, wantsLines);
    if (answer >= 0) return answer;
    throw new StdoutException("Could not get terminal $what", _osError(answer));
  }
}

class _Output extends _StandardSink {
  int get _stream => 1;
  void _put(content) => _writeOutput(content);
}

class _Errors extends _StandardSink {
  int get _stream => 2;
  void _put(content) => _orThrow(_writeErrors(content), "Cannot write to the standard error", "");
}

class Stdin extends Stream<List<int>> {
  final _InputStream _bytes = new _InputStream();
  Stdin._();

  StreamSubscription<List<int>> listen(void onData(List<int> data),
          {Function onError, void onDone(), bool cancelOnError}) =>
      _bytes.listen(onData, onError: onError, onDone: onDone, cancelOnError: cancelOnError);

  // The isolate waits for it; null at the end.
  String readLineSync({Encoding encoding: SYSTEM_ENCODING, bool retainNewlines: false}) {
    var isText = encoding == null || identical(encoding, SYSTEM_ENCODING);
    if (!isText) _checkEncoding(encoding, "encoding");
    var line = _readLine(isText, retainNewlines == true);
    if (line is int) throw new StdinException("Error reading line", _osError(line));
    return isText || line == null ? line : encoding.decode(line);
  }

  // The same; -1 at the end.
  int readByteSync() => _readInputByte();

  bool get hasTerminal => _kindOfStream(0) == 0;
  bool get supportsAnsiEscapes => _takesEscapes(0);

  // Whether the terminal shows what is typed.
  bool get echoMode => _mode(false, null, "getting terminal echo mode");
  void set echoMode(bool isOn) {
    _mode(false, _checkBool(isOn, "echoMode"), "setting terminal echo mode");
  }

  // Whether what is typed comes by the line.
  bool get lineMode => _mode(true, null, "getting terminal line mode");
  void set lineMode(bool isOn) {
    _mode(true, _checkBool(isOn, "lineMode"), "setting terminal line mode");
  }

  static bool _mode(bool wantsLines, isOn, String what) {
    var answer = _terminalMode(wantsLines, isOn);
    if (answer < 0) throw new StdinException("Error $what", _osError(answer));
    return answer == 1;
  }
}

class _InputStream extends _ByteStream {
  void _watch(SendPort port) {
    if (_hasInput()) {
      port.send(0);
    } else {
      _watchInput(port);
    }
  }

  _take() => _takeInput();
  void _end() {}
}

final Stdout stdout = new _Output();
final Stdout stderr = new _Errors();
final Stdin stdin = new Stdin._();

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
_readLine(bool isText, bool retainNewlines) native "Stdin_readLine";
int _readInputByte() native "Stdin_readByte";
_takeInput() native "Stdin_take";
bool _hasInput() native "Stdin_hasInput";
_watchInput(SendPort port) native "Stdin_watch";
int _kindOfStream(int stream) native "Stdio_kind";
int _sizeOfTerminal(int stream, bool wantsLines) native "Stdio_size";
int _terminalMode(bool wantsLines, isOn) native "Stdio_mode";
_exit(int code) native "System_exit";
int _exitCode() native "System_exitCode";
_setExitCode(int code) native "System_setExitCode";
