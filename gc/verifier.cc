#include "gc/verifier.h"

#include <algorithm>
#include <cstdio>
#include <new>

namespace fart {

std::string Verifier::Hex(std::uint64_t value) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
  return text;
}

Verifier::Verifier(Heap& heap, const Vector<RootProvider*>& roots,
                   const Vector<WeakProvider*>& weaks)
    : heap_(heap), regions_(heap.regions()), roots_(roots), weaks_(weaks) {}

std::string Verifier::Run() {
  SaveMarks();
  try {
    CheckAll();
  } catch (const std::bad_alloc&) {
    ForgetObjects();
    RestoreMarks();
    throw;
  }
  ForgetObjects();
  RestoreMarks();
  return finding_;
}

void Verifier::SaveMarks() {
  using Lists = std::initializer_list<const RegionList*>;
  for (const auto* const list : Lists{&heap_.old_regions(), &heap_.large().old_runs()}) {
    for (const RegionIndex index : *list) {
      if (!regions_.Record(index).unswept && (regions_.FlagsOf(index) & kVisitPointersTo) == 0) {
        continue;
      }
      SavedMarks& saved = saved_.emplace_back();
      saved.index = index;
      std::copy_n(regions_.MarksOf(index), saved.words.size(), saved.words.begin());
    }
  }
  for (const SavedMarks& saved : saved_) regions_.ClearMarks(saved.index);
}

void Verifier::RestoreMarks() {
  for (const SavedMarks& saved : saved_) regions_.SetMarks(saved.index, saved.words.data());
}

const Verifier::SavedMarks* Verifier::NextSaved(RegionIndex index) {
  if (next_saved_ == saved_.size() || saved_[next_saved_].index != index) return nullptr;
  return &saved_[next_saved_++];
}

// G-S4: what is dead may refer to what is gone, and nothing refers to it.
bool Verifier::IsUnsweptDead(Address object, const SavedMarks* marks) const {
  if (marks == nullptr) return false;
  const RegionRecord& record = regions_.Record(marks->index);
  if (!record.unswept || object >= record.mark_limit) return false;
  const std::size_t word = (object - regions_.StartOf(marks->index)).InWords().value();
  return (marks->words[word / 64] >> (word % 64) & 1) == 0;
}

bool Verifier::IsUnsweptDead(Address object) const {
  const RegionIndex index = regions_.IndexOf(object);
  for (const SavedMarks& saved : saved_) {
    if (saved.index == index) return IsUnsweptDead(object, &saved);
  }
  return false;
}

bool Verifier::IsUnsweptDead(ObjectPtr value) const {
  return !IsObject(value) && regions_.Contains(value.address()) && IsUnsweptDead(value.address());
}

void Verifier::CheckAll() {
  CheckRegions();
  if (finding_.empty()) NoteObjects();
  // What follows reads objects wherever references lead; that is safe only in a walkable heap.
  if (finding_.empty()) CheckReferences();
  if (finding_.empty()) CheckUnclearedPairs();
  if (finding_.empty()) CheckRememberedSet();
  if (finding_.empty()) CheckHoles();
  if (finding_.empty()) CheckPins();
  if (finding_.empty()) CheckProviders();
}

void Verifier::Report(const char* invariant, const char* detail) { Fail(invariant, detail); }

void Verifier::Fail(const char* invariant, const std::string& detail) {
  if (finding_.empty()) finding_ = std::string(invariant) + ": " + detail;
}

std::string Verifier::Describe(Address object) const {
  const Header header = Header::At(object);
  std::string text = header.IsHeader() && heap_.shapes().IsRegistered(header.shape())
                         ? heap_.shapes()[header.shape()].name()
                         : "word";
  return text + "@" + Hex(object.value());
}

std::string Verifier::Edge(Address holder, const ObjectPtr* slot) const {
  return Describe(holder) + "+" + std::to_string((Address::Of(slot) - holder).value()) + " -> " +
         Hex(slot->bits());
}

