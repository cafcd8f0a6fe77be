#include "handles/peer_table.h"

#include <algorithm>
#include <bit>
#include <new>
#include <utility>

#include "heap/base/check.h"

namespace fart {

auto PeerTable::Map::Find(std::uint64_t bits) -> Entry* {
  if (entries_.empty()) return nullptr;
  for (std::uint32_t i = FirstOf(bits); i != kNone; i = entries_[i].next) {
    if (entries_[i].bits == bits) return &entries_[i];
  }
  return nullptr;
}

void PeerTable::Map::Link(std::uint32_t index) {
  Entry& entry = entries_[index];
  entry.next = std::exchange(FirstOf(entry.bits), index);
}

std::uint32_t& PeerTable::Map::LinkTo(const Entry& entry) {
  const auto index = static_cast<std::uint32_t>(&entry - entries_.data());
  std::uint32_t* link = &FirstOf(entry.bits);
  while (*link != index) link = &entries_[*link].next;
  return *link;
}

void PeerTable::Map::MoveTo(std::size_t room) {
  Vector<Entry> entries;
  entries.reserve(room);
  Vector<std::uint32_t> first(std::bit_ceil(room), kNone);
  entries.assign(entries_.begin(), entries_.end());
  // Nothing throws from here on.
  entries_.swap(entries);
  first_.swap(first);
  room_ = room;
  for (std::uint32_t i = 0; i < entries_.size(); ++i) Link(i);
}

void PeerTable::Map::Reserve(std::size_t entries) {
  constexpr std::size_t kFirst = 8;
  if (entries > room_) MoveTo(std::max({entries, 2 * room_, kFirst}));
}

void PeerTable::Map::ShrinkTo(std::size_t entries) noexcept {
  constexpr std::size_t kMuch = 8;
  constexpr std::size_t kLeast = 1024;
  const std::size_t room = std::max(2 * entries, kLeast);
  if (room_ < kMuch * room) return;
  try {
    MoveTo(room);
  } catch (const std::bad_alloc&) {
    // It stays as large as it is.
  }
}

void PeerTable::Map::Insert(std::uint64_t bits, void* peer) {
  FART_DCHECK(entries_.size() < room_);  // HN-E3
  entries_.push_back({.bits = bits, .peer = peer, .next = kNone});
  Link(static_cast<std::uint32_t>(entries_.size() - 1));
}

// The last entry takes the place of the one that goes.
void PeerTable::Map::Erase(Entry* entry) {
  LinkTo(*entry) = entry->next;
  Entry& last = entries_.back();
  if (&last != entry) {
    LinkTo(last) = static_cast<std::uint32_t>(entry - entries_.data());
    *entry = last;
  }
  entries_.pop_back();
}

template <typename Decide>
void PeerTable::Map::Revise(Decide&& stays) {
  for (const Entry& entry : entries_) FirstOf(entry.bits) = kNone;
  std::size_t kept = 0;
  for (Entry& entry : entries_) {
    if (stays(entry)) entries_[kept++] = entry;
  }
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(kept), entries_.end());
  for (std::uint32_t i = 0; i < kept; ++i) Link(i);
}

void* PeerTable::Get(ObjectPtr object, const NoSafepointScope&) const {
  for (const Map* const map : {&young_, &old_}) {
    const Entry* const found = map->Find(object.bits());
    if (found != nullptr) return found->peer;
  }
  return nullptr;
}

void PeerTable::Set(ObjectPtr object, void* peer, const NoSafepointScope&) {
  FART_DCHECK(object.IsHeapObject());
  for (Map* const map : {&young_, &old_}) {
    Entry* const found = map->Find(object.bits());
    if (found == nullptr) continue;
    if (peer == nullptr) {
      map->Erase(found);
    } else {
      found->peer = peer;
    }
    return;  // HN-E2
  }
  if (peer == nullptr) return;
  const bool young = flags_.IsYoung(object);
  old_.Reserve(size() + 1);  // HN-E3
  if (young) young_.Reserve(young_.size() + 1);
  (young ? young_ : old_).Insert(object.bits(), peer);  // HN-E1
}

bool PeerTable::Stays(const Map& map, Entry& entry, WeakVisitor& visitor) {
  ObjectPtr referent = ObjectPtr::FromBits(entry.bits);
  if (!visitor.Visit(RootKind::kOther, &referent, ByteCount())) return false;
  entry.bits = referent.bits();
  if (&map == &old_ || flags_.IsYoung(referent)) return true;
  old_.Insert(entry.bits, entry.peer);  // HN-E3
  return false;
}

void PeerTable::Visit(Map& map, WeakVisitor& visitor) {
  map.Revise([&](Entry& entry) { return Stays(map, entry, visitor); });
}

// The same for those alone that are about to move; the others stay as they are.
void PeerTable::VisitEvacuating(Map& map, WeakVisitor& visitor) {
  const auto moves = [this](const Entry& entry) {
    return flags_.Has(ObjectPtr::FromBits(entry.bits), kEvacuating);
  };
  if (std::ranges::none_of(map.entries(), moves)) return;
  map.Revise([&](Entry& entry) { return !moves(entry) || Stays(map, entry, visitor); });
}

void PeerTable::VisitWeak(SlotSet set, WeakVisitor& visitor) {
  switch (set) {
    case SlotSet::kAll:
      Visit(old_, visitor);
      Visit(young_, visitor);
      old_.ShrinkTo(size());
      young_.ShrinkTo(young_.size());
      return;
    case SlotSet::kYoung:
      Visit(young_, visitor);
      return;
    case SlotSet::kEvacuating:
      VisitEvacuating(old_, visitor);
      VisitEvacuating(young_, visitor);
      return;
  }
}

}  // namespace fart
