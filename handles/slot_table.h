// SlotTable -- numbered slots in chunks: what persistent and weak handles have in common.
//
// A slot begins with the referent and a tag. The tag has the layout of HandleValue: where the value
// has its index the tag has the link of the young list, and a slot that is not in use has kind 0.
// So `tag ^ value`, without the link, is zero exactly if the value is the one issued last for this
// slot and still in use: one compare finds out use after deletion, a second deletion, another
// isolate's handle and the wrong kind.
//
// The young list is threaded through the tags of slots that may refer to new space. Claiming and
// overwriting a slot lists it at most once; only a collection unlists. A released slot stays on the
// list until then, and its memory therefore too. While old space is marked in slices, slots that
// are claimed or overwritten with what is being marked are listed, too, where the table's slots
// keep their referents alive: so those seen before need not be looked at again.
//
// Invariants
//   HN-T1 one state   a slot is in use (kind not 0, or about to be put back), free (once on the
//                     free list of its chunk), or retired (its generation is exhausted).
//   HN-T2 once        no value is issued twice: a slot's generation grows with each release, and a
//                     chunk number keeps the highest one when the chunk is given back.
//   HN-T3 young       a slot in use whose referent is young is on the young list.
//   HN-T6 changed     so is one of strong references that has changed since marking began, if what
//                     it refers to is being marked.
//   HN-T4 list        the young list holds each listed slot once and ends; from counted_from_ on it
//                     holds counted_.
//   HN-T5 available   the available list holds, once, each chunk that has free slots, or a ration
//                     taken of it; the current chunk is its head.
//   HN-T7 ration      quick claims take from a ration, cut from the current chunk's free list and
//                     counted there as in use. What is released goes back to the chunk: so neither
//                     waits for what the other has just stored, and a ration ends. Where one in n
//                     claims is looked at, it is n slots at most.
//
// Not here: what a slot means (persistent_handles.h, weak_handles.h).

#ifndef FART_HANDLES_SLOT_TABLE_H_
#define FART_HANDLES_SLOT_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "handles/handle_value.h"
#include "handles/slots.h"
#include "heap/base/check.h"
#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/object/region_flags.h"

namespace fart {

template <typename Slot>
class SlotTable {
 public:
  static constexpr std::uint32_t kSlotsPerChunkShift = 10;
  static constexpr std::uint32_t kSlotsPerChunk = 1u << kSlotsPerChunkShift;
  static constexpr ByteCount kChunkSize = ByteCount(sizeof(Slot) * kSlotsPerChunk);
  // The last chunk of the index space stays unused: its last numbers mean something else in a link.
  static constexpr std::uint32_t kMaxChunks = (HandleValue::kMaxIndex >> kSlotsPerChunkShift);
  // A slot that reaches it is retired.
  static constexpr std::uint32_t kRetiredGeneration = HandleValue::kMaxGeneration;
  // Empty chunks up to kSpareChunks + held/kSpareFraction are kept for the next burst.
  static constexpr std::uint32_t kSpareChunks = 4;
  static constexpr std::uint32_t kSpareFraction = 8;
  // Chunks given back in one pause at most, so that the pause stays bounded.
  static constexpr std::uint32_t kMaxGivenBackAtOnce = 64;

  // `max_chunks` bounds the table; creation answers nothing beyond it.
  SlotTable(RegionFlags flags, HandleOwner owner, std::uint32_t max_chunks);
  ~SlotTable();
  SlotTable(const SlotTable&) = delete;
  SlotTable& operator=(const SlotTable&) = delete;

  struct Claimed {
    HandleValue value;  // empty when memory or numbers are used up; then there is no slot
    Slot* slot;
  };
  // A slot that refers to `object`; the caller fills in the rest.
  Claimed Claim(HandleKind kind, ObjectPtr object) {
    const Claimed claimed = TryClaim(kind, object);
    return claimed.slot != nullptr ? claimed : ClaimSlow(kind, object);
  }
  // The same without a call: nothing happens when there is no ration, or one of a single slot.
  Claimed TryClaim(HandleKind kind, ObjectPtr object) {
    if (HasOneFree(ration_)) [[unlikely]]
      return {HandleValue(), nullptr};
    return ClaimFirst(ration_, kind, object);
  }

  // Of `every` claims in a row TryClaim leaves at least one to who calls Claim then: all of them
  // for 1; none for 0 but those that it misses anyway. It takes the test for a ration of one slot,
  // which is there anyway.
  void SetQuickWay(std::uint64_t every);

  // TryRelease does nothing from now on, so that who watches every release is asked. Only of a
  // table that has no slot yet.
  void CloseQuickRelease() {
    FART_DCHECK(chunks_ == 0);
    may_release_quickly_ = false;
  }

