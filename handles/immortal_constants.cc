#include "handles/immortal_constants.h"

#include "handles/verify_text.h"
#include "heap/base/check.h"

namespace fart {

void ImmortalConstants::Define(std::uint32_t index, ObjectPtr object) {
  FART_CHECK(index < kCapacity);
  slots_[index] = object;
  defined_ |= std::uint32_t{1} << index;
}

HandleStatus ImmortalConstants::Find(HandleValue value, const ObjectPtr** slot) const {
  if (!IsDefined(value.index()) || value != HandleValue::Immortal(value.index())) {
    return HandleStatus::kNotAHandle;
  }
  *slot = &slots_[value.index()];
  return HandleStatus::kOk;
}

void ImmortalConstants::VisitSlots(SlotSet, SlotVisitor& visitor) {
  // Undefined slots hold immediates, which are nothing to a collector.
  visitor.VisitSlots(RootKind::kConstant, slots_, slots_ + kCapacity);
}

void ImmortalConstants::Verify(VerifyReporter& reporter) const {
  for (std::uint32_t index = 0; index < kCapacity; ++index) {
    Require(IsDefined(index) || slots_[index].is_null(), reporter, "HN-I1 defined",
            "an undefined constant refers to an object, index", index);
  }
}

bool ImmortalConstants::IsSound() const { return HasNothingToReport(*this); }

}  // namespace fart
