// Zones: what callbacks belong to, and who is asked before they are called.
//
// Inside the library the root zone is null: a program that makes no zone pays for none.
part of dart.async;

// The one in which the running code runs.
_Zone _current;

final _RootZone _rootZone = new _RootZone();

_Zone _innerOf(Zone zone) => zone is _RootZone ? null : zone;
Zone _outerOf(_Zone zone) => zone == null ? _rootZone : zone;

class ZoneSpecification {
  final Function handleUncaughtError;
  final Function run;
  final Function runUnary;
  final Function runBinary;
  final Function registerCallback;
  final Function registerUnaryCallback;
  final Function registerBinaryCallback;
  final Function errorCallback;
  final Function scheduleMicrotask;
  final Function createTimer;
  final Function createPeriodicTimer;
  final Function print;
  final Function fork;

  const ZoneSpecification(
      {this.handleUncaughtError,
      this.run,
      this.runUnary,
      this.runBinary,
      this.registerCallback,
      this.registerUnaryCallback,
      this.registerBinaryCallback,
      this.errorCallback,
      this.scheduleMicrotask,
      this.createTimer,
      this.createPeriodicTimer,
      this.print,
      this.fork});

  // As `other` where nothing else is given.
  factory ZoneSpecification.from(ZoneSpecification other,
      {handleUncaughtError,
      run,
      runUnary,
      runBinary,
      registerCallback,
      registerUnaryCallback,
      registerBinaryCallback,
      errorCallback,
      scheduleMicrotask,
      createTimer,
      createPeriodicTimer,
      print,
      fork}) {
    return new ZoneSpecification(
        handleUncaughtError: handleUncaughtError ?? other.handleUncaughtError,
        run: run ?? other.run,
        runUnary: runUnary ?? other.runUnary,
        runBinary: runBinary ?? other.runBinary,
        registerCallback: registerCallback ?? other.registerCallback,
        registerUnaryCallback: registerUnaryCallback ?? other.registerUnaryCallback,
        registerBinaryCallback: registerBinaryCallback ?? other.registerBinaryCallback,
        errorCallback: errorCallback ?? other.errorCallback,
        scheduleMicrotask: scheduleMicrotask ?? other.scheduleMicrotask,
        createTimer: createTimer ?? other.createTimer,
        createPeriodicTimer: createPeriodicTimer ?? other.createPeriodicTimer,
        print: print ?? other.print,
        fork: fork ?? other.fork);
  }
}

// What a zone's handler asks to have it done as the zones around do it.
class ZoneDelegate {
  final _Zone _from;
  ZoneDelegate._(this._from);

  handleUncaughtError(Zone zone, error, StackTrace stackTrace) {
    return _handleUncaught(_from, zone, error, stackTrace);
  }

  run(Zone zone, f()) => _run(_from, zone, f);
  runUnary(Zone zone, f(arg), arg) => _runUnary(_from, zone, f, arg);
  runBinary(Zone zone, f(a, b), a, b) => _runBinary(_from, zone, f, a, b);
  Function registerCallback(Zone zone, f()) => _register(_from, zone, f, 0);
  Function registerUnaryCallback(Zone zone, f(arg)) => _register(_from, zone, f, 1);
  Function registerBinaryCallback(Zone zone, f(a, b)) => _register(_from, zone, f, 2);
  AsyncError errorCallback(Zone zone, Object error, StackTrace stackTrace) {
    return _errorCallback(_from, zone, error, stackTrace);
  }

  void scheduleMicrotask(Zone zone, void f()) {
    _scheduleIn(_from, zone, f);
  }

  Timer createTimer(Zone zone, Duration duration, void f()) => _timerIn(_from, zone, duration, f);
  Timer createPeriodicTimer(Zone zone, Duration period, void f(Timer timer)) {
    return _periodicTimerIn(_from, zone, period, f);
  }

  void print(Zone zone, String line) {
    _printIn(_from, zone, line);
  }

