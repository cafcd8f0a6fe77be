// ObjectPtr -- one tagged word: a small integer, an immediate, or a reference to a heap object.
//
//   ...xxx0   Smi: a 63-bit integer, shifted left by one
//   0..0iiiii001   immediate number i: null is 0, the others belong to whoever runs on the heap
//   aaaaaaa...01   the heap object at address a (8-byte aligned)
//
// Immediates are addresses inside region 0, which is never mapped and whose flags are 0: the write
// barrier and the collector need no test for them. (A per-isolate null object would need one load
// at every comparison; see docs/design/heap_layout.md.)
//
// An ObjectPtr into the heap is raw: it moves at safepoints. Above gc it is never a member.
//
// Not here: what the object looks like (header.h, shape.h).

#ifndef FART_HEAP_OBJECT_OBJECT_PTR_H_
#define FART_HEAP_OBJECT_OBJECT_PTR_H_

#include <atomic>
#include <cstdint>

#include "heap/base/check.h"
#include "heap/base/units.h"

namespace fart {

class ObjectPtr {
 public:
  static constexpr std::uint64_t kHeapObjectTag = 1;
  static constexpr unsigned kImmediates = 32;
  static constexpr std::uint64_t kImmediateLimit = kImmediates * kWordSize;
  static constexpr std::int64_t kSmiMax = (std::int64_t{1} << 62) - 1;
  static constexpr std::int64_t kSmiMin = -kSmiMax - 1;

  // The null immediate.
  constexpr ObjectPtr() : bits_(kHeapObjectTag) {}
  static constexpr ObjectPtr FromBits(std::uint64_t bits) { return ObjectPtr(bits); }
  static constexpr ObjectPtr Immediate(unsigned number) {
    FART_DCHECK(number < kImmediates);
    return ObjectPtr(std::uint64_t{number} * kWordSize + kHeapObjectTag);
  }
  static constexpr bool IsSmiValue(std::int64_t value) {
    return value >= kSmiMin && value <= kSmiMax;
  }
  static constexpr ObjectPtr FromSmi(std::int64_t value) {
    FART_DCHECK(IsSmiValue(value));
    return ObjectPtr(static_cast<std::uint64_t>(value) << 1);
  }
  static ObjectPtr FromAddress(Address address) {
    FART_DCHECK(address.IsAlignedTo(kWordSize));
    return ObjectPtr(address.value() + kHeapObjectTag);
  }

  // For who marks beside the mutator, which stores into `slot` meanwhile.
  static ObjectPtr LoadShared(ObjectPtr* slot) {
    return ObjectPtr(std::atomic_ref(slot->bits_).load(std::memory_order_relaxed));
  }

  constexpr std::uint64_t bits() const { return bits_; }
  constexpr bool is_null() const { return bits_ == kHeapObjectTag; }
  constexpr bool IsSmi() const { return (bits_ & kHeapObjectTag) == 0; }
  // Not a Smi: an immediate or a heap object.
  constexpr bool IsTagged() const { return (bits_ & kHeapObjectTag) != 0; }
  constexpr bool IsImmediate() const { return IsTagged() && bits_ < kImmediateLimit; }
  constexpr bool IsHeapObject() const { return IsTagged() && bits_ >= kImmediateLimit; }

  constexpr std::int64_t SmiValue() const {
    FART_DCHECK(IsSmi());
    return static_cast<std::int64_t>(bits_) >> 1;
  }
  constexpr unsigned ImmediateNumber() const {
    FART_DCHECK(IsImmediate());
    return static_cast<unsigned>(bits_ / kWordSize);
  }
  Address address() const {
    FART_DCHECK(IsHeapObject());
    return Address(bits_ - kHeapObjectTag);
  }

  friend constexpr bool operator==(ObjectPtr, ObjectPtr) = default;

 private:
  constexpr explicit ObjectPtr(std::uint64_t bits) : bits_(bits) {}

  std::uint64_t bits_;
};

static_assert(sizeof(ObjectPtr) == kWordSize);

}  // namespace fart

#endif  // FART_HEAP_OBJECT_OBJECT_PTR_H_
