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
  const auto found =
      std::ranges::find_if(arrays_, [&](const Array& known) { return known.array == array; });
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
  const auto found = std::ranges::find_if(visitors_, [&](const Visitor& known) {
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

}  // namespace fart
