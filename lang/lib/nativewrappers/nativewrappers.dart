// dart:nativewrappers -- superclasses for what native code attaches machine words to.
//
// An instance of NativeFieldWrapperClassN, or of a class that extends it, has N native fields: words
// that Fart code does not see (Fart_GetNativeInstanceField). The number is in the name; the compiler
// reads it there.
library dart.nativewrappers;

class NativeFieldWrapperClass1 {}

class NativeFieldWrapperClass2 {}

class NativeFieldWrapperClass3 {}

class NativeFieldWrapperClass4 {}
