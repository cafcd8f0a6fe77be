// Future, and Completer, which makes one by hand.
part of dart.async;

abstract class Future<T> {
  // What `computation` comes to, in an event of its own.
  factory Future(computation()) {
    var result = new _Future<T>();
    _putOffToEvent(() => result._compute(computation));
    return result;
  }

  // What `computation` comes to, or null, when `duration` is over.
  factory Future.delayed(Duration duration, [computation()]) {
    var result = new _Future<T>();
    new Timer(duration, () => result._compute(computation == null ? () => null : computation));
    return result;
  }

  // What `computation` comes to, in a microtask.
  factory Future.microtask(computation()) {
    var result = new _Future<T>();
    scheduleMicrotask(() => result._compute(computation));
    return result;
  }

  // What `computation` comes to, now.
  factory Future.sync(computation()) {
    try {
      var result = computation();
      return result is Future ? result : new Future<T>.value(result);
    } catch (error, stackTrace) {
      return new Future<T>.error(error, stackTrace);
    }
  }

  factory Future.value([value]) => new _Future<T>().._completeLater(value);

  factory Future.error(error, [StackTrace stackTrace]) {
    var had = _asZoneHas(error, stackTrace);
    return new _Future<T>().._failLater(had.error, had.stackTrace);
  }

  // The values of all, in their order; or the first error, when all have come, or at once if
  // `eagerError`. Values that come to nothing because of an error are given to `cleanUp`, but
  // for null: there is nothing to clean up.
  static Future<List> wait(Iterable<Future> futures,
      {bool eagerError: false, void cleanUp(successValue)}) {
    var result = new _Future<List>();
    var values = [];
    var remaining = 0;
    var hasFailed = false;
    var firstError;
    var firstTrace;

    void failed(error, stackTrace) {
      remaining--;
      if (!hasFailed) {
        hasFailed = true;
        firstError = error;
        firstTrace = stackTrace;
        if (cleanUp != null) {
          for (var holder in values) {
            if (holder.value != null) new Future.sync(() => cleanUp(holder.value));
          }
        }
        if (eagerError) result._failNow(error, stackTrace);
      }
      if (remaining == 0 && !eagerError) result._failNow(firstError, firstTrace);
    }

    for (var future in futures) {
      var holder = new _Awaited();
      values.add(holder);
      remaining++;
      future.then((value) {
        remaining--;
        if (hasFailed) {
          if (cleanUp != null && value != null) new Future.sync(() => cleanUp(value));
          if (remaining == 0 && !eagerError) result._failNow(firstError, firstTrace);
          return;
        }
        holder.value = value;
        if (remaining == 0) result._completeNow(_valuesOf(values));
      }, onError: failed);
    }
    if (remaining == 0) return new Future<List>.value([]);
    return result;
  }

  // What the first of them to end comes to.
  static Future any(Iterable<Future> futures) {
    var result = new _Future();
    for (var future in futures) {
      future.then((value) {
        if (!result._isPromised) result._completeNow(value);
      }, onError: (error, stackTrace) {
        if (!result._isPromised) result._failNow(error, stackTrace);
      });
    }
    return result;
  }

  // Calls `f` for one element after the other, each when the one before has ended.
  static Future forEach(Iterable input, f(element)) {
    var iterator = input.iterator;
    return doWhile(() {
      if (!iterator.moveNext()) return false;
      return new Future.sync(() => f(iterator.current)).then((_) => true);
    });
  }

  // Calls `f` until it comes to false.
  static Future doWhile(f()) {
    var result = new _Future();
    void next(bool goOn) {
      // In a loop while `f` answers at once: no deeper stack for more rounds.
      while (goOn) {
        var answer;
        try {
          answer = f();
        } catch (error, stackTrace) {
          result._failLater(error, stackTrace);
          return;
        }
        if (answer is Future) {
          answer.then(next, onError: result._failNow);
          return;
        }
        goOn = answer;
      }
      result._completeLater(null);
    }

    next(true);
    return result;
  }

  // `onError` takes the error, or the error and its stack trace.
  Future then(onValue(T value), {Function onError});
  Future catchError(Function onError, {bool test(Object error)});
  Future<T> whenComplete(action());
  // What it comes to as the only event.
  Stream<T> asStream();
  // The same; or, if it has not ended when `timeLimit` is over, what `onTimeout` comes to, or a
  // TimeoutException.
  Future timeout(Duration timeLimit, {onTimeout()});
}

// A value that Future.wait waits for.
class _Awaited {
  var value;
}

List _valuesOf(List<_Awaited> all) => all.map((each) => each.value).toList(growable: false);

