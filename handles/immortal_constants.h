// ImmortalConstants -- the objects an isolate's host names without a handle of its own: null, true,
// false, the empty string, prepared errors.
//
// A constant's value is its index and the same in every isolate (HandleValue::Immortal), so that
// Fart_Null() and its like look up nothing. Which index means what is the caller's business.
//
// Invariants
//   HN-I1 defined  an index leads to an object only once it is defined.
//   HN-I2 young    those that refer to young objects are marked as such.

#ifndef FART_HANDLES_IMMORTAL_CONSTANTS_H_
#define FART_HANDLES_IMMORTAL_CONSTANTS_H_

#include <cstdint>

#include "handles/handle_value.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/object/region_flags.h"

namespace fart {

class ImmortalConstants final : public RootProvider {
 public:
  static constexpr std::uint32_t kCapacity = 32;

  explicit ImmortalConstants(RegionFlags flags) : flags_(flags) {}

  // Defining an index again replaces its object.
  void Define(std::uint32_t index, ObjectPtr object);
  // The slot of a constant that is defined; else null.
  const ObjectPtr* FindSlot(HandleValue value) const {
    const std::uint32_t index = value.index();
    return value == HandleValue::Immortal(index) && IsDefined(index) ? slots_ + index : nullptr;
  }
  // kOk or kNotAHandle.
  HandleStatus Find(HandleValue value, const ObjectPtr** slot) const;

  void VisitSlots(SlotSet set, SlotVisitor& visitor) override;
  void Verify(VerifyReporter& reporter) const override;
  bool IsSound() const;

 private:
  friend struct HandlesTestPeer;

  bool IsDefined(std::uint32_t index) const {
    return index < kCapacity && ((defined_ >> index) & 1) != 0;
  }

  RegionFlags flags_;
  ObjectPtr slots_[kCapacity];  // undefined: the null immediate
  std::uint32_t defined_ = 0;   // a bit for each index
  std::uint32_t young_ = 0;     // the same (HN-I2)
  static_assert(kCapacity <= 32);
};

}  // namespace fart

#endif  // FART_HANDLES_IMMORTAL_CONSTANTS_H_
