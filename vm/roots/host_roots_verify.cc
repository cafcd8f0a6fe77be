// What is asked of a host's roots and of constants when a heap is verified: whether they can be
// visited, what a slot is called, and whether the young ones are listed.

#include <cstddef>
#include <string>

#include "vm/roots/host_roots.h"
#include "vm/roots/root_table.h"

namespace fart {

// VR-H1 to VR-H3 are looked at with the slots that are visited.
void HostRoots::Verify(VerifyReporter& reporter) const {
  for (const Array& known : arrays_) {
    const RootArray& array = *known.array;
    if (array.count >= 0 && (array.count == 0 || array.slots != nullptr)) continue;
    const std::string detail =
        "the array '" + known.name + "' has no " + std::to_string(array.count) + " slots";
    reporter.Report("VR-H3 valid", detail.c_str());
  }
}

std::string HostRoots::NameOf(const ObjectPtr* slot) {
  int depth = 0;
  for (auto* frame = static_cast<RootFrame*>(frames_); frame != nullptr; frame = frame->outer()) {
    if (slot >= frame->slots() && slot < frame->slots() + frame->count) {
      return "slot " + std::to_string(slot - frame->slots()) + " of frame " +
             std::to_string(depth) + ", from the innermost";
    }
    ++depth;
  }
  for (const Array& known : arrays_) {
    const RootArray& array = *known.array;
    if (slot >= array.slots && slot < array.slots + array.count) {
      return "slot " + std::to_string(slot - array.slots) + " of the array '" + known.name + "'";
    }
  }
  class Finder final : public SlotVisitor {
   public:
    explicit Finder(const ObjectPtr* wanted) : wanted_(wanted) {}
    void VisitSlots(RootKind, ObjectPtr* first, ObjectPtr* last) override {
      if (wanted_ >= first && wanted_ < last) at_ = seen_ + (wanted_ - first);
      seen_ += last - first;
    }
    std::ptrdiff_t at() const { return at_; }

   private:
    const ObjectPtr* const wanted_;
    std::ptrdiff_t seen_ = 0;
    std::ptrdiff_t at_ = -1;
  };
  for (const Visitor& known : visitors_) {
    Finder finder(slot);
    Call(known, finder);
    if (finder.at() < 0) continue;
    return "slot " + std::to_string(finder.at()) + " of the visitor '" + known.name + "'";
  }
  return {};
}

void RootTable::Verify(VerifyReporter& reporter) const {
  std::size_t listed = 0;
  ForEach([&](const Slot* slot) {
    listed += slot->listed ? 1 : 0;
    if (flags_.IsYoung(slot->value) && !slot->listed) {
      reporter.Report("VR-T1 listed",
                      "a constant refers to new space and is not in the young list");
    }
  });
  if (listed != young_.size()) {
    reporter.Report("VR-T1 listed",
                    "the young list of constants has another length than it should");
  }
}

}  // namespace fart
