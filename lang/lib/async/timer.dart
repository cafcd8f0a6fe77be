// Timer: a function called in an event some time later. A running one keeps the event loop running.
part of dart.async;

abstract class Timer {
  // Not before `duration` is over.
  factory Timer(Duration duration, void callback()) {
    _checkDuration(duration, "duration");
    if (callback == null) throw new ArgumentError.notNull("callback");
    if (_current != null) {
      return _timerIn(_current, _current, duration, _register(_current, _current, callback, 0));
    }
    return new _Timer(duration, (timer) => callback(), false);
  }

  // Again and again, each time `duration` after the last.
  factory Timer.periodic(Duration duration, void callback(Timer timer)) {
    _checkDuration(duration, "duration");
    if (callback == null) throw new ArgumentError.notNull("callback");
    if (_current != null) {
      return _periodicTimerIn(
          _current, _current, duration, _register(_current, _current, callback, 1));
    }
    return new _Timer(duration, callback, true);
  }

  static void run(void callback()) {
    new Timer(Duration.ZERO, callback);
  }

  void cancel();
  bool get isActive;
  int get tick;
}

void _checkDuration(duration, String name) {
  if (duration is! Duration) throw new ArgumentError.value(duration, name, "must be a Duration");
}

class _Timer implements Timer {
  final int _milliseconds;
  final Function _callback;
  final bool _isPeriodic;
  int _tick = 0; // How often it was due.
  RawReceivePort _port; // Null: it is over.

  _Timer(Duration duration, this._callback, this._isPeriodic)
      : _milliseconds = duration < Duration.ZERO ? 0 : duration.inMilliseconds {
    _port = new RawReceivePort(_isDue);
    _start();
  }

  Type get runtimeType => Timer;
  bool get isActive => _port != null;
  int get tick => _tick;

  void cancel() {
    if (_port == null) return;
    _port.close();
    _port = null;
  }

  void _start() {
    try {
      if (_milliseconds == 0 && !_isPeriodic) {
        _port.sendPort.send(0); // In its turn among events that come at once.
      } else {
        _startTimer(_port.sendPort, _milliseconds);
      }
    } catch (error) {
      cancel();
      rethrow;
    }
  }

  void _isDue(_) {
    _tick++;
    if (_isPeriodic) {
      _start();
    } else {
      cancel();
    }
    _callback(this);
  }
}

void _startTimer(SendPort port, int milliseconds) native "Timer_start";

// A value or a future of one: whatever it is.
typedef FutureOr<T> = Object;

// For who names it: a deferred library is there, or the program was not loaded.
class DeferredLoadException implements Exception {
  final String _message;
  DeferredLoadException(this._message);
  String toString() => "DeferredLoadException: '$_message'";
}

// What did not come in time.
class TimeoutException implements Exception {
  final String message;
  final Duration duration;
  TimeoutException(this.message, [this.duration]);

  String toString() {
    var text = duration == null ? "TimeoutException" : "TimeoutException after $duration";
    return message == null ? text : "$text: $message";
  }
}