void Verifier::CheckRegions() {
  if (regions_.FlagsOf(0) != 0) Fail("HO-G1 region 0", "its flags are not 0");
  CheckList(heap_.new_regions(), kNewSpaceFlags, "new space");
  CheckList(heap_.old_regions(), kOldSpaceFlags, "old space");
  CheckLarge();
  const std::size_t listed =
      heap_.new_regions().size() + heap_.old_regions().size() + heap_.large().regions();
  if (listed != regions_.regions_in_use()) {
    Fail("H-H1 one home", std::to_string(listed) + " regions are listed, " +
                              std::to_string(regions_.regions_in_use()) + " are in use");
  }
  const ByteCount charged =
      heap_.NewUse().committed + heap_.OldUse().committed + heap_.LargeUse().committed;
  if (charged != regions_.charged()) {
    Fail("H-G4 counted", "the regions are charged with " + std::to_string(charged.value()) +
                             " bytes, " + std::to_string(regions_.charged().value()) +
                             " are counted");
  }
  if (heap_.OldUse().used != heap_.OldUsed()) {
    Fail("H-H3 used", "old space has " + std::to_string(heap_.OldUse().used.value()) +
                          " bytes in use, " + std::to_string(heap_.OldUsed().value()) +
                          " are counted");
  }
}

void Verifier::CheckLarge() {
  const LargeObjects& large = heap_.large();
  CheckList(large.old_runs(), kLargeFlags, "large objects");         // H-G5
  CheckList(large.young_runs(), kYoungLargeFlags, "large objects");  // H-G5
  CheckList(large.shared(), kYoungLargeFlags, "large objects");      // H-G5
  const RegionIndex open = large.open_region();
  if (open != kNoRegion &&
      (large.shared().empty() || large.shared().back() != open || regions_.Record(open).age != 0)) {
    Fail("H-G6 one age", "the open region " + std::to_string(open) + " is not the youngest");
  }
  ByteCount young;
  ByteCount old;
  ByteCount used;
  large.ForEachRegion([&](RegionIndex index) {
    const RegionRecord& record = regions_.Record(index);
    const ByteCount extent =
        record.large_size.is_zero() ? record.top - regions_.StartOf(index) : record.large_size;
    ((regions_.FlagsOf(index) & kNewSpace) != 0 ? young : old) += record.charged;
    used += extent;
    if (record.charged != LargeObjects::ChargeFor(extent)) {
      Fail("H-G7 by page", "region " + std::to_string(index) + " is charged with " +
                               std::to_string(record.charged.value()) + " bytes for " +
                               std::to_string(extent.value()));
    }
  });
  if (young != large.young_charge() || old != large.old_charge()) {
    Fail("H-G7 by page", "the large objects' charges do not add up");
  }
  if (used != large.used()) {
    Fail("H-G9 used", "large objects have " + std::to_string(used.value()) + " bytes, " +
                          std::to_string(large.used().value()) + " are counted");
  }
  CheckRuns();
}

// H-G10: a region that two reach into is the last one of one run and the first of another.
void Verifier::CheckRuns() {
  const LargeObjects& large = heap_.large();
  const auto count_of = [this](RegionIndex index) {
    return std::uint64_t{regions_.Record(index).large_objects};
  };
  std::uint64_t reached = 0;
  std::uint64_t counted = 0;
  for (const RegionList* const list : {&large.old_runs(), &large.young_runs()}) {
    for (const RegionIndex first : *list) {
      const RegionIndex last = large.LastOf(first);
      reached += last - first + 1;
      for (RegionIndex index = first; index <= last; ++index) {
        const bool begins_another = index != first && !regions_.Record(index).large_size.is_zero();
        if (!begins_another) counted += count_of(index);
        if (index != first && count_of(index) != (begins_another ? 2 : 1)) {
          Fail("H-G10 reached", "region " + std::to_string(index) + " has " +
                                    std::to_string(count_of(index)) + " large objects");
        }
      }
    }
  }
  if (reached != counted) {
    Fail("H-G10 reached", "runs reach into " + std::to_string(reached) + " regions, " +
                              std::to_string(counted) + " are counted");
  }
}

