#include "gc/marker.h"

#include <algorithm>
#include <utility>

#include "gc/dead_parts.h"
#include "gc/mark_bucket.h"
#include "gc/parallel_marking.h"
#include "gc/place_marking.h"
#include "heap/base/check.h"
#include "heap/platform/background.h"

namespace fart {
namespace {

// What is over sooner, in half a millisecond or so, is not worth waking others for.
constexpr std::size_t kStepsAlone = 10'000;
// Of a large object.
constexpr std::size_t kWordsInStep = 64;
// So many ephemerons are marked one by one, and examined no third time.
constexpr std::size_t kFewReady = 1024;

}  // namespace

Marker::Marker(const Collection& collection, Workers& workers)
    : Tracer(collection.heap),
      collection_(collection),
      workers_(workers),
      many_objects_(IsStressed() ? kManyUnderStress : kManyObjects),
      noted_(collection.heap.regions()) {
  for (const RegionList* const list :
       {&collection.heap.new_regions(), &collection.heap.old_regions()}) {
    for (const RegionIndex index : *list) {
      RegionRecord& record = regions_.Record(index);
      record.mark_limit = record.top;  // G-K3
      record.live_bytes = 0;
    }
  }
  collection.heap.large().ForEachRegion([this](RegionIndex index) {
    RegionRecord& record = regions_.Record(index);
    record.mark_limit = record.top;
    record.live_bytes = 0;
  });
}

void Marker::MarkRoots() {
  for (const PinTable::Entry& entry : collection_.heap.pins().entries()) {
    MarkValue(ObjectPtr::FromAddress(entry.object));  // H-Q1
  }
  collection_.VisitRoots(SlotSet::kAll, *this);
}

void Marker::VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) {
  collection_.CountSlots(kind, static_cast<std::size_t>(last - first));
  for (ObjectPtr* slot = first; slot != last; ++slot) MarkValue(*slot);
}

void Marker::VisitEvery(RootKind kind, ObjectPtr* first, std::size_t count, std::size_t stride) {
  collection_.CountSlots(kind, count);
  for (; count != 0; --count, first += stride) MarkValue(*first);
}

bool Marker::MarkReadyValue() {
  const Address ephemeron = ephemerons_.TakeReady();
  if (ephemeron.is_null()) return false;
  MarkValue(PairOf(ephemeron)[1]);
  return true;
}

int Marker::UsableWorkers() const {
  const HeapKnobs& knobs = collection_.heap.knobs();
  const int asked = static_cast<int>(std::min<std::uint32_t>(knobs.gc_workers, Workers::kMost));
  if (asked < 2 || knobs.IsSharingForced()) return asked;
  return std::min(asked, UsableProcessors());
}

void Marker::MarkTransitively() {
  const int workers = UsableWorkers();
  if (workers > 1) {
    const bool forced = collection_.heap.knobs().IsSharingForced();
    if (!DrainSome(forced ? 0 : kStepsAlone)) MarkTogether(workers);
  }
  MarkAlone();
}

bool Marker::DrainSome(std::size_t steps) {
  for (;;) {
    if (stack_.empty()) {
      if (!TakeFromQueues() && !LookAtKeys()) return true;
      continue;
    }
    const Address object = stack_.Pop();
    const std::size_t cost = 1 + regions_.SizeOf(object).InWords().value() / kWordsInStep;
    if (cost > steps) {  // A long list, as a rule: where it was there is room for it.
      FART_CHECK(stack_.TryPush(object));
      return false;
    }
    steps -= cost;
    Scan(object);
  }
}

void Marker::MarkTogether(int workers) {
  while (TakeFromQueues()) {
  }
  MarkByPlaceTogether(workers);
  const auto marking = TryMakeOffHeap<ParallelMarking>(collection_.heap, noted_, workers);
  if (marking == nullptr) return;
  marking->Run(workers_, stack_);
  // They are the same threads that may have marked by place.
  std::uint32_t& count = collection_.report.marking_workers;
  const std::uint32_t by_place = std::exchange(count, 0);
  marking->ForEachWorker([this](const MarkWorker& worker) { TakeOver(worker); });
  count = std::max(count, by_place);
}

// Where so much waits already that the heap is no tree, nor a list in order of addresses. What is
// left afterwards is on the stack.
void Marker::MarkByPlaceTogether(int workers) {
  const bool forced = IsStressed();
  if (!forced && stack_.size() <= kManyForSeveral) return;
  const auto [first, end] = Extent();
  const Address start = regions_.StartOf(first);
  const ByteCount size = regions_.StartOf(end) - start;
  if (size < kFarApart && !forced) return;
  const auto marking = TryMakeOffHeap<PlaceMarking>(collection_.heap, noted_, workers);
  if (marking == nullptr || !marking->TryPrepare(start, size)) return;
  marking->Run(workers_, stack_);
  GcReport& report = collection_.report;
  marking->ForEachSpan([&report](const GcSpan& span, bool has_marked) {
    if (has_marked) ++report.marking_workers;
    report.spans.Add(span);
  });
  marking->ForEachSpecial([this](Address object) {
    if (!stack_.TryPush(object)) NoteUnscanned(object);
  });
  marking->TakeRest([this](Address object) { MarkValue(ObjectPtr::FromAddress(object)); });
  while (TakeFromQueues()) {
  }
}

