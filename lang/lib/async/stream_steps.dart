// Steps: streams of what a function makes of the events of another.
part of dart.async;

// What one listener of a step does with each event. `sink` is where the results go.
class _Handlers {
  final Function data; // (event, sink)
  final Function error; // (error, stackTrace, sink); null: it passes
  final Function done; // (sink); null: the end passes
  const _Handlers({this.data, this.error, this.done});
}

class _Step<S, T> extends Stream<T> {
  final Stream<S> _from;
  final Function _handlers; // Called for each listener: what it remembers is its own.
  _Step(this._from, this._handlers);

  bool get isBroadcast => _from.isBroadcast;

  StreamSubscription<T> listen(void onData(T event),
      {Function onError, void onDone(), bool cancelOnError: false}) {
    return new _StepSubscription<T>(_from, _handlers(), onData, onError, onDone, cancelOnError);
  }
}

class _StepSubscription<T> extends _Subscription<T> implements _Source {
  final _Handlers _handlers;
  StreamSubscription _upstream;

  _StepSubscription(Stream from, this._handlers, void onData(T event), Function onError,
      void onDone(), bool cancelOnError)
      : super(null, onData, onError, onDone, cancelOnError) {
    _source = this;
    _upstream = from.listen(_gotData, onError: _gotError, onDone: _gotDone);
  }

  void _gotData(event) {
    if (_isClosed || _isCancelled) return;
    if (_handlers.data == null) return add(event);
    try {
      _handlers.data(event, this);
    } catch (error, stackTrace) {
      addError(error, stackTrace);
    }
  }

  void _gotError(error, stackTrace) {
    if (_isClosed || _isCancelled) return;
    if (_handlers.error == null) return addError(error, stackTrace);
    try {
      _handlers.error(error, stackTrace, this);
    } catch (thrown, trace) {
      addError(thrown, identical(thrown, error) ? stackTrace : trace);
    }
  }

  void _gotDone() {
    if (_isClosed || _isCancelled) return;
    if (_handlers.done == null) return close();
    try {
      _handlers.done(this);
    } catch (error, stackTrace) {
      addError(error, stackTrace);
    }
  }

  void _paused(_Subscription subscription) {
    if (_upstream != null) _upstream.pause();
  }

  void _resumed(_Subscription subscription) {
    if (_upstream != null) _upstream.resume();
  }

  Future _cancelled(_Subscription subscription) {
    var upstream = _upstream;
    _upstream = null;
    return upstream == null ? null : upstream.cancel();
  }
}
