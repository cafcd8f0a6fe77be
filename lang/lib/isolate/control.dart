// What others ask of this isolate. They send it to its main port, whose messages go to no handler.
//
// Errors that nothing catches are seen here: those that come out of a port's handler, and those that
// are reported in no zone (dart:async, _reportUncaught). Of an isolate that was spawned with anything
// to say about errors the program runs in a zone of its own, so that errors of its beginning are too.
part of dart.isolate;

final _Control _control = new _Control();

typedef _TakesArguments(List<String> args);
typedef _TakesMessage(List<String> args, message);

// Why a script cannot begin: asked for before whoever spawns it hears that it has; null: it can.
String _objection() =>
    _mainOfScript() == null ? "Isolate.spawnUri: the script '${_scriptUrl()}' has no main" : null;

// A script's main takes both, the first, or none.
void _callMain(List<String> args, message) {
  var main = _mainOfScript();
  if (main is _TakesMessage) {
    main(args, message);
  } else if (main is _TakesArguments) {
    main(args);
  } else {
    main();
  }
}

// Called in the place of an entry point, with what Isolate.spawn has put together.
void _begin(List all) {
  var control = _control;
  control._isFatal = all[3];
  if (all[4] != null) control._errorListeners.add(all[4]);
  control._introduce(all[5], all[6]);
  var message = all[1];
  void run() {
    var entryPoint = all[0] == null ? (message) => _callMain(all[7], message) : all[0];
    runZoned(() => entryPoint(message), onError: control._uncaught);
  }
  if (all[2]) {
    control._pause(all[5]);
    control._onResume = run;
  } else {
    run();
  }
}

class _Control {
  static const String MARK = "dart:isolate control";
  static const int INTRODUCE = 0;
  static const int PAUSE = 1;
  static const int RESUME = 2;
  static const int FATAL = 3;
  static const int KILL = 4;
  static const int PING = 5;
  static const int ADD_ERROR = 6;
  static const int REMOVE_ERROR = 7;

  final SendPort _port = _mainPort();
  Capability _pausing;
  Capability _ending;
  bool _isFatal = true;
  bool _isEnded = false;
  final List<SendPort> _errorListeners = [];
  final List<Capability> _pauses = []; // What it has to be resumed with
  List _delayed = []; // Messages that came while it was paused
  Function _onResume; // Null: nothing else waits.
  RawReceivePort _keeper; // Keeps the event loop running while it is paused.

  _Control() {
    var root = Zone.ROOT;
    root.toldOfUncaught = (error, stackTrace) {
      if (catches) _uncaught(error, stackTrace);
      return catches;
    };
  }

  // Of the running isolate: whoever has its program may do everything with it.
  Isolate get isolate {
    if (_pausing == null) _introduce(new Capability(), new Capability());
    return new Isolate(_port, pauseCapability: _pausing, terminateCapability: _ending);
  }

  bool get isPaused => _pauses.isNotEmpty;
  bool get catches => _errorListeners.isNotEmpty || !_isFatal;

  void _introduce(Capability pausing, Capability ending) {
    if (_pausing != null) return;
    _pausing = pausing;
    _ending = ending;
    _setEnding(_idOf(ending));
  }

  // Whether that is what the message is.
  bool handle(int port, message) {
    if (port != _idOf(_port)) return false;
    if (message is! List || message.length != 3 || message[0] != MARK) return false;
    _do(message[1], message[2]);
    return true;
  }

  void _do(int what, List arguments) {
    var first = arguments[0];
    switch (what) {
      case INTRODUCE:
        _introduce(first, arguments[1]);
        break;
      case PAUSE:
        if (first != null && first == _pausing) _pause(arguments[1]);
        break;
      case RESUME:
        _resume(first);
        break;
      case FATAL:
        if (first != null && first == _ending) _isFatal = arguments[1];
        break;
      case KILL:
        if (first != null && first == _ending) end();
        break;
      case PING:
        first.send(arguments[1]);
        break;
      case ADD_ERROR:
        if (!_errorListeners.contains(first)) _errorListeners.add(first);
        break;
      case REMOVE_ERROR:
        _errorListeners.remove(first);
        break;
    }
  }

  void _pause(Capability resuming) {
    if (_pauses.contains(resuming)) return;
    _pauses.add(resuming);
    if (_keeper == null) _keeper = new RawReceivePort();
  }

  void _resume(Capability resuming) {
    if (!_pauses.remove(resuming) || isPaused) return;
    _keeper.close();
    _keeper = null;
    if (_onResume != null) {
      var run = _onResume;
      _onResume = null;
      scheduleMicrotask(run);
    }
    var delayed = _delayed;
    _delayed = [];
    for (var each in delayed) scheduleMicrotask(() => _handleNow(each[0], each[1], each[2], each[3]));
  }

  // An error that nothing caught.
  void _uncaught(error, StackTrace stackTrace) {
    if (_errorListeners.isEmpty && _isFatal) _throwAgain(error, stackTrace);
    var text = _textOf(error);
    var trace = stackTrace == null ? null : _textOf(stackTrace);
    for (var listener in _errorListeners) listener.send([text, trace]);
    if (_isFatal) end();
  }

  static String _textOf(object) {
    try {
      return object.toString();
    } catch (_) {
      return Error.safeToString(object);
    }
  }

  // Without a live port, the event loop ends.
  void end() {
    _isEnded = true;
    _pauses.clear();
    for (var port in _open.values.toList()) port.close();
  }
}

// Throws with a stack trace of before; null: without any.
_throwAgain(error, StackTrace stackTrace) native "Async_throwAgain";
