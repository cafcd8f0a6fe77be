// Other processes, and what this one is told of them.
part of dart.io;

// Of this process.
int get pid => _processNumber();

// The isolate waits; nothing else of it is done meanwhile.
void sleep(Duration duration) {
  if (duration is! Duration) {
    throw new ArgumentError.value(duration, "duration", "must be a Duration");
  }
  if (duration < Duration.ZERO) throw new ArgumentError("sleep: duration cannot be negative");
  _sleep((duration.inMicroseconds + 999) ~/ 1000);
}

class ProcessStartMode {
  static const ProcessStartMode NORMAL = const ProcessStartMode._(0);
  static const ProcessStartMode INHERIT_STDIO = const ProcessStartMode._(1);
  static const ProcessStartMode DETACHED = const ProcessStartMode._(2);
  static const ProcessStartMode DETACHED_WITH_STDIO = const ProcessStartMode._(3);
  static const ProcessStartMode normal = NORMAL;
  static const ProcessStartMode inheritStdio = INHERIT_STDIO;
  static const ProcessStartMode detached = DETACHED;
  static const ProcessStartMode detachedWithStdio = DETACHED_WITH_STDIO;
  static const List<ProcessStartMode> values = const [
    NORMAL,
    INHERIT_STDIO,
    DETACHED,
    DETACHED_WITH_STDIO
  ];

  final int _mode;
  const ProcessStartMode._(this._mode);
  // As StartChild has them.
  int get _streams => const [0, 2, 1, 0][_mode];
  bool get _isDetached => _mode >= 2;
  String toString() => const ["normal", "inheritStdio", "detached", "detachedWithStdio"][_mode];
}

class ProcessSignal {
  static const ProcessSignal SIGHUP = const ProcessSignal._(1, "SIGHUP");
  static const ProcessSignal SIGINT = const ProcessSignal._(2, "SIGINT");
  static const ProcessSignal SIGQUIT = const ProcessSignal._(3, "SIGQUIT");
  static const ProcessSignal SIGILL = const ProcessSignal._(4, "SIGILL");
  static const ProcessSignal SIGTRAP = const ProcessSignal._(5, "SIGTRAP");
  static const ProcessSignal SIGABRT = const ProcessSignal._(6, "SIGABRT");
  static const ProcessSignal SIGBUS = const ProcessSignal._(7, "SIGBUS");
  static const ProcessSignal SIGFPE = const ProcessSignal._(8, "SIGFPE");
  static const ProcessSignal SIGKILL = const ProcessSignal._(9, "SIGKILL");
  static const ProcessSignal SIGUSR1 = const ProcessSignal._(10, "SIGUSR1");
  static const ProcessSignal SIGSEGV = const ProcessSignal._(11, "SIGSEGV");
  static const ProcessSignal SIGUSR2 = const ProcessSignal._(12, "SIGUSR2");
  static const ProcessSignal SIGPIPE = const ProcessSignal._(13, "SIGPIPE");
  static const ProcessSignal SIGALRM = const ProcessSignal._(14, "SIGALRM");
  static const ProcessSignal SIGTERM = const ProcessSignal._(15, "SIGTERM");
  static const ProcessSignal SIGCHLD = const ProcessSignal._(17, "SIGCHLD");
  static const ProcessSignal SIGCONT = const ProcessSignal._(18, "SIGCONT");
  static const ProcessSignal SIGSTOP = const ProcessSignal._(19, "SIGSTOP");
  static const ProcessSignal SIGTSTP = const ProcessSignal._(20, "SIGTSTP");
  static const ProcessSignal SIGTTIN = const ProcessSignal._(21, "SIGTTIN");
  static const ProcessSignal SIGTTOU = const ProcessSignal._(22, "SIGTTOU");
  static const ProcessSignal SIGURG = const ProcessSignal._(23, "SIGURG");
  static const ProcessSignal SIGXCPU = const ProcessSignal._(24, "SIGXCPU");
  static const ProcessSignal SIGXFSZ = const ProcessSignal._(25, "SIGXFSZ");
  static const ProcessSignal SIGVTALRM = const ProcessSignal._(26, "SIGVTALRM");
  static const ProcessSignal SIGPROF = const ProcessSignal._(27, "SIGPROF");
  static const ProcessSignal SIGWINCH = const ProcessSignal._(28, "SIGWINCH");
  static const ProcessSignal SIGPOLL = const ProcessSignal._(29, "SIGPOLL");
  static const ProcessSignal SIGSYS = const ProcessSignal._(31, "SIGSYS");

