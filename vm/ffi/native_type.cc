#include "vm/ffi/native_type.h"

#include <array>
#include <cstddef>

#include "heap/base/check.h"

namespace fart::ffi {

NativeKind KindOf(CName name, Abi abi) {
  switch (name) {
    case CName::kChar:
      return abi == Abi::kAapcs64 ? NativeKind::kUint8 : NativeKind::kInt8;
    case CName::kSignedChar:
      return NativeKind::kInt8;
    case CName::kUnsignedChar:
      return NativeKind::kUint8;
    case CName::kShort:
      return NativeKind::kInt16;
    case CName::kUnsignedShort:
      return NativeKind::kUint16;
    case CName::kInt:
      return NativeKind::kInt32;
    case CName::kUnsignedInt:
      return NativeKind::kUint32;
    case CName::kLong:
    case CName::kLongLong:
    case CName::kIntPtr:
      return NativeKind::kInt64;
    case CName::kUnsignedLong:
    case CName::kUnsignedLongLong:
    case CName::kSize:
    case CName::kUintPtr:
      return NativeKind::kUint64;
    case CName::kWChar:
      return abi == Abi::kAapcs64 ? NativeKind::kUint32 : NativeKind::kInt32;
  }
  FART_UNREACHABLE();
}

const NativeType* TypeOf(NativeKind kind) {
  static constexpr const char* kNames[] = {
      "Void",   "Bool",  "Int8",   "Uint8",   "Int16",  "Uint16", "Int32", "Uint32", "Int64",
      "Uint64", "Float", "Double", "Pointer", "Handle", "Struct", "Union", "Array",  "Opaque"};
  // Never destroyed: threads that outlive main may still call.
  static const auto* const all = [] {
    auto* const types = new std::array<NativeType, kNativeKinds>();
    for (std::size_t i = 0; i < types->size(); ++i) {
      NativeType& type = (*types)[i];
      type.kind = static_cast<NativeKind>(i);
      type.size = SizeOf(type.kind);
      type.alignment = type.size == 0 ? 1 : type.size;
      type.name = kNames[i];
    }
    return types;
  }();
  FART_DCHECK(kind <= NativeKind::kHandle || kind == NativeKind::kOpaque);
  return &(*all)[static_cast<std::size_t>(kind)];
}

}  // namespace fart::ffi
