// Controllers: the way events come into a stream. Here those of streams with one listener.
part of dart.async;

abstract class EventSink<T> implements Sink<T> {
  void add(T event);
  void addError(Object error, [StackTrace stackTrace]);
  void close();
}

abstract class StreamConsumer<S> {
  Future addStream(Stream<S> stream);
  Future close();
}

abstract class StreamSink<S> implements StreamConsumer<S>, EventSink<S> {
  Future close();
  Future get done; // When it has been closed and all is through.
}

abstract class StreamController<T> implements StreamSink<T> {
  // If `sync`, `add` calls the listener. Events that come before it wait for it.
  factory StreamController(
      {void onListen(), void onPause(), void onResume(), onCancel(), bool sync: false}) {
    return sync == true
        ? new _SyncController<T>(onListen, onPause, onResume, onCancel)
        : new _SingleController<T>(onListen, onPause, onResume, onCancel, false);
  }

  // For any number of listeners; what nobody listens to is lost.
  factory StreamController.broadcast({void onListen(), void onCancel(), bool sync: false}) {
    return sync == true
        ? new _SyncBroadcastController<T>(onListen, onCancel)
        : new _BroadcastController<T>(onListen, onCancel, false);
  }

  Function onListen;
  Function onPause;
  Function onResume;
  Function onCancel;
  Stream<T> get stream;
  StreamSink<T> get sink;
  bool get isClosed;
  bool get isPaused;
  bool get hasListener;
  Future addStream(Stream<T> source, {bool cancelOnError: true});
}

// What a controller is that was made with `sync: true`.
abstract class SynchronousStreamController<T> implements StreamController<T> {}

// What both kinds of controllers have in common.
abstract class _Controller<T> implements StreamController<T>, _Source {
  bool _isClosed = false;
  Future _doneFuture;
  _AddedStream _added; // Null: no stream is being added.

  Type get runtimeType => StreamController;
  bool get isClosed => _isClosed;
  StreamSink<T> get sink => new _SinkOf<T>(this);

  Future get done {
    if (_doneFuture == null) _doneFuture = new _Future();
    return _doneFuture;
  }

  void _completeDone() {
    var done = this.done;
    if (!done._isPromised) done._completeLater(null);
  }

  void _checkOpen() {
    if (_isClosed) throw new StateError("Cannot add an event after closing");
    if (_added != null) throw new StateError("Cannot add an event while a stream is being added");
  }

  void add(T event) {
    _checkOpen();
    _send(new _Event(_Event.DATA, event));
  }

  void addError(Object error, [StackTrace stackTrace]) {
    _checkOpen();
    var had = _asZoneHas(error ?? new NullThrownError(), stackTrace);
    _send(new _Event(_Event.ERROR, had.error ?? new NullThrownError(), had.stackTrace));
  }

  Future close() {
    if (_isClosed) return done;
    if (_added != null) throw new StateError("Cannot close while a stream is being added");
    _isClosed = true;
    _sendDone();
    return done;
  }

  Future addStream(Stream<T> source, {bool cancelOnError: true}) {
    _checkOpen();
    if (_isOver) return new Future.value(null);
    _added = new _AddedStream(this, source, cancelOnError != false);
    return _added.future;
  }

  bool get _isOver;
  void _send(_Event event);
  void _sendDone();
}

// A stream that goes into a controller.
class _AddedStream {
  final _Controller _controller;
  final _Future future = new _Future();
  StreamSubscription _subscription;

  _AddedStream(this._controller, Stream source, bool cancelOnError) {
    _subscription = source.listen((event) => _controller._send(new _Event(_Event.DATA, event)),
        onError: (error, stackTrace) {
      _controller._send(new _Event(_Event.ERROR, error, stackTrace));
      if (cancelOnError) _end();
    }, onDone: _end, cancelOnError: cancelOnError);
    if (_controller.isPaused) _subscription.pause();
  }

  void _end() {
    _controller._added = null;
    if (!future._isPromised) future._completeLater(null);
  }

  Future cancel() {
    var cancelling = _subscription.cancel();
    if (cancelling == null || identical(cancelling, _nothing)) {
      _end();
      return null;
    }
    return cancelling.whenComplete(_end);
  }
}

