import 'dart:ffi';
import 'dart:io';
import 'package:ffi/ffi.dart';

// Note that ole32.dll is the correct name in both 32-bit and 64-bit.
final DynamicLibrary stdlib = Platform.isWindows
    ? DynamicLibrary.open('ole32.dll')
    : DynamicLibrary.process();

typedef PosixMallocNative = Pointer Function(IntPtr);
typedef PosixFreeNative = Void Function(Pointer);
final Pointer Function(int) posixMalloc =
    stdlib.lookupFunction<PosixMallocNative, Pointer Function(int)>('malloc');
final void Function(Pointer) posixFree =
    stdlib.lookupFunction<PosixFreeNative, void Function(Pointer)>('free');

// As package:ffi has it.
class MallocAllocator implements Allocator {
  const MallocAllocator();

  Pointer<T> allocate<T extends NativeType>(int byteCount, {int alignment}) {
    Pointer<T> result = posixMalloc(byteCount).cast<T>();
    if (result.address == 0) {
      throw ArgumentError('Could not allocate $byteCount bytes.');
    }
    return result;
  }

  void free(Pointer pointer) {
    posixFree(pointer);
  }
}

void main() {
  const allocator = MallocAllocator();
  final p = allocator<Int32>(2);
  p[1] = 42;
  print(p[1]);
  allocator.free(p);
}
