// Isolates: programs within the program, each with a heap of its own.
part of dart.isolate;

class Isolate {
  static const int IMMEDIATE = 0;
  static const int BEFORE_NEXT_EVENT = 1;
  static const int immediate = IMMEDIATE;
  static const int beforeNextEvent = BEFORE_NEXT_EVENT;

  // The isolate's main port, where it takes what is asked of it.
  final SendPort controlPort;
  // What one has to have to pause it, and to end it; null: one may not.
  final Capability pauseCapability;
  final Capability terminateCapability;

  Isolate(this.controlPort, {this.pauseCapability, this.terminateCapability});

  static Isolate get current => _control.isolate;

  // A new isolate that loads the same script and then calls `entryPoint`, a top-level function
  // or a static method, with a copy of `message`. The future is there once it has loaded. An error that nothing catches
  // there ends it, unless `errorsAreFatal` is false; it is sent to `onError`, or reported by the
  // host. `onExit` is sent null when it has ended. If `paused`, it waits until it is resumed with
  // its own pauseCapability.
  static Future<Isolate> spawn(void entryPoint(message), message,
      {bool paused: false,
      bool errorsAreFatal,
      SendPort onExit,
      SendPort onError,
      String debugName}) {
    var isPlain = paused != true && errorsAreFatal != false && onExit == null && onError == null;
    return _start((readyId, pausing, ending) {
      if (_entryIsStatic(entryPoint)) isPlain = false; // Hosts are told functions alone.
      if (isPlain) return _spawn(entryPoint, message, readyId, _idOf(ending), 0, false);
      var order =
          _order(entryPoint, message, paused, errorsAreFatal, onError, pausing, ending, null);
      _spawn(entryPoint, order, readyId, _idOf(ending), _exitId(onExit), true);
    });
  }

  // A new isolate that loads another script, a file or what a `data:` URI holds, and calls its main
  // with as many of `args` and `message` as that takes. A relative URI is meant from this isolate's
  // script. What is asked of packages is looked for as for a program of its own, whatever the
  // arguments say.
  static Future<Isolate> spawnUri(Uri uri, List<String> args, message,
      {bool paused: false,
      bool checked,
      SendPort onExit,
      SendPort onError,
      bool errorsAreFatal,
      bool automaticPackageResolution: false,
      Map<String, String> environment,
      packageRoot,
      packageConfig,
      String debugName}) {
    return _start((readyId, pausing, ending) {
      if (uri is! Uri) throw new ArgumentError.value(uri, "uri", "must be a Uri");
      var script = _scriptOf(uri);
      args = args == null ? <String>[] : args;
      var order = _order(null, message, paused, errorsAreFatal, onError, pausing, ending, args);
      _spawnScript(script, order, readyId, _idOf(ending), _exitId(onExit));
    });
  }

  static int _exitId(SendPort onExit) => onExit == null ? 0 : _idOf(onExit);

  // As hosts are told of it: a path, or `data:application/dart,` and percent-encoded UTF-8.
  static String _scriptOf(Uri uri) {
    if (!uri.isScheme("data")) {
      var from = _scriptUrl();
      if (!uri.hasScheme && from.startsWith("data:")) {
        throw new IsolateSpawnException(
            "Isolate.spawnUri: '$uri': what a 'data:' URI holds is in no folder");
      }
      var script = uri.hasScheme ? uri : new Uri.file(from).resolveUri(uri);
      if (!script.hasScheme || script.isScheme("file")) return script.toFilePath();
      throw new IsolateSpawnException("Isolate.spawnUri: '$uri' is no file");
    }
    try {
      var data = uri.data;
      if (data.mimeType != "application/dart" && data.mimeType != "text/plain") {
        throw new FormatException("'${data.mimeType}' is no type of a script");
      }
      var charset = data.charset.toLowerCase();
      var bytes = charset == "utf-8" || charset == "us-ascii"
          ? data.contentAsBytes()
          : new UriData.fromString(data.contentAsString(), parameters: {"charset": "utf-8"})
              .contentAsBytes();
      return new UriData.fromBytes(bytes, mimeType: "application/dart", percentEncoded: true)
          .toString();
    } catch (error) {
      throw new IsolateSpawnException("Isolate.spawnUri: $error");
    }
  }

  // What _begin is given. `entry`: null: the script's main, called with `args`.
  static List _order(entry, message, paused, errorsAreFatal, onError, pausing, ending, args) {
    return [
      entry,
      message,
      paused == true,
      errorsAreFatal != false,
      onError,
      pausing,
      ending,
      args
    ];
  }

  // What begins it is told the number of the port that hears of it, and the capabilities.
  static Future<Isolate> _start(void begin(int readyId, Capability pausing, Capability ending)) {
    var ready = new Completer<Isolate>();
    var pausing = new Capability();
    var ending = new Capability();
    var port;
    port = new _RawReceivePort((mainPort) {
      port.close();
      _ask(mainPort, _Control.INTRODUCE, [pausing, ending]);
      ready.complete(
          new Isolate(mainPort, pauseCapability: pausing, terminateCapability: ending));
    });
    port._failureHandler = (text) {
      port.close();
      ready.completeError(new IsolateSpawnException(text));
    };
    try {
      begin(port._id, pausing, ending);
    } catch (error, stackTrace) {
      port.close();
      ready.completeError(error, stackTrace);
    }
    return ready.future;
  }

