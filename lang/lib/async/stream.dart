// Stream: events that come one after the other, and what can be made of them. Everything rests on
// `listen`.
part of dart.async;

abstract class Stream<T> {
  const Stream();

  const factory Stream.empty() = _EmptyStream<T>;
  factory Stream.value(T value) => new Stream<T>.fromIterable([value]);
  factory Stream.error(Object error, [StackTrace stackTrace]) {
    return new Stream<T>.fromFuture(new Future<T>.error(error, stackTrace));
  }

  factory Stream.fromFuture(Future<T> future) {
    var controller = new _SingleController<T>(null, null, null, null, true);
    future.then((value) {
      controller.add(value);
      controller.close();
    }, onError: (error, stackTrace) {
      controller._send(new _Event(_Event.ERROR, error, stackTrace));
      controller.close();
    });
    return controller.stream;
  }

  // Their values and errors as they come.
  factory Stream.fromFutures(Iterable<Future<T>> futures) {
    var controller = new _SingleController<T>(null, null, null, null, true);
    var count = 0;
    void ended() {
      if (--count == 0) controller.close();
    }
    for (var future in futures) {
      count++;
      future.then((value) {
        if (controller._isClosed) return;
        controller.add(value);
        ended();
      }, onError: (error, stackTrace) {
        if (controller._isClosed) return;
        controller._send(new _Event(_Event.ERROR, error, stackTrace));
        ended();
      });
    }
    if (count == 0) scheduleMicrotask(controller.close);
    return controller.stream;
  }

  factory Stream.fromIterable(Iterable<T> elements) => new _IterableStream<T>(elements);

  // What `computation` makes of 0, 1 and so on, one each `period`.
  factory Stream.periodic(Duration period, [T computation(int computationCount)]) {
    _checkDuration(period, "period");
    return _periodicStream(period, computation);
  }

  factory Stream.eventTransformed(Stream source, EventSink mapSink(EventSink<T> sink)) {
    return new _SinkedStream<T>(source, mapSink);
  }

  static Stream castFrom(Stream source) => source;

  StreamSubscription<T> listen(void onData(T event),
      {Function onError, void onDone(), bool cancelOnError: false});

  Type get runtimeType => typeSaid(this, Stream);
  bool get isBroadcast => false;

  Stream<T> asBroadcastStream(
      {void onListen(StreamSubscription<T> subscription),
      void onCancel(StreamSubscription<T> subscription)}) {
    return new _AsBroadcastStream<T>(this, onListen, onCancel);
  }

  Stream<R> cast<R>() => this;
  Stream<R> retype<R>() => this;

  // ---- Other streams

  Stream<T> where(bool test(T event)) {
    return new _Step<T, T>(this, () => new _Handlers(data: (event, sink) {
      if (test(event)) sink.add(event);
    }));
  }

  Stream map(convert(T event)) {
    return new _Step(this, () => new _Handlers(data: (event, sink) => sink.add(convert(event))));
  }

  Stream expand(Iterable convert(T value)) {
    return new _Step(this, () => new _Handlers(data: (event, sink) {
      for (var each in convert(event)) sink.add(each);
    }));
  }

  Stream asyncMap(convert(T event)) {
    return _sequence((event, controller) {
      var result = convert(event);
      if (result is! Future) {
        controller.add(result);
        return null;
      }
      return result.then(controller.add, onError: controller.addError);
    });
  }

  Stream asyncExpand(Stream convert(T event)) {
    return _sequence((event, controller) {
      var stream = convert(event);
      return stream == null ? null : controller.addStream(stream, cancelOnError: false);
    });
  }

  // What `handle` puts into the controller, for one event after the other: the next one waits until
  // its future has ended.
  Stream _sequence(Future handle(T event, StreamController controller)) {
    var controller;
    var subscription;
    void onListen() {
      subscription = listen((event) {
        var busy;
        try {
          busy = handle(event, controller);
        } catch (error, stackTrace) {
          controller.addError(error, stackTrace);
        }
        if (busy != null) {
          subscription.pause();
          busy.whenComplete(subscription.resume);
        }
      }, onError: controller.addError, onDone: controller.close);
    }
    onCancel() => subscription == null ? null : subscription.cancel();
    if (isBroadcast) {
      controller = new StreamController.broadcast(onListen: onListen, onCancel: onCancel, sync: true);
    } else {
      controller = new StreamController(
          onListen: onListen,
          onPause: () => subscription.pause(),
          onResume: () => subscription.resume(),
          onCancel: onCancel,
          sync: true);
    }
    return controller.stream;
  }

