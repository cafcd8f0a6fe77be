// A stream that is asked for one event after the other.
part of dart.async;

abstract class StreamIterator<T> {
  factory StreamIterator(Stream<T> stream) => new _StreamIterator<T>(stream);
  // Whether there is a next event; the stream's error, if that comes next.
  Future<bool> moveNext();
  T get current;
  Future cancel();
}

// The stream is paused between the questions.
class _StreamIterator<T> implements StreamIterator<T> {
  Stream<T> _stream; // Null: it is listened to.
  StreamSubscription<T> _subscription; // Null: not yet, or it is over.
  _Future _asked; // Who waits for an event; null: nobody.
  bool _isOver = false;
  T _current_;

  _StreamIterator(this._stream) {
    if (_stream == null) throw new ArgumentError.notNull("stream");
  }

  Type get runtimeType => StreamIterator;
  T get current => _current_;

  Future<bool> moveNext() {
    if (_asked != null) throw new StateError("Already waiting for next.");
    _current_ = null;
    if (_isOver) return new Future<bool>.value(false);
    var asked = new _Future();
    _asked = asked;
    if (_subscription != null) {
      _subscription.resume();
    } else {
      var stream = _stream;
      _stream = null;
      var subscription =
          stream.listen(_data, onError: _error, onDone: _done, cancelOnError: true);
      if (!_isOver) _subscription = subscription;
    }
    return asked;
  }

  _Future _take() {
    var asked = _asked;
    _asked = null;
    return asked;
  }

  void _data(T event) {
    if (_asked == null) return;
    _current_ = event;
    _subscription.pause();
    _take()._completeNow(true);
  }

  void _error(error, StackTrace stackTrace) {
    _subscription = null;
    _isOver = true;
    if (_asked != null) _take()._failLater(error, stackTrace);
  }

  void _done() {
    _subscription = null;
    _isOver = true;
    if (_asked != null) _take()._completeLater(false);
  }

  Future cancel() {
    var subscription = _subscription;
    _subscription = null;
    _isOver = true;
    _current_ = null;
    if (_asked != null) _take()._completeLater(false);
    return subscription == null ? _nothing : subscription.cancel();
  }
}
