// ImmortalConstants -- the objects an isolate's host names without a handle of its own: null, true,
// false, the empty string, prepared errors.
//
// A constant's value is its index and the same in every isolate (HandleValue::Immortal), so that
// Fart_Null() and its like look up nothing. Which index means what is the caller's business.
//
// Invariants
//   HN-I1 defined   an index leads to an object only once it is defined.

#ifndef FART_HANDLES_IMMORTAL_CONSTANTS_H_
#define FART_HANDLES_IMMORTAL_CONSTANTS_H_

#include <cstdint>

#include "handles/handle_value.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"

namespace fart {

class ImmortalConstants final : public RootProvider {
 public:
  static constexpr std::uint32_t kCapacity = 32;

  // Defining an index again replaces its object.
  void Define(std::uint32_t index, ObjectPtr object);
  // kOk or kNotAHandle.
  HandleStatus Find(HandleValue value, const ObjectPtr** slot) const;

  // All defined ones in every set: they are few.
  void VisitSlots(SlotSet set, SlotVisitor& visitor) override;
  void Verify(VerifyReporter& reporter) const override;
  bool IsSound() const;

 private:
  friend struct HandlesTestPeer;

  bool IsDefined(std::uint32_t index) const {
    return index < kCapacity && ((defined_ >> index) & 1) != 0;
  }

  ObjectPtr slots_[kCapacity];  // undefined: the null immediate
  std::uint32_t defined_ = 0;   // a bit for each index
  static_assert(kCapacity <= 32);
};

}  // namespace fart

#endif  // FART_HANDLES_IMMORTAL_CONSTANTS_H_
