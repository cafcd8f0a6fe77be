#include "gc/scavenger.h"

#include "gc/phase_scope.h"
#include "heap/base/check.h"

namespace fart {
namespace {

constexpr ByteCount kPrefetchDistance(128);

}  // namespace

Scavenger::Scavenger(const Collection& collection, YoungFate young_fate, SlicedMarking* marking,
                     SlicedEvacuation* moving)
    : collection_(collection),
      heap_(collection.heap),
      shapes_(collection.heap.shapes()),
      evacuator_(collection.heap, collection.report, LargeFate::kReached, young_fate),
      marking_(marking),
      moving_(moving),
      from_(collection.heap.evacuating_regions()) {}

void Scavenger::Run() {
  Flip();
  EvacuateRoots();
  EvacuateRememberedSet();
  {
    const PhaseScope phase(collection_.listener, GcPhase::kTransitive);
    EvacuateTransitively();
  }
  ResolveEphemerons();
  ClearDeadWeaks();
  Release();
}

void Scavenger::Flip() {
  from_.TakeFrom(heap_.new_regions());
  heap_.ForgetNewHoles();
  for (const RegionIndex index : from_) {
    heap_.regions().SetFlags(index, kNewSpace | kEvacuating);  // G-N1: they do not stay young
  }
  heap_.large().BeginCollection(/*all_leave=*/false);
  new_cursor_ = {.span = 0, .next = Address()};
  // Promotion goes on in the span that old space is filling: scan from its present top.
  heap_.old_allocator().StartLog();
  old_cursor_ = {.span = 0, .next = Address()};
}

void Scavenger::EvacuateRoots() {
  const PhaseScope phase(collection_.listener, GcPhase::kRoots);
  evacuator_.KeepPinned();
  for (RootProvider* const provider : collection_.roots) {
    // All slots of the others are shown behind the scavenge that begins, and again in the end.
    reaches_roots_ =
        marking_ != nullptr && !marking_->is_beginning() && provider->IsSeenInParts();  // HO-P3
    provider->VisitSlots(SlotSet::kYoung, *this);
  }
}

void Scavenger::VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) {
  collection_.CountSlots(kind, static_cast<std::size_t>(last - first));
  for (ObjectPtr* slot = first; slot != last; ++slot) {
    if (evacuator_.IsEvacuating(*slot)) {
      EvacuateReferent(slot);
    } else if (reaches_roots_) [[unlikely]] {
      marking_->Reach(*slot);
    }
  }
}

void Scavenger::EvacuateReferent(ObjectPtr* slot) {
  const Address object = slot->address();
  const ForwardingResult moved = evacuator_.Evacuate(object);
  *slot = ObjectPtr::FromAddress(moved.where);
  // G-E3: the object may be a key that others waited for. Their values come later, for in a chain
  // of ephemerons evacuating them here would recurse once for each link.
  if (ephemerons_.is_indexed() && moved.outcome != Forwarding::kAlreadyCopied) [[unlikely]]
    ephemerons_.NoteReached(object);
}

void Scavenger::ScanObject(Address object, const Shape& shape) {
  if (shape.is_plain()) [[likely]] {
    shape.VisitStrongRuns(object, [this](ObjectPtr* first, ObjectPtr* last) {
      for (; first != last; ++first) EvacuateSlot(first);
    });
    return;
  }
  if (shape.has_weak_references() && weak_holders_are_all_) {
    weak_holders_are_all_ = TryAppend(weak_holders_, object);
  }
  ObjectPtr* const pair_end = shape.References(object) + (shape.is_ephemeron() ? 2 : 0);
  shape.VisitStrongRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
    if (first == shape.References(object)) first = pair_end;
    for (; first < last; ++first) EvacuateSlot(first);
  });
  if (shape.is_ephemeron()) ExamineEphemeron(object, shape);
}

void Scavenger::EvacuateTransitively() {
  bool again = true;
  while (again) {
    evacuator_.PublishTops();
    again = ScanNew();
    again = ScanPromoted() || again;
    again = ScanReachedInPlace() || again;
    again = EvacuateReadyValues() || again;
  }
}

template <typename Count, typename SpanAt, typename Scan>
bool Scavenger::ScanFrom(Cursor& cursor, Count&& count, SpanAt&& span, Scan&& scan) {
  bool found = false;
  while (cursor.span < count()) {
    Span now = span(cursor.span);
    Address object = cursor.next.is_null() ? now.from : cursor.next;
    const RegionSpace& regions = heap_.regions();
    const Address region_end = regions.StartOf(regions.IndexOf(object)) + kRegionSize;
    while (object < now.to) {
      found = true;
      // What the copy a little further on refers to is evacuated soon. A word that is no
      // reference makes a useless hint, no harm; the region's end bounds the read.
      const Address ahead = object + kPrefetchDistance;
      if (ahead < region_end) __builtin_prefetch(*ahead.As<void*>());
      const Header header = Header::At(object);
      const ByteCount size = header.size();
      scan(object, size, shapes_[header.shape()]);
      object = object + size;
      if (object == now.to) now = span(cursor.span);
    }
    cursor.next = object;
    // Only the last one can still grow.
    if (cursor.span + 1 == count()) break;
    cursor = {.span = cursor.span + 1, .next = Address()};
  }
  return found;
}