  Zone fork(Zone zone, ZoneSpecification specification, Map zoneValues) {
    return _forkIn(_from, zone, specification, zoneValues);
  }
}

abstract class Zone {
  static Zone get ROOT => _rootZone;
  static Zone get root => _rootZone;
  static Zone get current => _outerOf(_current);

  Zone get parent; // Null: of the root.
  Zone get errorZone; // The nearest that handles errors.
  bool inSameErrorZone(Zone otherZone) => identical(errorZone, otherZone.errorZone);
  operator [](Object key);

  _Zone get _inner => _innerOf(this);

  handleUncaughtError(error, StackTrace stackTrace) {
    return _handleUncaught(_inner, this, error, stackTrace);
  }

  Zone fork({ZoneSpecification specification, Map zoneValues}) {
    return _forkIn(_inner, this, specification, zoneValues);
  }

  run(action()) => _run(_inner, this, action);
  runUnary(action(argument), argument) => _runUnary(_inner, this, action, argument);
  runBinary(action(a, b), a, b) => _runBinary(_inner, this, action, a, b);

  // What they throw is this zone's to handle.
  runGuarded(action()) {
    try {
      return run(action);
    } catch (error, stackTrace) {
      return handleUncaughtError(error, stackTrace);
    }
  }

  runUnaryGuarded(action(argument), argument) {
    try {
      return runUnary(action, argument);
    } catch (error, stackTrace) {
      return handleUncaughtError(error, stackTrace);
    }
  }

  runBinaryGuarded(action(a, b), a, b) {
    try {
      return runBinary(action, a, b);
    } catch (error, stackTrace) {
      return handleUncaughtError(error, stackTrace);
    }
  }

  Function registerCallback(callback()) => _register(_inner, this, callback, 0);
  Function registerUnaryCallback(callback(arg)) => _register(_inner, this, callback, 1);
  Function registerBinaryCallback(callback(a, b)) => _register(_inner, this, callback, 2);

  Function bindCallback(action(), {bool runGuarded: false}) {
    var registered = registerCallback(action);
    return runGuarded ? () => this.runGuarded(registered) : () => run(registered);
  }

  Function bindUnaryCallback(action(argument), {bool runGuarded: false}) {
    var registered = registerUnaryCallback(action);
    return runGuarded
        ? (argument) => runUnaryGuarded(registered, argument)
        : (argument) => runUnary(registered, argument);
  }

  Function bindBinaryCallback(action(a, b), {bool runGuarded: false}) {
    var registered = registerBinaryCallback(action);
    return runGuarded
        ? (a, b) => runBinaryGuarded(registered, a, b)
        : (a, b) => runBinary(registered, a, b);
  }

  Function bindCallbackGuarded(action()) => bindCallback(action, runGuarded: true);
  Function bindUnaryCallbackGuarded(action(arg)) => bindUnaryCallback(action, runGuarded: true);
  Function bindBinaryCallbackGuarded(action(a, b)) => bindBinaryCallback(action, runGuarded: true);

  // Null: nothing else is to be thrown.
  AsyncError errorCallback(Object error, StackTrace stackTrace) {
    return _errorCallback(_inner, this, error, stackTrace);
  }

  void scheduleMicrotask(void action()) {
    _scheduleIn(_inner, this, action);
  }

  Timer createTimer(Duration duration, void callback()) {
    return _timerIn(_inner, this, duration, callback);
  }

  Timer createPeriodicTimer(Duration period, void callback(Timer timer)) {
    return _periodicTimerIn(_inner, this, period, callback);
  }

  void print(String line) {
    _printIn(_inner, this, line);
  }
}

class _RootZone extends Zone {
  // Set by dart:isolate: is given an error that nothing caught, and says whether anybody wanted it.
  Function toldOfUncaught;

  Type get runtimeType => Zone;
  Zone get parent => null;
  Zone get errorZone => this;
  operator [](Object key) => null;
}