// What one of them has found besides what it has marked.
void Marker::TakeOver(const MarkWorker& worker) {
  worker.live().AddTo(regions_);  // G-W4
  GcReport& report = collection_.report;
  report.ephemerons_examined += worker.ephemerons_examined();
  if (worker.has_marked()) ++report.marking_workers;
  if (worker.span().end_ns != 0) report.spans.Add(worker.span());
  weak_holders_are_all_ = weak_holders_are_all_ && worker.weak_holders_are_all();
  for (const Address holder : worker.weak_holders()) NoteWeakHolder(holder);
  // Their keys may have been met since: the table asks when it is indexed.
  for (const Address ephemeron : worker.ephemerons()) {
    ephemerons_.Add(ephemeron, PairOf(ephemeron)[0].address());
  }
  if (!worker.ephemerons_are_all()) ephemerons_.Overflow();
}

void Marker::MarkAlone() {
  Drain();
  while (!noted_.is_empty()) ScanNotedRegion();
}

template <typename Visit>
void Marker::ForEachMarkedIn(RegionIndex index, Address from, Visit&& visit) {
  // The object with a run that begins here lies above its record's top.
  const Address end = regions_.StartOf(index) + kRegionSize;
  for (Address object = regions_.NextMarked(from, end); object < end;
       object = regions_.NextMarked(object + ByteCount(kWordSize), end)) {
    visit(object, shapes_[Header::At(object).shape()]);
  }
}

template <typename Visit>
void Marker::ForEachMarked(Visit&& visit) {
  const auto visit_region = [&](RegionIndex index) {
    ForEachMarkedIn(index, regions_.StartOf(index), visit);
  };
  const Heap& heap = collection_.heap;
  for (const RegionIndex index : heap.new_regions()) visit_region(index);
  for (const RegionIndex index : heap.old_regions()) visit_region(index);
  heap.large().ForEachRegion(visit_region);
}

// What was scanned before is scanned once more: that finds nothing new.
void Marker::ScanNotedRegion() {
  const GreyRegions::Region region = noted_.TakeRegion();  // It may be noted again meanwhile.
  ForEachMarkedIn(region.index, region.from, [this](Address object, const Shape&) {
    Scan(object);
    Drain();
  });
}

void Marker::Drain() {
  for (;;) {
    if (!stack_.empty()) {
      if (IsMuchWaiting()) [[unlikely]] {
        MarkByPlace();
      } else {
        Scan(stack_.Pop());
      }
    } else if (!TakeFromQueues() && !LookAtKeys() && !MarkReadyValue()) {
      return;  // A leaf may have been a key (G-E4).
    }
  }
}

// Regions that are in use, from the first to the last.
std::pair<RegionIndex, RegionIndex> Marker::Extent() const {
  const Heap& heap = collection_.heap;
  RegionIndex first = regions_.end_region();
  RegionIndex end = regions_.first_region();
  const auto include = [&](RegionIndex from, RegionIndex to) {
    first = std::min(first, from);
    end = std::max(end, to + 1);
  };
  for (const RegionIndex index : heap.new_regions()) include(index, index);
  for (const RegionIndex index : heap.old_regions()) include(index, index);
  heap.large().ForEachRegion([&](RegionIndex index) { include(index, index); });
  for (const RegionList* const runs : {&heap.large().old_runs(), &heap.large().young_runs()}) {
    for (const RegionIndex index : *runs) include(index, heap.large().LastOf(index));
  }
  return {first, end};
}

// Forced inline: each object passes here.
[[gnu::always_inline]] inline void Marker::Spread(MarkBuckets& buckets, Address object,
                                                  const Shape& shape) {
  if (!shape.is_plain()) [[unlikely]] {
    Scan(object);
    return;
  }
  shape.VisitStrongRuns(
      object, [&](ObjectPtr * first, ObjectPtr * last) __attribute__((always_inline)) {
        for (; first != last; ++first) {
          if (!first->IsHeapObject() || buckets.TryAdd(first->address())) continue;
          MarkLater(*first);
        }
      });
}

void Marker::MarkLater(ObjectPtr value) { MarkValue(value); }

