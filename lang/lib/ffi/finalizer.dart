part of dart.ffi;

typedef NativeFinalizerFunction = NativeFunction<Void Function(Pointer<Void>)>;

// To be implemented by what a NativeFinalizer is attached to. Here every object lives until the
// function that has it returns, so that nothing more comes with it.
abstract class Finalizable {}

// A function of C that is called with a token when an object has died: between two instructions of
// the program, once, at the latest when the isolate ends. It must neither call the program back nor
// use the isolate. Its library cannot be closed before.
class NativeFinalizer {
  final int _number;
  final Pointer<NativeFinalizerFunction> _callback;

  NativeFinalizer(Pointer<NativeFinalizerFunction> callback)
      : _callback = callback,
        _number = _openFinalizer(callback);

  // `detach`, which is not kept alive, is what `detach` takes. `externalSize` is how many bytes
  // outside of the heap the object stands for.
  void attach(Finalizable value, Pointer<Void> token, {Object detach, int externalSize}) {
    _attachFinalizer(_number, _callback, value, token, detach, externalSize, value is Finalizable);
  }

  // Whatever was attached with that object is not called any more.
  void detach(Object detach) {
    _detachFinalizer(_number, detach);
  }
}

int _openFinalizer(Pointer callback) native "NativeFinalizer_open";
_attachFinalizer(int number, Pointer callback, value, Pointer token, detach, int externalSize,
    bool isFinalizable) native "NativeFinalizer_attach";
_detachFinalizer(int number, detach) native "NativeFinalizer_detach";
