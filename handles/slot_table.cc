#include "handles/slot_table.h"

#include <algorithm>
#include <new>
#include <utility>

#include "heap/platform/off_heap.h"

namespace fart {

template <typename Slot>
SlotTable<Slot>::SlotTable(RegionFlags flags, HandleOwner owner, std::uint32_t max_chunks)
    : max_chunks_(std::min(max_chunks, kMaxChunks)),
      flags_(flags),
      isolate_(owner.isolate),
      first_generation_(owner.first_generation) {
  FART_CHECK(isolate_ != IsolateId::kNone && isolate_ != IsolateId::kProcess);
  FART_CHECK(first_generation_ < kRetiredGeneration);
  no_slot_.referent = ObjectPtr::FromSmi(kNoPosition);
}

template <typename Slot>
SlotTable<Slot>::~SlotTable() {
  for (std::uint32_t number = 0; number < chunks_; ++number) {
    OffHeapFree(directory_[number].slots, kChunkSize);
  }
  OffHeapFree(directory_, ByteCount(sizeof(Chunk)) * capacity_);
}

template <typename Slot>
HandleStatus SlotTable<Slot>::Explain(HandleValue value) const {
  if (!value.IsTagged()) return HandleStatus::kNotAHandle;
  if (value.isolate() != isolate_) return HandleStatus::kForeign;
  const std::uint32_t number = value.index() >> kSlotsPerChunkShift;
  if (number >= chunks_) return HandleStatus::kNotAHandle;
  const Chunk& chunk = directory_[number];
  const std::uint32_t generation = chunk.slots == nullptr
                                       ? chunk.starting_generation
                                       : Generation::Decode(At(value.index())->tag);
  // HN-T2
  return value.generation() < generation ? HandleStatus::kStale : HandleStatus::kNotAHandle;
}

template <typename Slot>
const Slot* SlotTable<Slot>::AtIfThere(std::int64_t index) const {
  if (index < 0 || index >= std::int64_t{chunks_} * kSlotsPerChunk) return nullptr;
  const auto number = static_cast<std::uint32_t>(index);
  return directory_[number >> kSlotsPerChunkShift].slots == nullptr ? nullptr : At(number);
}

template <typename Slot>
auto SlotTable<Slot>::ClaimSlow(HandleKind kind, ObjectPtr object) -> Claimed {
  if (current_ == kNone && !Refill()) return {HandleValue(), nullptr};
  Chunk& chunk = HasRation() ? ration_ : directory_[current_];
  const Claimed claimed = ClaimFirst(chunk, kind, object);
  if (HasRation()) ReturnRation();
  if (directory_[current_].first_free == kNoPosition) DropCurrent();
  if (every_ != 1 && current_ != kNone) TakeRation();
  return claimed;
}

template <typename Slot>
void SlotTable<Slot>::SetQuickWay(std::uint64_t every) {
  if (HasRation()) ReturnRation();
  every_ = every;
  SetCurrent(current_);
  if (every_ != 1 && current_ != kNone) TakeRation();
}

// All that is free, or so many as `every_` at one end of the list: at the end that is reached in
// fewer steps. At the other one is what will be released, so that the next ration is there again.
template <typename Slot>
void SlotTable<Slot>::TakeRation() {
  Chunk& chunk = directory_[current_];
  const std::uint32_t free = kSlotsPerChunk - chunk.in_use - chunk.retired;
  const auto most = every_ == 0 ? free : every_;
  const auto size = static_cast<std::uint32_t>(std::min<std::uint64_t>(free, most));
  const std::uint32_t rest = free - size;
  ration_ = {
      .slots = chunk.slots, .first_free = chunk.first_free, .first_index = chunk.first_index};
  ration_size_ = size;
  if (rest == 0) {
    chunk.first_free = kNoPosition;
  } else {
    Slot* last = chunk.slots + chunk.first_free;
    for (std::uint32_t steps = std::min(size, rest); --steps != 0;) {
      last = chunk.slots + last->referent.SmiValue();
    }
    const auto second = static_cast<std::uint32_t>(last->referent.SmiValue());
    (rest < size ? ration_ : chunk).first_free = second;
    last->referent = ObjectPtr::FromSmi(kNoPosition);
  }
  chunk.in_use = static_cast<std::uint16_t>(chunk.in_use + size);
}

template <typename Slot>
void SlotTable<Slot>::ReturnRation() {
  Chunk& chunk = directory_[current_];
  if (ration_.first_free != kNoPosition) {
    Slot* last = chunk.slots + ration_.first_free;
    while (last->referent != ObjectPtr::FromSmi(kNoPosition)) {
      last = chunk.slots + last->referent.SmiValue();
    }
    last->referent = ObjectPtr::FromSmi(chunk.first_free);
    chunk.first_free = ration_.first_free;
    chunk.in_use = static_cast<std::uint16_t>(chunk.in_use - LeftOfRation());
    if (chunk.in_use == 0) some_chunk_emptied_ = true;
  }
  ration_ = NoRation();
}

template <typename Slot>
bool SlotTable<Slot>::Refill() {
  void* const block = OffHeapAllocate(kChunkSize);
  if (block == nullptr) return false;
  const std::uint32_t number = NumberForNewChunk();
  if (number == kNone) {
    OffHeapFree(block, kChunkSize);
    return false;
  }
  Chunk& chunk = directory_[number];
  chunk.slots = static_cast<Slot*>(block);
  chunk.first_index = number << kSlotsPerChunkShift;
  chunk.retired = 0;
  chunk.first_free = 0;
  chunk.next = kNone;
  SetAvailable(chunk, true);
  for (std::uint32_t position = 0; position < kSlotsPerChunk; ++position) {
    Slot* const slot = new (chunk.slots + position) Slot{};
    slot->referent = ObjectPtr::FromSmi(position + 1);  // The last one: kNoPosition.
    slot->tag = Link::Encode(kNotListed) | Generation::Encode(chunk.starting_generation) |
                HandleValue::IsolateField::Encode(isolate_);
  }
  SetCurrent(number);
  ++held_;
  return true;
}

template <typename Slot>
std::uint32_t SlotTable<Slot>::NumberForNewChunk() {
  if (first_given_back_ != kNone) {
    const std::uint32_t number = first_given_back_;
    first_given_back_ = directory_[number].next;
    return number;
  }
  if (chunks_ == max_chunks_ || (chunks_ == capacity_ && !GrowDirectory())) return kNone;
  new (directory_ + chunks_) Chunk{};
  directory_[chunks_].starting_generation = first_generation_;
  const std::uint32_t number = chunks_++;
  SetFinding(is_finding_open_);
  return number;
}

template <typename Slot>
bool SlotTable<Slot>::GrowDirectory() {
  const std::uint32_t capacity = capacity_ == 0 ? 16 : 2 * capacity_;
  void* const block = OffHeapReallocate(directory_, ByteCount(sizeof(Chunk)) * capacity_,
                                        ByteCount(sizeof(Chunk)) * capacity);
  if (block == nullptr) return false;
  directory_ = static_cast<Chunk*>(block);
  capacity_ = capacity;
  return true;
}

template <typename Slot>
void SlotTable<Slot>::DropCurrent() {
  Chunk& chunk = directory_[current_];
  SetAvailable(chunk, false);
  SetCurrent(chunk.next);
  chunk.next = kNone;
}

// Behind the current chunk, so that deleting in a full chunk and creating do not take turns in
// making it available and dropping it.
template <typename Slot>
void SlotTable<Slot>::MakeAvailable(std::uint32_t number) {
  Chunk& chunk = directory_[number];
  SetAvailable(chunk, true);
  if (current_ == kNone) {
    chunk.next = kNone;
    SetCurrent(number);
    return;
  }
  chunk.next = std::exchange(directory_[current_].next, number);
}

template <typename Slot>
void SlotTable<Slot>::Retire(Slot* slot, Chunk& chunk) {
  slot->referent = ObjectPtr();
  ++chunk.retired;
}

// A chunk with some retired slots stays: given back, its number could start no slot again, and the
// generations of the others would be lost.
template <typename Slot>
bool SlotTable<Slot>::CanBeGivenBack(const Chunk& chunk) const {
  return chunk.slots != nullptr && chunk.in_use == 0 &&
         (chunk.retired == 0 || chunk.retired == kSlotsPerChunk);
}

template <typename Slot>
void SlotTable<Slot>::GiveBackSpareChunks() {
  if (!some_chunk_emptied_) return;
  GiveBackChunks(kSpareChunks + held_ / kSpareFraction, kMaxGivenBackAtOnce);
}

template <typename Slot>
void SlotTable<Slot>::GiveBackChunks(std::uint32_t spare, std::uint32_t most) {
  if (HasRation()) ReturnRation();
  some_chunk_emptied_ = false;
  std::uint32_t given_back = 0;
  for (std::uint32_t number = 0; number < chunks_; ++number) {
    const Chunk& chunk = directory_[number];
    if (!CanBeGivenBack(chunk)) continue;
    if (chunk.retired == 0 && spare != 0) {
      --spare;
      continue;
    }
    if (given_back == most) {
      some_chunk_emptied_ = true;  // Goes on in the next pause.
      break;
    }
    GiveBack(number);
    ++given_back;
  }
  if (given_back != 0) RebuildAvailableList();
}

template <typename Slot>
void SlotTable<Slot>::GiveBack(std::uint32_t number) {
  Chunk& chunk = directory_[number];
  std::uint32_t highest = chunk.starting_generation;
  for (std::uint32_t position = 0; position < kSlotsPerChunk; ++position) {
    FART_DCHECK(Link::Decode(chunk.slots[position].tag) == kNotListed);  // HN-T4
    highest = std::max(highest, Generation::Decode(chunk.slots[position].tag));
  }
  OffHeapFree(chunk.slots, kChunkSize);
  --held_;
  chunk = Chunk{};
  chunk.starting_generation = highest;  // HN-T2
  if (highest == kRetiredGeneration) return;
  chunk.next = first_given_back_;
  first_given_back_ = number;
}

template <typename Slot>
void SlotTable<Slot>::RebuildAvailableList() {
  std::uint32_t first = kNone;
  for (std::uint32_t number = chunks_; number-- > 0;) {
    Chunk& chunk = directory_[number];
    if (chunk.slots == nullptr || chunk.first_free == kNoPosition) continue;
    chunk.next = std::exchange(first, number);
  }
  SetCurrent(first);
}

template <typename Slot>
std::uint32_t SlotTable<Slot>::HighestGeneration() const {
  std::uint32_t highest = first_generation_;
  for (std::uint32_t number = 0; number < chunks_; ++number) {
    const Chunk& chunk = directory_[number];
    highest = std::max(highest, chunk.starting_generation);
    if (chunk.slots == nullptr) continue;
    for (std::uint32_t position = 0; position < kSlotsPerChunk; ++position) {
      highest = std::max(highest, Generation::Decode(chunk.slots[position].tag));
    }
  }
  return highest;
}

template <typename Slot>
std::size_t SlotTable<Slot>::in_use() const {
  std::size_t count = 0;
  for (std::uint32_t number = 0; number < chunks_; ++number) count += directory_[number].in_use;
  if (HasRation()) count -= LeftOfRation();
  return count;
}

template <typename Slot>
ByteCount SlotTable<Slot>::memory() const {
  return kChunkSize * held_ + ByteCount(sizeof(Chunk)) * capacity_;
}

template class SlotTable<StrongSlot>;
template class SlotTable<WeakSlot>;

}  // namespace fart
