// The types of C: type arguments, and annotations (`@Int32()`). No values but Pointers are instances.
part of dart.ffi;

abstract class NativeType {}

abstract class SizedNativeType implements NativeType {}

// To be extended: what only C knows the inside of.
abstract class Opaque implements NativeType {}

abstract class Void implements NativeType {}

// A value of the program, which C is given a handle for (Fart_Handle): any object as an argument, and
// whatever C returns. An error that it returns is thrown. Not in leaf calls.
abstract class Handle implements NativeType {}

abstract class NativeFunction<T> implements NativeType {}

class Bool implements SizedNativeType {
  const Bool();
}

class Int8 implements SizedNativeType {
  const Int8();
}

class Int16 implements SizedNativeType {
  const Int16();
}

class Int32 implements SizedNativeType {
  const Int32();
}

class Int64 implements SizedNativeType {
  const Int64();
}

class Uint8 implements SizedNativeType {
  const Uint8();
}

class Uint16 implements SizedNativeType {
  const Uint16();
}

class Uint32 implements SizedNativeType {
  const Uint32();
}

class Uint64 implements SizedNativeType {
  const Uint64();
}

class Float implements SizedNativeType {
  const Float();
}

class Double implements SizedNativeType {
  const Double();
}

// As long as the ABI says.
class Char implements SizedNativeType {
  const Char();
}

class SignedChar implements SizedNativeType {
  const SignedChar();
}

class UnsignedChar implements SizedNativeType {
  const UnsignedChar();
}

class Short implements SizedNativeType {
  const Short();
}

class UnsignedShort implements SizedNativeType {
  const UnsignedShort();
}

class Int implements SizedNativeType {
  const Int();
}

class UnsignedInt implements SizedNativeType {
  const UnsignedInt();
}

class Long implements SizedNativeType {
  const Long();
}

class UnsignedLong implements SizedNativeType {
  const UnsignedLong();
}

class LongLong implements SizedNativeType {
  const LongLong();
}

class UnsignedLongLong implements SizedNativeType {
  const UnsignedLongLong();
}

class Size implements SizedNativeType {
  const Size();
}

class IntPtr implements SizedNativeType {
  const IntPtr();
}

class UintPtr implements SizedNativeType {
  const UintPtr();
}

class WChar implements SizedNativeType {
  const WChar();
}
