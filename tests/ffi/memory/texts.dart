// What goes wrong with texts in C's memory, and who frees them.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_garbage.dart';

Pointer<Utf8> textOf(List<int> bytes) {
  final p = malloc<Uint8>(bytes.length);
  for (var i = 0; i < bytes.length; i++) p[i] = bytes[i];
  return p.cast<Utf8>();
}

void main() {
  print(errorOf(() => textOf([65, 0xff, 66, 0]).toDartString()));
  // expect: FormatException: FormatException: toDartString: malformed UTF-8 (at offset 1)
  print(errorOf(() => textOf([0xc3, 0xbc, 0xe2, 0x82, 0]).toDartString()));
  // expect: FormatException: FormatException: toDartString: malformed UTF-8 (at offset 2)
  print(errorOf(() => textOf([0xf0, 0x9f, 0x98, 0x80, 0xc0, 0x80, 0]).toDartString()));
  // expect: FormatException: FormatException: toDartString: malformed UTF-8 (at offset 4)
  print(errorOf(() => textOf([65, 0]).toDartString(length: -1)).contains('length')); // expect: true
  print(errorOf(() => textOf([65, 66]).toDartString()));
  // expect: RangeError: RangeError: toDartString: argument 'text' must be a text that ends with a zero within its 2 bytes, it is Instance of 'Pointer<Utf8>'
  print(errorOf(() => textOf([65, 0]).toDartString(length: 3)));
  // expect: RangeError: RangeError: toDartString: argument 'text' must be used within its 2 bytes, and not for 3 bytes at byte 0, it is Instance of 'Pointer<Utf8>'
  print(errorOf(() => nullptr.cast<Utf8>().toDartString()));
  // expect: UnsupportedError: Unsupported operation: Operation 'toDartString' not allowed on a 'nullptr'.
  print(errorOf(() => nullptr.cast<Utf8>().length));
  // expect: UnsupportedError: Unsupported operation: Operation 'length' not allowed on a 'nullptr'.
  print(errorOf(() => nullptr.cast<Utf16>().toDartString(length: 2)));
  // expect: UnsupportedError: Unsupported operation: Operation 'toDartString' not allowed on a 'nullptr'.
  print(errorOf(() => nullptr.cast<Utf16>().length).contains("'length'")); // expect: true
  print(textOf([65, 0, 66]).toDartString(length: 3).length); // expect: 3
  print('ab\u0000cd'.toNativeUtf8().length); // expect: 2
  print(textOf([65, 0]).toDartString(length: 0) == ''); // expect: true

  // Half of a pair is no character of UTF-8, in UTF-16 it is a unit like others.
  for (final half in ['\ud800', '\udbff', '\udc00', '\udfff']) {
    final text = 'a$half\u{1f600}\ud7ff$half$half'.toNativeUtf8();
    if (text.toDartString() != 'a\ufffd\u{1f600}\ud7ff\ufffd\ufffd') print('wrong: $half');
    if (text.length != 17) print('wrong length: ${text.length}');
    if ('$half.'.toNativeUtf16().toDartString() != '$half.') print('wrong unit: $half');
  }
  print(errorOf(() => textOf([0xe2, 0x82, 0xac, 0xed, 0xa0, 0x80, 0]).toDartString()));
  // expect: FormatException: FormatException: toDartString: malformed UTF-8 (at offset 3)
  print(textOf([0xed, 0x9f, 0xbf, 0xee, 0x80, 0x80, 0]).toDartString().length); // expect: 2

  // Freed when it has been read, or could not be.
  final read = 'read'.toNativeUtf8();
  print(read.toDartString(free: malloc.free)); // expect: read
  print(errorOf(() => read.length).contains('has been freed')); // expect: true
  final bad = textOf([0x80, 0]);
  print(errorOf(() => bad.toDartString(free: malloc.free)).contains('malformed')); // expect: true
  print(errorOf(() => bad.length).contains('has been freed')); // expect: true
  final wide = 'wide'.toNativeUtf16();
  print(wide.toDartString(length: 2, free: malloc.free)); // expect: wi
  print(errorOf(() => wide.length).contains('has been freed')); // expect: true
  final freeOfC = malloc.nativeFree.asFunction<void Function(Pointer<Void>)>();
  print('of C'.toNativeUtf8().toDartString(free: (text) => freeOfC(text.cast()))); // expect: of C

  // A byte order mark at the beginning is no part of a text.
  final marked = '\u{FEFF}\u{FEFF}ab'.toNativeUtf8();
  print([marked.length, marked.toDartString().codeUnits, marked.toDartString(length: 3)]);
  // expect: [8, [65279, 97, 98], ]
  malloc.free(marked);

  final arena = new Arena();
  final inArena = 'arena'.toNativeUtf16(allocator: arena);
  print(inArena.toDartString(free: arena.free)); // expect: arena
  print(inArena.length); // expect: 5
  arena.releaseAll();
  print(errorOf(() => inArena.length).contains('has been freed')); // expect: true
}
