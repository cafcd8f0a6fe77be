// VisitCardSlots -- the references of one card of a holder that is remembered by card.
//
// Not here: what a card is (heap/remembered_set.h); what is done with its slots (scavenger.h,
// major.h).

#ifndef FART_GC_CARD_SLOTS_H_
#define FART_GC_CARD_SLOTS_H_

#include <algorithm>
#include <cstdint>
#include <utility>

#include "heap/heap.h"

namespace fart {

// Calls visit(slot) for the strong slots of the card's lines that are in the set.
template <typename Visit>
void VisitCardSlots(const Heap& heap, ObjectPtr holder, std::uint32_t card, Visit&& visit) {
  const Shape& shape = heap.ShapeOf(holder);
  const auto visit_span = [&](Address from, Address to) {
    shape.VisitStrongRuns(holder.address(), [&](ObjectPtr* first, ObjectPtr* last) {
      first = std::max(first, from.As<ObjectPtr>());
      last = std::min(last, to.As<ObjectPtr>());
      for (; first < last; ++first) visit(first);
    });
  };
  heap.remembered_set().ForEachLineSpan(holder, heap.SizeOf(holder), card, visit_span);
}

}  // namespace fart

#endif  // FART_GC_CARD_SLOTS_H_