  static const ProcessSignal sighup = SIGHUP;
  static const ProcessSignal sigint = SIGINT;
  static const ProcessSignal sigkill = SIGKILL;
  static const ProcessSignal sigterm = SIGTERM;
  static const ProcessSignal sigusr1 = SIGUSR1;
  static const ProcessSignal sigusr2 = SIGUSR2;
  static const ProcessSignal sigwinch = SIGWINCH;

  final int _signalNumber;
  final String _name;
  const ProcessSignal._(this._signalNumber, this._name);
  String toString() => _name;
  Stream<ProcessSignal> watch() =>
      _refuse("ProcessSignal.watch", "a program changes no signals of the process here");
}

class ProcessException implements IOException {
  final String executable;
  final List<String> arguments;
  final String message;
  final int errorCode;
  const ProcessException(this.executable, this.arguments, [this.message = "", this.errorCode = 0]);

  String toString() {
    var text = message == null || message == "" ? "OS error code: $errorCode" : message;
    var words = arguments == null ? "" : arguments.join(" ");
    return "ProcessException: $text\n  Command: $executable $words";
  }
}

class ProcessResult {
  final int pid;
  final int exitCode;
  final stdout; // A String, or bytes where no encoding was asked for.
  final stderr;
  ProcessResult(this.pid, this.exitCode, this.stdout, this.stderr);
}

abstract class Process {
  static Future<Process> start(String executable, List<String> arguments,
      {String workingDirectory,
      Map<String, String> environment,
      bool includeParentEnvironment: true,
      bool runInShell: false,
      ProcessStartMode mode: ProcessStartMode.NORMAL}) {
    if (mode is! ProcessStartMode) {
      throw new ArgumentError.value(mode, "mode", "must be a ProcessStartMode");
    }
    var command = new _Command(executable, arguments, workingDirectory, environment,
        includeParentEnvironment, runInShell);
    try {
      return new Future.value(new _Process(command, mode));
    } on ProcessException catch (error, stackTrace) {
      return new Future.error(error, stackTrace);
    }
  }

  static Future<ProcessResult> run(String executable, List<String> arguments,
      {String workingDirectory,
      Map<String, String> environment,
      bool includeParentEnvironment: true,
      bool runInShell: false,
      Encoding stdoutEncoding: SYSTEM_ENCODING,
      Encoding stderrEncoding: SYSTEM_ENCODING}) {
    _checkEncodingOrNull(stdoutEncoding, "stdoutEncoding");
    _checkEncodingOrNull(stderrEncoding, "stderrEncoding");
    return Process
        .start(executable, arguments,
            workingDirectory: workingDirectory,
            environment: environment,
            includeParentEnvironment: includeParentEnvironment,
            runInShell: runInShell)
        .then((process) {
      process.stdin.close();
      all(Stream<List<int>> stream, encoding) => stream
          .fold(new BytesBuilder(copy: false), (builder, bytes) => builder..add(bytes))
          .then((builder) => _decoded(builder.takeBytes(), encoding));
      return Future.wait([
        process.exitCode,
        all(process.stdout, stdoutEncoding),
        all(process.stderr, stderrEncoding)
      ]).then((parts) => new ProcessResult(process.pid, parts[0], parts[1], parts[2]));
    });
  }

  // The isolate waits for its end.
  static ProcessResult runSync(String executable, List<String> arguments,
      {String workingDirectory,
      Map<String, String> environment,
      bool includeParentEnvironment: true,
      bool runInShell: false,
      Encoding stdoutEncoding: SYSTEM_ENCODING,
      Encoding stderrEncoding: SYSTEM_ENCODING}) {
    _checkEncodingOrNull(stdoutEncoding, "stdoutEncoding");
    _checkEncodingOrNull(stderrEncoding, "stderrEncoding");
    var command = new _Command(executable, arguments, workingDirectory, environment,
        includeParentEnvironment, runInShell);
    var places = new List(4);
    command.check(_runProcess(command.executable, command.arguments, command.environment,
        command.includesParent, command.folder, places));
    return new ProcessResult(places[0], command.exitCode(places[1]),
        _decoded(places[2], stdoutEncoding), _decoded(places[3], stderrEncoding));
  }

  // Whether it was sent: to any process that may be sent it.
  static bool killPid(int pid, [ProcessSignal signal = ProcessSignal.SIGTERM]) =>
      _kill(pid, _numberOf(signal), false);