bool Scavenger::ScanNew() {
  const RegionSpace& regions = heap_.regions();
  const RegionList& list = heap_.new_regions();
  return ScanFrom(
      new_cursor_, [&] { return list.size(); },
      [&](std::size_t i) {
        return Span{regions.StartOf(list[i]), regions.Record(list[i]).top};
      },
      [this](Address object, ByteCount, const Shape& shape) { ScanObject(object, shape); });
}

bool Scavenger::ScanPromoted() {
  const OldAllocator& old = heap_.old_allocator();
  return ScanFrom(
      old_cursor_, [&] { return old.logged_spans(); },
      [&](std::size_t i) { return old.LoggedSpan(i); },
      [this](Address object, ByteCount size, const Shape& shape) {
        ScanOldObject(object, size, shape);
      });
}

bool Scavenger::ScanReachedInPlace() {
  GreyRegions& to_scan = evacuator_.to_scan();
  const bool found = !to_scan.is_empty();
  while (!to_scan.is_empty()) {
    const Address object = to_scan.Take();
    if (evacuator_.IsLarge(object)) {
      ScanLarge(object);
    } else {
      ScanKept(object);
    }
  }
  return found;
}

void Scavenger::ScanKept(Address object) {
  const Header header = Header::At(object);
  const Shape& shape = shapes_[header.shape()];
  if (evacuator_.StaysYoung(ObjectPtr::FromAddress(object))) {
    ScanObject(object, shape);
  } else {
    ScanOldObject(object, header.size(), shape);
  }
}

// `object` has become old in this collection.
void Scavenger::ScanOldObject(Address object, ByteCount size, const Shape& shape) {
  if (shape.is_plain()) [[likely]] {
    ScanPlainOld(object, size, shape);
  } else {
    ScanObject(object, shape);
  }
  if (marking_ != nullptr) [[unlikely]]
    marking_->NoteFresh(object, size, shape);  // G-S2
  if (moving_ != nullptr) [[unlikely]]
    moving_->LookAt(object, shape);  // G-V1
  const ObjectPtr holder = ObjectPtr::FromAddress(object);
  if (!shape.is_plain()) {
    heap_.remembered_set().AddWhole(holder);
    has_undecided_ = true;
  }
}

// What of it is young was to be evacuated: nobody else has scanned it.
void Scavenger::ScanPlainOld(Address object, ByteCount size, const Shape& shape) {
  RememberedSet& set = heap_.remembered_set();
  const ObjectPtr holder = ObjectPtr::FromAddress(object);
  shape.VisitStrongRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last; ++first) {
      if (evacuator_.IsEvacuating(*first)) {
        EvacuateReferent(first);
        if (evacuator_.StaysYoung(*first)) set.Add(holder, size, first);  // H-R1
      } else if (marking_ != nullptr) [[unlikely]] {
        marking_->Reach(*first);  // G-S1
      }
    }
  });
}

// Of an old object of a plain shape.
void Scavenger::RememberYoungSlots(Address object, ByteCount size, const Shape& shape) {
  const ObjectPtr holder = ObjectPtr::FromAddress(object);
  shape.VisitStrongRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last; ++first) {
      if (evacuator_.StaysYoung(*first)) heap_.remembered_set().Add(holder, size, first);  // H-R1
    }
  });
}

void Scavenger::Release() {
  const PhaseScope phase(collection_.listener, GcPhase::kRelease);
  evacuator_.Finish();
  heap_.old_allocator().StopLog();
  for (const RegionIndex index : from_) evacuator_.ReleaseRegion(index);
  from_.clear();
  const RegionSpace& regions = heap_.regions();
  const auto next_reached = [&regions](Address object, Address to) {
    // Where nothing lives no header is read, which would be a cache miss for each of the dead.
    if (!regions.Record(regions.IndexOf(object)).has_kept) return to;
    while (object < to && !Evacuator::IsReached(object)) {
      const Header header = Header::At(object);
      object = header.is_large() ? to : object + ByteCount(header.size());
    }
    return object;
  };
  collection_.report.large_objects_freed += heap_.ReleaseDeadLarge(false, next_reached);
}

}  // namespace fart
