#include "vm/roots/host_roots.h"

#include <algorithm>

namespace fart {

bool HostRoots::AddArray(RootArray* array, const char* name) {
  for (const Array& known : arrays_) {
    if (known.array == array) return false;
  }
  arrays_.push_back({array, name});
  return true;
}

bool HostRoots::RemoveArray(const RootArray* array) {
  const auto found = std::find_if(arrays_.begin(), arrays_.end(),
                                  [&](const Array& known) { return known.array == array; });
  if (found == arrays_.end()) return false;
  arrays_.erase(found);
  return true;
}

bool HostRoots::AddVisitor(HostVisitor visitor, void* peer, const char* name) {
  for (const Visitor& known : visitors_) {
    if (known.visit == visitor && known.peer == peer) return false;
  }
  visitors_.push_back({visitor, peer, name});
  return true;
}

bool HostRoots::RemoveVisitor(HostVisitor visitor, const void* peer) {
  const auto found = std::find_if(visitors_.begin(), visitors_.end(), [&](const Visitor& known) {
    return known.visit == visitor && known.peer == peer;
  });
  if (found == visitors_.end()) return false;
  visitors_.erase(found);
  return true;
}

void HostRoots::VisitFrames(SlotVisitor& visitor, RootFrame* innermost, const RootFrame* outer) {
  for (RootFrame* frame = innermost; frame != nullptr && frame != outer; frame = frame->outer()) {
    if (frame->count == 0) continue;
    visitor.VisitSlots(RootKind::kHost, frame->slots(), frame->slots() + frame->count);
  }
}

void HostRoots::VisitArray(RootArray& array, SlotSet set, SlotVisitor& visitor) {
  if (array.count <= 0 || array.slots == nullptr) {
    array.clean = 0;
    return;
  }
  ObjectPtr* const end = array.slots + array.count;
  array.clean = std::clamp<std::intptr_t>(array.clean, 0, array.count);
  ObjectPtr* slot = set == SlotSet::kYoung ? array.slots + array.clean : array.slots;
  if (slot != end) visitor.VisitSlots(RootKind::kHost, slot, end);
  // What the visit has left there is old, or stays to be visited.
  slot = array.slots + array.clean;
  while (slot != end && !flags_.IsYoung(*slot)) ++slot;
  array.clean = slot - array.slots;  // VR-H2
}

void HostRoots::VisitSlots(SlotSet set, SlotVisitor& visitor) {
  VisitFrames(visitor, static_cast<RootFrame*>(frames_), nullptr);
  for (const Array& known : arrays_) VisitArray(*known.array, set, visitor);
  for (const Visitor& known : visitors_) Call(known, visitor);
}

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

}  // namespace fart
