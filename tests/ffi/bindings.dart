// Bindings as ffigen writes them, and an allocator of the program's own.
import 'dart:ffi' as ffi;
import 'package:ffi/ffi.dart' as pffi;
import 'package:ffi/ffi.dart' show StringUtf8Pointer, Utf8Pointer;
import 'lib_expect.dart';

/// Bindings
class NativeLibrary {
  /// Holds the symbol lookup function.
  final ffi.Pointer<T> Function<T extends ffi.NativeType>(String symbolName) _lookup;

  NativeLibrary(ffi.DynamicLibrary dynamicLibrary) : _lookup = dynamicLibrary.lookup;

  NativeLibrary.fromLookup(
      ffi.Pointer<T> Function<T extends ffi.NativeType>(String symbolName) lookup)
      : _lookup = lookup;

  int abs(
    int x,
  ) {
    return _abs(
      x,
    );
  }

  late final _absPtr =
      _lookup<ffi.NativeFunction<ffi.Int Function(ffi.Int)>>('abs');
  late final _abs = _absPtr.asFunction<int Function(int)>();

  int strlen(ffi.Pointer<ffi.Char> s) {
    return _strlen(s);
  }
  late final _strlenPtr = _lookup<
      ffi.NativeFunction<
          ffi.UnsignedLong Function(ffi.Pointer<ffi.Char>)>>('strlen');
  late final _strlen =
      _strlenPtr.asFunction<int Function(ffi.Pointer<ffi.Char>)>(isLeaf: true);

  late final ffi.Pointer<ffi.Int> _opterr = _lookup<ffi.Int>('opterr');
  int get opterr => _opterr.value;
  set opterr(int value) => _opterr.value = value;

  void qsort(
    ffi.Pointer<ffi.Void> base,
    int nmemb,
    int size,
    compar_fn compar,
  ) {
    return _qsort(base, nmemb, size, compar);
  }
  late final _qsortPtr = _lookup<
      ffi.NativeFunction<
          ffi.Void Function(ffi.Pointer<ffi.Void>, ffi.Size, ffi.Size,
              compar_fn)>>('qsort');
  late final _qsort = _qsortPtr.asFunction<
      void Function(ffi.Pointer<ffi.Void>, int, int, compar_fn)>();
  late final addresses = _SymbolAddresses(this);
}
class _SymbolAddresses {
  final NativeLibrary _library;
  _SymbolAddresses(this._library);
  ffi.Pointer<ffi.NativeFunction<ffi.Int Function(ffi.Int)>> get abs => _library._absPtr;
}

typedef compar_fn = ffi.Pointer<ffi.NativeFunction<compar_fnFunction>>;
typedef compar_fnFunction = ffi.Int Function(ffi.Pointer<ffi.Void>, ffi.Pointer<ffi.Void>);
typedef Dartcompar_fnFunction = int Function(ffi.Pointer<ffi.Void>, ffi.Pointer<ffi.Void>);

typedef Dartqsort = void Function(ffi.Pointer<ffi.Void>, int, int, compar_fn);

final class FILE extends ffi.Opaque {}
typedef Handle_t = ffi.Pointer<FILE>;
typedef size_t = ffi.Size;
abstract class Color { static const RED = 0; static const int GREEN = 1; }
const int FOO = 5;
const String NAME = 'x';

int compare(ffi.Pointer<ffi.Void> a, ffi.Pointer<ffi.Void> b) {
  final x = a.cast<ffi.Int32>().value, y = b.cast<ffi.Int32>().value;
  return x.compareTo(y);
}

ffi.Pointer<T> alloc<T extends ffi.NativeType>(int bytes) => pffi.malloc.allocate(bytes);
class Counting implements ffi.Allocator {
  final ffi.Allocator wrapped;
  int n = 0;
  Counting([this.wrapped = pffi.malloc]);
  @override
  ffi.Pointer<T> allocate<T extends ffi.NativeType>(int byteCount, {int? alignment}) {
    n++;
    return wrapped.allocate(byteCount, alignment: alignment);
  }
  @override
  void free(ffi.Pointer pointer) { n--; wrapped.free(pointer); }
}

void main() {
  final lib = NativeLibrary(ffi.DynamicLibrary.process());
  Expect.equals(7, lib.abs(-7));
  final s = "hello".toNativeUtf8();
  Expect.equals(5, lib.strlen(s.cast()));
  pffi.malloc.free(s);
  Expect.equals(1, lib.opterr);
  lib.opterr = 0;
  Expect.equals(0, lib.opterr);
  lib.opterr = 1;
  Expect.equals(3, lib.addresses.abs.asFunction<int Function(int)>()(-3));
  final a = pffi.calloc<ffi.Int32>(4);
  a[0] = 4; a[1] = 3; a[2] = 9; a[3] = -1;
  lib.qsort(a.cast(), 4, ffi.sizeOf<ffi.Int32>(),
      ffi.Pointer.fromFunction<compar_fnFunction>(compare, 0));
  Expect.listEquals([-1, 3, 4, 9], [a[0], a[1], a[2], a[3]]);
  final Dartqsort sort = lib._qsort;
  sort(a.cast(), 4, 4, ffi.Pointer.fromFunction(compare, 0));
  pffi.calloc.free(a);
  final lib2 = NativeLibrary.fromLookup(ffi.DynamicLibrary.process().lookup);
  Expect.equals(1, lib2.abs(1));
  ffi.Pointer<ffi.Int32> q = alloc(8);
  q.value = 5;
  Expect.equals(5, q.value);
  pffi.malloc.free(q);
  final r = alloc<ffi.Int16>(8);
  r.value = 5;
  pffi.malloc.free(r);
  final c = Counting();
  final ffi.Pointer<ffi.Int64> x = c<ffi.Int64>(4);
  x[3] = 7;
  Expect.equals(7, x[3]);
  ffi.Pointer<ffi.Int64> y = c();
  y.value = 3;
  Expect.equals(2, c.n);
  c.free(x); c.free(y);
  Expect.equals(0, c.n);
  final t = "grüß".toNativeUtf8(allocator: c);
  Expect.equals("grüß", t.toDartString());
  Expect.equals(6, t.length);
  c.free(t);
  pffi.using((arena) {
    final p = arena<ffi.Int8>(3);
    p[2] = 3;
    final ffi.Pointer<ffi.Int8> q = arena();
    q.value = 1;
    "x".toNativeUtf8(allocator: arena);
  }, c);
  Expect.equals(0, c.n);
  print("ok"); // expect: ok
}
