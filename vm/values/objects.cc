#include "vm/values/objects.h"

#include <bit>

namespace fart {

bool AreIdentical(ObjectPtr a, ObjectPtr b, const NoSafepointScope& quiet) {
  if (a == b) return true;
  if (IsMint(a) && IsMint(b)) return MintValue(a, quiet) == MintValue(b, quiet);
  if (IsBigInteger(a) && IsBigInteger(b)) return CompareNumbers(a, b, quiet) == 0;
  if (IsDouble(a) && IsDouble(b)) {
    return std::bit_cast<std::uint64_t>(DoubleValue(a, quiet)) ==
           std::bit_cast<std::uint64_t>(DoubleValue(b, quiet));
  }
  return false;
}

namespace {

constexpr std::uint32_t kHashOfNull = 2011;  // which programs print, and have always seen

std::uint32_t HashOfBits(std::uint64_t bits) {
  const auto hash = static_cast<std::uint32_t>((bits * 0x9E3779B97F4A7C15) >> 39);
  return hash == 0 ? 1 : hash;
}

}  // namespace

std::uint32_t IdentityHashOf(Mutator& mutator, ObjectPtr object, const NoSafepointScope& quiet) {
  if (object.is_null()) return kHashOfNull;
  if (!object.IsHeapObject()) return HashOfBits(object.bits());
  if (IsString(object)) return StringHash(object, quiet);
  if (IsMint(object)) return HashOfBits(static_cast<std::uint64_t>(MintValue(object, quiet)));
  if (IsBigInteger(object)) return HashOfBits(HashBitsOfBigInteger(object, quiet));
  if (IsDouble(object)) {
    return HashOfBits(std::bit_cast<std::uint64_t>(DoubleValue(object, quiet)));
  }
  return mutator.IdentityHash(object);
}

bool IsInstance(const ShapeRegistry& shapes, ObjectPtr object) {
  switch (shapes.KindOf(object)) {
    case ShapeKind::kNone:
    case ShapeKind::kNullValue:
    case ShapeKind::kMarker:
    case ShapeKind::kError:
    case ShapeKind::kLibrary:
    case ShapeKind::kCell:
    case ShapeKind::kContext:
      return false;
    case ShapeKind::kSmi:
    case ShapeKind::kBool:
    case ShapeKind::kString:
    case ShapeKind::kDouble:
    case ShapeKind::kMint:
    case ShapeKind::kBigInteger:
    case ShapeKind::kArray:
    case ShapeKind::kGrowableList:
    case ShapeKind::kStackTrace:
    case ShapeKind::kType:
    case ShapeKind::kSendPort:
    case ShapeKind::kCapability:
    case ShapeKind::kTypedData:
    case ShapeKind::kByteBuffer:
    case ShapeKind::kInstance:
    case ShapeKind::kClosure:
    case ShapeKind::kEmbedder:
      return true;
  }
  FART_UNREACHABLE();
}

}  // namespace fart