bool Verifier::HasFlags(RegionIndex index, std::uint8_t flags) const {
  const bool may_be_marked = heap_.store_observer() != nullptr && (flags & kOldSpace) != 0;
  const int ignored = may_be_marked ? kVisitPointersTo : 0;  // G-S2
  return (regions_.FlagsOf(index) & ~ignored) == flags;
}

void Verifier::CheckList(const RegionList& list, std::uint8_t flags, const char* name) {
  for (const RegionIndex index : list) {
    const Address start = regions_.StartOf(index);
    const Address end = start + kRegionSize;
    const Address marked = regions_.NextMarked(start, end);
    if (marked != end) {
      Fail("G-K1 clean", "the word at " + Hex(marked.value()) + " has a mark left");
    }
    if (!HasFlags(index, flags)) {
      Fail("HO-G2 one space", "region " + std::to_string(index) + ", listed in " + name +
                                  ", has flags " + std::to_string(regions_.FlagsOf(index)) +
                                  " instead of " + std::to_string(flags));
    }
  }
}

bool Verifier::NoteObject(Address object, Header header, ByteCount size, const SavedMarks* marks) {
  if (!header.IsHeader() || !heap_.shapes().IsRegistered(header.shape()) ||
      header.shape() == ShapeTable::kInvalid) {
    Fail("H-G3 walkable", "no header at " + Hex(object.value()) + " but " + Hex(header.bits()));
    return false;
  }
  if (header.kept()) Fail("HO-F3 kept", Describe(object) + " is still marked as kept");
  if (ShapeTable::IsFiller(header.shape())) return true;
  const Shape& shape = heap_.shapes()[header.shape()];
  if (shape.SizeFor(shape.LengthOf(object)) != size) {
    Fail("HO-S2 covers", Describe(object) + " has " + std::to_string(size.value()) +
                             " bytes, which its shape and length do not give");
    return false;
  }
  if (!IsUnsweptDead(object, marks)) regions_.TryMark(object);
  return true;
}

void Verifier::NoteObjects() {
  using Lists = std::initializer_list<const RegionList*>;
  for (const auto* const list :
       Lists{&heap_.new_regions(), &heap_.old_regions(), &heap_.large().shared()}) {
    for (const RegionIndex index : *list) {
      const SavedMarks* const marks = NextSaved(index);
      Address object = regions_.StartOf(index);
      const Address top = regions_.Record(index).top;
      while (object < top) {
        const Header header = Header::At(object);
        const ByteCount size = header.size();
        if (size.is_zero() || size > top - object) {
          Fail("H-G3 walkable", Describe(object) + " reaches beyond its region's top");
          return;
        }
        if (!NoteObject(object, header, size, marks)) return;
        object = object + size;
      }
    }
  }
  for (const RegionList* const list : {&heap_.large().old_runs(), &heap_.large().young_runs()}) {
    for (const RegionIndex first : *list) {
      const Address object = regions_.LargeAt(first);
      const ByteCount size = regions_.Record(first).large_size;
      if (!NoteObject(object, Header::At(object), size, NextSaved(first))) return;
    }
  }
}

template <typename VisitObject>
void Verifier::ForEachObject(VisitObject&& visit) {
  for (const RegionList* const list : {&heap_.new_regions(), &heap_.old_regions()}) {
    for (const RegionIndex index : *list) {
      heap_.WalkRegion(index, [&](Address object, Header, ByteCount size) {
        if (regions_.IsMarked(object)) visit(object, size);
      });
    }
  }
  heap_.large().ForEach([&](Address object, ByteCount size) {
    if (regions_.IsMarked(object)) visit(object, size);
  });
}

void Verifier::CheckReferences() {
  ForEachObject([this](Address object, ByteCount size) { CheckObject(object, size); });
}

