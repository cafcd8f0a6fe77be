// Texts in C's memory: written with a zero behind them, read up to it or as long as is said.
import 'dart:ffi';
import 'package:ffi/ffi.dart';

typedef StrlenC = Size Function(Pointer<Utf8>);
typedef Strlen = int Function(Pointer<Utf8>);

String messageOf(void run()) {
  try {
    run();
  } catch (error) {
    return '$error';
  }
  return 'nothing was thrown';
}

void main() {
  final strlen = DynamicLibrary.process().lookupFunction<StrlenC, Strlen>('strlen');
  final Pointer<Utf8> text = 'Gr\u00FC\u00DFe \u{1F600}'.toNativeUtf8();
  print(text.length); // expect: 12
  print(strlen(text)); // expect: 12
  print(text.toDartString() == 'Gr\u00FC\u00DFe \u{1F600}'); // expect: true
  print(text.toDartString(length: 2)); // expect: Gr
  malloc.free(text);

  // Half of a pair right behind the last character before all pairs, which begins as it would.
  final half = '\uD7FF\uD800'.toNativeUtf8();
  print([for (int i = 0; i < half.length; i++) half.cast<Uint8>()[i]]); // expect: [237, 159, 191, 239, 191, 189]
  half.cast<Uint8>()[3] = 0xED;
  half.cast<Uint8>()[4] = 0xA0;
  half.cast<Uint8>()[5] = 0x80;
  print(messageOf(() => half.toDartString()).contains('(at offset 3)')); // expect: true
  malloc.free(half);

  final empty = ''.toNativeUtf8(allocator: calloc);
  print([empty.length, empty.toDartString()]); // expect: [0, ]
  calloc.free(empty);

  final wide = 'a\u{1F600}'.toNativeUtf16();
  print(wide.length); // expect: 3
  print(wide.toDartString() == 'a\u{1F600}'); // expect: true
  print(wide.toDartString(length: 1)); // expect: a
  malloc.free(wide);

  using((Arena arena) {
    final inArena = 'kept by an arena'.toNativeUtf8(allocator: arena);
    print(inArena.toDartString()); // expect: kept by an arena
    print(inArena.cast<Uint8>()[0]); // expect: 107
  });

  // Other pointers have no text.
  print(messageOf(() => calloc<Int32>(1).toDartString()).contains('toDartString')); // expect: true
  final open = calloc<Uint8>(2);
  open[0] = 65;
  open[1] = 66;
  print(messageOf(() => open.cast<Utf8>().toDartString()).contains('must be a text that ends with a zero')); // expect: true
  print(open.cast<Utf8>().toDartString(length: 2)); // expect: AB
  print(messageOf(() => open.cast<Utf8>().toDartString(length: 3)).isNotEmpty); // expect: true
  calloc.free(open);
}