class _Future<T> implements Future<T> {
  static const int _OPEN = 0; // Nobody has said what it will be.
  static const int _PROMISED = 1; // Somebody has, and will say so in time.
  static const int _FORWARDED = 2; // It will be what `_result`, a _Future, is. That one has its
  // listeners.
  static const int _VALUE = 3;
  static const int _ERROR = 4;

  final _Zone _zone = _current; // Handles its error if nobody else does.
  int _state = _OPEN;
  var _result;
  StackTrace _stackTrace;
  _Listener _listeners; // The first of a chain
  _Listener _lastListener;

  Type get runtimeType => Future;

  bool get _isPromised => _state != _OPEN;
  bool get _isSettled => _state >= _VALUE;

  Future then(onValue(T value), {Function onError}) {
    if (onValue == null) throw new ArgumentError.notNull("onValue");
    return _listen(new _Listener(onValue: onValue, onError: onError));
  }

  Future catchError(Function onError, {bool test(Object error)}) {
    if (onError == null) throw new ArgumentError.notNull("onError");
    return _listen(new _Listener(onError: onError, test: test));
  }

  Future<T> whenComplete(action()) {
    if (action == null) throw new ArgumentError.notNull("action");
    return _listen(new _Listener(action: action));
  }

  Stream<T> asStream() => new Stream<T>.fromFuture(this);

  Future timeout(Duration timeLimit, {onTimeout()}) {
    _checkDuration(timeLimit, "timeLimit");
    var result = new _Future();
    var timer = new Timer(timeLimit, () {
      result._compute(onTimeout != null
          ? onTimeout
          : () => throw new TimeoutException("Future not completed", timeLimit));
    });
    then((value) {
      if (!timer.isActive) return;
      timer.cancel();
      result._completeNow(value);
    }, onError: (error, stackTrace) {
      if (!timer.isActive) return;
      timer.cancel();
      result._failNow(error, stackTrace);
    });
    return result;
  }

  // ---- Listeners

  Future _listen(_Listener listener) {
    var source = _end();
    if (source._isSettled) {
      scheduleMicrotask(() => _deliver(source, listener));
    } else {
      source._append(listener, listener);
    }
    return listener.result;
  }

  void _append(_Listener first, _Listener last) {
    if (_listeners == null) {
      _listeners = first;
    } else {
      _lastListener.next = first;
    }
    _lastListener = last;
  }

  _Listener _takeListeners() {
    var result = _listeners;
    _listeners = null;
    _lastListener = null;
    return result;
  }

  // Where forwarding ends. Shortens the way there, so that the futures between can be collected.
  _Future _end() {
    if (_state != _FORWARDED) return this;
    var end = this;
    while (end._state == _FORWARDED) end = end._result;
    var each = this;
    while (each._state == _FORWARDED) {
      var next = each._result;
      each._result = end;
      each = next;
    }
    return end;
  }

  // ---- How it comes out. These tell nobody.

  void _setValue(value) {
    _state = _VALUE;
    _result = value;
  }

  void _setError(error, StackTrace stackTrace) {
    _state = _ERROR;
    _result = error == null ? new NullThrownError() : error;
    _stackTrace = stackTrace == null && error is Error ? error.stackTrace : stackTrace;
  }

  void _copy(_Future settled) {
    _state = settled._state;
    _result = settled._result;
    _stackTrace = settled._stackTrace;
  }

  // What a callback came to: a value, or a future to follow.
  void _decide(value) {
    if (value is! Future) {
      _setValue(value);
    } else if (value is _Future) {
      _follow(value);
    } else {
      _followForeign(value);
    }
  }

  void _follow(_Future source) {
    source = source._end();
    if (identical(source, this)) {
      _failLater(new StateError("A future cannot wait for itself"), null);
    } else if (source._isSettled) {
      _copy(source);
    } else {
      _state = _FORWARDED;
      _result = source;
      if (_listeners != null) source._append(_listeners, _lastListener);
      _takeListeners();
    }
  }

  // A class of the program that implements Future.
  void _followForeign(Future source) {
    _state = _PROMISED;
    try {
      source.then(_completeNow, onError: (error, [stackTrace]) {
        _failNow(error, stackTrace);
      });
    } catch (error, stackTrace) {
      _failLater(error, stackTrace);
    }
  }

  // ---- How it comes out, and everybody is told.

  void _announce() {
    if (_isSettled) _deliver(this, _takeListeners());
  }

  void _completeNow(value) {
    _decide(value);
    _announce();
  }

  // `value` as it is: a future too.
  void _setAndAnnounce(value) {
    _setValue(value);
    _announce();
  }

  void _failNow(error, StackTrace stackTrace) {
    _setError(error, stackTrace);
    _announce();
  }

  void _completeLater(value) {
    if (value is Future && !(value is _Future && value._end()._isSettled)) {
      _decide(value); // Whoever it follows announces it.
      return;
    }
    _state = _PROMISED;
    scheduleMicrotask(() => _completeNow(value));
  }

