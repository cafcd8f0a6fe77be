// Compresses a text by zlib and makes it of that again.
import 'dart:ffi';

import 'package:ffi/ffi.dart';

typedef NativeCompress = Int Function(
    Pointer<Uint8> to, Pointer<UnsignedLong> toLength, Pointer<Uint8> from, UnsignedLong length);
typedef Compress = int Function(
    Pointer<Uint8> to, Pointer<UnsignedLong> toLength, Pointer<Uint8> from, int length);

final library = DynamicLibrary.open('libz.so.1');
final version = library.lookupFunction<Pointer<Utf8> Function(), Pointer<Utf8> Function()>(
    'zlibVersion');
final bound = library.lookupFunction<UnsignedLong Function(UnsignedLong), int Function(int)>(
    'compressBound');
final compress = library.lookupFunction<NativeCompress, Compress>('compress');
final uncompress = library.lookupFunction<NativeCompress, Compress>('uncompress');
final checksum = library.lookupFunction<UnsignedLong Function(UnsignedLong, Pointer<Uint8>, UnsignedInt),
    int Function(int, Pointer<Uint8>, int)>('crc32');
final describe = library.lookupFunction<Pointer<Utf8> Function(Int), Pointer<Utf8> Function(int)>(
    'zError');

void check(int result) {
  if (result != 0) throw Exception('zlib: ${describe(result).toDartString()}');
}

void main() {
  final text = 'A text that says the same again and again. ' * 1000;
  print('zlib ${version().toDartString().split('.').first}');
  using((arena) {
    final bytes = text.toNativeUtf8(allocator: arena);
    final length = bytes.length;
    final packedLength = arena<UnsignedLong>()..value = bound(length);
    final packed = arena<Uint8>(packedLength.value);
    check(compress(packed, packedLength, bytes.cast(), length));
    print('$length bytes become ${packedLength.value < 1000 ? 'less than 1000' : 'many'}');

    final againLength = arena<UnsignedLong>()..value = length;
    final again = arena<Uint8>(length);
    check(uncompress(again, againLength, packed, packedLength.value));
    print('The same again: ${again.cast<Utf8>().toDartString(length: againLength.value) == text}');
    print('checksums agree: ${checksum(0, again, length) == checksum(0, bytes.cast(), length)}');

    // What is no compressed data: zlib says so, and nothing else happens.
    packed[0] ^= 0xff;
    try {
      check(uncompress(again, againLength, packed, packedLength.value));
    } catch (e) {
      print(e);
    }
  });
}
