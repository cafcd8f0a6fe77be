// Collection -- what one collection works with: the heap, whom to ask for slots, whom to tell.

#ifndef FART_GC_COLLECTION_H_
#define FART_GC_COLLECTION_H_

#include "gc/listener.h"
#include "heap/heap.h"
#include "heap/object/providers.h"
#include "heap/platform/off_heap.h"

namespace fart {

struct Collection {
  Heap& heap;
  const Vector<RootProvider*>& roots;
  const Vector<WeakProvider*>& weaks;
  GcListener* listener;  // may be null
  GcReport& report;

  void VisitRoots(SlotSet set, SlotVisitor& visitor) const {
    for (RootProvider* const provider : roots) provider->VisitSlots(set, visitor);
  }
  void VisitWeaks(SlotSet set, WeakVisitor& visitor) const {
    for (WeakProvider* const provider : weaks) provider->VisitWeak(set, visitor);
  }
  void CountSlots(RootKind kind, std::size_t slots) const {
    report.slots_visited[static_cast<std::size_t>(kind)] += slots;
  }
};

}  // namespace fart

#endif  // FART_GC_COLLECTION_H_
