// The standard streams, and the end of the process.
part of dart.io;

abstract class IOSink implements StreamSink<List<int>>, StringSink {
  final Completer _ended = new Completer();

  void _put(content);

  void add(List<int> data) => _put(_bytesOf(data));
  void write(Object object) => _put("$object");
  void writeln([Object object = ""]) => _put("$object\n");
  void writeAll(Iterable objects, [String separator = ""]) => _put(objects.join(separator));
  void writeCharCode(int charCode) => _put(new String.fromCharCode(charCode));
  Future flush() => new Future.value(this);
  Future addStream(Stream<List<int>> stream) => stream.forEach(add);
  Future get done => _ended.future;

  void addError(error, [StackTrace stackTrace]) {
    if (!_ended.isCompleted) _ended.completeError(error, stackTrace);
  }

  Future close() {
    if (!_ended.isCompleted) _ended.complete(this);
    return done;
  }
}

class _FileSink extends IOSink {
  final File _file;
  _FileSink(this._file);

  void _put(content) {
    if (_ended.isCompleted) throw new StateError("StreamSink is closed");
    _file._writeAll(content, FileMode.APPEND);
  }

  Future close() {
    if (!_ended.isCompleted) _ended.complete(_file);
    return done;
  }
}

abstract class Stdout implements IOSink {}

class _Output extends IOSink implements Stdout {
  void _put(content) => _writeOutput(content);
}

class _Errors extends IOSink implements Stdout {
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
String _readLine() native "Stdin_readLine";
_exit(int code) native "System_exit";
int _exitCode() native "System_exitCode";
_setExitCode(int code) native "System_setExitCode";