  void _failLater(error, StackTrace stackTrace) {
    _state = _PROMISED;
    scheduleMicrotask(() => _failNow(error, stackTrace));
  }

  void _compute(computation()) {
    try {
      _decide(computation());
    } catch (error, stackTrace) {
      _setError(error, stackTrace);
    }
    _announce();
  }
}

// Found by the compiler: `loadLibrary` of a deferred import. The library is there already.
Future _loadDeferred(void note()) => new Future.microtask(() {
      note();
      return null;
    });

// What waits for a future: callbacks, and the future of what they come to.
class _Listener {
  final _Future result;
  final Function onValue; // Null: values pass
  final Function onError; // Null: errors pass
  final Function test; // Which errors `onError` is for; null: all
  final Function action; // Of whenComplete
  _Listener next;

  _Listener({Function onValue, Function onError, Function test, Function action})
      : result = new _Future(),
        onValue = _registered(_current, onValue, 1),
        onError = _current == null || onError == null
            ? onError
            : _registered(_current, onError, _takes(onError, 2) ? 2 : 1),
        test = test,
        action = _registered(_current, action, 0);

  _Listener.into(this.result, Function onValue, Function onError)
      : onValue = _registered(_current, onValue, 1),
        onError = _registered(_current, onError, 2),
        test = null,
        action = null;

  // Decides what `result` will be.
  void run(_Future source) {
    var zone = result._zone;
    if (source._state == _Future._ERROR &&
        !identical(zone, source._zone) &&
        !_outerOf(zone).inSameErrorZone(_outerOf(source._zone))) {
      // An error stays where it is handled.
      _uncaughtIn(source._zone, source._result, source._stackTrace);
      return;
    }
    try {
      _pass(source);
    } catch (error, stackTrace) {
      if (source._state == _Future._ERROR && identical(error, source._result)) {
        result._copy(source); // Thrown on: its stack trace is the first one.
      } else {
        result._setError(error, stackTrace);
      }
    }
  }

  void _pass(_Future source) {
    var zone = result._zone;
    if (action != null) {
      _act(source);
    } else if (source._state == _Future._VALUE) {
      if (onValue == null) {
        result._copy(source);
      } else {
        result._decide(_callUnaryIn(zone, onValue, source._result));
      }
    } else if (onError != null && (test == null || _callUnaryIn(zone, test, source._result))) {
      result._decide(_callErrorIn(zone, onError, source._result, source._stackTrace));
    } else {
      result._copy(source);
    }
  }

  void _act(_Future source) {
    var done = _callIn(result._zone, action);
    if (done is Future) {
      result._decide(done.then((_) => source));
    } else {
      result._copy(source);
    }
  }
}

// Tells the chain `listeners` how `source`, which is settled, came out; and, where that settles
// their results, the listeners of those. Deep first. The last of each chain is no deeper call, so
// a long row of futures needs no deep stack.
void _deliver(_Future source, _Listener listeners) {
  while (true) {
    if (listeners == null) {
      if (source._state == _Future._ERROR) {
        _uncaughtIn(source._zone, source._result, source._stackTrace);
      }
      return;
    }
    while (listeners.next != null) {
      var listener = listeners;
      listeners = listener.next;
      listener.next = null;
      _deliver(source, listener);
    }
    var result = listeners.result;
    listeners.run(source);
    if (!result._isSettled) return;
    source = result;
    listeners = result._takeListeners();
  }
}

abstract class Completer<T> {
  factory Completer() => new _Completer<T>(false);
  // Its future's listeners run inside complete and completeError.
  factory Completer.sync() => new _Completer<T>(true);

  Future<T> get future;
  void complete([value]);
  void completeError(Object error, [StackTrace stackTrace]);
  bool get isCompleted;
}

class _Completer<T> implements Completer<T> {
  final bool _isSync;
  final _Future<T> future = new _Future<T>();

  _Completer(this._isSync);

  Type get runtimeType => Completer;
  bool get isCompleted => future._isPromised;

  void complete([value]) {
    _check();
    if (_isSync) {
      future._completeNow(value);
    } else {
      future._completeLater(value);
    }
  }

  void completeError(Object error, [StackTrace stackTrace]) {
    _check();
    var had = _asZoneHas(error, stackTrace);
    if (_isSync) {
      future._failNow(had.error, had.stackTrace);
    } else {
      future._failLater(had.error, had.stackTrace);
    }
  }

  void _check() {
    if (future._isPromised) throw new StateError("Future already completed");
  }
}

// An error and where it came from.
class AsyncError implements Error {
  final error;
  final StackTrace stackTrace;
  AsyncError(this.error, [this.stackTrace]);
  String toString() => "$error";
}
