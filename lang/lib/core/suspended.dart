// What runs the bodies of `async*` and `sync*` functions, which can be left in the middle; those of
// `async` ones are run by dart:async (lang/lib/async/suspended.dart).
//
// The compiler makes a closure of such a body. Its first argument is a list, the state of one run:
// when the body is left for an `await` or a `yield`, it holds what is needed to go on (lang/compiler/
// bytecode.h, Suspend), and why and with what it was left.
part of dart.core;

const int _STATE_WORDS = 5;
const int _PC = 1; // Null: the body has come to its end.
const int _KIND = 3;
const int _VALUE = 4;

const int _AWAIT = 0;
const int _YIELD = 1;
const int _YIELD_EACH = 2;

_resume(Function body, List state, value, bool throwsIt, stackTrace) native "Suspended_resume";

// Calls `goOn` later with what `value` comes to.
void _await(value, void goOn(value, bool throwsIt, stackTrace)) {
  if (value is Future) {
    value.then((result) => goOn(result, false, null), onError: (error, stackTrace) {
      goOn(error, true, stackTrace);
    });
  } else {
    scheduleMicrotask(() => goOn(value, false, null));
  }
}

Iterable _startSyncStar(Function body, List arguments) => new _SyncStar(body, arguments);

class _SyncStar extends Iterable {
  final Function _body;
  final List _arguments;
  _SyncStar(this._body, this._arguments);
  Iterator get iterator => new _SyncStarIterator(_body, _arguments);
}

// A body that does `yield*` of another such waits in `_outer` until that one has ended: who yields is
// resumed at once, however deep it lies.
class _SyncStarIterator implements Iterator {
  Function _body;
  List _arguments; // Null: it has begun.
  List _state = new List(_STATE_WORDS); // Null: it has come to its end.
  List _outer; // Bodies and their states, the innermost last; null: there have been none.
  Iterator _each; // Of `yield*`, where it is no such body.
  bool _runs = false;
  var _current;

  _SyncStarIterator(this._body, this._arguments);

  get current => _current;

  bool moveNext() {
    if (_runs) return false; // A body asks for the next one itself.
    var isThrown = false; // At the `yield*` where the body waits.
    var error;
    var stackTrace;
    while (true) {
      _runs = true;
      try {
        if (_each != null && _each.moveNext()) {
          _current = _each.current;
          _runs = false;
          return true;
        }
        _each = null;
        _current = null;
        if (_state == null && !_leave()) {
          _runs = false;
          return false;
        }
        _run(isThrown, error, stackTrace);
        isThrown = false;
        if (_state == null) continue;
        var value = _state[_VALUE];
        if (_state[_KIND] == _YIELD) {
          _current = value;
          _runs = false;
          return true;
        }
        if (value is _SyncStar) {
          _enter(value);
        } else {
          _each = value.iterator;
        }
      } catch (thrown, trace) {
        _runs = false;
        _each = null;
        _current = null;
        if (_state == null && !_leave()) rethrow;
        isThrown = true;
        error = thrown;
        stackTrace = trace;
      }
    }
  }

  void _enter(_SyncStar inner) {
    if (_outer == null) _outer = [];
    _outer.add(_body);
    _outer.add(_state);
    _body = inner._body;
    _arguments = inner._arguments;
    _state = new List(_STATE_WORDS);
  }

  // Goes on with the body that did `yield*` of the one that has ended; false: there is none.
  bool _leave() {
    if (_outer == null || _outer.isEmpty) return false;
    _state = _outer.removeLast();
    _body = _outer.removeLast();
    return true;
  }

  void _run(bool throwsIt, error, stackTrace) {
    var state = _state;
    _state = null; // Should the body throw.
    if (_arguments != null) {
      var arguments = [state]..addAll(_arguments);
      _arguments = null;
      _apply(_body, arguments);
    } else {
      _resume(_body, state, throwsIt ? error : false, throwsIt, stackTrace);
    }
    if (state[_PC] != null) _state = state;
  }
}

Stream _startAsyncStar(Function body) => new _AsyncStarRun(body)._controller.stream;

