// package:ffi/ffi.dart -- allocators, arenas and strings for programs that call C.
library package_ffi;

import 'dart:async';
import 'dart:ffi';

part 'arena.dart';
part 'strings.dart';

// The process's malloc and calloc.
const Allocator malloc = malloc$;
const Allocator calloc = calloc$;

// As versions 0.1 of the package had them.
Pointer<T> allocate<T>({int count: 1}) {
  return malloc<T>(count);
}

void free(Pointer pointer) {
  malloc.free(pointer);
}
