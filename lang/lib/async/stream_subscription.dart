// Subscriptions: what lies between what makes events and the functions of a listener.
//
// Events that cannot be told now wait here: while the listener has paused, while a callback runs, or
// because their source is not synchronous. Each that waited is told in a microtask of its own.
part of dart.async;

abstract class StreamSubscription<T> {
  // Nothing more is heard of the stream. The future is there when its source has cleaned up.
  Future cancel();
  void onData(void handleData(T data));
  void onError(Function handleError);
  void onDone(void handleDone());
  // Events wait until `resume` has been called as often, or `resumeSignal` has ended.
  void pause([Future resumeSignal]);
  void resume();
  bool get isPaused;
  // What comes instead of the end: takes the place of onDone and onError.
  Future asFuture([futureValue]);
}

// What a subscription tells the one that makes its events.
abstract class _Source {
  void _paused(_Subscription subscription);
  void _resumed(_Subscription subscription);
  // Of a listener that cancels, and of one that has heard the end. Null: nothing to wait for.
  Future _cancelled(_Subscription subscription);
}

// The result of whoever has nothing to wait for.
final Future _nothing = new Future.value(null);

class _Event {
  static const int DATA = 0;
  static const int ERROR = 1;
  static const int DONE = 2;
  final int kind;
  final value;
  final StackTrace stackTrace;
  _Event next;
  _Event(this.kind, [this.value, this.stackTrace]);

  void tell(_Subscription subscription) {
    switch (kind) {
      case DATA:
        subscription._tellData(value);
        break;
      case ERROR:
        subscription._tellError(value, stackTrace);
        break;
      default:
        subscription._tellDone();
    }
  }
}

// A chain: a list would never be emptied where there is always one more.
class _Events {
  _Event first;
  _Event last;

  bool get isEmpty => first == null;

  void add(_Event event) {
    if (first == null) {
      first = event;
    } else {
      last.next = event;
    }
    last = event;
  }

  _Event take() {
    var event = first;
    first = event.next;
    event.next = null;
    return event;
  }

  void clear() {
    first = null;
    last = null;
  }
}

class _Subscription<T> implements StreamSubscription<T>, EventSink<T> {
  _Source _source;
  final bool _cancelOnError;
  final _Zone _zone = _current;
  Function _onData;
  Function _onError;
  Function _onDone;
  int _pauses = 0;
  bool _isInputPaused = false; // What the source was told, or will be when the callback returns.
  bool _isClosed = false; // The source has told the end.
  bool _isCancelled = false;
  bool _isInCallback = false;
  bool _isScheduled = false;
  _Events _waiting; // Null: none has waited yet.
  Future _cancelling; // What cancel came to.

  _Subscription(this._source, void onData(T event), Function onError, void onDone(),
      bool cancelOnError)
      : _cancelOnError = cancelOnError == true {
    this.onData(onData);
    this.onError(onError);
    this.onDone(onDone);
  }

  Type get runtimeType => StreamSubscription;
  bool get isPaused => _pauses > 0;
  bool get _hasWaiting => _waiting != null && !_waiting.isEmpty;

  void onData(void handleData(T event)) {
    _onData = _registered(_zone, handleData, 1);
  }

  void onError(Function handleError) {
    if (handleError == null) {
      _onError = null;
    } else {
      if (!_takes(handleError, 1) && !_takes(handleError, 2)) {
        throw new ArgumentError.value(handleError, "onError", "must take an error, or an error and its stack trace");
      }
      _onError = _registered(_zone, handleError, _takes(handleError, 2) ? 2 : 1);
    }
  }

  void onDone(void handleDone()) {
    _onDone = _registered(_zone, handleDone, 0);
  }

  void pause([Future resumeSignal]) {
    if (_isCancelled) return;
    _pauses++;
    if (resumeSignal != null) resumeSignal.whenComplete(resume);
    if (_isInputPaused) return;
    _isInputPaused = true;
    if (!_isInCallback) _tellSource();
  }

  void resume() {
    if (_isCancelled || _pauses == 0) return;
    if (--_pauses > 0) return;
    if (_hasWaiting) {
      _schedule(); // The source is told when they are through.
    } else {
      _isInputPaused = false;
      if (!_isInCallback) _tellSource();
    }
  }

  Future cancel() {
    if (!_isCancelled) _cancel();
    return _cancelling == null ? _nothing : _cancelling;
  }

  void _cancel() {
    _isCancelled = true;
    if (_waiting != null) _waiting.clear();
    var source = _source;
    _source = null;
    if (source != null) _cancelling = source._cancelled(this);
  }

  Future asFuture([futureValue]) {
    var result = new _Future();
    _onDone = () => result._completeNow(futureValue);
    _onError = (error, stackTrace) {
      var cancelling = cancel();
      if (identical(cancelling, _nothing)) {
        result._failNow(error, stackTrace);
      } else {
        cancelling.whenComplete(() => result._failNow(error, stackTrace));
      }
    };
    return result;
  }

  // ---- From the source, told now if that can be.

  void add(T event) {
    if (_isClosed || _isCancelled) return;
    if (_canTell) {
      _tellData(event);
    } else {
      _put(new _Event(_Event.DATA, event));
    }
  }

