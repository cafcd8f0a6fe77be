// The types of C. None has instances but Pointer: they are type arguments.
part of dart.ffi;

abstract class NativeType {}

abstract class SizedNativeType implements NativeType {}

// To be extended: what only C knows the inside of.
abstract class Opaque implements NativeType {}

abstract class Void implements NativeType {}

abstract class NativeFunction<T> implements NativeType {}

abstract class Bool implements SizedNativeType {}

abstract class Int8 implements SizedNativeType {}

abstract class Int16 implements SizedNativeType {}

abstract class Int32 implements SizedNativeType {}

abstract class Int64 implements SizedNativeType {}

abstract class Uint8 implements SizedNativeType {}

abstract class Uint16 implements SizedNativeType {}

abstract class Uint32 implements SizedNativeType {}

abstract class Uint64 implements SizedNativeType {}

abstract class Float implements SizedNativeType {}

abstract class Double implements SizedNativeType {}

// As long as the ABI says.
abstract class Char implements SizedNativeType {}

abstract class SignedChar implements SizedNativeType {}

abstract class UnsignedChar implements SizedNativeType {}

abstract class Short implements SizedNativeType {}

abstract class UnsignedShort implements SizedNativeType {}

abstract class Int implements SizedNativeType {}

abstract class UnsignedInt implements SizedNativeType {}

abstract class Long implements SizedNativeType {}

abstract class UnsignedLong implements SizedNativeType {}

abstract class LongLong implements SizedNativeType {}

abstract class UnsignedLongLong implements SizedNativeType {}

abstract class Size implements SizedNativeType {}

abstract class IntPtr implements SizedNativeType {}

abstract class UintPtr implements SizedNativeType {}

abstract class WChar implements SizedNativeType {}