class _SinkOf<T> implements StreamSink<T> {
  final _Controller<T> _controller;
  _SinkOf(this._controller);
  void add(T event) {
    _controller.add(event);
  }
  void addError(Object error, [StackTrace stackTrace]) {
    _controller.addError(error, stackTrace);
  }
  Future close() => _controller.close();
  Future addStream(Stream<T> source) => _controller.addStream(source);
  Future get done => _controller.done;
}

class _SingleController<T> extends _Controller<T> {
  Function onListen;
  Function onPause;
  Function onResume;
  Function onCancel;
  final bool _isSync;
  Stream<T> _stream;
  _Events _early; // Of before the listener; null: none.
  _Subscription<T> _subscription;
  bool _hasEnded = false; // The listener has cancelled, or has heard the end.

  _SingleController(this.onListen, this.onPause, this.onResume, this.onCancel, this._isSync) {
    _stream = new _ControlledStream<T>(this);
  }

  Stream<T> get stream => _stream;
  bool get hasListener => _subscription != null && !_hasEnded;
  bool get isPaused => _subscription == null ? !_isClosed : hasListener && _subscription._isInputPaused;
  bool get _isOver => _hasEnded;

  void _send(_Event event) {
    if (_hasEnded) return;
    if (_subscription == null) {
      if (_early == null) _early = new _Events();
      _early.add(event);
    } else if (!_isSync) {
      _subscription._addLater(event);
    } else if (event.kind == _Event.DATA) {
      _subscription.add(event.value);
    } else if (event.kind == _Event.ERROR) {
      _subscription.addError(event.value, event.stackTrace);
    } else {
      _subscription.close();
    }
  }

  void _sendDone() {
    _send(new _Event(_Event.DONE));
  }

  StreamSubscription<T> _listen(void onData(T event), Function onError, void onDone(),
      bool cancelOnError) {
    if (_subscription != null) throw new StateError("Stream has already been listened to");
    var subscription = new _Subscription<T>(this, onData, onError, onDone, cancelOnError);
    _subscription = subscription;
    if (_early != null) {
      var early = _early;
      _early = null;
      while (!early.isEmpty) subscription._addLater(early.take());
    }
    if (_added != null) _added._subscription.resume();
    subscription._isInCallback = true;
    _guarded(onListen);
    subscription._isInCallback = false;
    if (subscription._isInputPaused) _paused(subscription);
    subscription._schedule();
    return subscription;
  }

  void _paused(_Subscription subscription) {
    if (_added != null) _added._subscription.pause();
    _guarded(onPause);
  }

  void _resumed(_Subscription subscription) {
    if (_added != null) _added._subscription.resume();
    _guarded(onResume);
  }

  Future _cancelled(_Subscription subscription) {
    _hasEnded = true;
    var result = _added == null ? null : _added.cancel();
    if (onCancel != null) {
      var ended;
      try {
        ended = onCancel();
        if (ended is! Future) ended = null;
      } catch (error, stackTrace) {
        ended = new _Future().._failLater(error, stackTrace);
      }
      if (ended != null) {
        var before = result;
        result = before == null ? ended : before.whenComplete(() => ended);
      }
    }
    if (result == null) {
      _completeDone();
    } else {
      result = result.whenComplete(_completeDone);
    }
    return result;
  }
}

class _SyncController<T> extends _SingleController<T> implements SynchronousStreamController<T> {
  _SyncController(Function onListen, Function onPause, Function onResume, Function onCancel)
      : super(onListen, onPause, onResume, onCancel, true);
}

class _ControlledStream<T> extends Stream<T> {
  final _SingleController<T> _controller;
  _ControlledStream(this._controller);

  bool operator ==(other) => other is _ControlledStream && identical(other._controller, _controller);
  int get hashCode => _controller.hashCode ^ 0x35323532;

  StreamSubscription<T> listen(void onData(T event),
      {Function onError, void onDone(), bool cancelOnError: false}) {
    return _controller._listen(onData, onError, onDone, cancelOnError);
  }
}
