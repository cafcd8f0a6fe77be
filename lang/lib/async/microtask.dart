// The queue of microtasks, and what waits for an event of its own. The VM reads `_first` to see
// whether there are microtasks.
part of dart.async;

class _Microtask {
  final Function run;
  _Microtask next; // In the chain of those that wait. An old one that has run keeps nothing young.
  _Microtask(this.run);
}

_Microtask _first;
_Microtask _last;

// Calls `callback` before any other event, but not before the running code has ended.
void scheduleMicrotask(void callback()) {
  if (callback == null) throw new ArgumentError.notNull("callback");
  if (_current == null) {
    _enqueue(callback);
  } else {
    _scheduleIn(_current, _current, _register(_current, _current, callback, 0));
  }
}

void _enqueue(void callback()) {
  var task = new _Microtask(callback);
  if (_first == null) {
    _first = task;
  } else {
    _last.next = task;
  }
  _last = task;
}

// An error that nobody waits for ends the event, unless the isolate was asked to tell somebody or to
// go on (Isolate.addErrorListener, setErrorsFatal). It goes ahead of the other microtasks, which
// should not run as if nothing had happened.
void _reportUncaught(error, StackTrace stackTrace) {
  var task = new _Microtask(() {
    var told = _rootZone.toldOfUncaught;
    if (told == null || !told(error, stackTrace)) _throwAgain(error, stackTrace);
  });
  task.next = _first;
  if (_first == null) _last = task;
  _first = task;
}

// Called by the VM. What one throws comes out; the others stay for the next time.
void _runMicrotasks() {
  _current = null; // Frames may have been discarded that had entered another zone.
  while (_first != null) {
    var task = _first;
    _first = task.next;
    task.next = null;
    task.run();
  }
}

// What waits for events: each a message to a port that is open as long as there are any. A chain, for
// where there is always one more waiting a list would never be emptied.
_Microtask _firstEvent;
_Microtask _lastEvent;
RawReceivePort _eventPort;

void _putOffToEvent(void callback()) {
  if (_current != null) {
    Timer.run(callback);
    return;
  }
  if (_eventPort == null) _eventPort = new RawReceivePort(_runEvent);
  var event = new _Microtask(callback);
  if (_firstEvent == null) {
    _firstEvent = event;
  } else {
    _lastEvent.next = event;
  }
  _lastEvent = event;
  _eventPort.sendPort.send(null);
}

void _runEvent(_) {
  var event = _firstEvent;
  _firstEvent = event.next;
  event.next = null;
  if (_firstEvent == null) {
    _lastEvent = null;
    _eventPort.close();
    _eventPort = null;
  }
  event.run();
}

// Throws with a stack trace of before; null: without any.
_throwAgain(error, StackTrace stackTrace) native "Async_throwAgain";

// Whether `function` can be called with that many arguments.
bool _takes(Function function, int count) native "Async_takes";
