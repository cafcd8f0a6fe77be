part of dart.ffi;

final Pointer<Never> nullptr = new Pointer<Never>._(0, 0, null);

class Pointer<T> implements SizedNativeType {
  // Known to the natives by their order. The origin: of an address in memory that was allocated
  // here the block's id, of one in a library a number below 0, otherwise 0. Of one in typed data it
  // is _inTypedData, the address is an offset, and the keeper is the data.
  final int _address;
  final int _origin;
  final Object _keeper; // Alive as long as the address is of use.

  static const int _inTypedData = -(1 << 40);

  Pointer._(this._address, this._origin, this._keeper);

  factory Pointer.fromAddress(int ptr) {
    var word = _word(_checkAnyInt(ptr, "ptr"));
    if (word == ptr || (word < 0 && ptr > 0 && ptr.bitLength == 64)) {
      return new Pointer<T>._(word, 0, null);
    }
    throw new RangeError(
        "Pointer.fromAddress: argument 'ptr' must be an address of 64 bits, it is $ptr");
  }

  int get address {
    if (_origin != _inTypedData) return _address;
    throw new UnsupportedError("address: typed data may move, and has an address in calls only.");
  }

  // What the pointer points to. Of an integer that is stored, the lowest bits are.
  T get value native "Pointer_value";
  void set value(T value) {
    _store(value);
  }

  _store(value) native "Pointer_setValue";

  // The element that many elements further.
  T operator [](int index) native "Pointer_at";
  void operator []=(int index, T value) native "Pointer_setAt";

  // Of a Pointer to a struct or union: that, where it lies. What is assigned is copied there.
  T get ref native "Pointer_ref";
  void set ref(T value) {
    _storeRef(value);
  }

  _storeRef(value) native "Pointer_setRef";

  // The same, and `finalizer` is called with `token`, or else with this pointer, when nobody has
  // that struct any more, nor a part of it.
  T refWithFinalizer(Pointer<NativeFinalizerFunction> finalizer, {Pointer<Void> token}) {
    var keeper = new _Keeper(_keeper);
    var ref = new Pointer<T>._(_address, _origin, keeper).ref;
    _attachFinalizer(0, finalizer, keeper, token == null ? this : token, null, sizeOf<T>(), true);
    return ref;
  }

  Pointer<T> elementAt(int index) => _moved(_checkAnyInt(index, "index"));

  Pointer<T> operator +(int offset) => _moved(_checkAnyInt(offset, "offset"));

  Pointer<T> operator -(int offset) => _moved(-_checkAnyInt(offset, "offset"));

  Pointer<T> _moved(int elements) {
    return new Pointer<T>._(_word(_address + elements * sizeOf<T>()), _origin, _keeper);
  }

  // An address has 64 bits, and arithmetic with it wraps around, as in C. The natives rely on it.
  static int _word(int address) {
    if (address >= -0x8000000000000000 && address <= 0x7fffffffffffffff) return address;
    return address.toSigned(64);
  }

  // The numbers there as a list that is no copy. Its memory is not freed while the list lives: what
  // is freed before is an error to use through pointers, and goes back with the list. `finalizer`
  // is called with `token`, or else with this pointer, when the list dies.
  List asTypedList(int length,
      {Pointer<NativeFinalizerFunction> finalizer, Pointer<Void> token}) {
    return _asTypedList(length, finalizer, token);
  }

  _asTypedList(int length, Pointer finalizer, Pointer token) native "Pointer_asTypedList";

  Pointer<U> cast<U>() => new Pointer<U>._(_address, _origin, _keeper);

  // What C calls to call a static or top-level function. When that throws, C is given
  // `exceptionalReturn`, which must be there unless F returns void or a pointer. It is there as long
  // as the isolate; the same for the same function.
  static Pointer<NativeFunction<F>> fromFunction<F>(Function f, [Object exceptionalReturn]) {
    return new Pointer<NativeFunction<F>>._(
        _callbackAddress(_openFunction<F>(f, exceptionalReturn)), 0, null);
  }

  // Of a Pointer<NativeFunction<...>>: the function. A leaf call is cheaper; the native function
  // may neither call back nor use the C interface then. In a call that releases the isolate, other
  // threads may enter it: for functions that wait for a NativeCallable.blocking.
  F asFunction<F>({bool isLeaf: false, bool releasesIsolate: false}) {
    return _asFunction<F>(isLeaf, releasesIsolate);
  }

  F _asFunction<F>(bool isLeaf, bool releasesIsolate) native "Pointer_asFunction";

  bool operator ==(other) {
    if (other is! Pointer || other._address != _address) return false;
    if (_origin != _inTypedData && other._origin != _inTypedData) return true;
    return _origin == other._origin && identical(_keeper, other._keeper);
  }

  int get hashCode => _address.hashCode;

  String toString() {
    if (_origin == _inTypedData) return "Pointer: in typed data, at byte $_address";
    return "Pointer: address=${_hex(_address)}";
  }
}

// All 64 bits of a number.
String _hex(int bits) {
  if (bits >= 0) return "0x${bits.toRadixString(16)}";
  var low = (bits & 0xfffffff).toRadixString(16).padLeft(7, "0");
  return "0x${((bits >> 28) & 0xfffffffff).toRadixString(16)}$low";
}

int _checkInt(value, int minimum, int maximum, String name) native "Check_int";
int _checkAnyInt(value, String name) native "Check_anyInt";

// Typed data may be given where C takes a Pointer. Where it is to be another type, or to begin
// further behind: its address, which is one in calls only, since typed data may move.
extension TypedDataAddress on List {
  Pointer get address {
    switch (_typedDataKind(this)) {
      case 1:
        return new Pointer<Int8>._(0, Pointer._inTypedData, this);
      case 2:
      case 3:
        return new Pointer<Uint8>._(0, Pointer._inTypedData, this);
      case 4:
        return new Pointer<Int16>._(0, Pointer._inTypedData, this);
      case 5:
        return new Pointer<Uint16>._(0, Pointer._inTypedData, this);
      case 6:
        return new Pointer<Int32>._(0, Pointer._inTypedData, this);
      case 7:
        return new Pointer<Uint32>._(0, Pointer._inTypedData, this);
      case 8:
        return new Pointer<Int64>._(0, Pointer._inTypedData, this);
      case 9:
        return new Pointer<Uint64>._(0, Pointer._inTypedData, this);
      case 10:
        return new Pointer<Float>._(0, Pointer._inTypedData, this);
      case 11:
        return new Pointer<Double>._(0, Pointer._inTypedData, this);
    }
    throw new UnsupportedError("address: only lists of typed data have one.");
  }
}

int _typedDataKind(list) native "Ffi_typedDataKind";
