// CoreShapes -- the shapes every isolate has, under the same ids, and what is known of each shape.
//
// Ids 3 to 6 belong to no heap object: they let ShapeIdOf answer for Smis and immediates as well,
// so that an inline cache is keyed by one number. The others follow in the order of the
// enumeration. Classes of the language and shapes of an embedder come after them, in the order of
// their registration (ShapeRegistry::Register).
//
// Invariants
//   VM-K1 order   RegisterCoreShapes gives each core shape the id below, and checks it.
//   VM-K2 known   every registered shape has a ShapeInfo.
//   VM-K3 alike   a shape that was released serves others of the same layout only: what is left of
//                 its dead objects in the heap has the size that the heap takes it to have.
//
// Not here: what an object of a shape means (strings.h, numbers.h, lists.h, typed_data.h,
// errors.h, libraries.h).

#ifndef FART_VM_MEMORY_CORE_SHAPES_H_
#define FART_VM_MEMORY_CORE_SHAPES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>

#include "heap/base/units.h"
#include "heap/object/header.h"
#include "heap/object/object_ptr.h"
#include "heap/platform/off_heap.h"
#include "heap/shape_table.h"

namespace fart {

// ---- Immediates
inline constexpr ObjectPtr kNull = ObjectPtr();
inline constexpr ObjectPtr kTrue = ObjectPtr::Immediate(1);
inline constexpr ObjectPtr kFalse = ObjectPtr::Immediate(2);
// No value of any program: "not initialised yet", "argument not given".
inline constexpr ObjectPtr kUninitialised = ObjectPtr::Immediate(3);
static_assert(kNull == ObjectPtr::Immediate(0));
// From here on they are a host's, which gives them a meaning (fart_direct_api.h).
inline constexpr unsigned kFirstHostImmediate = 16;

inline constexpr ObjectPtr BoolObject(bool value) { return value ? kTrue : kFalse; }
inline constexpr bool IsBool(ObjectPtr object) { return object == kTrue || object == kFalse; }

// ---- Ids
namespace core_shape {
constexpr ShapeId After(ShapeId id) { return ShapeId{static_cast<std::uint32_t>(id) + 1}; }
// How many shapes `first` to `last` are.
constexpr std::uint32_t CountOf(ShapeId first, ShapeId last) {
  return static_cast<std::uint32_t>(last) - static_cast<std::uint32_t>(first) + 1;
}

// Of what is no heap object.
inline constexpr ShapeId kSmi{ShapeTable::kFirstFree};
inline constexpr ShapeId kNullValue = After(kSmi);
inline constexpr ShapeId kBool = After(kNullValue);
inline constexpr ShapeId kMarker = After(kBool);  // kUninitialised
// Strings (strings.h): variable bytes, or 16 raw bytes that say where the bytes are.
inline constexpr ShapeId kLatin1String = After(kMarker);
inline constexpr ShapeId kExternalLatin1String = After(kLatin1String);
inline constexpr ShapeId kUtf16String = After(kExternalLatin1String);
inline constexpr ShapeId kExternalUtf16String = After(kUtf16String);
// Numbers: 8 raw bytes. A Mint is an int that is no Smi.
inline constexpr ShapeId kDouble = After(kExternalUtf16String);
inline constexpr ShapeId kMint = After(kDouble);
// Variable bytes: an int that needs more than 64 bits (big_integers.h).
inline constexpr ShapeId kBigInteger = After(kMint);
// Lists of fixed length: variable references; what is immutable cannot be changed. Behind the
// elements of a marked one is a mark (vm/values/lists.h), which its length word counts.
inline constexpr ShapeId kArray = After(kBigInteger);
inline constexpr ShapeId kMarkedArray = After(kArray);
inline constexpr ShapeId kImmutableArray = After(kMarkedArray);
inline constexpr ShapeId kMarkedImmutableArray = After(kImmutableArray);
// Reference 0: a kArray with room, or null; 16 raw bytes: the extent (vm/values/lists.h), a mark.
inline constexpr ShapeId kGrowableList = After(kMarkedImmutableArray);
// References: message, exception, stack trace; 8 raw bytes: ErrorKind and flags (errors.h).
inline constexpr ShapeId kError = After(kGrowableList);
// 8 raw bytes: the library's number (libraries.h).
inline constexpr ShapeId kLibrary = After(kError);
// References 0 and 1: whatever the language records and renders, say frames and text.
inline constexpr ShapeId kStackTrace = After(kLibrary);
// 8 raw bytes: the language's number for the type.
inline constexpr ShapeId kType = After(kStackTrace);
// 16 raw bytes: the port's id, then its origin's (send_port.h).
inline constexpr ShapeId kSendPort = After(kType);
// 8 raw bytes: its id.
inline constexpr ShapeId kCapability = After(kSendPort);
// Typed data (typed_data.h): of each storage one shape for each of kTypedDataTypes types, in their
// order, so that a shape says the type and the language can have a class for each.
//   in the heap: variable bytes, whose number is the length word;
//   external: 16 raw bytes: the address of the bytes, their number;
//   views: reference 0: what the bytes are part of, no view itself; 16 raw bytes: the offset of the
//   first byte in it, their number.
inline constexpr std::uint32_t kTypedDataTypes = 13;
inline constexpr std::uint32_t kFirstTypedData = static_cast<std::uint32_t>(kCapability) + 1;
inline constexpr ShapeId kTypedData{kFirstTypedData};
inline constexpr ShapeId kExternalTypedData{kFirstTypedData + kTypedDataTypes};
inline constexpr ShapeId kTypedDataView{kFirstTypedData + 2 * kTypedDataTypes};
// Reference 0: typed data, no view.
inline constexpr ShapeId kByteBuffer{kFirstTypedData + 3 * kTypedDataTypes};
inline constexpr std::uint32_t kLimit = static_cast<std::uint32_t>(kByteBuffer) + 1;
}  // namespace core_shape

// What the objects of a shape are. The language registers kInstance to kContext.
enum class ShapeKind : std::uint8_t {
  kNone,  // the heap's own: no object the program sees
  kSmi,
  kNullValue,
  kBool,
  kMarker,
  kString,
  kDouble,
  kMint,
  kBigInteger,
  kArray,
  kGrowableList,
  kError,
  kLibrary,
  kStackTrace,
  kType,
  kSendPort,
  kCapability,
  kTypedData,
  kByteBuffer,
  kInstance,  // of a class written in the language
  kClosure,
  kCell,      // a captured variable
  kContext,   // other helpers of the language: no value of a program
  kEmbedder,  // registered through fart_heap_api.h
};

struct ShapeInfo {
  ShapeKind kind = ShapeKind::kNone;
  // Of kEmbedder: how many were registered before it. Given by Register.
  std::uint32_t index = 0;
  // The class (owned by the language) whose objects these are; of core shapes too, once the
  // language has set it. The heap never looks at it.
  void* owner = nullptr;
};

// Answers for Smis and immediates too; never an id below kFirstFree.
inline ShapeId ShapeIdOf(ObjectPtr object) {
  if (object.IsSmi()) return core_shape::kSmi;
  if (object.IsImmediate()) [[unlikely]] {
    if (object.is_null()) return core_shape::kNullValue;
    return IsBool(object) ? core_shape::kBool : core_shape::kMarker;
  }
  return Header::Of(object).shape();
}
inline bool HasShape(ObjectPtr object, ShapeId shape) {
  return object.IsHeapObject() && Header::Of(object).HasShape(shape);
}
// One of `first` to `last`. Who names neighbours (VM-K1) asserts how many there are: see CountOf.
inline bool HasShapeOf(ObjectPtr object, ShapeId first, ShapeId last) {
  return object.IsHeapObject() && Header::Of(object).HasShapeOf(first, last);
}

// One isolate's shapes with what is known of them.
class ShapeRegistry {
 public:
  // Registers the core shapes in `table`, which must be fresh. (VM-K1)
  explicit ShapeRegistry(ShapeTable& table);
  ShapeRegistry(const ShapeRegistry&) = delete;
  ShapeRegistry& operator=(const ShapeRegistry&) = delete;