class _Zone extends Zone {
  final _Zone _parent;
  final ZoneSpecification _specification;
  final Map _values;

  _Zone(this._parent, this._specification, this._values);

  Type get runtimeType => Zone;
  Zone get parent => _outerOf(_parent);

  Zone get errorZone {
    var zone = this;
    while (zone != null && zone._specification.handleUncaughtError == null) zone = zone._parent;
    return _outerOf(zone);
  }

  operator [](Object key) {
    for (var zone = this; zone != null; zone = zone._parent) {
      if (zone._values != null && zone._values.containsKey(key)) return zone._values[key];
    }
    return null;
  }

  ZoneDelegate get _delegate => new ZoneDelegate._(_parent);
}

// ---- What zones do: the nearest one from `from` on that has a handler, or else the root, for `zone`.

_handleUncaught(_Zone from, Zone zone, error, StackTrace stackTrace) {
  for (; from != null; from = from._parent) {
    var handler = from._specification.handleUncaughtError;
    if (handler != null) return _inZone(from._parent, handler, [from, from._delegate, zone, error, stackTrace]);
  }
  _reportUncaught(error, stackTrace);
}

// A handler of errors runs in the zone around its own, so that its own errors go there.
_inZone(_Zone zone, Function f, List arguments) {
  var before = _current;
  _current = zone;
  try {
    return Function.apply(f, arguments);
  } finally {
    _current = before;
  }
}

_run(_Zone from, Zone zone, f()) {
  for (; from != null; from = from._parent) {
    var handler = from._specification.run;
    if (handler != null) return handler(from, from._delegate, zone, f);
  }
  var before = _current;
  _current = _innerOf(zone);
  try {
    return f();
  } finally {
    _current = before;
  }
}

_runUnary(_Zone from, Zone zone, f(argument), argument) {
  for (; from != null; from = from._parent) {
    var handler = from._specification.runUnary;
    if (handler != null) return handler(from, from._delegate, zone, f, argument);
  }
  var before = _current;
  _current = _innerOf(zone);
  try {
    return f(argument);
  } finally {
    _current = before;
  }
}

_runBinary(_Zone from, Zone zone, f(a, b), a, b) {
  for (; from != null; from = from._parent) {
    var handler = from._specification.runBinary;
    if (handler != null) return handler(from, from._delegate, zone, f, a, b);
  }
  var before = _current;
  _current = _innerOf(zone);
  try {
    return f(a, b);
  } finally {
    _current = before;
  }
}

// The function that is to be called instead.
Function _register(_Zone from, Zone zone, Function f, int count) {
  for (; from != null; from = from._parent) {
    var specification = from._specification;
    var handler = count == 0
        ? specification.registerCallback
        : (count == 1 ? specification.registerUnaryCallback : specification.registerBinaryCallback);
    if (handler != null) return handler(from, from._delegate, zone, f);
  }
  return f;
}

// An error that is to be a future's or a stream's, as the current zone has it.
AsyncError _asZoneHas(error, StackTrace stackTrace) {
  var replaced = _current == null ? null : Zone.current.errorCallback(error, stackTrace);
  return replaced ?? new AsyncError(error, stackTrace);
}

AsyncError _errorCallback(_Zone from, Zone zone, Object error, StackTrace stackTrace) {
  for (; from != null; from = from._parent) {
    var handler = from._specification.errorCallback;
    if (handler != null) return handler(from, from._delegate, zone, error, stackTrace);
  }
  return null;
}

void _scheduleIn(_Zone from, Zone zone, void f()) {
  for (; from != null; from = from._parent) {
    var handler = from._specification.scheduleMicrotask;
    if (handler != null) {
      handler(from, from._delegate, zone, f);
      return;
    }
  }
  var inner = _innerOf(zone);
  _enqueue(inner == null ? f : zone.inSameErrorZone(_rootZone) ? () => zone.run(f) : () => zone.runGuarded(f));
}