  Stream<T> handleError(Function onError, {bool test(error)}) {
    return new _Step<T, T>(this, () => new _Handlers(error: (error, stackTrace, sink) {
      if (test != null && !test(error)) {
        sink.addError(error, stackTrace);
      } else if (_takes(onError, 2)) {
        onError(error, stackTrace);
      } else {
        onError(error);
      }
    }));
  }

  Stream<T> take(int count) {
    _checkInt(count, 0, null, "count");
    return new _Step<T, T>(count == 0 ? new Stream<T>.empty() : this, () {
      var left = count;
      return new _Handlers(data: (event, sink) {
        if (left <= 0) return;
        left--;
        sink.add(event);
        if (left == 0) sink.close();
      });
    });
  }

  Stream<T> takeWhile(bool test(T element)) {
    return new _Step<T, T>(this, () => new _Handlers(data: (event, sink) {
      var goesOn;
      try {
        goesOn = test(event);
      } catch (error, stackTrace) {
        sink.addError(error, stackTrace);
        sink.close();
        return;
      }
      if (goesOn) {
        sink.add(event);
      } else {
        sink.close();
      }
    }));
  }

  Stream<T> skip(int count) {
    _checkInt(count, 0, null, "count");
    return new _Step<T, T>(this, () {
      var left = count;
      return new _Handlers(data: (event, sink) {
        if (left > 0) {
          left--;
        } else {
          sink.add(event);
        }
      });
    });
  }

  Stream<T> skipWhile(bool test(T element)) {
    return new _Step<T, T>(this, () {
      var isSkipping = true;
      return new _Handlers(data: (event, sink) {
        if (isSkipping) {
          try {
            isSkipping = test(event);
          } catch (error, stackTrace) {
            isSkipping = false;
            sink.addError(error, stackTrace);
            return;
          }
        }
        if (!isSkipping) sink.add(event);
      });
    });
  }

  Stream<T> distinct([bool equals(T previous, T next)]) {
    return new _Step<T, T>(this, () {
      var isFirst = true;
      var previous;
      return new _Handlers(data: (event, sink) {
        var isSame = !isFirst && (equals == null ? previous == event : equals(previous, event));
        if (isSame) return;
        isFirst = false;
        previous = event;
        sink.add(event);
      });
    });
  }

  // An error, or what `onTimeout` does, when no event has come for so long.
  Stream<T> timeout(Duration timeLimit, {void onTimeout(EventSink<T> sink)}) {
    _checkDuration(timeLimit, "timeLimit");
    return _timeoutStream(this, timeLimit, onTimeout);
  }

  Stream transform(StreamTransformer<T, dynamic> streamTransformer) => streamTransformer.bind(this);

  Future pipe(StreamConsumer<T> streamConsumer) {
    return streamConsumer.addStream(this).then((_) => streamConsumer.close());
  }

  // ---- What all events come to

  Future<T> reduce(T combine(T previous, T element)) {
    var isFirst = true;
    var value;
    return _all((event) {
      value = isFirst ? event : combine(value, event);
      isFirst = false;
    }, () => isFirst ? throw new StateError("No element") : value);
  }

  Future fold(initialValue, combine(previous, T element)) {
    var value = initialValue;
    return _all((event) => value = combine(value, event), () => value);
  }

  Future<String> join([String separator = ""]) {
    var buffer = new StringBuffer();
    var isFirst = true;
    return _all((event) {
      if (!isFirst) buffer.write(separator);
      isFirst = false;
      buffer.write(event);
    }, () => buffer.toString());
  }

  Future forEach(void action(T element)) => _all(action, () => null);

  Future<int> get length {
    var count = 0;
    return _all((_) => count++, () => count);
  }

