// Broadcast: streams with any number of listeners, who hear what comes while they listen.
part of dart.async;

class _BroadcastController<T> extends _Controller<T> {
  Function onListen;
  Function onCancel;
  final bool _isSync;
  Stream<T> _stream;
  List<_Subscription<T>> _listeners = [];
  bool _isFiring = false;

  _BroadcastController(this.onListen, this.onCancel, this._isSync) {
    _stream = new _BroadcastStream<T>(this);
  }

  Function get onPause => throw new UnsupportedError("Broadcast stream controllers do not support pause callbacks");
  void set onPause(Function callback) {
    throw new UnsupportedError("Broadcast stream controllers do not support pause callbacks");
  }
  Function get onResume => throw new UnsupportedError("Broadcast stream controllers do not support pause callbacks");
  void set onResume(Function callback) {
    throw new UnsupportedError("Broadcast stream controllers do not support pause callbacks");
  }

  Stream<T> get stream => _stream;
  bool get hasListener => _listeners.isNotEmpty;
  bool get isPaused => false;
  bool get _isOver => false;

  void _send(_Event event) {
    if (_isSync && _isFiring) {
      throw new StateError("Cannot fire new event. Controller is already firing an event");
    }
    _isFiring = true;
    // Those who begin to listen meanwhile do not hear it.
    var listeners = _listeners;
    try {
      for (var i = 0; i < listeners.length; i++) {
        var subscription = listeners[i];
        if (subscription._isCancelled) continue;
        if (!_isSync) {
          subscription._addLater(new _Event(event.kind, event.value, event.stackTrace));
        } else if (event.kind == _Event.DATA) {
          subscription.add(event.value);
        } else if (event.kind == _Event.ERROR) {
          subscription.addError(event.value, event.stackTrace);
        } else {
          subscription.close();
        }
      }
    } finally {
      _isFiring = false;
    }
    if (_tellsOfCancel) {
      _tellsOfCancel = false;
      if (_listeners.isEmpty) _cancelledAll();
    }
  }

  bool _tellsOfCancel = false; // When the event has been told.

  void _sendDone() {
    if (_listeners.isEmpty) {
      _completeDone();
    } else {
      _send(new _Event(_Event.DONE));
    }
  }

  StreamSubscription<T> _listen(void onData(T event), Function onError, void onDone(),
      bool cancelOnError) {
    if (_isClosed) return new _DoneSubscription<T>(onDone);
    var subscription = new _Subscription<T>(this, onData, onError, onDone, cancelOnError);
    _listeners = new List.from(_listeners)..add(subscription);
    if (_listeners.length == 1) _guarded(onListen);
    return subscription;
  }

  void _paused(_Subscription subscription) {}
  void _resumed(_Subscription subscription) {}

  Future _cancelled(_Subscription subscription) {
    _listeners = _listeners.where((each) => !identical(each, subscription)).toList();
    if (_listeners.isNotEmpty) return null;
    if (_isFiring) {
      _tellsOfCancel = true;
      return null;
    }
    return _cancelledAll();
  }

  Future _cancelledAll() {
    if (_isClosed) {
      _completeDone();
    }
    var ended = _guarded(onCancel);
    return ended is Future ? ended : null;
  }
}

class _SyncBroadcastController<T> extends _BroadcastController<T>
    implements SynchronousStreamController<T> {
  _SyncBroadcastController(Function onListen, Function onCancel) : super(onListen, onCancel, true);
}

class _BroadcastStream<T> extends Stream<T> {
  final _BroadcastController<T> _controller;
  _BroadcastStream(this._controller);
  bool get isBroadcast => true;
  bool operator ==(other) => other is _BroadcastStream && identical(other._controller, _controller);
  int get hashCode => _controller.hashCode ^ 0x35323532;

  StreamSubscription<T> listen(void onData(T event),
      {Function onError, void onDone(), bool cancelOnError: false}) {
    return _controller._listen(onData, onError, onDone, cancelOnError);
  }
}

// Listens to a stream once, for all who listen to it.
class _AsBroadcastStream<T> extends Stream<T> {
  final Stream<T> _source;
  final Function _onListen;
  final Function _onCancel;
  final _Zone _zone = _current;
  _BroadcastController<T> _controller;
  StreamSubscription<T> _subscription;

  _AsBroadcastStream(this._source, Function onListen, Function onCancel)
      : _onListen = _registered(_current, onListen, 1),
        _onCancel = _registered(_current, onCancel, 1) {
    _controller = new _BroadcastController<T>(null, _leave, true);
  }

  bool get isBroadcast => true;

  StreamSubscription<T> listen(void onData(T event),
      {Function onError, void onDone(), bool cancelOnError: false}) {
    var isFirst = !_controller._isClosed && !_controller.hasListener;
    var subscription = _controller._listen(onData, onError, onDone, cancelOnError);
    if (_subscription == null && isFirst) {
      _subscription = _source.listen(_controller.add, onError: _controller.addError, onDone: _end);
    }
    // There is a subscription to the source by now, which the callback may pause.
    if (isFirst) _guarded(_begin);
    return subscription;
  }

  void _end() {
    _controller.close();
  }

  void _begin() {
    if (_onListen != null) _callUnaryIn(_zone, _onListen, new _SharedSubscription<T>(this));
  }

  void _leave() {
    if (_onCancel != null) {
      _callUnaryIn(_zone, _onCancel, new _SharedSubscription<T>(this));
    }
  }
}

// The one to the source, as the callbacks of asBroadcastStream see it.
class _SharedSubscription<T> implements StreamSubscription<T> {
  final _AsBroadcastStream<T> _stream;
  _SharedSubscription(this._stream);

  void pause([Future resumeSignal]) {
    if (_stream._subscription != null) _stream._subscription.pause(resumeSignal);
  }
  void resume() {
    if (_stream._subscription != null) _stream._subscription.resume();
  }
  bool get isPaused => _stream._subscription != null && _stream._subscription.isPaused;

  Future cancel() {
    var subscription = _stream._subscription;
    if (subscription == null) return _nothing;
    _stream._controller.close();
    return subscription.cancel();
  }

  void onData(void handleData(T data)) => throw _refusal();
  void onError(Function handleError) => throw _refusal();
  void onDone(void handleDone()) => throw _refusal();
  Future asFuture([futureValue]) => throw _refusal();
  Error _refusal() => new UnsupportedError("Cannot change the handlers of asBroadcastStream's source");
}
