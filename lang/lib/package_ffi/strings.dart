part of package_ffi;

// The functions are those of versions 0.1 of the package.
abstract class Utf8 extends Opaque {
  static Pointer<Utf8> toUtf8(String text) {
    return text.toNativeUtf8();
  }

  static String fromUtf8(Pointer<Utf8> text) {
    return text.toDartString();
  }

  static int strlen(Pointer<Utf8> text) {
    return text.length;
  }
}

abstract class Utf16 extends Opaque {
  static Pointer<Utf16> toUtf16(String text) {
    return text.toNativeUtf16();
  }
}

int _utf8LengthOf(String text) native "Utf8_lengthOf";
_writeUtf8(Pointer to, String text) native "Utf8_write";
_writeUtf16(Pointer to, String text) native "Utf16_write";
int _utf8Length(Pointer text) native "Utf8_length";
int _utf16Length(Pointer text) native "Utf16_length";
_utf8Text(Pointer text, int length) native "Utf8_text"; // Or an int: where it is malformed.
String _utf16Text(Pointer text, int length) native "Utf16_text";

_checkNotNull(Pointer text, String operation) {
  if (text == nullptr) {
    throw new UnsupportedError("Operation '$operation' not allowed on a 'nullptr'.");
  }
}

// A text in C's memory, up to its zero. `free` is called with the pointer when the text has been
// read, or could not be: `toDartString(free: malloc.free)`.
extension Utf8Pointer on Pointer<Utf8> {
  // Bytes before the zero.
  int get length {
    _checkNotNull(this, "length");
    return _utf8Length(this);
  }

  // Of `length` bytes, zeros among them, or up to the first zero.
  String toDartString({int length, void free(Pointer<Utf8> text)}) native "Utf8_toDartString" {
    _checkNotNull(this, "toDartString");
    try {
      var text = _utf8Text(this, length);
      if (text is String) return text;
      throw new FormatException("toDartString: malformed UTF-8", null, text);
    } finally {
      if (free != null) free(this);
    }
  }
}

extension Utf16Pointer on Pointer<Utf16> {
  // Units before the zero.
  int get length {
    _checkNotNull(this, "length");
    return _utf16Length(this);
  }

  String toDartString({int length, void free(Pointer<Utf16> text)}) {
    _checkNotNull(this, "toDartString");
    try {
      return _utf16Text(this, length);
    } finally {
      if (free != null) free(this);
    }
  }
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