  int get pid;
  // Below 0: it was ended by that signal. Null for one that is detached.
  Future<int> get exitCode;
  // Null for one that has none.
  IOSink get stdin;
  Stream<List<int>> get stdout;
  Stream<List<int>> get stderr;
  // Whether it was sent.
  bool kill([ProcessSignal signal = ProcessSignal.SIGTERM]);
}

int _numberOf(signal) {
  if (signal is ProcessSignal) return signal._signalNumber;
  throw new ArgumentError.value(signal, "signal", "must be a ProcessSignal");
}

void _checkEncodingOrNull(encoding, String name) {
  if (encoding != null) _checkEncoding(encoding, name);
}

_decoded(List<int> bytes, encoding) => encoding == null ? bytes : encoding.decode(bytes);

// What is started, when all of it has been looked at.
class _Command {
  String executable;
  List<String> arguments;
  final String folder; // Empty: this isolate's.
  final List<String> environment = [];
  final bool includesParent;

  _Command(this.executable, List<String> arguments, workingDirectory, Map<String, String> variables,
      this.includesParent, bool runInShell)
      : folder = workingDirectory == null
            ? (_folder == null ? "" : _folder)
            : _at(_checkString(workingDirectory, "workingDirectory")) {
    _checkString(executable, "executable");
    _checkBool(includesParent, "includeParentEnvironment");
    if (arguments is! List) {
      throw new ArgumentError.value(arguments, "arguments", "must be a List");
    }
    this.arguments = [];
    for (var argument in arguments) this.arguments.add(_checkString(argument, "arguments"));
    if (variables != null) {
      if (variables is! Map) {
        throw new ArgumentError.value(variables, "environment", "must be a Map");
      }
      for (var name in variables.keys) {
        var value = _checkString(variables[name], "environment");
        environment.add("${_checkString(name, 'environment')}=$value");
      }
    }
    if (_checkBool(runInShell, "runInShell")) _useShell();
  }

  void _useShell() {
    quoted(text) => "'${text.replaceAll("'", "'\"'\"'")}'";
    var line = new StringBuffer(quoted(executable));
    for (var argument in arguments) line.write(" ${quoted(argument)}");
    executable = "/bin/sh";
    arguments = ["-c", "$line"];
  }

  int check(int answer) {
    if (answer >= 0) return answer;
    throw new ProcessException(executable, arguments, _errorText(-answer), -answer);
  }

  int exitCode(int code) {
    if (code != 256) return code;
    throw new ProcessException(
        executable, arguments, "Its exit code is not known: somebody else has waited for it");
  }
}

class _Process implements Process {
  final Completer<int> _ended;
  int pid;
  IOSink stdin;
  Stream<List<int>> stdout;
  Stream<List<int>> stderr;

  _Process(_Command command, ProcessStartMode mode)
      : _ended = mode._isDetached ? null : new Completer<int>() {
    var files = new List(3);
    var port = _ended == null ? null : new RawReceivePort();
    try {
      pid = command.check(_startProcess(
          command.executable,
          command.arguments,
          command.environment,
          command.includesParent,
          command.folder,
          mode._streams,
          mode._isDetached,
          port == null ? null : port.sendPort,
          files));
    } catch (error) {
      if (port != null) port.close();
      rethrow;
    }
    if (port != null) {
      _ended.future.catchError((_) {}); // Whoever asks for the exit code hears of it.
      port.handler = (code) {
        port.close();
        _ended.complete(new Future.sync(() => command.exitCode(code)));
      };
    }
    if (mode._streams != 0) return;
    stdin = new IOSink(new _PipeConsumer(files[0]));
    stdout = new _PipeStream(files[1]);
    stderr = new _PipeStream(files[2]);
  }

  Future<int> get exitCode => _ended == null ? null : _ended.future;
  bool kill([ProcessSignal signal = ProcessSignal.SIGTERM]) => _kill(pid, _numberOf(signal), true);
}

int _processNumber() native "Process_number";
int _startProcess(
    String executable,
    List<String> arguments,
    List<String> environment,
    bool includeParentEnvironment,
    String workingDirectory,
    int streams,
    bool isDetached,
    SendPort ended,
    List places) native "Process_start";
int _runProcess(
    String executable,
    List<String> arguments,
    List<String> environment,
    bool includeParentEnvironment,
    String workingDirectory,
    List places) native "Process_run";
bool _kill(int pid, int signal, bool isChild) native "Process_kill";
_sleep(int milliseconds) native "System_sleep";
String _checkString(value, String name) native "Check_string";

bool _checkBool(value, String name) {
  if (value is bool) return value;
  throw new ArgumentError.value(value, name, "must be a bool");
}
