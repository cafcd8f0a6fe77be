// What a table of slots looks at when a heap is verified (HN-T1 to HN-T7).

#include <cstddef>
#include <cstdint>

#include "handles/slot_table.h"
#include "handles/verify_text.h"

namespace fart {

template <typename Slot>
void SlotTable<Slot>::Verify(VerifyReporter& reporter) const {
  for (std::uint32_t number = 0; number < chunks_; ++number) {
    if (directory_[number].slots != nullptr) VerifyChunk(reporter, number);
  }
  VerifyYoungList(reporter);
  VerifyAvailableList(reporter);
}

// More than there can be where it does not end.
template <typename Slot>
std::uint32_t SlotTable<Slot>::CountFree(const Chunk& chunk) const {
  std::uint32_t free = 0;
  std::int64_t position = chunk.first_free;
  while (position >= 0 && position < kNoPosition && free <= kSlotsPerChunk &&
         !IsInUse(chunk.slots[position]) && chunk.slots[position].referent.IsSmi()) {
    ++free;
    position = chunk.slots[position].referent.SmiValue();
  }
  return position == kNoPosition ? free : kSlotsPerChunk + 1;
}

template <typename Slot>
void SlotTable<Slot>::VerifyRation(VerifyReporter& reporter) const {
  const std::uint32_t left = LeftOfRation();
  Require((every_ == 0 || ration_size_ <= every_) && CountFree(ration_) == left && left != 0 &&
              ration_.slots == directory_[current_].slots && left <= directory_[current_].in_use,
          reporter, "HN-T7 ration", "more or less than was cut from the free list of chunk",
          current_);
}

template <typename Slot>
void SlotTable<Slot>::VerifyChunk(VerifyReporter& reporter, std::uint32_t number) const {
  const Chunk& chunk = directory_[number];
  std::uint32_t with_kind = 0;
  std::uint32_t retired = 0;
  for (std::uint32_t position = 0; position < kSlotsPerChunk; ++position) {
    const Slot& slot = chunk.slots[position];
    const std::uint32_t index = (number << kSlotsPerChunkShift) | position;
    const std::uint32_t generation = Generation::Decode(slot.tag);
    const bool is_retired = generation == kRetiredGeneration;
    retired += is_retired ? 1 : 0;
    with_kind += IsInUse(slot) ? 1 : 0;
    Require(!IsInUse(slot) || !is_retired, reporter, "HN-T1 one state", "retired and in use, slot",
            index);
    Require(generation >= chunk.starting_generation &&
                HandleValue::IsolateField::Decode(slot.tag) == isolate_,
            reporter, "HN-T2 once", "a generation or isolate that was not given, slot", index);
    Require(
        !IsInUse(slot) || !flags_.IsYoung(slot.referent) || Link::Decode(slot.tag) != kNotListed,
        reporter, "HN-T3 young", "refers to a young object and is not listed, slot", index);
  }
  // Exactly as many steps as there are free slots, or the list is wrong.
  const std::uint32_t free = CountFree(chunk);
  Require(free <= kSlotsPerChunk, reporter, "HN-T1 one state", "the free list does not end, chunk",
          number);
  // A vacated slot on its way to the last generation counts as in use until it is put back.
  Require(with_kind <= chunk.in_use && chunk.retired <= retired &&
              free + chunk.in_use + chunk.retired == kSlotsPerChunk,
          reporter, "HN-T1 one state", "free, used and retired slots are not all, chunk", number);
}

template <typename Slot>
void SlotTable<Slot>::VerifyYoungList(VerifyReporter& reporter) const {
  std::size_t listed = 0;
  for (std::uint32_t number = 0; number < chunks_; ++number) {
    const Slot* const slots = directory_[number].slots;
    for (std::uint32_t i = 0; slots != nullptr && i < kSlotsPerChunk; ++i) {
      listed += Link::Decode(slots[i].tag) != kNotListed ? 1 : 0;
    }
  }
  // Singly linked: if it ends after as many steps as there are listed slots, it holds each once.
  std::size_t steps = 0;
  std::size_t uncounted = 0;
  std::uint32_t index = first_young_;
  while (index != kEndOfList && steps <= listed) {
    if (index == counted_from_) uncounted = steps;
    const Slot* const slot = AtIfThere(index);
    if (slot == nullptr) break;
    index = Link::Decode(slot->tag);
    ++steps;
  }
  Require(index == kEndOfList && steps == listed, reporter, "HN-T4 list",
          "the young list does not hold every listed slot once; it went wrong at slot", index);
  if (counted_from_ == kEndOfList) uncounted = steps;
  Require(uncounted + counted_ == steps, reporter, "HN-T4 list",
          "listed slots were counted wrongly; of the last ones", uncounted);
}

template <typename Slot>
void SlotTable<Slot>::VerifyAvailableList(VerifyReporter& reporter) const {
  std::uint32_t available = 0;
  for (std::uint32_t number = 0; number < chunks_; ++number) {
    const Chunk& chunk = directory_[number];
    const bool has_ration = HasRation() && number == current_;
    const bool has_free = chunk.slots != nullptr && (chunk.first_free != kNoPosition || has_ration);
    available += has_free ? 1 : 0;
    Require(has_free == chunk.is_available, reporter, "HN-T5 available",
            "free slots and not available, or the reverse, chunk", number);
    Require(chunk.is_quick == (chunk.is_available && may_release_quickly_), reporter,
            "HN-T5 available", "released quickly and not available, or the reverse, chunk", number);
  }
  if (HasRation() && current_ < chunks_) VerifyRation(reporter);
  std::uint32_t steps = 0;
  std::uint32_t number = current_;
  while (number < chunks_ && directory_[number].is_available && steps <= available) {
    number = directory_[number].next;
    ++steps;
  }
  Require(number == kNone && steps == available, reporter, "HN-T5 available",
          "the available list does not hold every such chunk once; it went wrong at chunk", number);
}

template void SlotTable<StrongSlot>::Verify(VerifyReporter&) const;
template std::uint32_t SlotTable<StrongSlot>::CountFree(const Chunk&) const;
template void SlotTable<StrongSlot>::VerifyRation(VerifyReporter&) const;
template void SlotTable<StrongSlot>::VerifyChunk(VerifyReporter&, std::uint32_t) const;
template void SlotTable<StrongSlot>::VerifyYoungList(VerifyReporter&) const;
template void SlotTable<StrongSlot>::VerifyAvailableList(VerifyReporter&) const;
template void SlotTable<WeakSlot>::Verify(VerifyReporter&) const;
template std::uint32_t SlotTable<WeakSlot>::CountFree(const Chunk&) const;
template void SlotTable<WeakSlot>::VerifyRation(VerifyReporter&) const;
template void SlotTable<WeakSlot>::VerifyChunk(VerifyReporter&, std::uint32_t) const;
template void SlotTable<WeakSlot>::VerifyYoungList(VerifyReporter&) const;
template void SlotTable<WeakSlot>::VerifyAvailableList(VerifyReporter&) const;

}  // namespace fart