  // Where packages are is not told.
  static Future<Uri> get packageRoot => new Future<Uri>.value(null);
  static Future<Uri> get packageConfig => new Future<Uri>.value(null);
  static Future<Uri> resolvePackageUri(Uri packageUri) =>
      new Future<Uri>.value(packageUri.isScheme("package") ? null : packageUri);

  // ---- What is asked of an isolate. Nobody answers where it has ended.

  // Until it is resumed with the capability that this gives.
  Capability pause([Capability resumeCapability]) {
    if (resumeCapability == null) resumeCapability = new Capability();
    _ask(controlPort, _Control.PAUSE, [pauseCapability, resumeCapability]);
    return resumeCapability;
  }

  void resume(Capability resumeCapability) {
    _ask(controlPort, _Control.RESUME, [resumeCapability]);
  }

  // When it has ended, `responsePort` is sent `response`.
  void addOnExitListener(SendPort responsePort, {Object response}) {
    _addExitMessage(controlPort, responsePort, response);
  }

  void removeOnExitListener(SendPort responsePort) {
    _removeExitMessage(controlPort, responsePort);
  }

  void setErrorsFatal(bool errorsAreFatal) {
    _ask(controlPort, _Control.FATAL, [terminateCapability, errorsAreFatal]);
  }

  // Ends it when what it is doing has returned to its event loop, or, if `priority` is IMMEDIATE, at
  // once: `finally` does not run then.
  void kill({int priority: BEFORE_NEXT_EVENT}) {
    if (priority == IMMEDIATE && terminateCapability != null) {
      return _stop(controlPort, terminateCapability);
    }
    _ask(controlPort, _Control.KILL, [terminateCapability, priority]);
  }

  void ping(SendPort responsePort, {Object response, int priority: IMMEDIATE}) {
    _ask(controlPort, _Control.PING, [responsePort, response]);
  }

  // Errors that nothing caught are sent there: their text, and that of the stack trace or null.
  void addErrorListener(SendPort port) {
    _ask(controlPort, _Control.ADD_ERROR, [port]);
  }

  void removeErrorListener(SendPort port) {
    _ask(controlPort, _Control.REMOVE_ERROR, [port]);
  }

  // The same as a stream of errors.
  Stream get errors {
    var controller;
    var port;
    controller = new StreamController.broadcast(
        sync: true,
        onListen: () {
          port = new RawReceivePort((message) {
            var error = new RemoteError(message[0], message[1]);
            controller.addError(error, error.stackTrace);
          });
          addErrorListener(port.sendPort);
        },
        onCancel: () {
          removeErrorListener(port.sendPort);
          port.close();
          port = null;
        });
    return controller.stream;
  }
}

void _ask(SendPort port, int what, List arguments) {
  port.send([_Control.MARK, what, arguments]);
}

class IsolateSpawnException implements Exception {
  final String message;
  IsolateSpawnException(this.message);
  String toString() => "IsolateSpawnException: $message";
}

// An error of another isolate: what is left of it is text.
class RemoteError implements Error {
  final String _description;
  final StackTrace stackTrace;
  RemoteError(String description, String stackDescription)
      : _description = description,
        stackTrace = new _RemoteStackTrace(stackDescription);
  String toString() => "$_description";
}

class _RemoteStackTrace implements StackTrace {
  final String _text;
  _RemoteStackTrace(this._text);
  Type get runtimeType => StackTrace;
  String toString() => _text == null ? "" : _text;
}

SendPort _mainPort() native "Isolate_mainPort";
// The port `exitId`, if it is not 0, is sent null when it has ended. `isBegun`: calls _begin with the
// message instead.
void _spawn(Function entryPoint, message, int readyId, int endingId, int exitId, bool isBegun)
    native "Isolate_spawn";
void _spawnScript(String path, message, int readyId, int endingId, int exitId)
    native "Isolate_spawnScript";
String _scriptUrl() native "Isolate_scriptUrl";
Function _mainOfScript() native "Isolate_main";
// Of a top-level function or a static method; what else it is is refused.
bool _entryIsStatic(Function entryPoint) native "Isolate_entryIsStatic";
// What `port` is sent when the isolate with this main port has ended.
void _addExitMessage(SendPort mainPort, SendPort port, message) native "Isolate_addExitMessage";
void _removeExitMessage(SendPort mainPort, SendPort port) native "Isolate_removeExitMessage";
// What ends this isolate, and what it ends with one.
void _setEnding(int capabilityId) native "Isolate_setEnding";
void _stop(SendPort mainPort, Capability ending) native "Isolate_stop";