void Verifier::CheckObject(Address object, ByteCount size) {
  const Shape& shape = heap_.shapes()[Header::At(object).shape()];
  const ObjectPtr* const pair = shape.References(object);
  const bool is_pair_dead = shape.is_ephemeron() && IsUnsweptDead(pair[0]);
  if (is_pair_dead) dead_pairs_.push_back(object);
  shape.VisitRuns(object, [&](const ObjectPtr* first, const ObjectPtr* last) {
    for (; first != last; ++first) {
      const bool is_paired = first == pair || first == pair + 1;
      if (!is_pair_dead || !is_paired || !IsUnsweptDead(*first)) CheckSlot(object, size, first);
    }
  });
}

void Verifier::CheckUnclearedPairs() {
  if (dead_pairs_.empty()) return;
  Vector<Address> listed;
  if (heap_.uncleared_pairs() != nullptr) heap_.uncleared_pairs()->List(listed);
  std::sort(listed.begin(), listed.end());
  for (const Address ephemeron : dead_pairs_) {
    if (std::binary_search(listed.begin(), listed.end(), ephemeron)) continue;
    Fail("G-S6 pairs", Describe(ephemeron) + " has a dead key, and does not wait to be cleared");
  }
}

bool Verifier::IsObject(ObjectPtr value) const {
  if (!value.IsHeapObject()) return true;
  const Address object(value.bits() - ObjectPtr::kHeapObjectTag);
  return object.IsAlignedTo(kWordSize) && regions_.Contains(object) && regions_.IsMarked(object);
}

void Verifier::CheckSlot(Address holder, ByteCount size, const ObjectPtr* slot) {
  if (!IsObject(*slot)) {
    Fail("G-N2 no grey", Edge(holder, slot) + " (no object there)");
    return;
  }
  const ObjectPtr object = ObjectPtr::FromAddress(holder);
  if (!heap_.flags().Has(object, kVisitPointersFrom) || !heap_.IsYoung(*slot)) return;
  if (Header::Of(object).remembered()) return;
  if (size > kCardHolderSize && heap_.remembered_set().IsSlotSet(object, size, slot)) {
    return;
  }
  Fail("H-R1 complete", Edge(holder, slot) + " (new), holder not remembered");
}

void Verifier::CheckRememberedSet() {
  const Vector<RememberedSet::Entry>& entries = heap_.remembered_set().entries();
  Vector<std::pair<std::uint64_t, std::uint32_t>> seen;
  std::size_t whole = 0;
  for (const RememberedSet::Entry& entry : entries) {
    if (!IsObject(entry.holder) || !entry.holder.IsHeapObject() ||
        !heap_.flags().Has(entry.holder, kVisitPointersFrom) ||
        (entry.is_whole() && heap_.IsYoung(entry.holder))) {
      Fail("H-R2 once", "the entry " + Hex(entry.holder.bits()) + " is no old object");
      return;
    }
    const bool set = entry.is_whole() ? Header::Of(entry.holder).remembered()
                                      : heap_.remembered_set().IsCardSet(entry.holder, entry.card);
    if (!set) Fail("H-R2 once", Describe(entry.holder.address()) + " is listed without its bit");
    seen.emplace_back(entry.holder.bits(), entry.card);
    whole += entry.is_whole() ? 1u : 0u;
  }
  std::sort(seen.begin(), seen.end());
  const auto twice = std::adjacent_find(seen.begin(), seen.end());
  if (twice != seen.end()) Fail("H-R2 once", Hex(twice->first) + " is listed twice");
  std::size_t bits = 0;
  std::size_t cards = 0;
  ForEachObject([&](Address object, ByteCount size) {
    bits += Header::At(object).remembered();
    cards += heap_.remembered_set().CardsSetIn(object, size);
  });
  if (heap_.remembered_set().has_overflowed()) return;  // Not everything is listed.
  if (bits != whole) {
    Fail("H-R2 once", std::to_string(bits) + " objects have the remembered bit, " +
                          std::to_string(whole) + " are listed");
  }
  if (cards != entries.size() - whole) {
    Fail("H-R2 once", std::to_string(cards) + " cards' bytes are set, " +
                          std::to_string(entries.size() - whole) + " cards are listed");
  }
}

