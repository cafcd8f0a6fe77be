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

  const Array.variableMulti(List<int> dimensions, {int variableDimension: 0});

  // The same, of which sizeOf counts the first dimension: where C declares `char data[1]` and means
  // as many as there are.
  const Array.variableWithVariableDimension(int dimension1,
      [int dimension2, int dimension3, int dimension4, int dimension5]);

  int get length native "Array_length";

  T operator [](int index) native "Array_at";
  void operator []=(int index, T value) native "Array_setAt";

  // The elements as a list that is no copy: of numbers typed data, of all else a list of this array.
  // Typed data cannot keep what somebody else frees: of that it is a list of this array too.
  List get elements {
    var base = _base;
    var type = _listType;
    if (type == 0) return new _Elements<T>(this);
    if (base is! Pointer) {
      return _viewOf(type, base.buffer, base.offsetInBytes + _offset, length);
    }
    if (base._origin == 0 && base._keeper != null) return new _Elements<T>(this);
    return new Pointer<T>._(base._address + _offset, base._origin, base._keeper)
        .asTypedList(length);
  }

  int get _listType native "Array_listType";
}

_viewOf(int type, buffer, int offset, int length) native "TypedData_view";

class _Elements<T> extends Iterable<T> with List<T> {
  final Array<T> _array;

  _Elements(this._array);

  int get length => _array.length;
  T operator [](int index) => _array[_checkIndex(index)];
  void operator []=(int index, T value) {
    _array[_checkIndex(index)] = value;
  }

  int _checkIndex(index) => _checkInt(index, 0, length - 1, "index");

  void set length(int newLength) {
    throw new UnsupportedError("Cannot change the length of an array");
  }

  void add(T value) {
    throw new UnsupportedError("Cannot add to an array");
  }
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
