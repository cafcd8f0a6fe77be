#include "handles/immortal_constants.h"

#include <bit>

#include "handles/verify_text.h"
#include "heap/base/check.h"

namespace fart {

void ImmortalConstants::Define(std::uint32_t index, ObjectPtr object) {
  FART_CHECK(index < kCapacity);
  slots_[index] = object;
  const std::uint32_t bit = std::uint32_t{1} << index;
  defined_ |= bit;
  young_ = flags_.IsYoung(object) ? young_ | bit : young_ & ~bit;  // HN-I2
}

HandleStatus ImmortalConstants::Find(HandleValue value, const ObjectPtr** slot) const {
  if (!IsDefined(value.index()) || value != HandleValue::Immortal(value.index())) {
    return HandleStatus::kNotAHandle;
  }
  *slot = &slots_[value.index()];
  return HandleStatus::kOk;
}

void ImmortalConstants::VisitSlots(SlotSet set, SlotVisitor& visitor) {
  if (set != SlotSet::kYoung) {
    // Undefined slots hold immediates, which are nothing to a collector.
    visitor.VisitSlots(RootKind::kConstant, slots_, slots_ + kCapacity);
    return;
  }
  for (std::uint32_t left = young_; left != 0; left &= left - 1) {
    const auto index = static_cast<std::uint32_t>(std::countr_zero(left));
    visitor.VisitSlot(RootKind::kConstant, &slots_[index]);
    if (!flags_.IsYoung(slots_[index])) young_ &= ~(std::uint32_t{1} << index);
  }
}

bool ImmortalConstants::IsSound() const { return HasNothingToReport(*this); }

}  // namespace fart