  // False: `description` is not one a shape can have, or the table is full; nothing changes then.
  // The name is copied. A shape of this layout that was released is taken first.
  [[nodiscard]] bool Register(const ShapeDescription& description, ShapeInfo info, ShapeId* id);
  // Several whose ids follow each other, from *first on: all of them, or none (and std::bad_alloc,
  // or false as above).
  [[nodiscard]] bool RegisterRun(std::span<const ShapeDescription> descriptions, ShapeInfo info,
                                 ShapeId* first);
  // Nobody can get hold of an object of this shape any more, which Register gave. (VM-K3)
  void Release(ShapeId id) noexcept;

  // By ShapeIdOf(object); the array may move when a shape is registered.
  ShapeInfo& operator[](ShapeId id) { return infos_[static_cast<std::uint32_t>(id)]; }
  const ShapeInfo& operator[](ShapeId id) const { return infos_[static_cast<std::uint32_t>(id)]; }
  const ShapeInfo* data() const { return infos_.data(); }
  ShapeKind KindOf(ObjectPtr object) const { return (*this)[ShapeIdOf(object)].kind; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(infos_.size()); }

  ShapeTable& table() { return table_; }
  const ShapeTable& table() const { return table_; }

 private:
  void RegisterCore(ShapeId expected, ShapeKind kind, const ShapeDescription& description);

  // It is registered: gives it its index.
  void CountIn(ShapeInfo& info);
  // A shape that no object ever had.
  bool RegisterFresh(const ShapeDescription& description, ShapeInfo info, ShapeId* id);
  // True: one that was released has the layout, and serves now.
  bool TakeReleased(const ShapeDescription& description, ShapeInfo info, ShapeId* id);

  ShapeTable& table_;
  Vector<ShapeInfo> infos_;
  std::deque<std::string> names_;  // of what is no core shape, by id; elements stay where they are
  Vector<ShapeId> released_;       // with room for all shapes
  std::uint32_t embedders_ = 0;    // shapes of that kind
};

// ---- Where the parts of core objects are (checked by RegisterCoreShapes)
inline constexpr ByteCount kLengthOffset{kWordSize};
inline constexpr ByteCount kVariablePartOffset{2 * kWordSize};  // strings, arrays
inline constexpr ByteCount kNumberOffset{kWordSize};            // shapes of raw bytes only
inline constexpr ByteCount kReferencesOffset{kWordSize};        // no variable part

inline std::uint64_t LengthWord(ObjectPtr object) {
  return *(object.address() + kLengthOffset).As<std::uint64_t>();
}

}  // namespace fart

#endif  // FART_VM_MEMORY_CORE_SHAPES_H_
