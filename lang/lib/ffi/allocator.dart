part of dart.ffi;

// Gives native memory. To be implemented by programs too.
abstract class Allocator {
  // `byteCount` bytes; throws an ArgumentError if there are none to be had.
  Pointer<T> allocate<T>(int byteCount, {int alignment});

  void free(Pointer pointer);

  // So many values of a type: `malloc<Int32>(3)`.
  Pointer<T> call<T>([int count = 1]) => this.allocate<T>(_sizeOfAll<T>(count));
}

// The same for those that implement it.
extension AllocatorAlloc on Allocator {
  Pointer<T> call<T>([int count = 1]) => this.allocate<T>(_sizeOfAll<T>(count));
}

int _sizeOfAll<T>(int count) {
  var size = sizeOf<T>();
  return size * _checkInt(count, 0, 0x7fffffffffffffff ~/ size, "count");
}

// What lives as long as somebody has memory that nobody frees, and keeps another keeper.
class _Keeper implements Finalizable {
  final Object _other;

  _Keeper([this._other]);
}

// The process's own malloc: C may free what it gives, and it may free what C allocated. For
// package:ffi. Natives know its field by the order.
class _ProcessAllocator extends Allocator {
  final bool _isZeroed;

  const _ProcessAllocator(this._isZeroed);

  Pointer<T> call<T>([int count = 1]) native "ProcessAllocator_call" {
    return this.allocate<T>(_sizeOfAll<T>(count));
  }

  Pointer<T> allocate<T>(int byteCount, {int alignment}) native "ProcessAllocator_allocate" {
    var made = new List(2);
    if (!_allocate(_checkInt(byteCount, 0, null, "byteCount"), _isZeroed, made)) {
      throw new ArgumentError("Could not allocate $byteCount bytes.");
    }
    return new Pointer<T>._(made[0], made[1], null);
  }

  // So many values, in a block that is freed when the pointer and all that were derived from it
  // have died.
  Pointer<T> owned<T>([int count = 1]) {
    var size = _sizeOfAll<T>(count);
    var block = allocate<T>(size);
    var keeper = new _Keeper();
    _attachFinalizer(0, nativeFree, keeper, block, null, size, true);
    return new Pointer<T>._(block._address, block._origin, keeper);
  }

  void free(Pointer pointer) native "ProcessAllocator_free";

  // C has it from now on: it is neither freed nor watched here any more.
  void disown(Pointer pointer) native "ProcessAllocator_disown";

  // C's `free`, for those who want a function of C.
  Pointer get nativeFree {
    return new Pointer<NativeFunction<Void Function(Pointer<Void>)>>._(_nativeFree(), 0, null);
  }
}

bool _allocate(int byteCount, bool isZeroed, List addressAndBlock) native "NativeMemory_allocate";
int _nativeFree() native "NativeMemory_nativeFree";

const Allocator malloc$ = const _ProcessAllocator(false);
const Allocator calloc$ = const _ProcessAllocator(true);