void Marker::MarkByPlace() {
  const auto [first, end] = Extent();
  const Address start = regions_.StartOf(first);
  const ByteCount size = regions_.StartOf(end) - start;
  MarkBuckets buckets;
  const bool forced = IsStressed();
  if ((size < kFarApart && !forced) || !buckets.TryPrepare(start, size)) {
    many_objects_ = ~std::size_t{0};
    return;
  }
  buckets_ = &buckets;
  while (!stack_.empty()) {
    const Address object = stack_.Pop();
    Spread(buckets, object, shapes_[Header::At(object).shape()]);
  }
  std::size_t all = 0;
  const std::size_t few = forced ? 0 : kFewBuckets;
  while (buckets.waiting() > few) {
    all += MarkByBucket(
        regions_, [&](auto&& visit) __attribute__((always_inline)) { buckets.TakeBucket(visit); },
        [&](Address object, Header header) __attribute__((always_inline)) {
          CountLive(object, LiveSizeOf(header));
          const Shape& shape = shapes_[header.shape()];
          if (!shape.is_leaf()) Spread(buckets, object, shape);
          NoteReached(object);
        });
  }
  buckets_ = nullptr;
  while (buckets.TakeBucket([&](Address from, const MarkBuckets::Entry* entries, std::uint32_t n) {
    for (std::uint32_t i = 0; i < n; ++i) {
      MarkValue(ObjectPtr::FromAddress(MarkBuckets::AddressOf(from, entries[i])));
    }
  })) {
  }
  if (all < kManyObjects && !forced) many_objects_ *= 4;  // It was not worth it.
}

void Marker::ScanPair(Address ephemeron, const ObjectPtr* pair) {
  if (pair[0].IsHeapObject()) regions_.PrefetchMark(pair[0].address());
  const Address due = pairs_.Exchange(ephemeron);
  if (!due.is_null()) LookAtKey(due);
}

void Marker::LookAtKey(Address ephemeron) {
  ++collection_.report.ephemerons_examined;
  const ObjectPtr* const pair = PairOf(ephemeron);
  if (IsLive(pair[0])) {
    const bool is_by_place =
        buckets_ != nullptr && pair[1].IsHeapObject() && buckets_->TryAdd(pair[1].address());
    if (!is_by_place) MarkValue(pair[1]);
  } else {
    ephemerons_.Add(ephemeron, pair[0].address());
  }
}

bool Marker::LookAtKeys() {
  if (pairs_.is_empty()) return false;
  while (!pairs_.is_empty()) LookAtKey(pairs_.Take());
  return true;
}

void Marker::ResolveEphemerons() {
  if (!ephemerons_.has_overflowed()) ResolveByTable();
  if (ephemerons_.has_overflowed()) ResolveByWalking();
}

void Marker::ResolveByTable() {
  if (ephemerons_.is_empty()) return;
  const auto is_reached = [this](Address key) {
    ++collection_.report.ephemerons_examined;
    return regions_.IsMarked(key);
  };
  std::size_t ready = 0;
  while (ephemerons_.TakeReached(
      [this](Address key) __attribute__((always_inline)) { regions_.PrefetchMark(key); },
      is_reached,
      [&](Address ephemeron) {
        // Many are looked at together, where their values lie.
        if (++ready > kFewReady && stack_.TryPush(ephemeron)) return;
        MarkValue(PairOf(ephemeron)[1]);
      })) {
    MarkAlone();
    if (ephemerons_.is_indexed()) break;
  }
  ephemerons_.VisitWaiting([this](Address ephemeron) { ClearPair(PairOf(ephemeron)); });
}

// Limit: a chain of ephemerons against the order of addresses takes one walk for each link.
void Marker::ResolveByWalking() {
  for (bool again = true; again;) {
    again = false;
    ForEachMarked([&](Address object, const Shape& shape) {
      if (!shape.is_ephemeron()) return;
      const ObjectPtr* const pair = shape.References(object);
      if (!IsLive(pair[0]) || IsLive(pair[1])) return;
      MarkValue(pair[1]);
      again = true;
    });
    MarkAlone();
  }
  ForEachMarked([&](Address object, const Shape& shape) {
    ObjectPtr* const pair = shape.References(object);
    if (shape.is_ephemeron() && !IsLive(pair[0])) ClearPair(pair);
  });
}

void Marker::ClearWeakReferencesOf(Address holder) {
  ClearDeadReferences(holder, shapes_[Header::At(holder).shape()],
                      [this](ObjectPtr value) { return IsLive(value); });
}

void Marker::ClearWeakReferences() {
  if (weak_holders_are_all_) {
    for (const Address holder : weak_holders_) ClearWeakReferencesOf(holder);
  } else {
    ForEachMarked([this](Address object, const Shape&) { ClearWeakReferencesOf(object); });
  }
}

}  // namespace fart