  // The slot that `value` was issued for, if it is still in use; else null.
  Slot* Find(HandleValue value) const { return FindBelow(find_end_, value); }
  // Closed: Find answers null for all, so that who has to look at a slot before anybody else is
  // asked; FindAnyway is for that one. It takes the test for a chunk, which is there anyway.
  void SetFinding(bool is_open) {
    is_finding_open_ = is_open;
    find_end_ = is_open ? chunks_ : 0;
  }
  Slot* FindAnyway(HandleValue value) const { return FindBelow(chunks_, value); }
  // Why Find answered null.
  HandleStatus Explain(HandleValue value) const;

  // The one way to change a slot in use (a collection's visits excepted).
  void Overwrite(Slot* slot, std::uint32_t index, ObjectPtr object) {
    slot->referent = object;
    ListIfWatched(slot, index);
  }

  // Makes the value stale. The slot remains in use until it is put back.
  void Vacate(Slot* slot) {
    FART_DCHECK(IsInUse(*slot) && Generation::Decode(slot->tag) < kRetiredGeneration);
    slot->tag = (slot->tag & ~HandleValue::KindField::kMask) + Generation::Encode(1);
  }
  void PutBack(Slot* slot, std::uint32_t index) {
    FART_DCHECK(!IsInUse(*slot));
    const std::uint32_t number = index >> kSlotsPerChunkShift;
    Chunk& chunk = directory_[number];
    if (Generation::Decode(slot->tag) == kRetiredGeneration) [[unlikely]] {
      CountOut(chunk);
      Retire(slot, chunk);
      return;
    }
    Free(slot, index, chunk);
    if (!chunk.is_available) [[unlikely]]
      MakeAvailable(number);
  }
  // Both.
  void Release(Slot* slot, std::uint32_t index) {
    Vacate(slot);
    PutBack(slot, index);
  }
  // Release without a call: false, and nothing happens, when the slot or its chunk changes lists
  // otherwise than by the slot going back to the chunk's.
  bool TryRelease(Slot* slot, std::uint32_t index) {
    Chunk& chunk = directory_[index >> kSlotsPerChunkShift];
    if (!chunk.is_quick || Generation::Decode(slot->tag) + 1 == kRetiredGeneration) [[unlikely]]
      return false;
    Vacate(slot);
    Free(slot, index, chunk);
    return true;
  }

  static bool IsInUse(const Slot& slot) {
    return HandleValue::KindField::Decode(slot.tag) != HandleKind::kLocal;
  }
  static HandleKind KindOf(const Slot& slot) { return HandleValue::KindField::Decode(slot.tag); }
  static HandleValue ValueOf(const Slot& slot, std::uint32_t index) {
    return HandleValue::FromBits((slot.tag & ~Link::kMask) | Link::Encode(index));
  }
  // By number; the chunk must be there.
  Slot* At(std::uint32_t index) const {
    FART_DCHECK(directory_[index >> kSlotsPerChunkShift].slots != nullptr);
    return directory_[index >> kSlotsPerChunkShift].slots + (index & (kSlotsPerChunk - 1));
  }

  // The same for a number that may be wrong; null when there is no such slot.
  const Slot* AtIfThere(std::int64_t index) const;