  Future<List<T>> toList() {
    var events = <T>[];
    return _all(events.add, () => events);
  }

  Future<Set<T>> toSet() {
    var events = new Set<T>();
    return _all(events.add, () => events);
  }

  Future drain([futureValue]) {
    return listen(null, cancelOnError: true).asFuture(futureValue);
  }

  Future<T> get last {
    var found = false;
    var result;
    return _all((event) {
      found = true;
      result = event;
    }, () => found ? result : throw new StateError("No element"));
  }

  Future<T> lastWhere(bool test(T element), {Object defaultValue(), Object orElse()}) {
    var found = false;
    var result;
    return _all((event) {
      if (!test(event)) return;
      found = true;
      result = event;
    }, () => found ? result : _orElse(orElse, defaultValue));
  }

  static _orElse(orElse(), defaultValue()) {
    if (orElse != null) return orElse();
    if (defaultValue != null) return defaultValue();
    throw new StateError("No element");
  }

  // ---- What some come to: the rest is not heard

  Future<bool> contains(Object needle) {
    return _until((event, answer) {
      if (event == needle) answer(true);
    }, () => false);
  }

  Future<bool> every(bool test(T element)) {
    return _until((event, answer) {
      if (!test(event)) answer(false);
    }, () => true);
  }

  Future<bool> any(bool test(T element)) {
    return _until((event, answer) {
      if (test(event)) answer(true);
    }, () => false);
  }

  Future<bool> get isEmpty => _until((event, answer) => answer(false), () => true);

  Future<T> get first {
    return _until((event, answer) => answer(event), () => throw new StateError("No element"));
  }

  Future<T> get single {
    var found = false;
    var result;
    return _until((event, answer) {
      if (found) throw new StateError("Too many elements");
      found = true;
      result = event;
    }, () => found ? result : throw new StateError("No element"));
  }

  Future<T> firstWhere(bool test(T element), {Object defaultValue(), Object orElse()}) {
    return _until((event, answer) {
      if (test(event)) answer(event);
    }, () => _orElse(orElse, defaultValue));
  }

  Future<T> singleWhere(bool test(T element), {Object defaultValue(), Object orElse()}) {
    var found = false;
    var result;
    return _until((event, answer) {
      if (!test(event)) return;
      if (found) throw new StateError("Too many elements");
      found = true;
      result = event;
    }, () => found ? result : _orElse(orElse, defaultValue));
  }

  Future<T> elementAt(int index) {
    _checkInt(index, 0, null, "index");
    var count = 0;
    return _until((event, answer) {
      if (count++ == index) answer(event);
    }, () => throw new RangeError.index(index, this, "index", null, count));
  }

  Future _all(void onData(T event), atEnd()) => _until((event, _) => onData(event), atEnd);

  // What `onData` answers; what it throws, or the stream's first error; or what it is at the end.
  Future _until(void onData(T event, void answer(value)), atEnd()) {
    var result = new _Future();
    var subscription;
    // `how` completes the result when the source has cleaned up.
    void end(void how()) {
      var cancelling = subscription == null ? null : subscription.cancel();
      if (cancelling == null || identical(cancelling, _nothing)) {
        how();
      } else {
        cancelling.whenComplete(how);
      }
    }
    var isAnswered = false;
    void answer(value) {
      isAnswered = true;
      end(() => result._setAndAnnounce(value));
    }
    subscription = listen((event) {
      if (isAnswered) return;
      try {
        onData(event, answer);
      } catch (error, stackTrace) {
        isAnswered = true;
        var had = _asZoneHas(error, stackTrace);
        end(() => result._failNow(had.error, had.stackTrace));
      }
    }, onError: (error, stackTrace) {
      if (isAnswered) return;
      isAnswered = true;
      result._failNow(error, stackTrace);
    }, onDone: () {
      if (isAnswered) return;
      isAnswered = true;
      try {
        result._setAndAnnounce(atEnd());
      } catch (error, stackTrace) {
        result._failNow(error, stackTrace);
      }
    }, cancelOnError: true);
    return result;
  }
}

int _checkInt(value, int minimum, int maximum, String name) native "Check_int";
