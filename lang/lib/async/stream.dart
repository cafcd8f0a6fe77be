// Stream, with the one kind there is: events wait for the one listener, who may pause them.
part of dart.async;

abstract class Stream<T> {
  Stream();

  StreamSubscription<T> listen(void onData(T event),
      {Function onError, void onDone(), bool cancelOnError: false});

  Type get runtimeType => Stream;

  // The first event; then nothing more is heard.
  Future<T> get first {
    var result = new _Future<T>();
    var subscription;
    subscription = listen((event) {
      subscription.cancel();
      result._completeNow(event);
    }, onError: result._failNow, onDone: () {
      result._failNow(new StateError("No element"), null);
    }, cancelOnError: true);
    return result;
  }

  // Ends when the stream does, or at the first error, of the stream or of `action`.
  Future forEach(void action(T event)) {
    var result = new _Future();
    var subscription;
    subscription = listen((event) {
      try {
        action(event);
      } catch (error, stackTrace) {
        subscription.cancel();
        result._failNow(error, stackTrace);
      }
    }, onError: result._failNow, onDone: () => result._completeNow(null), cancelOnError: true);
    return result;
  }

  Future<List<T>> toList() {
    var events = <T>[];
    return forEach(events.add).then((_) => events);
  }
}

abstract class StreamSubscription<T> {
  // Nothing more is heard of the stream.
  Future cancel();
  void onData(void handle(T event));
  void onError(Function handle);
  void onDone(void handle());
  // Events wait until `resume` has been called as often, or `resumeSignal` has ended.
  void pause([Future resumeSignal]);
  void resume();
  bool get isPaused;
}

// The way events come into a stream.
class StreamController<T> {
  final bool _isSync;
  final Function _onListen;
  final Function _onPause;
  final Function _onResume;
  final Function _onCancel;
  // The chain of what waits. A list would never be emptied where there is always one more.
  _Event _first;
  _Event _last;
  _Subscription<T> _subscription;
  bool _isClosed = false;
  bool _isScheduled = false;
  Stream<T> _stream;

  // If `sync`, `add` calls the listener. The others are called when somebody listens, and when the
  // listener pauses, goes on and cancels; the future of what `onCancel` comes to is what `cancel`
  // gives.
  StreamController(
      {void onListen(), void onPause(), void onResume(), onCancel(), bool sync: false})
      : _onListen = onListen,
        _onPause = onPause,
        _onResume = onResume,
        _onCancel = onCancel,
        _isSync = sync {
    _stream = new _ControlledStream(this);
  }

  Stream<T> get stream => _stream;
  bool get isClosed => _isClosed;
  bool get hasListener => _subscription != null && !_subscription._isCancelled;
  bool get isPaused => _subscription == null || _subscription.isPaused;

  void add(T event) => _send(new _Event((subscription) => subscription._data(event)));

  void addError(Object error, [StackTrace stackTrace]) {
    if (error == null) error = new NullThrownError();
    _send(new _Event((subscription) => subscription._error(error, stackTrace)));
  }

  // The stream is done after what was added.
  void close() {
    if (_isClosed) return;
    _send(new _Event((subscription) => subscription._done()));
    _isClosed = true;
  }

  void _send(_Event event) {
    if (_isClosed) throw new StateError("Cannot add an event after closing");
    if (_subscription != null && _subscription._isCancelled) return;
    if (_isSync && !isPaused && _first == null) {
      event.deliver(_subscription);
    } else {
      if (_first == null) {
        _first = event;
      } else {
        _last.next = event;
      }
      _last = event;
      _schedule();
    }
  }

  void _schedule() {
    if (_isScheduled || isPaused || _first == null) return;
    _isScheduled = true;
    scheduleMicrotask(_deliverNext);
  }

  // One in each microtask.
  void _deliverNext() {
    _isScheduled = false;
    if (isPaused || !hasListener || _first == null) return;
    var event = _first;
    _first = event.next;
    event.next = null;
    _schedule();
    event.deliver(_subscription);
  }
}

class _Event {
  final Function deliver;
  _Event next;
  _Event(this.deliver);
}

class _ControlledStream<T> extends Stream<T> {
  final StreamController<T> _controller;
  _ControlledStream(this._controller);

  StreamSubscription<T> listen(void onData(T event),
      {Function onError, void onDone(), bool cancelOnError: false}) {
    if (_controller._subscription != null) {
      throw new StateError("Stream has already been listened to");
    }
    var subscription = new _Subscription(_controller, cancelOnError == true);
    subscription.onData(onData);
    subscription.onError(onError);
    subscription.onDone(onDone);
    _controller._subscription = subscription;
    if (_controller._onListen != null) _controller._onListen();
    _controller._schedule();
    return subscription;
  }
}

class _Subscription<T> implements StreamSubscription<T> {
  final StreamController<T> _controller;
  final bool _cancelOnError;
  Function _onData;
  Function _onError;
  Function _onDone;
  int _pauses = 0;
  bool _isCancelled = false;

  _Subscription(this._controller, this._cancelOnError);

  Type get runtimeType => StreamSubscription;
  bool get isPaused => _pauses > 0;

  void onData(void handle(T event)) {
    _onData = handle;
  }

  void onError(Function handle) {
    _onError = handle;
  }

  void onDone(void handle()) {
    _onDone = handle;
  }

  Future cancel() {
    if (!_isCancelled) {
      _isCancelled = true;
      _controller._first = null;
      if (_controller._onCancel != null) {
        var ended = _controller._onCancel();
        if (ended is Future) return ended;
      }
    }
    return new Future.value(null);
  }

  void pause([Future resumeSignal]) {
    if (_isCancelled) return;
    if (_pauses++ == 0 && _controller._onPause != null) _controller._onPause();
    if (resumeSignal != null) resumeSignal.whenComplete(resume);
  }

  void resume() {
    if (_pauses == 0) return;
    if (--_pauses != 0) return;
    if (_controller._onResume != null) _controller._onResume();
    _controller._schedule();
  }

  void _data(T event) {
    if (_onData != null) _onData(event);
  }

  void _error(error, StackTrace stackTrace) {
    if (_cancelOnError) cancel();
    if (_onError == null) {
      _reportUncaught(error, stackTrace);
    } else if (_takes(_onError, 2)) {
      _onError(error, stackTrace);
    } else {
      _onError(error);
    }
  }

  void _done() {
    _isCancelled = true;
    if (_onDone != null) _onDone();
  }
}