  // Calls `visit(Slot*, index)` for every slot in use.
  template <typename Visit>
  void ForEachInUse(Visit visit) const {
    ForEachInUse(0, chunks_, visit);
  }
  // Of the chunks [from, to) of chunks().
  template <typename Visit>
  void ForEachInUse(std::uint32_t from, std::uint32_t to, Visit visit) const {
    for (std::uint32_t number = from; number < to; ++number) {
      const Chunk& chunk = directory_[number];
      if (chunk.in_use == 0) continue;
      for (std::uint32_t position = 0; position < kSlotsPerChunk; ++position) {
        Slot* const slot = chunk.slots + position;
        if (IsInUse(*slot)) visit(slot, (number << kSlotsPerChunkShift) | position);
      }
    }
  }
  // Chunks, given back or not.
  std::uint32_t chunks() const { return chunks_; }
  // Calls `visit(Slot* first, count)` for neighbours in use, so that each slot in use is in one
  // such run: of the chunks [from, to) of chunks().
  template <typename Visit>
  void ForEachRunInUse(std::uint32_t from, std::uint32_t to, Visit visit) const {
    for (std::uint32_t number = from; number < to; ++number) {
      const Chunk& chunk = directory_[number];
      if (chunk.in_use == 0) continue;
      Slot* const end = chunk.slots + kSlotsPerChunk;
      for (Slot* first = chunk.slots; first != end;) {
        Slot* last = first;
        while (last != end && IsInUse(*last)) ++last;
        if (last != first) visit(first, static_cast<std::size_t>(last - first));
        first = last == end ? end : last + 1;
      }
    }
  }
  // Calls `visit(Slot*, index)`, which answers whether the slot still holds its referent, for every
  // slot in use on the young list whose referent is young (by its old address, if it is moved now);
  // then unlists those that refer to nothing that is watched any more.
  template <typename Visit>
  void SweepYoungList(Visit visit) {
    FilterList([&](Slot* slot, std::uint32_t index) {
      return (!flags_.IsYoung(slot->referent) || visit(slot, index)) &&
             flags_.Has(slot->referent, kWatched);
    });
  }
  // Calls `visit(Slot*)` for every slot in use on the list whose referent is not young, and unlists
  // it.
  template <typename Visit>
  void TakeChanged(Visit visit) {
    FilterList([&](Slot* slot, std::uint32_t) {
      if (flags_.IsYoung(slot->referent)) return true;
      visit(slot);
      return false;
    });
  }
  // How many slots are on the list. Goes through those that have come since this was asked last.
  std::size_t Listed() {
    for (std::uint32_t index = first_young_; index != counted_from_; ++counted_) {
      index = Link::Decode(At(index)->tag);
    }
    counted_from_ = first_young_;
    return counted_;
  }
  // Frees empty chunks beyond the spare ones. Only right after SweepYoungList: no slot of an empty
  // chunk is listed then.
  void GiveBackSpareChunks();
  // Frees all empty chunks, however long that takes. Not in a pause.
  void GiveBackEmptyChunks() {
    SweepYoungList([](Slot*, std::uint32_t) { return true; });
    GiveBackChunks(0, ~std::uint32_t{0});
  }

  // Of all values given out so far, or above; at least the owner's first. Looks at every slot.
  std::uint32_t HighestGeneration() const;

  // Slots neither free nor retired.
  std::size_t in_use() const;
  ByteCount memory() const;
  RegionFlags flags() const { return flags_; }

  void Verify(VerifyReporter& reporter) const;

 private:
  friend struct HandlesTestPeer;

  using Link = HandleValue::IndexField;
  using Generation = HandleValue::GenerationField;
  static constexpr std::uint32_t kNotListed = HandleValue::kMaxIndex;
  static constexpr std::uint32_t kEndOfList = HandleValue::kMaxIndex - 1;
  static constexpr std::uint32_t kNoPosition = kSlotsPerChunk;
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  struct Chunk {
    Slot* slots = nullptr;  // null: given back
    std::uint32_t first_free = kNoPosition;
    std::uint32_t first_index = 0;  // of the slot at position 0
    std::uint16_t in_use = 0;       // slots neither free nor retired
    std::uint16_t retired = 0;
    std::uint32_t next = kNone;             // on the available or the given-back list
    std::uint32_t starting_generation = 0;  // HN-T2
    bool is_available = false;
    bool is_quick = false;  // available, where the quick release is open
  };
  static_assert(sizeof(Chunk) == 32, "found by a shift");

  Slot* FindBelow(std::uint32_t end, HandleValue value) const {
    const std::uint32_t number = value.index() >> kSlotsPerChunkShift;
    if (number >= end) [[unlikely]]
      return nullptr;
    Slot* const slots = directory_[number].slots;
    if (slots == nullptr) [[unlikely]]
      return nullptr;
    Slot* const slot = slots + (value.index() & (kSlotsPerChunk - 1));
    const bool same = ((slot->tag ^ value.bits()) & ~Link::kMask) == 0;
    return same && value.kind() != HandleKind::kLocal ? slot : nullptr;
  }

  // There is no ration then.
  void SetCurrent(std::uint32_t number) {
    current_ = number;
    ration_ = NoRation();
  }
  // It has one slot, so that the quick ways miss.
  Chunk NoRation() { return {.slots = &no_slot_, .first_free = 0}; }
  bool HasRation() const { return ration_.slots != &no_slot_; }
  std::uint32_t LeftOfRation() const { return ration_size_ - ration_.in_use; }

  void SetAvailable(Chunk& chunk, bool is_available) {
    chunk.is_available = is_available;
    chunk.is_quick = is_available && may_release_quickly_;
  }

