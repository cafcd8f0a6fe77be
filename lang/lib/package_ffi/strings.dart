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
