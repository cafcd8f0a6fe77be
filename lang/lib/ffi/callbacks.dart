part of dart.ffi;

// What becomes of an exception that a callback throws. C is given the exceptional result.
class CallbackError {
  final int _number;
  final String _name;
  const CallbackError._(this._number, this._name);

  // It is reported on the standard error stream.
  static const CallbackError report = const CallbackError._(0, "report");
  // It is thrown where the program called C, when that returns.
  static const CallbackError rethrowAtReturn = const CallbackError._(1, "rethrowAtReturn");
  // The same at once: the frames of C are unwound, and destructors of C++ run. For C that holds
  // nothing which it would have to give back.
  static const CallbackError unwind = const CallbackError._(2, "unwind");

  String toString() => "CallbackError.$_name";
}

// A function that C can call, until it is closed. Meanwhile it keeps the isolate running, unless
// keepIsolateAlive says otherwise.
class NativeCallable<T> {
  final RawReceivePort _port;
  int _id; // Null: it has been closed.
  bool _keepsAlive = true;

  // On the isolate's own thread; elsewhere C is given `exceptionalReturn`, as when it throws.
  NativeCallable.isolateLocal(Function callback,
      {Object exceptionalReturn, CallbackError onError: CallbackError.report})
      : _port = new RawReceivePort() {
    _open<T>(0, callback, exceptionalReturn, onError);
  }

  // On any thread: the function is called later, by the isolate's event loop. It returns nothing.
  NativeCallable.listener(Function callback) : _port = new RawReceivePort() {
    _open<T>(1, callback, null, CallbackError.report);
    var id = _id;
    _port.handler = (words) {
      _deliver(id, words);
    };
  }

  // On any thread, which waits until it may enter the isolate, and has the result.
  NativeCallable.blocking(Function callback,
      {Object exceptionalReturn, CallbackError onError: CallbackError.report})
      : _port = new RawReceivePort() {
    _open<T>(2, callback, exceptionalReturn, onError);
  }

  void _open<F>(int kind, Function callback, exceptionalReturn, CallbackError onError) {
    try {
      _id = _openCallback<F>(
          callback, exceptionalReturn, kind, onError == null ? 0 : onError._number, _port.sendPort);
    } finally {
      if (_id == null) _port.close();
    }
  }

  Pointer<NativeFunction<T>> get nativeFunction {
    return new Pointer<NativeFunction<T>>._(_callbackAddress(_checkOpen()), 0, this);
  }

  bool get keepIsolateAlive => _id != null && _keepsAlive;
  void set keepIsolateAlive(bool value) {
    _checkOpen();
    _setKeepsAlive(_port.sendPort, value);
    _keepsAlive = value;
  }

  // C that calls it afterwards is given the exceptional result.
  void close() {
    if (_id == null) return;
    _closeCallback(_id);
    _id = null;
    _port.close();
  }

  int _checkOpen() {
    if (_id == null) throw new StateError("NativeCallable is closed.");
    return _id;
  }
}

int _openFunction<F>(Function f, exceptionalReturn) native "Callback_openFunction";
int _openCallback<F>(Function callback, exceptionalReturn, int kind, int onError, SendPort port)
    native "Callback_open";
int _callbackAddress(int id) native "Callback_address";
void _closeCallback(int id) native "Callback_close";
void _deliver(int id, List words) native "Callback_deliver";
void _setKeepsAlive(SendPort port, bool keepsAlive) native "Callback_setKeepsAlive";
