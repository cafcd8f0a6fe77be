// dart:core -- what every Fart program can use without an import.
//
// Members marked `native` are functions of lang/natives, found by their names
// there; only the `dart:` libraries bind that way.
//
// Names that the interpreter and the compiler rely on are listed in lang/linker/well_known.h
// and lang/compiler/README.md.
library dart.core;

import 'dart:async';

export 'dart:async' show Future, Stream;
export 'dart:isolate' show SendPort; // Extensions hand them out.

part 'object.dart';
part 'num.dart';
part 'string.dart';
part 'pattern.dart';
part 'regexp.dart';
part 'datetime.dart';
part 'uri.dart';
part 'uri_data.dart';
part 'uri_windows.dart';
part 'iterable.dart';
part 'list.dart';
part 'map.dart';
part 'const_map.dart';
part 'hash_map.dart';
part 'hash_set.dart';
part 'set.dart';
part 'sink.dart';
part 'duration.dart';
part 'errors.dart';
part 'expando.dart';
part 'throwing.dart';
part 'suspended.dart';
