// Transformers: from a stream to another one.
part of dart.async;

abstract class StreamTransformer<S, T> {
  // What listens to the stream is `onListen`, which makes the subscription of the listener.
  const factory StreamTransformer(
      StreamSubscription<T> onListen(Stream<S> stream, bool cancelOnError)) = _ListenTransformer<S, T>;

  factory StreamTransformer.fromHandlers(
      {void handleData(S data, EventSink<T> sink),
      void handleError(Object error, StackTrace stackTrace, EventSink<T> sink),
      void handleDone(EventSink<T> sink)}) {
    return new _HandlerTransformer<S, T>(handleData, handleError, handleDone);
  }

  factory StreamTransformer.fromBind(Stream<T> bind(Stream<S> stream)) = _BindTransformer<S, T>;

  static StreamTransformer castFrom(StreamTransformer source) => source;

  Stream<T> bind(Stream<S> stream);
  StreamTransformer<RS, RT> cast<RS, RT>();
}

abstract class StreamTransformerBase<S, T> implements StreamTransformer<S, T> {
  const StreamTransformerBase();
  Stream<T> bind(Stream<S> stream);
  StreamTransformer<RS, RT> cast<RS, RT>() => this;
}

class _ListenTransformer<S, T> extends StreamTransformerBase<S, T> {
  final Function _onListen;
  const _ListenTransformer(this._onListen);
  Stream<T> bind(Stream<S> stream) => new _ListenedStream<S, T>(stream, _onListen);
}

class _ListenedStream<S, T> extends Stream<T> {
  final Stream<S> _from;
  final Function _onListen;
  _ListenedStream(this._from, this._onListen);
  bool get isBroadcast => _from.isBroadcast;

  StreamSubscription<T> listen(void onData(T event),
      {Function onError, void onDone(), bool cancelOnError: false}) {
    var subscription = _onListen(_from, cancelOnError == true);
    subscription.onData(onData);
    subscription.onError(onError);
    subscription.onDone(onDone);
    return subscription;
  }
}

class _BindTransformer<S, T> extends StreamTransformerBase<S, T> {
  final Function _bind;
  _BindTransformer(this._bind);
  Stream<T> bind(Stream<S> stream) => _bind(stream);
}

class _HandlerTransformer<S, T> extends StreamTransformerBase<S, T> {
  final Function _data;
  final Function _error;
  final Function _done;
  _HandlerTransformer(this._data, this._error, this._done);

  Stream<T> bind(Stream<S> stream) {
    return new _Step<S, T>(stream, () => new _Handlers(
        data: _data == null ? null : (event, sink) => _data(event, new _HandlerSink<T>(sink)),
        error: _error == null
            ? null
            : (error, trace, sink) => _error(error, trace, new _HandlerSink<T>(sink)),
        done: _done == null
            ? null
            : (sink) => _done(new _HandlerSink<T>(sink))));
  }
}

// What handlers see of a subscription.
class _HandlerSink<T> implements EventSink<T> {
  final _Subscription _subscription;
  _HandlerSink(this._subscription);

  void _check() {
    if (_subscription._isClosed) throw new StateError("Stream is already closed");
  }

  void add(T event) {
    _check();
    _subscription.add(event);
  }

  void addError(Object error, [StackTrace stackTrace]) {
    _check();
    _subscription.addError(error, stackTrace);
  }

  void close() {
    _check();
    _subscription.close();
  }
}

// What Stream.eventTransformed makes: a sink of the program's own between stream and listener.
class _SinkedStream<T> extends Stream<T> {
  final Stream _from;
  final Function _mapSink;
  _SinkedStream(this._from, this._mapSink);
  bool get isBroadcast => _from.isBroadcast;

  StreamSubscription<T> listen(void onData(T event),
      {Function onError, void onDone(), bool cancelOnError: false}) {
    var sink;
    var handlers = new _Handlers(
        data: (event, _) => sink.add(event),
        error: (error, stackTrace, _) => sink.addError(error, stackTrace),
        done: (_) => sink.close());
    var subscription;
    subscription = new _SinkedSubscription<T>(handlers, onData, onError, onDone, cancelOnError);
    sink = _mapSink(new _HandlerSink<T>(subscription));
    subscription._begin(_from);
    return subscription;
  }
}

class _SinkedSubscription<T> extends _StepSubscription<T> {
  _SinkedSubscription(_Handlers handlers, void onData(T event), Function onError, void onDone(),
      bool cancelOnError)
      : super(const _NoStream(), handlers, onData, onError, onDone, cancelOnError);

  void _begin(Stream from) {
    _upstream = from.listen(_gotData, onError: _gotError, onDone: _gotDone);
  }
}

// Before the one there will be.
class _NoStream {
  const _NoStream();
  listen(onData, {onError, onDone, cancelOnError}) => null;
}

// A view of a stream that is nothing but one.
class StreamView<T> extends Stream<T> {
  final Stream<T> _stream;
  StreamView(Stream<T> stream) : _stream = stream;
  bool get isBroadcast => _stream.isBroadcast;
  Stream<T> asBroadcastStream(
      {void onListen(StreamSubscription<T> subscription),
      void onCancel(StreamSubscription<T> subscription)}) {
    return _stream.asBroadcastStream(onListen: onListen, onCancel: onCancel);
  }
  StreamSubscription<T> listen(void onData(T event),
      {Function onError, void onDone(), bool cancelOnError: false}) {
    return _stream.listen(onData, onError: onError, onDone: onDone, cancelOnError: cancelOnError);
  }
}
