// MarkWorker -- one of several threads that mark a heap together while its mutator stands.
//
// It marks as one alone does (tracer.h), at a stack of its own, and shares what it has through the
// pool. What it finds besides it lists: for the marker, which goes through that when all are done.
//
// Invariants
//   G-W1, G-W2     mark_pool.h
//   G-W3 still     while they mark nothing is written that another reads, but mark bits, one by one
//                  (RegionSpace::TryMarkShared), and what is under the pool's lock.
//   G-W4 counted   what one has marked is in its live(), which are added up at the end.
//
// Not here: the threads (heap/platform/workers.h).

#ifndef FART_GC_MARK_WORKER_H_
#define FART_GC_MARK_WORKER_H_

#include <cstddef>
#include <cstdint>

#include "gc/listener.h"
#include "gc/live_bytes.h"
#include "gc/mark_pool.h"
#include "gc/tracer.h"
#include "heap/platform/clock.h"
#include "heap/platform/off_heap.h"

namespace fart {

class MarkWorker final : private Tracer<MarkWorker> {
 public:
  MarkWorker(Heap& heap, MarkPool& pool);
  ~MarkWorker();
  MarkWorker(const MarkWorker&) = delete;
  MarkWorker& operator=(const MarkWorker&) = delete;
  // For objects in regions of [first, end). False: there is no memory for it.
  [[nodiscard]] bool TryPrepare(RegionIndex first, RegionIndex end) {
    return live_.TryMakeRoom(first, end);
  }

  // Until all are done: of who begins with this stack, and of who comes.
  void MarkFrom(MarkStack& stack);
  void Help();
  // Before and behind one of these.
  void BeginSpan(int number) { span_ = {number, MonotonicNs(), 0}; }
  void EndSpan() { span_.end_ns = MonotonicNs(); }

  // Afterwards.
  // When it worked; 0 to 0: it did not come.
  GcSpan span() const { return span_; }
  bool has_marked() const { return has_marked_; }
  const LiveBytes& live() const { return live_; }
  const Vector<Address>& weak_holders() const { return weak_holders_; }
  bool weak_holders_are_all() const { return weak_holders_are_all_; }
  // Whose key was not marked by then.
  const Vector<Address>& ephemerons() const { return ephemerons_; }
  bool ephemerons_are_all() const { return ephemerons_are_all_; }
  std::uint64_t ephemerons_examined() const { return ephemerons_examined_; }

 private:
  // A longer row of references is shared, where that is wanted.
  static constexpr std::ptrdiff_t kLongRun = 512;
  // After so many objects one looks whether there is something to give: what is more than
  // kMostKept, and where it is wanted half of what one has, if that is so many: less is not worth
  // the lock.
  static constexpr unsigned kObjectsBetweenLooks = 64;
  static constexpr std::size_t kMostKept = 2 * MarkPool::Portion::kMostObjects;
  static constexpr std::size_t kLeastGiven = 8;

  friend class Tracer<MarkWorker>;
  bool TryMark(Address object) { return regions_.TryMarkShared(object); }
  void CountLive(Address object, ByteCount size) { live_.Add(regions_.IndexOf(object), size); }
  void NoteUnscanned(Address object) { pool_.NoteUnscanned(object); }
  void NoteReached(Address) {}  // No ephemerons wait yet.
  void ScanRun(ObjectPtr* first, ObjectPtr* last);
  void NoteWeakHolder(Address object) {
    if (weak_holders_are_all_) weak_holders_are_all_ = TryAppend(weak_holders_, object);
  }
  void ScanPair(Address ephemeron, const ObjectPtr* pair);

  void Drain();
  void DrainAndTake();
  void ScanPortion(MarkPool::Portion* portion);
  void LookAtStack();
  // False: there is no memory for a portion.
  bool TryGiveObjects(std::size_t count);
  bool TryGiveRun(ObjectPtr* first, ObjectPtr* last);
  bool HasSpare();

  MarkPool& pool_;
  const unsigned between_looks_;
  const std::size_t least_given_;
  LiveBytes live_;
  MarkPool::Portion* spare_ = nullptr;  // an empty one
  Vector<Address> weak_holders_;
  Vector<Address> ephemerons_;
  std::uint64_t ephemerons_examined_ = 0;
  bool weak_holders_are_all_ = true;  // else there was no memory
  bool ephemerons_are_all_ = true;
  bool has_marked_ = false;
  GcSpan span_;
};

}  // namespace fart

#endif  // FART_GC_MARK_WORKER_H_
