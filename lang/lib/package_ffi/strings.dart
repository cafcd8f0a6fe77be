part of package_ffi;

abstract class Utf8 extends Opaque {}

abstract class Utf16 extends Opaque {}

int _utf8LengthOf(String text) native "Utf8_lengthOf";
_writeUtf8(Pointer to, String text) native "Utf8_write";
_writeUtf16(Pointer to, String text) native "Utf16_write";
int _utf8Length(Pointer text) native "Utf8_length";
int _utf16Length(Pointer text) native "Utf16_length";
String _utf8Text(Pointer text, int length) native "Utf8_text";
String _utf16Text(Pointer text, int length) native "Utf16_text";

// A text in C's memory, up to its zero.
extension Utf8Pointer on Pointer<Utf8> {
  // Bytes before the zero.
  int get length => _utf8Length(this);

  // Of `length` bytes, zeros among them, or up to the first zero.
  String toDartString({int length}) => _utf8Text(this, length);
}

extension Utf16Pointer on Pointer<Utf16> {
  // Units before the zero.
  int get length => _utf16Length(this);

  String toDartString({int length}) => _utf16Text(this, length);
}

// Both write a zero behind the text; what they allocate is the caller's.
extension StringUtf8Pointer on String {
  Pointer<Utf8> toNativeUtf8({Allocator allocator}) {
    final pointer = (allocator ?? malloc).allocate<Utf8>(_utf8LengthOf(this) + 1);
    _writeUtf8(pointer, this);
    return pointer;
  }
}

extension StringUtf16Pointer on String {
  Pointer<Utf16> toNativeUtf16({Allocator allocator}) {
    final pointer = (allocator ?? malloc).allocate<Utf16>((this.length + 1) * 2);
    _writeUtf16(pointer, this);
    return pointer;
  }
}
