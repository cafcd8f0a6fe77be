part of package_ffi;

// Frees what was allocated in it, all at once, and calls back what asked for that; last first.
class Arena extends Allocator {
  final Allocator _wrapped;
  final List _allocated = [];
  final List _callbacks = [];
  bool _isInUse = true;

  Arena([Allocator allocator]) : _wrapped = allocator == null ? calloc : allocator;

  Pointer<T> allocate<T>(int byteCount, {int alignment}) {
    _ensureInUse();
    var pointer = _wrapped.allocate<T>(byteCount, alignment: alignment);
    _allocated.add(pointer);
    return pointer;
  }

  T using<T>(T resource, void releaseCallback(T resource)) {
    _ensureInUse();
    _callbacks.add(() => releaseCallback(resource));
    return resource;
  }

  void onReleaseAll(void releaseCallback()) {
    _ensureInUse();
    _callbacks.add(releaseCallback);
  }

  void releaseAll({bool reuse: false}) {
    if (!reuse) _isInUse = false;
    // One that throws does not keep the others from being released.
    try {
      while (_callbacks.isNotEmpty) _callbacks.removeLast()();
    } finally {
      if (_callbacks.isNotEmpty) {
        releaseAll(reuse: reuse);
      } else {
        for (var pointer in _allocated) _wrapped.free(pointer);
        _allocated.clear();
      }
    }
  }

  // What an arena gave is freed with it.
  void free(Pointer pointer) {}

  void _ensureInUse() {
    if (!_isInUse) {
      throw new StateError("Arena no longer in use, `releaseAll(reuse: false)` was called.");
    }
  }
}

// Calls a function with an arena that ends with the call; of a future, when that is complete.
R using<R>(R computation(Arena arena), [Allocator wrappedAllocator]) {
  var arena = new Arena(wrappedAllocator);
  var isAsync = false;
  try {
    var result = computation(arena);
    if (result is Future) {
      isAsync = true;
      return result.whenComplete(arena.releaseAll);
    }
    return result;
  } finally {
    if (!isAsync) arena.releaseAll();
  }
}

withZoneArena(computation, [Allocator wrappedAllocator]) {
  throw new UnsupportedError("withZoneArena: zones carry no arena; `using` passes the arena.");
}

Arena get zoneArena {
  throw new UnsupportedError("zoneArena: zones carry no arena; `using` passes the arena.");
}
