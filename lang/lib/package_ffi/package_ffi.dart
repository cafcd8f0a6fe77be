// package:ffi/ffi.dart -- allocators, arenas and strings for programs that call C.
library package_ffi;

import 'dart:async';
import 'dart:ffi';

part 'arena.dart';
part 'strings.dart';

// The process's malloc and calloc.
const Allocator malloc = malloc$;
const Allocator calloc = calloc$;