Timer _timerIn(_Zone from, Zone zone, Duration duration, void f()) {
  for (; from != null; from = from._parent) {
    var handler = from._specification.createTimer;
    if (handler != null) return handler(from, from._delegate, zone, duration, f);
  }
  var bound = _innerOf(zone) == null ? f : () => zone.runGuarded(f);
  return new _Timer(duration, (timer) => bound(), false);
}

Timer _periodicTimerIn(_Zone from, Zone zone, Duration period, void f(Timer timer)) {
  for (; from != null; from = from._parent) {
    var handler = from._specification.createPeriodicTimer;
    if (handler != null) return handler(from, from._delegate, zone, period, f);
  }
  var bound = _innerOf(zone) == null ? f : (timer) => zone.runUnaryGuarded(f, timer);
  return new _Timer(period, bound, true);
}

void _printIn(_Zone from, Zone zone, String line) {
  for (; from != null; from = from._parent) {
    var handler = from._specification.print;
    if (handler != null) {
      handler(from, from._delegate, zone, line);
      return;
    }
  }
  _printLine(line);
}

void _printLine(line) native "printLine";

Zone _forkIn(_Zone from, Zone zone, ZoneSpecification specification, Map zoneValues) {
  for (; from != null; from = from._parent) {
    var handler = from._specification.fork;
    if (handler != null) return handler(from, from._delegate, zone, specification, zoneValues);
  }
  return new _Zone(_innerOf(zone), specification == null ? const ZoneSpecification() : specification,
      zoneValues == null ? null : new Map.from(zoneValues));
}

// `body` in a zone of its own. With `onError`, its errors that nobody catches are given to that,
// also those that come later.
runZoned(body(), {Map zoneValues, ZoneSpecification zoneSpecification, Function onError}) {
  if (onError != null) {
    var handler = (Zone self, ZoneDelegate parent, Zone zone, error, StackTrace stackTrace) {
      try {
        if (_takes(onError, 2)) return self.parent.runBinary(onError, error, stackTrace);
        return self.parent.runUnary(onError, error);
      } catch (thrown, trace) {
        return parent.handleUncaughtError(
            zone, thrown, identical(thrown, error) ? stackTrace : trace);
      }
    };
    zoneSpecification = zoneSpecification == null
        ? new ZoneSpecification(handleUncaughtError: handler)
        : new ZoneSpecification.from(zoneSpecification, handleUncaughtError: handler);
  }
  var zone = Zone.current.fork(specification: zoneSpecification, zoneValues: zoneValues);
  return onError == null ? zone.run(body) : zone.runGuarded(body);
}

runZonedGuarded(body(), void onError(Object error, StackTrace stackTrace),
    {Map zoneValues, ZoneSpecification zoneSpecification}) {
  return runZoned(body,
      zoneValues: zoneValues, zoneSpecification: zoneSpecification, onError: onError);
}

// ---- Callbacks of the library's own objects, in the zone that they were given in.

Function _registered(_Zone zone, Function f, int count) {
  return zone == null || f == null ? f : _register(zone, zone, f, count);
}

_callIn(_Zone zone, f()) {
  if (zone == null && _current == null) return f();
  return _run(zone, _outerOf(zone), f);
}

_callUnaryIn(_Zone zone, f(argument), argument) {
  if (zone == null && _current == null) return f(argument);
  return _runUnary(zone, _outerOf(zone), f, argument);
}

// `handler` takes an error, or the error and its stack trace.
_callErrorIn(_Zone zone, Function handler, error, StackTrace stackTrace) {
  if (_takes(handler, 2)) {
    if (zone == null && _current == null) return handler(error, stackTrace);
    return _runBinary(zone, _outerOf(zone), handler, error, stackTrace);
  }
  return _callUnaryIn(zone, handler, error);
}

void _uncaughtIn(_Zone zone, error, StackTrace stackTrace) {
  if (zone == null) {
    _reportUncaught(error, stackTrace);
  } else {
    _handleUncaught(zone, zone, error, stackTrace);
  }
}
