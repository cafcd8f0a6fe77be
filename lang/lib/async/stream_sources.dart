// Streams of what is there, and of what comes by the clock.
part of dart.async;

class _EmptyStream<T> extends Stream<T> {
  const _EmptyStream();
  bool get isBroadcast => true;

  StreamSubscription<T> listen(void onData(T event),
      {Function onError, void onDone(), bool cancelOnError: false}) {
    return new _DoneSubscription<T>(onDone);
  }
}

class _IterableStream<T> extends Stream<T> {
  final Iterable<T> _elements;
  bool _isListenedTo = false;
  _IterableStream(this._elements);

  StreamSubscription<T> listen(void onData(T event),
      {Function onError, void onDone(), bool cancelOnError: false}) {
    if (_isListenedTo) throw new StateError("Stream has already been listened to.");
    _isListenedTo = true;
    return new _IterableSource<T>(_elements)._listen(onData, onError, onDone, cancelOnError);
  }
}

// Asks for an element when the one before has been told.
class _IterableSource<T> implements _Source {
  final Iterable<T> _elements;
  Iterator<T> _iterator; // Null: not begun.
  _Subscription<T> _subscription;
  bool _isScheduled = false;
  bool _isOver = false;
  _IterableSource(this._elements);

  StreamSubscription<T> _listen(void onData(T event), Function onError, void onDone(),
      bool cancelOnError) {
    _subscription = new _Subscription<T>(this, onData, onError, onDone, cancelOnError);
    _schedule();
    return _subscription;
  }

  void _schedule() {
    if (_isScheduled || _isOver) return;
    _isScheduled = true;
    scheduleMicrotask(_next);
  }

  void _next() {
    _isScheduled = false;
    if (_isOver || _subscription.isPaused) return;
    var hasElement;
    var element;
    try {
      if (_iterator == null) _iterator = _elements.iterator;
      hasElement = _iterator.moveNext();
      if (hasElement) element = _iterator.current;
    } catch (error, stackTrace) {
      _isOver = true;
      _subscription.addError(error, stackTrace);
      _subscription.close();
      return;
    }
    if (!hasElement) {
      _isOver = true;
      _subscription.close();
      return;
    }
    _subscription.add(element);
    if (!_isOver && !_subscription.isPaused) _schedule();
  }

  void _paused(_Subscription subscription) {}

  void _resumed(_Subscription subscription) {
    _schedule();
  }

  Future _cancelled(_Subscription subscription) {
    _isOver = true;
    return null;
  }
}

// Counts nothing while it is paused.
Stream _periodicStream(Duration period, computation(int count)) {
  var controller;
  var timer;
  var count = 0;
  void tick(_) {
    var value;
    if (computation != null) {
      try {
        value = computation(count++);
      } catch (error, stackTrace) {
        controller.addError(error, stackTrace);
        return;
      }
    }
    controller.add(value);
  }
  void start() {
    timer = new Timer.periodic(period, tick);
  }
  controller = new StreamController(
      sync: true,
      onListen: start,
      onPause: () {
        timer.cancel();
        timer = null;
      },
      onResume: start,
      onCancel: () {
        if (timer != null) timer.cancel();
        timer = null;
        return null;
      });
  return controller.stream;
}

Stream _timeoutStream(Stream from, Duration timeLimit, void onTimeout(EventSink sink)) {
  var controller;
  var subscription;
  var timer;
  var zone = Zone.current;
  var late = onTimeout == null ? null : zone.registerUnaryCallback(onTimeout);
  void isLate() {
    if (late == null) {
      controller.addError(new TimeoutException("No stream event", timeLimit), null);
    } else {
      zone.runUnaryGuarded(late, new _TimeoutSink(controller));
    }
  }
  void start() {
    if (timer != null) timer.cancel();
    timer = zone.createTimer(timeLimit, isLate);
  }
  void onListen() {
    start();
    subscription = from.listen((event) {
      start();
      controller.add(event);
    }, onError: (error, stackTrace) {
      start();
      controller._send(new _Event(_Event.ERROR, error, stackTrace));
    }, onDone: () {
      timer.cancel();
      controller.close();
    });
  }
  onCancel() {
    timer.cancel();
    var result = subscription.cancel();
    subscription = null;
    return result;
  }
  controller = from.isBroadcast
      ? new _BroadcastController(onListen, onCancel, true)
      : new _SingleController(onListen, () {
          timer.cancel();
          subscription.pause();
        }, () {
          subscription.resume();
          start();
        }, onCancel, true);
  return controller.stream;
}

class _TimeoutSink implements EventSink {
  final StreamController _controller;
  _TimeoutSink(this._controller);
  void add(event) {
    if (!_controller.isClosed) _controller.add(event);
  }
  void addError(Object error, [StackTrace stackTrace]) {
    if (!_controller.isClosed) _controller.addError(error, stackTrace);
  }
  void close() {
    if (!_controller.isClosed) _controller.close();
  }
}