  // Of a chunk with free slots: whether it is the last.
  static bool HasOneFree(const Chunk& chunk) {
    return chunk.slots[chunk.first_free].referent == ObjectPtr::FromSmi(kNoPosition);
  }
  // The first free slot of the current chunk, or of the ration.
  Claimed ClaimFirst(Chunk& chunk, HandleKind kind, ObjectPtr object) {
    FART_DCHECK(current_ != kNone);
    const std::uint32_t position = chunk.first_free;
    Slot* const slot = chunk.slots + position;
    chunk.first_free = static_cast<std::uint32_t>(slot->referent.SmiValue());
    ++chunk.in_use;
    slot->referent = object;
    slot->tag |= HandleValue::KindField::Encode(kind);
    const std::uint32_t index = chunk.first_index | position;
    const HandleValue value = ValueOf(*slot, index);
    ListIfWatched(slot, index);
    return {value, slot};
  }

  void CountOut(Chunk& chunk) {
    if (--chunk.in_use == 0) some_chunk_emptied_ = true;
  }
  // Puts a vacated slot on the free list of its chunk.
  void Free(Slot* slot, std::uint32_t index, Chunk& chunk) {
    CountOut(chunk);
    slot->referent = ObjectPtr::FromSmi(chunk.first_free);
    chunk.first_free = index & (kSlotsPerChunk - 1);
  }

  // What a listed slot refers to: HN-T3, HN-T6.
  static constexpr std::uint8_t kWatched =
      std::is_same_v<Slot, StrongSlot> ? kNewSpace | kVisitPointersTo : kNewSpace;
  void ListIfWatched(Slot* slot, std::uint32_t index) {
    if (flags_.Has(slot->referent, kWatched) && Link::Decode(slot->tag) == kNotListed) {
      slot->tag = Link::Update(slot->tag, first_young_);
      first_young_ = index;
    }
  }
  // Unlists those that are not in use, or of which `keep(Slot*, index)` says so.
  template <typename Keep>
  void FilterList(Keep keep) {
    std::uint32_t index = first_young_;
    std::uint32_t kept = kEndOfList;
    counted_ = 0;
    while (index != kEndOfList) {
      Slot* const slot = At(index);
      const std::uint32_t next = Link::Decode(slot->tag);
      const bool stays = IsInUse(*slot) && keep(slot, index);
      slot->tag = Link::Update(slot->tag, stays ? kept : kNotListed);
      if (stays) {
        kept = index;
        ++counted_;
      }
      index = next;
    }
    first_young_ = counted_from_ = kept;
  }

  [[gnu::noinline]] Claimed ClaimSlow(HandleKind kind, ObjectPtr object);
  void TakeRation();
  void ReturnRation();
  bool Refill();
  void DropCurrent();
  [[gnu::noinline]] void MakeAvailable(std::uint32_t number);
  [[gnu::noinline]] void Retire(Slot* slot, Chunk& chunk);
  std::uint32_t NumberForNewChunk();
  bool GrowDirectory();
  bool CanBeGivenBack(const Chunk& chunk) const;
  // All empty chunks but `spare` that can be used again, if they are not more than `most`.
  void GiveBackChunks(std::uint32_t spare, std::uint32_t most);
  void GiveBack(std::uint32_t number);
  void RebuildAvailableList();
  std::uint32_t CountFree(const Chunk& chunk) const;
  void VerifyRation(VerifyReporter& reporter) const;
  void VerifyChunk(VerifyReporter& reporter, std::uint32_t number) const;
  void VerifyYoungList(VerifyReporter& reporter) const;
  void VerifyAvailableList(VerifyReporter& reporter) const;

  Slot no_slot_{};             // the end of a free list
  Chunk ration_ = NoRation();  // HN-T7; of the current chunk; `in_use` is what was claimed of it
  std::uint32_t ration_size_ = 0;  // when it was taken
  Chunk* directory_ = nullptr;
  std::uint32_t current_ = kNone;  // head of the available list; claims come from here
  std::uint32_t first_young_ = kEndOfList;
  std::uint32_t counted_from_ = kEndOfList;  // HN-T4
  std::size_t counted_ = 0;
  std::uint32_t chunks_ = 0;    // entries of the directory in use
  std::uint32_t find_end_ = 0;  // chunks_, or 0 while finding is closed
  std::uint32_t capacity_ = 0;  // entries of the directory
  std::uint32_t held_ = 0;      // chunks that have slots
  std::uint32_t first_given_back_ = kNone;
  std::uint64_t every_ = 0;  // 0: rations of any size
  bool is_finding_open_ = true;
  bool may_release_quickly_ = true;
  bool some_chunk_emptied_ = false;  // since spare chunks were last looked for
  const std::uint32_t max_chunks_;
  const RegionFlags flags_;
  const IsolateId isolate_;
  const std::uint32_t first_generation_;
};

extern template class SlotTable<StrongSlot>;
extern template class SlotTable<WeakSlot>;

}  // namespace fart

#endif  // FART_HANDLES_SLOT_TABLE_H_
