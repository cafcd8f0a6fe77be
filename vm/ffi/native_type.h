// NativeType -- a type of C as a call, a field or an access needs it: what it is, how long it is,
// where it may lie.
//
// Scalars are the same on both ABIs that we serve; which scalar a name of C stands for is not
// (KindOf). Compound types and arrays are made by struct_layout.h. A NativeType is never changed,
// and named by its address; whoever made it keeps it.
//
// Not here: how a type is passed (call_plan.h).

#ifndef FART_VM_FFI_NATIVE_TYPE_H_
#define FART_VM_FFI_NATIVE_TYPE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fart::ffi {

enum class Abi : std::uint8_t {
  kSysvX64,  // System V on x86-64
  kAapcs64,  // AArch64, as Linux has it
};

#if defined(__x86_64__)
inline constexpr Abi kHostAbi = Abi::kSysvX64;
#elif defined(__aarch64__)
inline constexpr Abi kHostAbi = Abi::kAapcs64;
#endif

enum class NativeKind : std::uint8_t {
  kVoid,
  kBool,
  kInt8,
  kUint8,
  kInt16,
  kUint16,
  kInt32,
  kUint32,
  kInt64,
  kUint64,
  kFloat,
  kDouble,
  kPointer,
  kHandle,  // A value of the program: only as an argument or a result, so it has no size.
  kStruct,
  kUnion,
  kArray,
  kOpaque,  // Behind a pointer only: its size is nobody's business.
};
inline constexpr int kNativeKinds = static_cast<int>(NativeKind::kOpaque) + 1;

// Names whose meaning is the ABI's.
enum class CName : std::uint8_t {
  kChar,
  kSignedChar,
  kUnsignedChar,
  kShort,
  kUnsignedShort,
  kInt,
  kUnsignedInt,
  kLong,
  kUnsignedLong,
  kLongLong,
  kUnsignedLongLong,
  kSize,
  kIntPtr,
  kUintPtr,
  kWChar,
};
NativeKind KindOf(CName name, Abi abi);

struct NativeType;

struct NativeField {
  std::string name;
  const NativeType* type = nullptr;
  std::uint64_t offset = 0;
};

struct NativeType {
  NativeKind kind = NativeKind::kVoid;
  std::uint64_t size = 0;
  std::uint64_t alignment = 1;
  std::string name;                     // as messages have it
  const NativeType* element = nullptr;  // kArray
  std::uint64_t length = 0;             // kArray
  bool is_variable = false;             // kArray: `length` is what counts for sizes only.
  std::vector<NativeField> fields;      // kStruct, kUnion

  bool IsCompound() const { return kind == NativeKind::kStruct || kind == NativeKind::kUnion; }
  bool IsScalar() const { return kind > NativeKind::kVoid && kind <= NativeKind::kHandle; }
  bool IsFloating() const { return kind == NativeKind::kFloat || kind == NativeKind::kDouble; }
};

// The one type of a kind that needs no more to be said: scalars, void, opaque.
const NativeType* TypeOf(NativeKind kind);

// Of scalars: 1, 2, 4 or 8.
constexpr std::uint32_t SizeOf(NativeKind kind) {
  switch (kind) {
    case NativeKind::kBool:
    case NativeKind::kInt8:
    case NativeKind::kUint8:
      return 1;
    case NativeKind::kInt16:
    case NativeKind::kUint16:
      return 2;
    case NativeKind::kInt32:
    case NativeKind::kUint32:
    case NativeKind::kFloat:
      return 4;
    case NativeKind::kInt64:
    case NativeKind::kUint64:
    case NativeKind::kDouble:
    case NativeKind::kPointer:
      return 8;
    case NativeKind::kVoid:
    case NativeKind::kHandle:
    case NativeKind::kStruct:
    case NativeKind::kUnion:
    case NativeKind::kArray:
    case NativeKind::kOpaque:
      break;
  }
  return 0;
}

// How an integer lies in a word: for Narrowed and its like where the kind is known beforehand.
struct IntegerForm {
  std::uint64_t kept = 0;       // Of its own bits, extended by their sign: an unsigned one's are 0.
  std::uint8_t spare_bits = 0;  // above its own
  bool is_integer = false;

  // The value of its own bits. Without a question: it is asked of every argument and result.
  constexpr std::int64_t Value(std::uint64_t word) const {
    const auto extended = static_cast<std::int64_t>(word << spare_bits) >> spare_bits;
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(extended) & kept);
  }
};
constexpr IntegerForm IntegerFormOf(NativeKind kind) {
  if (kind < NativeKind::kInt8 || kind > NativeKind::kUint64) return {};
  const bool is_signed = kind == NativeKind::kInt8 || kind == NativeKind::kInt16 ||
                         kind == NativeKind::kInt32 || kind == NativeKind::kInt64;
  const auto spare_bits = static_cast<std::uint8_t>(64 - 8 * SizeOf(kind));
  const std::uint64_t all = ~std::uint64_t{0};
  return {is_signed ? all : all >> spare_bits, spare_bits, true};
}

// The low bytes of `word` as a value of an integer kind, in all 64 bits: what a callee left in a
// register above the bytes that it returned is nothing.
constexpr std::int64_t Narrowed(NativeKind kind, std::uint64_t word) {
  switch (kind) {
    case NativeKind::kBool:
      return (word & 0xff) != 0 ? 1 : 0;
    case NativeKind::kInt8:
      return static_cast<std::int8_t>(word);
    case NativeKind::kUint8:
      return static_cast<std::uint8_t>(word);
    case NativeKind::kInt16:
      return static_cast<std::int16_t>(word);
    case NativeKind::kUint16:
      return static_cast<std::uint16_t>(word);
    case NativeKind::kInt32:
      return static_cast<std::int32_t>(word);
    case NativeKind::kUint32:
      return static_cast<std::uint32_t>(word);
    default:
      return static_cast<std::int64_t>(word);
  }
}

}  // namespace fart::ffi

#endif  // FART_VM_FFI_NATIVE_TYPE_H_
