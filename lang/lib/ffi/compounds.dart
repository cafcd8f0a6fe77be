part of dart.ffi;

// What lies in native memory or in typed data, from an offset on.
abstract class _Compound implements SizedNativeType {
  // Known to the natives by their order. A Pointer or typed data; null: it lies nowhere.
  final Object _base;
  final int _offset;

  const _Compound()
      : _base = null,
        _offset = 0;
}

// To be extended: its fields are those of a struct of C. They have native types, which annotations
// say (`@Int32() external int x;`). Instances come from pointers (`ref`) and from `create`.
abstract class Struct extends _Compound {
  Struct() {
    _throwInstance("struct");
  }

  // One in memory of its own, or `offset` bytes into typed data.
  static S create<S>([typedData, int offset = 0]) => _createCompound<S>(typedData, offset, false);
}

// The same of a union of C: all its fields lie in one place.
abstract class Union extends _Compound {
  Union() {
    _throwInstance("union");
  }

  static U create<U>([typedData, int offset = 0]) => _createCompound<U>(typedData, offset, true);
}

// So many elements in a row: the type of a field, and the annotation that says how many. One of
// several dimensions is an array of arrays.
class Array<T> extends _Compound {
  final int _number = -1; // The natives' of its type.

  const Array(int dimension1, [int dimension2, int dimension3, int dimension4, int dimension5]);

  const Array.multi(List<int> dimensions);

  // At the end of a struct: as many as there is memory for behind it, which sizeOf does not count.
  // The dimensions are the inner ones.
  const Array.variable([int dimension2, int dimension3, int dimension4, int dimension5]);

  const Array.variableMulti(List<int> dimensions);

  int get length native "Array_length";

  T operator [](int index) native "Array_at";
  void operator []=(int index, T value) native "Array_setAt";
}

// A struct whose fields are aligned to so many bytes at most.
class Packed {
  final int memberAlignment;

  const Packed(this.memberAlignment);
}

// Arguments of a function that takes any number of them: the last parameter of its type,
// `VarArgs<(Int, Double)>`.
abstract class VarArgs<T> implements NativeType {}

void _throwInstance(String what) {
  throw new UnsupportedError(
      "A $what lies in native memory: it comes from a pointer, or from `create`.");
}

S _createCompound<S>(typedData, int offset, bool isUnion) native "Compound_create";
