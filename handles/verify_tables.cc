// What the tables look at when a heap is verified: each its own invariants. A library that nobody
// looks into has without_verify.cc in its place.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <numeric>

#include "handles/immortal_constants.h"
#include "handles/local_handles.h"
#include "handles/peer_table.h"
#include "handles/persistent_handles.h"
#include "handles/scope_arena.h"
#include "handles/verify_text.h"
#include "handles/weak_handles.h"

namespace fart {

void LocalHandles::Verify(VerifyReporter& reporter) const {
  const ObjectPtr* const committed_end = area_.limit().As<ObjectPtr>();
  if (!Require(
          area_.IsSound() && start() <= watermark_ && watermark_ <= top_ && top_ <= committed_end,
          reporter, "HN-L1 bounds", "watermark or top outside the area", SlotsInUse())) {
    return;
  }
  Require(limit_ == FastLimit(), reporter, "HN-L5 empty area",
          "the limit is not that of the committed memory",
          reinterpret_cast<std::uintptr_t>(limit_));
  for (const ObjectPtr* slot = start(); slot < watermark_; ++slot) {
    Require(!flags_.IsYoung(*slot), reporter, "HN-L4 watermark", "young below the watermark, slot",
            static_cast<std::uint64_t>(slot - start()));
  }
  VerifyScopes(reporter);
  arena_.Verify(reporter);
}

void LocalHandles::VerifyScopes(VerifyReporter& reporter) const {
  const ObjectPtr* above = top_ == nullptr ? nullptr : top_ - (kMarkerSlots - 1);
  Address arena_above = arena_.top();
  bool floor_seen = floor_ == nullptr;
  for (const ObjectPtr* marker = scope_; marker != nullptr; marker = PreviousMarker(marker)) {
    const auto place = reinterpret_cast<std::uintptr_t>(marker);
    // Descending places end the walk, whatever the links say.
    if (!Require(Address(place).IsAlignedTo(kWordSize) && marker >= start() && marker < above,
                 reporter, "HN-L2 scopes", "a marker is not below the one above it", place)) {
      return;
    }
    const Address arena_top(marker[kMarkerArena].bits());
    Require(arena_top <= arena_above, reporter, "HN-L3 arena",
            "a marker's arena top is above that of the scope inside", place);
    floor_seen = floor_seen || marker == floor_;
    above = marker - (kMarkerSlots - 1);
    arena_above = arena_top;
  }
  Require(floor_seen, reporter, "HN-L2 scopes", "the floor is not on the chain",
          reinterpret_cast<std::uintptr_t>(floor_));
}

void ScopeArena::Verify(VerifyReporter& reporter) const {
  const bool inside = area_.start() <= top_ && top_ <= area_.limit() && area_.IsSound();
  Require(inside && top_.IsAlignedTo(kWordSize), reporter, "HN-A1 inside",
          "the arena's top is misaligned or outside the committed memory", top_.value());
}

void PersistentHandles::Verify(VerifyReporter& reporter) const {
  table_.Verify(reporter);
  table_.ForEachInUse([&reporter](const StrongSlot* slot, std::uint32_t index) {
    Require(Table::KindOf(*slot) == HandleKind::kStrong, reporter, "HN-S1 strong",
            "a persistent handle of another kind, slot", index);
  });
}

void WeakHandles::Verify(VerifyReporter& reporter) const {
  table_.Verify(reporter);
  std::size_t with_kind = 0;
  std::size_t queued = 0;
  std::size_t live = 0;
  table_.ForEachInUse([&](const WeakSlot* slot, std::uint32_t index) {
    const WeakState state = StateOf(*slot);
    ++with_kind;
    queued += state == WeakState::kQueued ? 1 : 0;
    live += state == WeakState::kLive ? 1 : 0;
    Require(state == WeakState::kLive || ExternalOf(*slot).is_zero(), reporter, "HN-W2 quiet",
            "dead and has an external size, slot", index);
    Require(slot->callback != nullptr, reporter, "HN-W3 callback", "has no callback, slot", index);
  });
  Require(queued == pending_, reporter, "HN-W1 queue", "queued handles are not those pending",
          pending_);
  Require(live == std::accumulate(std::begin(live_), std::end(live_), std::size_t{0}), reporter,
          "HN-W4 counted", "live handles are not those counted", live);
  VerifyQueue(reporter, queued, table_.in_use() - with_kind);
}

void WeakHandles::VerifyQueue(VerifyReporter& reporter, std::size_t queued,
                              std::size_t deleted) const {
  std::size_t steps = 0;
  std::int64_t index = queue_head_;
  std::int64_t last = kEndOfQueue;
  while (index != kEndOfQueue && steps <= queued + deleted) {
    const WeakSlot* const slot = table_.AtIfThere(index);
    if (slot == nullptr || StateOf(*slot) != WeakState::kQueued || !slot->referent.IsSmi()) break;
    last = index;
    index = slot->referent.SmiValue();
    ++steps;
  }
  Require(index == kEndOfQueue && steps == queued + deleted && last == queue_tail_, reporter,
          "HN-W1 queue", "the queue does not hold every queued slot once; it went wrong at slot",
          static_cast<std::uint64_t>(index));
}

void PeerTable::Verify(VerifyReporter& reporter) const {
  for (const Map* const map : {&young_, &old_}) {
    for (const Entry& entry : map->entries()) {
      Require(map == &young_ || !flags_.IsYoung(ObjectPtr::FromBits(entry.bits)), reporter,
              "HN-E1 young", "an old entry's object is young, at", entry.bits);
      Require(entry.peer != nullptr && map->Find(entry.bits) == &entry &&
                  (map == &young_ || young_.Find(entry.bits) == nullptr),
              reporter, "HN-E2 once", "an entry is empty, lost or there twice, at", entry.bits);
    }
  }
  Require(old_.room() >= size(), reporter, "HN-E3 room", "there is too little room, for entries",
          size());
}

void ImmortalConstants::Verify(VerifyReporter& reporter) const {
  for (std::uint32_t index = 0; index < kCapacity; ++index) {
    Require(IsDefined(index) || slots_[index].is_null(), reporter, "HN-I1 defined",
            "an undefined constant refers to an object, index", index);
    Require(!flags_.IsYoung(slots_[index]) || ((young_ >> index) & 1) != 0, reporter, "HN-I2 young",
            "an unmarked constant refers to a young object, index", index);
  }
}

}  // namespace fart
