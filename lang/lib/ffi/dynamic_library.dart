part of dart.ffi;

class DynamicLibrary implements Finalizable {
  // The natives' number of the library; each opening has one of its own.
  final int _id;

  DynamicLibrary._(this._id);

  // A path with a slash is opened there, a name without is searched for as the system's loader
  // does. Throws an ArgumentError with the loader's own text.
  factory DynamicLibrary.open(String path) {
    var opened = _open(path);
    if (opened is String) {
      throw new ArgumentError("Failed to load dynamic library '$path': $opened");
    }
    return new DynamicLibrary._(opened);
  }

  // The symbols of the program that is running, and of all that it was linked with.
  factory DynamicLibrary.process() => new DynamicLibrary._(_openProcess());

  factory DynamicLibrary.executable() => new DynamicLibrary._(_openExecutable());

  Pointer<T> lookup<T>(String symbolName) {
    var found = _find(_id, symbolName);
    if (found is String) {
      throw new ArgumentError("Failed to lookup symbol '$symbolName': $found");
    }
    return new Pointer<T>._(found, _origin(_id), this);
  }

  F lookupFunction<T, F>(String symbolName, {bool isLeaf: false, bool releasesIsolate: false}) {
    return lookup<NativeFunction<T>>(symbolName)._asFunction<F>(isLeaf, releasesIsolate);
  }

  bool providesSymbol(String symbolName) => _find(_id, symbolName) is int;

  Pointer<Void> get handle => new Pointer<Void>._(_handle(_id), 0, this);

  // Refused while a call into it runs, or a function of it is an object's finalizer. What came from
  // it is an error to use afterwards; lists that asTypedList made of its memory stay.
  void close() {
    _close(_id);
  }

  bool operator ==(other) {
    return other is DynamicLibrary && (other._id == _id || _handle(other._id) == _handle(_id));
  }

  int get hashCode => _handle(_id).hashCode;

  String toString() => "DynamicLibrary: handle=${_hex(_handle(_id))}";
}

// The number, or why it could not be opened.
_open(String path) native "DynamicLibrary_open";
int _openProcess() native "DynamicLibrary_process";
int _openExecutable() native "DynamicLibrary_executable";
// The address, or why there is none.
_find(int library, String symbolName) native "DynamicLibrary_find";
int _origin(int library) native "DynamicLibrary_origin";
int _handle(int library) native "DynamicLibrary_handle";
_close(int library) native "DynamicLibrary_close";