void Verifier::CheckHoles() {
  const Span rest = heap_.old_allocator().rest();
  Vector<Span> holes = heap_.old_allocator().roomy_holes();
  heap_.old_allocator().ForEachSmallHole([&holes](Span hole) { holes.push_back(hole); });
  const Vector<Span> listed = holes;
  if (rest.to - rest.from >= OldAllocator::kMinHole) holes.push_back(rest);
  CheckHolesIn(std::move(holes), OldAllocator::kMinHole, kOldSpaceFlags);
  CheckHolesIn(heap_.new_holes(), Heap::kMinNewHole, kNewSpaceFlags);
  CheckGaps(listed);
}

void Verifier::CheckGaps(const Vector<Span>& old_holes) {
  ByteCount in_holes;
  for (const Span& hole : old_holes) {
    if (regions_.Record(regions_.IndexOf(hole.from)).top != hole.from)
      in_holes += hole.to - hole.from;
  }
  if (in_holes != heap_.old_allocator().in_holes()) {
    Fail("H-J3 counted", std::to_string(in_holes.value()) + " bytes are in holes, " +
                             std::to_string(heap_.old_allocator().in_holes().value()) + " counted");
  }
  ByteCount unswept;
  for (const RegionIndex index : heap_.old_regions()) {
    const RegionRecord& record = regions_.Record(index);
    if (!record.unswept) continue;
    unswept += record.mark_limit - regions_.StartOf(index) - ByteCount(record.live_bytes);
  }
  if (unswept != heap_.old_unswept()) {
    Fail("G-S7 gaps", std::to_string(unswept.value()) + " bytes wait to be swept, " +
                          std::to_string(heap_.old_unswept().value()) + " counted");
  }
}

void Verifier::CheckHolesIn(Vector<Span> holes, ByteCount least, std::uint8_t flags) {
  std::sort(holes.begin(), holes.end(),
            [](const Span& a, const Span& b) { return a.from < b.from; });
  Address before;
  for (const Span& hole : holes) {
    const std::string name = "the hole at " + Hex(hole.from.value());
    const RegionIndex index = regions_.IndexOf(hole.from);
    if (!HasFlags(index, flags) || hole.to - hole.from < least ||
        hole.to - regions_.StartOf(index) > kRegionSize) {
      Fail("H-J2 worth it", name + " is too small, or not in one region of its space");
      return;
    }
    if (before > hole.from) Fail("H-J1 free", name + " overlaps the one before it");
    before = hole.to;
    const Address top = regions_.Record(index).top;
    if (hole.from == top) continue;
    const Header header = Header::At(hole.from);
    if (hole.from > top || !header.IsHeader() || !ShapeTable::IsFiller(header.shape()) ||
        hole.from + ByteCount(header.size()) != hole.to) {
      Fail("H-J1 free", name + " is not dead space");
    }
  }
}

void Verifier::CheckPins() {
  Address before;
  for (const PinTable::Entry& entry : heap_.pins().entries()) {
    if (!IsObject(ObjectPtr::FromAddress(entry.object))) {
      Fail("H-Q1 stays", "no object at " + Hex(entry.object.value()) + ", which is pinned");
    }
    if (entry.pins == 0 || entry.object <= before) {
      Fail("H-Q2 counted", "the pins of " + Hex(entry.object.value()) + " are out of order");
    }
    before = entry.object;
  }
}

void Verifier::ForgetObjects() {
  for (const RegionList* const list : {&heap_.new_regions(), &heap_.old_regions()}) {
    for (const RegionIndex index : *list) regions_.ClearMarks(index);  // G-K1
  }
  heap_.large().ForEachRegion([this](RegionIndex index) { regions_.ClearMarks(index); });
}

}  // namespace fart