// Begins when somebody listens; goes on from a `yield` when that event has been delivered, and not
// while the listener pauses. A listener that cancels ends it at the next `yield`.
class _AsyncStarRun {
  final Function _body;
  final List _state = new List(_STATE_WORDS);
  StreamController _controller;
  bool _waits = false; // At a `yield`, for the listener.
  bool _isCancelled = false;
  Completer _ended; // Of the listener that has cancelled.
  StreamSubscription _each; // Of `yield*`

  _AsyncStarRun(this._body) {
    _controller =
        new StreamController(onListen: _listened, onResume: _resumed, onCancel: _cancelled);
  }

  void _listened() {
    scheduleMicrotask(() => _step(() => _body(_state)));
  }

  void _resumed() {
    if (_each != null) {
      _each.resume();
    } else if (_waits) {
      _goOn();
    }
  }

  Future _cancelled() {
    _isCancelled = true;
    if (_state[_PC] == null && !_waits && _ended == null) return null;
    _ended = new Completer();
    if (_each != null) {
      var cancelling = _each.cancel();
      _each = null;
      if (cancelling == null) {
        _goOn();
      } else {
        cancelling.then((_) => _goOn(), onError: _throwInBody);
      }
    } else if (_waits) {
      _goOn();
    }
    return _ended.future;
  }

  // Unless the listener pauses first.
  void _goOn() {
    _waits = false;
    scheduleMicrotask(() {
      _waits = _controller.isPaused && !_isCancelled;
      if (!_waits) _step(() => _resume(_body, _state, _isCancelled, false, null));
    });
  }

  // Where it is suspended.
  void _throwInBody(error, stackTrace) {
    _step(() => _resume(_body, _state, error, true, stackTrace));
  }

  void _step(run()) {
    try {
      run();
    } catch (error, stackTrace) {
      if (!_isCancelled) {
        _controller.addError(error, stackTrace);
      } else if (_ended != null) {
        // Who has cancelled is the only one who listens.
        _ended.completeError(error, stackTrace);
        _ended = null;
      }
      _end();
      return;
    }
    if (_state[_PC] == null) {
      _end();
      return;
    }
    var value = _state[_VALUE];
    switch (_state[_KIND]) {
      case _AWAIT:
        _await(value, (result, throwsIt, stackTrace) {
          _step(() => _resume(_body, _state, result, throwsIt, stackTrace));
        });
        break;
      case _YIELD:
        if (!_isCancelled) _controller.add(value);
        _goOn();
        break;
      case _YIELD_EACH:
        _yieldEach(value);
        break;
    }
  }

  void _yieldEach(Stream stream) {
    if (_isCancelled) {
      _goOn();
      return;
    }
    try {
      _each = stream.listen((event) {
        _controller.add(event);
        if (_controller.isPaused) _each.pause();
      }, onError: (error, stackTrace) {
        _controller.addError(error, stackTrace);
      }, onDone: () {
        _each = null;
        _goOn();
      });
    } catch (error, stackTrace) {
      // It is no stream, or one that cannot be listened to.
      _throwInBody(error, stackTrace);
      return;
    }
    if (_controller.isPaused) _each.pause();
  }

  void _end() {
    _waits = false;
    _controller.close();
    if (_ended != null) _ended.complete(null);
  }
}

_StreamSteps _iterateStream(Stream stream) => new _StreamSteps(stream);

// What `await for` goes through: one event at a time, the stream paused in between.
class _StreamSteps {
  StreamSubscription _subscription;
  final Stream _stream;
  Completer _next; // Of who waits for an event.
  bool _isDone = false;
  var current;

  _StreamSteps(this._stream);

  Future<bool> moveNext() {
    if (_isDone) return new Future.value(false);
    _next = new Completer.sync();
    var next = _next.future;
    if (_subscription == null) {
      _subscription = _stream.listen(_take, onError: _fail, onDone: _finish, cancelOnError: true);
    } else {
      _subscription.resume();
    }
    return next;
  }

  void _take(event) {
    current = event;
    _subscription.pause();
    _answer().complete(true);
  }

  void _fail(error, stackTrace) {
    _isDone = true;
    _answer().completeError(error, stackTrace);
  }

  void _finish() {
    _isDone = true;
    current = null;
    _answer().complete(false);
  }

  Completer _answer() {
    var next = _next;
    _next = null;
    return next;
  }

  // When the loop is left, whichever way.
  Future cancel() {
    if (_isDone || _subscription == null) return null;
    _isDone = true;
    return _subscription.cancel();
  }
}
