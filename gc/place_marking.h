// PlaceMarking -- marking by place (mark_buckets.h) by several threads.
//
// Each puts down references in portions of its own. A portion that is full goes to its bucket's
// list, which all share; who has nothing to do claims a bucket that has some, and marks and scans
// what they name, with nobody else in that stretch of the heap: so mark words and counts of live
// bytes need no atomic operations. Who finds no bucket gives what it has in portions that are not
// full. When all together have few left it is over, and the rest is followed one by one.
//
// Invariants
//   G-M3 alone   who marks objects of a bucket, counts them, or takes its list, has claimed it.
//   G-M4 over    it is over when nobody works and no list has anything, or when the last one who
//                works has few left; what is left then is in lists and portions.
//   G-W3         mark_worker.h
// The heap's verifier has no rule for these: it looks when nobody marks, and nothing is left of
// claims and lists then. So debug builds ask whoever works with a bucket whether it is his, before
// and after, and when it is over whether anybody has one still.
//
// Not here: special objects, which are listed for the marker (marker.h); when it pays.

#ifndef FART_GC_PLACE_MARKING_H_
#define FART_GC_PLACE_MARKING_H_

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>

#include "gc/grey_regions.h"
#include "gc/listener.h"
#include "gc/mark_buckets.h"
#include "gc/mark_stack.h"
#include "heap/base/check.h"
#include "heap/heap.h"
#include "heap/platform/off_heap.h"
#include "heap/platform/workers.h"

namespace fart {

class PlaceMarking final : private SharedWork {
 public:
  // For so many threads at most; what finds no room goes to `noted`.
  PlaceMarking(Heap& heap, GreyRegions& noted, int threads);
  // For objects of [start, start + size). False: there is no memory for it.
  [[nodiscard]] bool TryPrepare(Address start, ByteCount size);

  // Takes all that is in `stack`, marked and not scanned.
  void Run(Workers& threads, MarkStack& stack);

  // Afterwards. Calls visit(Address) for each reference that has not been followed.
  template <typename Visit>
  void TakeRest(Visit&& visit);
  // Calls visit(Address) for each special object that is marked and not scanned.
  template <typename Visit>
  void ForEachSpecial(Visit&& visit) const;
  // Calls visit(GcSpan, bool has_marked) for each thread that came.
  template <typename Visit>
  void ForEachSpan(Visit&& visit) const {
    for (std::size_t i = 0; i < count_; ++i) {
      if (markings_[i]->span.end_ns != 0) visit(markings_[i]->span, markings_[i]->has_marked);
    }
  }

 private:
  struct Marking {
    MarkBuckets buckets;
    Vector<Address> specials;
    bool has_marked = false;
    GcSpan span;
  };
  // Fewer are not worth a bucket each.
  static constexpr std::size_t kFewBuckets = 16;

  void Work(int number) override;
  void MarkUntilOver(Marking& own, int number);
  void WakeOthers();
  void Spread(Marking& own, Address object, const Shape& shape);
  void NoteUnscanned(Address object);
  // A bucket that has something, claimed; the next at or behind `from`. False: there is none.
  bool Claim(int number, std::size_t from, std::size_t* bucket);
  void MarkBucket(Marking& own, int number, std::size_t bucket);
  // For who has claimed nothing and given what it had. False: it is over.
  bool WaitForMore();
  bool HasSome() const;
  bool IsLastWithFew(std::size_t given);

  RegionSpace& regions_;
  const ShapeTable& shapes_;
  GreyRegions& noted_;
  const std::size_t few_;
  MarkBuckets::Lists lists_;
  MarkStack* stack_ = nullptr;
  std::size_t count_;
  std::array<OffHeapOwned<Marking>, Workers::kMost> markings_;
  std::mutex lock_;
  std::condition_variable changed_;
  int working_ = 1;  // Number 0 comes.
  std::atomic<int> waiting_{0};
  std::atomic<bool> is_over_{false};
};

template <typename Visit>
void PlaceMarking::TakeRest(Visit&& visit) {
  const auto visit_some = [&](Address from, const MarkBuckets::Entry* entries,
                              std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) visit(MarkBuckets::AddressOf(from, entries[i]));
  };
  for (std::size_t i = 0; i < count_; ++i) {
    MarkBuckets& buckets = markings_[i]->buckets;
    for (std::size_t bucket = 0; bucket < lists_.size(); ++bucket) {
      FART_DCHECK(!lists_.IsClaimed(bucket));  // G-M3
      buckets.TakeShared(bucket, visit_some);
    }
  }
}

template <typename Visit>
void PlaceMarking::ForEachSpecial(Visit&& visit) const {
  for (std::size_t i = 0; i < count_; ++i) {
    for (const Address object : markings_[i]->specials) visit(object);
  }
}

}  // namespace fart

#endif  // FART_GC_PLACE_MARKING_H_
