// VisitCardSlots, VisitCardWords -- the references of one card of a holder that is remembered by
// card.
//
// Not here: what a card is (heap/remembered_set.h); what is done with its slots (scavenger.h,
// major.h).

#ifndef FART_GC_CARD_SLOTS_H_
#define FART_GC_CARD_SLOTS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
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

// The same, but of the card's first 64 words only those with a bit in `words`.
template <typename Visit>
void VisitCardWords(const Heap& heap, ObjectPtr holder, std::uint32_t card, std::uint64_t words,
                    Visit&& visit) {
  static_assert(kCardSize.InWords().value() == 64);
  const Shape& shape = heap.ShapeOf(holder);
  auto* const begin = (holder.address() + kCardSize * card).As<ObjectPtr>();
  // All below the place.
  const auto below = [begin](const ObjectPtr* place) {
    const std::ptrdiff_t count = std::clamp<std::ptrdiff_t>(place - begin, 0, 64);
    return count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
  };
  shape.VisitStrongRuns(holder.address(), [&](ObjectPtr* first, ObjectPtr* last) {
    for (std::uint64_t left = words & below(last) & ~below(first); left != 0; left &= left - 1) {
      visit(begin + std::countr_zero(left));
    }
  });
  // The last card covers a shorter rest, too.
  const ByteCount size = heap.SizeOf(holder);
  const Address end = RememberedSet::CardBounds(holder, size, card).second;
  if (end - Address::Of(begin) == kCardSize) return;
  shape.VisitStrongRuns(holder.address(), [&](ObjectPtr* first, ObjectPtr* last) {
    first = std::max(first, begin + 64);
    for (; first < last; ++first) visit(first);
  });
}

}  // namespace fart

#endif  // FART_GC_CARD_SLOTS_H_
