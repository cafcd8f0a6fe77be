// dart:ffi -- calls of C functions, pointers, and the memory that a program has in common with C.
//
// What a Pointer knows of its address, and so what is checked when it is used: docs/design/ffi.md.
library dart.ffi;

import 'dart:isolate';

part 'abi.dart';
part 'allocator.dart';
part 'callbacks.dart';
part 'compounds.dart';
part 'dynamic_library.dart';
part 'finalizer.dart';
part 'native.dart';
part 'native_api.dart';
part 'native_types.dart';
part 'pointer.dart';

// What errno was when the last native function returned, and will be when the next one begins.
int get nativeErrno native "Ffi_errno";
void set nativeErrno(int value) {
  _setErrno(value);
}

_setErrno(int value) native "Ffi_setErrno";

// How many bytes a value of a native type takes.
int sizeOf<T>() native "Ffi_sizeOf";
