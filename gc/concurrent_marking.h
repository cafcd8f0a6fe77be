// ConcurrentMarking -- has what SlicedMarking would do in slices done beside the mutator, on a
// thread of the process (heap/platform/background.h).
//
// Marking is a job that is handed over between two pauses and taken back for each; so scavenges,
// roots, weak references and sweeping are as in slices, and nothing of a pause needs to know. What
// the mutator does meanwhile to objects that are being marked is little: it stores references,
// word by word, remembers holders and gives identity hashes. Slots and headers are therefore
// written, and read here, as atomic words. Everything else stops marking first (StandStill).
//
// The barrier finds what it finds in slices (G-S1). As the worklist is not the mutator's now, it
// notes what it has found in a list of its own, which is marked when the job is taken back: then
// the referent is marked before the next pause ends, no later than a slice would have needed it.
//
// Invariants
//   G-B1 alone    while marking is handed over, only the job touches SlicedMarking, mark bits of
//                 old objects, and live_bytes and grey chains of their regions.
//   G-B2 noted    a reference that the barrier has found is marked or in the list; the list is
//                 empty whenever marking is not handed over.
//   G-B3 still    shapes are registered, and objects given others, only when it is not.
//
// Not here: when (gc/controller.h).

#ifndef FART_GC_CONCURRENT_MARKING_H_
#define FART_GC_CONCURRENT_MARKING_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "gc/listener.h"
#include "gc/sliced_marking.h"
#include "heap/platform/background.h"
#include "heap/store_observer.h"

namespace fart {

class ConcurrentMarking final : public StoreObserver, private BackgroundJob {
 public:
  // So many stores of what is not marked yet stop marking for some microseconds.
  static constexpr std::size_t kMostNoted = 1024;

  ConcurrentMarking(Heap& heap, SlicedMarking& marking) : heap_(heap), marking_(marking) {}
  ~ConcurrentMarking() { Stop(); }

  // Marking is handed over: it goes on, until it has nothing left to scan. False: there is no
  // thread. Pre-conditions: marking goes on, and is not running here.
  [[nodiscard]] bool Start();
  // Waits for some microseconds if it is running.
  void Stop();
  bool is_running() const { return is_away(); }

  void NoteStored(ObjectPtr holder, const ObjectPtr* slot, ObjectPtr value) override;
  void StandStill() override { Stop(); }

  // Since the heap was made: what was marked here.
  ByteCount marked() const { return marked_; }
  // When that was, since this was last asked. Pre-condition: it is not running.
  GcSpans TakeSpans();

 private:
  // Some microseconds, with some misses of the cache.
  static constexpr std::size_t kObjectsAStep = 32;

  // Pauses of the mutator that are shorter do not end a span.
  static constexpr std::int64_t kGapNs = 100'000;

  bool Step() override;
  void NoteSpan();

  Heap& heap_;
  SlicedMarking& marking_;
  ByteCount before_;  // what was marked when it was handed over
  ByteCount marked_;
  // Of the job, since it was handed over; 0: it has not begun, and has not come to its end.
  std::int64_t begun_ns_ = 0;
  std::int64_t ended_ns_ = 0;
  GcSpan last_;  // not yet in spans_, if it has an end
  GcSpans spans_;
  std::size_t noted_count_ = 0;
  std::array<ObjectPtr, kMostNoted> noted_;
};

}  // namespace fart

#endif  // FART_GC_CONCURRENT_MARKING_H_