  void addError(Object error, [StackTrace stackTrace]) {
    if (_isClosed || _isCancelled) return;
    if (_canTell) {
      _tellError(error, stackTrace);
    } else {
      _put(new _Event(_Event.ERROR, error, stackTrace));
    }
  }

  void close() {
    if (_isClosed || _isCancelled) return;
    _isClosed = true;
    if (_canTell) {
      _tellDone();
    } else {
      _put(new _Event(_Event.DONE));
    }
  }

  bool get _canTell => !_isInCallback && !isPaused && !_hasWaiting && !_isScheduled;

  // ---- From the source, told in a microtask.

  void _addLater(_Event event) {
    if (_isClosed || _isCancelled) return;
    if (event.kind == _Event.DONE) _isClosed = true;
    _put(event);
  }

  void _put(_Event event) {
    if (_waiting == null) _waiting = new _Events();
    _waiting.add(event);
    _schedule();
  }

  void _schedule() {
    if (_isScheduled || isPaused || _isInCallback || !_hasWaiting) return;
    _isScheduled = true;
    scheduleMicrotask(_tellNext);
  }

  void _tellNext() {
    _isScheduled = false;
    if (_isCancelled || isPaused || _isInCallback || !_hasWaiting) return;
    _waiting.take().tell(this);
  }

  // ---- To the listener

  void _tellData(T event) {
    var wasInputPaused = _isInputPaused;
    _isInCallback = true;
    if (_onData != null) {
      try {
        _callUnaryIn(_zone, _onData, event);
      } catch (error, stackTrace) {
        _uncaughtIn(_zone, error, stackTrace);
      }
    }
    _isInCallback = false;
    _check(wasInputPaused);
  }

  void _tellError(error, StackTrace stackTrace) {
    if (!_cancelOnError) {
      var wasInputPaused = _isInputPaused;
      _callError(error, stackTrace);
      _check(wasInputPaused);
      return;
    }
    _cancel();
    if (_cancelling == null || identical(_cancelling, _nothing)) {
      _callError(error, stackTrace);
    } else {
      _cancelling.whenComplete(() => _callError(error, stackTrace));
    }
  }

  void _callError(error, StackTrace stackTrace) {
    if (_onError == null) {
      _uncaughtIn(_zone, error, stackTrace);
      return;
    }
    _isInCallback = true;
    try {
      _callErrorIn(_zone, _onError, error, stackTrace);
    } catch (thrown, trace) {
      _uncaughtIn(_zone, thrown, identical(thrown, error) ? stackTrace : trace);
    }
    _isInCallback = false;
  }

  void _tellDone() {
    _cancel();
    if (_cancelling == null || identical(_cancelling, _nothing)) {
      _callDone();
    } else {
      _cancelling.whenComplete(_callDone);
    }
  }

  void _callDone() {
    if (_onDone == null) return;
    _isInCallback = true;
    try {
      _callIn(_zone, _onDone);
    } catch (error, stackTrace) {
      _uncaughtIn(_zone, error, stackTrace);
    }
    _isInCallback = false;
  }

  // What the callback has changed.
  void _check(bool wasInputPaused) {
    if (_isCancelled) return;
    if (_isInputPaused && !isPaused && !_hasWaiting) _isInputPaused = false;
    while (wasInputPaused != _isInputPaused) {
      wasInputPaused = _isInputPaused;
      _isInCallback = true;
      _tellSource();
      _isInCallback = false;
      if (_isCancelled) return;
    }
    _schedule();
  }

  void _tellSource() {
    if (_source == null) return;
    if (_isInputPaused) {
      _source._paused(this);
    } else {
      _source._resumed(this);
    }
  }
}

// Calls a controller's callback; what it throws is its zone's to handle.
_guarded(Function callback) {
  if (callback == null) return null;
  try {
    return callback();
  } catch (error, stackTrace) {
    _uncaughtIn(_current, error, stackTrace);
  }
}

// The subscription to a stream that is over before it begins.
class _DoneSubscription<T> implements StreamSubscription<T> {
  final _Zone _zone = _current;
  Function _onDone;
  int _pauses = 0;
  bool _isOver = false;
  bool _isScheduled = false;

  _DoneSubscription(void onDone()) {
    this.onDone(onDone);
    _schedule();
  }

  Type get runtimeType => StreamSubscription;
  bool get isPaused => _pauses > 0;
  void onData(void handleData(T data)) {}
  void onError(Function handleError) {}
  void onDone(void handleDone()) {
    _onDone = _registered(_zone, handleDone, 0);
  }

  void _schedule() {
    if (_isScheduled) return;
    _isScheduled = true;
    scheduleMicrotask(() {
      _isScheduled = false;
      if (isPaused || _isOver) return;
      _isOver = true;
      if (_onDone == null) return;
      try {
        _callIn(_zone, _onDone);
      } catch (error, stackTrace) {
        _uncaughtIn(_zone, error, stackTrace);
      }
    });
  }

  void pause([Future resumeSignal]) {
    if (_isOver) return;
    _pauses++;
    if (resumeSignal != null) resumeSignal.whenComplete(resume);
  }

  void resume() {
    if (_pauses == 0) return;
    if (--_pauses == 0 && !_isOver) _schedule();
  }

  Future cancel() {
    _isOver = true;
    return _nothing;
  }

  Future asFuture([futureValue]) {
    var result = new _Future();
    _onDone = () => result._completeNow(futureValue);
    return result;
  }
}
