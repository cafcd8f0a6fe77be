// HandleValue -- the 64 bits that a host holds as a Fart_Handle.
//
//   a local handle       the address of its slot: low three bits 0, below 2^47
//   everything else      bits  0-2   kind (never 0)
//                        bits  3-28  index of the slot, the constant or the text
//                        bits 29-47  generation of the slot
//                        bits 48-63  isolate (never 0)
//
// Invariants
//   HN-V1 apart   a tagged value is at least 2^48, so it never lies in an area of local handles.
//   HN-V2 once    a table issues no value twice: what a host kept after deletion never becomes
//                 valid.
//
// Not here: what a value leads to (handle_tables.h).

#ifndef FART_HANDLES_HANDLE_VALUE_H_
#define FART_HANDLES_HANDLE_VALUE_H_

#include <cstdint>

#include "heap/base/bit_field.h"
#include "heap/base/check.h"
#include "heap/object/object_ptr.h"

namespace fart {

// Given by whoever makes isolates; an isolate's own number is neither kNone nor kProcess.
enum class IsolateId : std::uint16_t {
  kNone = 0,
  kProcess = 0xFFFF,  // in values that mean the same in every isolate
};

enum class HandleKind : std::uint8_t {
  kLocal = 0,         // untagged
  kStrong = 1,        // persistent
  kWeak = 2,          // weak persistent: frees itself after its callback
  kFinalizable = 3,   // deleted by its owner, or freed with its callback
  kImmortal = 4,      // a constant, by index; the value is the same in every isolate
  kCheckedLocal = 5,  // a local handle of checked mode
  kErrorText = 6,     // a text by index, which needs no isolate
  kExternal = 7,      // watches an object with bytes outside the heap; never given to the host
};

// What became of a question about a handle.
enum class HandleStatus : std::uint8_t {
  kOk,
  kDead,        // weak or finalizable: the referent died, the callback is queued or running
  kStale,       // its scope was left or it was deleted
  kForeign,     // of another isolate
  kWrongKind,   // a handle, but of a kind that is not allowed here
  kErrorText,   // not an object of any heap: an error known by its index
  kNotAHandle,  // no value that was ever issued
};

// Whose handles a table gives out. Those of an earlier isolate of the same number were of
// generations below.
struct HandleOwner {
  IsolateId isolate{};
  std::uint32_t first_generation = 0;

  HandleOwner(IsolateId id, std::uint32_t first = 0) : isolate(id), first_generation(first) {}
};

class HandleValue {
 public:
  using KindField = BitField<HandleKind, 0, 3>;
  using IndexField = BitField<std::uint32_t, KindField::kNext, 26>;
  using GenerationField = BitField<std::uint32_t, IndexField::kNext, 19>;
  using IsolateField = BitField<IsolateId, GenerationField::kNext, 16>;
  static_assert(IsolateField::kNext == 64);
  static_assert(IsolateField::Encode(IsolateId{1}) >= std::uint64_t{1} << 47);  // HN-V1

  static constexpr std::uint32_t kMaxIndex = static_cast<std::uint32_t>(IndexField::kMax);
  static constexpr std::uint32_t kMaxGeneration = static_cast<std::uint32_t>(GenerationField::kMax);

  // The empty value: a NULL Fart_Handle.
  constexpr HandleValue() = default;
  static constexpr HandleValue FromBits(std::uint64_t bits) { return HandleValue(bits); }
  // Of an opaque pointer type of the API.
  static HandleValue FromPointer(const void* pointer) {
    return HandleValue(reinterpret_cast<std::uint64_t>(pointer));
  }
  static HandleValue Local(const ObjectPtr* slot) { return FromPointer(slot); }
  static constexpr HandleValue Tagged(HandleKind kind, std::uint32_t index,
                                      std::uint32_t generation, IsolateId isolate) {
    FART_DCHECK(kind != HandleKind::kLocal && isolate != IsolateId::kNone);
    FART_DCHECK(IndexField::Fits(index) && GenerationField::Fits(generation));
    return HandleValue(KindField::Encode(kind) | IndexField::Encode(index) |
                       GenerationField::Encode(generation) | IsolateField::Encode(isolate));
  }
  static constexpr HandleValue Immortal(std::uint32_t index) {
    return Tagged(HandleKind::kImmortal, index, 0, IsolateId::kProcess);
  }
  static constexpr HandleValue ErrorText(std::uint32_t index) {
    return Tagged(HandleKind::kErrorText, index, 0, IsolateId::kProcess);
  }

  constexpr std::uint64_t bits() const { return bits_; }
  constexpr bool is_empty() const { return bits_ == 0; }
  // Has the form of a tagged value; says nothing about its validity.
  constexpr bool IsTagged() const {
    return kind() != HandleKind::kLocal && isolate() != IsolateId::kNone;
  }
  constexpr HandleKind kind() const { return KindField::Decode(bits_); }
  constexpr std::uint32_t index() const { return IndexField::Decode(bits_); }
  constexpr std::uint32_t generation() const { return GenerationField::Decode(bits_); }
  constexpr IsolateId isolate() const { return IsolateField::Decode(bits_); }
  // As an opaque pointer type of the API: `value.As<_Fart_Handle>()`.
  template <typename T>
  T* As() const {
    return reinterpret_cast<T*>(bits_);
  }

  friend constexpr bool operator==(HandleValue, HandleValue) = default;

 private:
  constexpr explicit HandleValue(std::uint64_t bits) : bits_(bits) {}

  std::uint64_t bits_ = 0;
};

static_assert(sizeof(HandleValue) == kWordSize);

}  // namespace fart

#endif  // FART_HANDLES_HANDLE_VALUE_H_
