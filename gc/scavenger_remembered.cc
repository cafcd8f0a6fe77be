// What old objects refer to, as a scavenge finds it: the remembered set, and what stays in it.

#include <algorithm>
#include <bit>
#include <iterator>

#include "gc/card_slots.h"
#include "gc/phase_scope.h"
#include "gc/scavenger.h"

namespace fart {
namespace {

// Remembered holders lie anywhere: so many entries before its turn an entry's memory is asked for,
// and what its card refers to when that has arrived.
constexpr std::size_t kHolderAhead = 12;
constexpr std::size_t kReferentAhead = 4;

constexpr std::size_t kWordsALine = kLineSize.InWords().value();

}  // namespace

// Inlined by force, this and what follows: gcc takes a function that does nothing but ask for
// memory for one without effect, and drops calls of it.
[[gnu::always_inline]] inline void Scavenger::PrefetchHolder(
    const RememberedSet::Entry& entry) const {
  const Address holder = entry.holder.address();
  __builtin_prefetch(holder.As<void>());
  if (entry.is_whole()) return;
  heap_.remembered_set().ForEachLine(
      entry,
      [](Address line) __attribute__((always_inline)) { __builtin_prefetch(line.As<void>()); });
}

// Of a card: the words that look like references to what is being evacuated, each a bit. One that
// is no reference makes a useless hint, no harm. What lies behind kCardSize is left out.
[[gnu::always_inline]] inline std::uint64_t Scavenger::PrefetchReferents(
    const RememberedSet::Entry& entry) const {
  if (entry.is_whole()) return 0;
  std::uint64_t words = 0;
  heap_.remembered_set().ForEachLine(
      entry, [&](Address line) __attribute__((always_inline)) {
        const auto* const first = line.As<ObjectPtr>();
        std::uint64_t found = 0;
        for (std::size_t i = 0; i < kWordsALine; ++i) {
          found |= std::uint64_t{evacuator_.IsEvacuating(first[i])} << i;
        }
        for (std::uint64_t left = found; left != 0; left &= left - 1) {
          __builtin_prefetch(first[std::countr_zero(left)].address().As<void>(), 1);
        }
        const Address card = entry.holder.address() + kCardSize * entry.card;
        words |= found << (line - card).InWords().value();
      });
  return words;
}

void Scavenger::EvacuateRememberedSet() {
  const PhaseScope phase(collection_.listener, GcPhase::kRememberedSet);
  RememberedSet& set = heap_.remembered_set();
  const std::size_t count = set.entries().size();
  std::size_t at = 0;
  GcReport& report = collection_.report;
  const ByteCount before = report.SmallSurvivors();
  const Evacuator::FromOld from_old(evacuator_);
  std::uint64_t words[kReferentAhead];  // of the next entries; of the first ones all
  std::fill(std::begin(words), std::end(words), ~std::uint64_t{0});
  set.Revise([&](const RememberedSet::Entry& entry) {
    if (at + kHolderAhead < count) PrefetchHolder(set.entries()[at + kHolderAhead]);
    std::uint64_t& ahead = words[at % kReferentAhead];
    const std::uint64_t now = ahead;
    if (at + kReferentAhead < count) ahead = PrefetchReferents(set.entries()[at + kReferentAhead]);
    ++at;
    return ScanEntry(entry, now);
  });
  report.reached_from_old += report.SmallSurvivors() - before;
}

bool Scavenger::ScanEntry(const RememberedSet::Entry& entry, std::uint64_t words) {
  if (evacuator_.IsEvacuating(entry.holder)) {  // a large one
    has_undecided_ = true;
    return true;
  }
  return entry.is_whole() ? ScanWhole(entry) : ScanCard(entry, words);
}

bool Scavenger::ScanWhole(const RememberedSet::Entry& entry) {
  const Address holder = entry.holder.address();
  const Shape& shape = shapes_[Header::At(holder).shape()];
  ++collection_.report.holders_scanned;
  ScanObject(holder, shape);
  if (!shape.is_plain()) {
    has_undecided_ = true;
    return true;
  }
  const ByteCount size = heap_.regions().SizeOf(holder);
  if (size <= kCardHolderSize && HasYoungSlot(holder, shape)) return true;
  ForgetWhole(entry, shape);
  // A large holder was whole only because it was fresh (H-M2): cards from now on.
  if (size > kCardHolderSize) RememberYoungSlots(holder, size, shape);
  return false;
}

void Scavenger::ForgetWhole(const RememberedSet::Entry& entry, const Shape& shape) {
  heap_.remembered_set().Forget(entry);
  if (moving_ != nullptr) moving_->LookAt(entry.holder.address(), shape);  // G-V1
}

// Only `words` are looked at: what they referred to was to be evacuated, and may have been since.
bool Scavenger::ScanCard(const RememberedSet::Entry& entry, std::uint64_t words) {
  RememberedSet& set = heap_.remembered_set();
  const Address holder = entry.holder.address();
  const Shape& shape = shapes_[Header::At(holder).shape()];
  ++collection_.report.cards_scanned;
  if (!shape.is_plain()) {
    // Weak slots and an ephemeron's pair are few and at the front; scanning the object whole
    // keeps their rules in one place.
    ScanObject(holder, shape);
    has_undecided_ = true;
    return true;
  }
  unsigned young = 0;  // lines
  VisitCardWords(heap_, entry.holder, entry.card, words, [&](ObjectPtr* slot) {
    // Of what is old here the barrier has told, or marking sees it.
    if (evacuator_.IsEvacuating(*slot)) EvacuateReferent(slot);
    if (evacuator_.StaysYoung(*slot)) {
      young |= RememberedSet::LineBit(entry.holder, entry.card, slot);
    }
  });
  if (young == 0) {
    set.Forget(entry);
    return false;
  }
  set.SetLines(entry.holder, entry.card, static_cast<std::uint8_t>(young));
  return true;
}

// A young large object that lives: what its cards do not cover refers to nothing young (H-R1).
void Scavenger::ScanLarge(Address object) {
  const ObjectPtr holder = ObjectPtr::FromAddress(object);
  const Shape& shape = heap_.ShapeOf(holder);
  if (!shape.is_plain()) {
    ScanObject(object, shape);
    return;
  }
  if (marking_ != nullptr && marking_->is_beginning()) {
    // Of what it is given from now on the barrier tells (G-S1).
    shape.VisitStrongRuns(object, [this](ObjectPtr* first, ObjectPtr* last) {
      for (; first != last; ++first) marking_->Reach(*first);
    });
  }
  GcReport& report = collection_.report;
  const ByteCount before = report.SmallSurvivors();
  heap_.remembered_set().ForEachCardOf(holder, heap_.SizeOf(holder), [&](std::uint32_t card) {
    ++report.cards_scanned;
    VisitCardSlots(heap_, holder, card, [this](ObjectPtr* slot) { EvacuateSlot(slot); });
  });
  report.reached_from_old += report.SmallSurvivors() - before;
}

// After everything that lives has been reached and what is weak cleared.
void Scavenger::DecideUndecided() {
  if (!has_undecided_) return;
  RememberedSet& set = heap_.remembered_set();
  set.Revise([&](const RememberedSet::Entry& entry) {
    if (StaysRemembered(entry)) return true;  // H-R1
    if (entry.is_whole()) {
      ForgetWhole(entry, heap_.ShapeOf(entry.holder));
    } else {
      set.Forget(entry);
    }
    return false;
  });
}

bool Scavenger::StaysRemembered(const RememberedSet::Entry& entry) {
  const Address holder = entry.holder.address();
  // One that was kept is evacuating, too.
  const bool is_young_large = evacuator_.IsEvacuating(entry.holder) && evacuator_.IsLarge(holder);
  if (is_young_large && !Evacuator::IsReached(holder)) return false;
  const Shape& shape = heap_.ShapeOf(entry.holder);
  if (!shape.is_plain()) return HasYoungSlot(holder, shape);
  if (!is_young_large) return true;  // It was decided at once.
  bool young = false;
  VisitCardSlots(heap_, entry.holder, entry.card,
                 [&](const ObjectPtr* slot) { young = young || evacuator_.StaysYoung(*slot); });
  return young;
}

bool Scavenger::HasYoungSlot(Address object, const Shape& shape) const {
  bool young = false;
  shape.VisitRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last && !young; ++first) young = evacuator_.StaysYoung(*first);
  });
  return young;
}

}  // namespace fart
