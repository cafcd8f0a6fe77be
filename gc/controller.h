// GcController -- decides which collection to run, runs it, and lets the consequences happen.
//
// Invariants
//   H-C2 prompt   heap/collector.h
//   G-C4 drained  all pending callbacks have run before a major collection begins.
//   G-T1 alone    at most one collection runs at a time; none starts inside a callback.
//   G-T2 sure   a collection that has begun comes to its end, with or without memory: nothing in
//               it throws, allocates what it cannot do without, or ends the process for lack of it.
//               What callbacks throw passes through, outside of the pause.
//
// Not here: how objects are found and moved (scavenger.h, major.h); how much memory new and old
// space may use before that (pacing.h).

#ifndef FART_GC_CONTROLLER_H_
#define FART_GC_CONTROLLER_H_

#include <cstdint>
#include <optional>
#include <string>

#include "gc/census.h"
#include "gc/concurrent_marking.h"
#include "gc/listener.h"
#include "gc/pacing.h"
#include "gc/sliced_evacuation.h"
#include "gc/sliced_marking.h"
#include "heap/collector.h"
#include "heap/heap.h"
#include "heap/object/providers.h"
#include "heap/platform/off_heap.h"
#include "heap/platform/workers.h"

namespace fart {

// Runs what a host asked for: callbacks of dead handles, and those around collections. Implemented
// above gc, which knows no callback's type.
class CallbackRunner {
 public:
  virtual bool HasPending() const = 0;
  // Runs callbacks until none is pending or `slice_ns` have passed (at least one).
  virtual void RunSlice(std::int64_t slice_ns) = 0;
  // Before and after every collection, outside the pause.
  virtual void BeforeCollection() {}
  virtual void AfterCollection() {}
  // The limit is reached. Answers the limit from now on; the same one: allocations fail.
  virtual ByteCount RaiseLimit(ByteCount limit) { return limit; }

 protected:
  ~CallbackRunner() = default;
};

struct GcKnobs {
  bool verify_heap = false;  // before and after every collection; ends the process on a finding
  // Behind a collection, with the pause; between two collections half of it at a time.
  std::int64_t callback_slice_ns = 1'000'000;
};

class GcController final : public Collector {
 public:
  // `callbacks` and `listener` may be null.
  GcController(Heap& heap, const GcKnobs& knobs, CallbackRunner* callbacks, GcListener* listener);
  ~GcController();
  GcController(const GcController&) = delete;
  GcController& operator=(const GcController&) = delete;

  GcKnobs& mutable_knobs() { return knobs_; }

  // Collector
  void Collect(GcKind least, GcReason reason) override FART_MAY_COLLECT;
  void RunPendingCallbacks() override FART_MAY_COLLECT;
  void MakeProgress() override;
  bool WantsScavenge() override;
  bool WantsShortAreas() override { return was_early_ || IsLate(); }
  bool IsLate() override { return marking_.is_marking() && pacing_.IsMarkingLate(); }
  bool RaiseHeapLimit() override FART_MAY_COLLECT;

  // Gives back to the system what providers keep for later and what malloc holds: for who has asked
  // for it, after the collection that made it free.
  void GiveBackMemory();

  // What is worth collecting now if it must be over in `budget_ns`: the last pauses tell how long
  // it takes. Nothing: no collection, or none that short.
  std::optional<GcKind> WorthCollecting(std::int64_t budget_ns) const {
    return pacing_.WorthCollecting(budget_ns);
  }

  // Whether a collection or a callback is running: whatever may collect must be refused (G-T1).
  bool IsBusy() const override { return collecting_ || in_callbacks_; }

  // Looks at the whole heap, the remembered set and all providers. An empty string, or the first
  // broken invariant with the edge that breaks it. The mutator's area must have been retired.
  // Throws std::bad_alloc when there is no memory to look with.
  std::string Verify();

  // Ends what goes on in slices. Afterwards the marks are whoever's wants them, and what is dead
  // refers to nothing that is gone. Not inside a collection.
  void Settle();

  const SlicedEvacuation& moving() const { return moving_; }
  bool is_marking_beside() const { return beside_.is_running(); }
  // How much has been marked beside the mutator since the heap was made.
  ByteCount marked_beside() const { return beside_.marked(); }

  // Visits all roots, which must be let be. Not inside a collection.
  void VisitRoots(SlotVisitor& visitor) {
    for (RootProvider* const provider : roots_) provider->VisitSlots(SlotSet::kAll, visitor);
  }

  // Tells `taker` of all objects that can be reached (gc/census.h). Not inside a collection, nor
  // while one has marked and not come to its end. False: there was no memory for it, and what was
  // told is not all.
  [[nodiscard]] bool TakeCensus(CensusWeaks weaks, CensusTaker& taker) {
    Settle();
    return Census(heap_, roots_, weaks_, weaks, taker).Run();
  }

 private:
  // Which parts of the pause goal a slice may take: of marking behind a scavenge, of looking at
  // roots before that, of marking at an area of the mutator's, or of either at a short one, where
  // it is late, of looking at roots at an area, of sweeping, and, for regions to be emptied, of
  // looking who refers to them and of moving.
  static constexpr std::int64_t kScavengeShare = 2;
  static constexpr std::int64_t kRootsShare = 4;
  static constexpr std::int64_t kAreaShare = 4;
  static constexpr std::int64_t kLateShare = 8;
  static constexpr std::int64_t kRootsAtAreaShare = 16;
  static constexpr std::int64_t kSweepShare = 8;
  static constexpr std::int64_t kLookShare = 8;
  static constexpr std::int64_t kMoveShare = 2;
  // What a root costs in a scavenge that refers to a young object of its own: finding it, copying
  // it and what is about as much for each, some time later, promoting it.
  static constexpr std::int64_t kNsPerYoungRoot = 50;
  // A small holder or a card that is remembered costs as much as so many: it is somewhere else, and
  // what it refers to, too.
  static constexpr std::size_t kRootsPerRemembered = 4;

  friend class RootRegistration;
  friend class WeakRegistration;

  void CollectOnce(GcKind kind, GcReason reason) FART_MAY_COLLECT;
  void Pause(GcKind kind, GcReason reason);
  void Scavenge(const Collection& collection);
  void MarkAfterScavenge();
  // Whether the next scavenge is to look at all that may have changed, for then marking may be
  // over.
  bool MayMarkingEnd() const;
  // Outside of pauses.
  void SeeRoots(SliceBudget budget);
  // In the pause of a scavenge, behind it.
  void MarkOrSweep(const Collection& collection);
  // Whether roots are few enough for it, as far as the last marking has seen.
  bool MayMoveInSlices() const {
    return heap_.knobs().move_in_slices && pacing_.MarksInSlices() &&
           marking_.roots() <= SlicedEvacuation::kMostRoots;
  }
  void BeginMoving();
  // Behind a scavenge that looked at the roots, before anything else happens; a collection by
  // itself to whoever listens.
  void FinishMarking();
  void EndSlices();
  // Of a collection that is over: says besides how far old space is.
  void TellListener(GcReport* report);
  // Of so long from now on, or of as many steps as tests ask for.
  SliceBudget Slice(std::int64_t ns) const;
  bool MayMarkBeside() const;
  // True: marking goes on beside the mutator, or nothing is left to scan.
  bool MarkBeside();
  // How long to mark at an area of the mutator's.
  std::int64_t MarkingNs() const;
  void Mark(SliceBudget budget);
  // Whether every object moves, old ones too.
  bool MovesEverything() const {
    return heap_.knobs().stress_interval != 0 && !pacing_.MarksInSlices();
  }
  void TellHost(void (CallbackRunner::*what)()) FART_MAY_COLLECT;
  void VerifyOrDie(GcPhase phase, GcKind kind);
  bool HasPending() const { return callbacks_ != nullptr && callbacks_->HasPending(); }
  void RunCallbacks(std::int64_t slice_ns) FART_MAY_COLLECT;
  void DrainCallbacks() FART_MAY_COLLECT;
  ByteCount OldAndLargeBytes() const;
  std::size_t YoungRoots();

  Heap& heap_;
  GcKnobs knobs_;
  CallbackRunner* callbacks_;
  GcListener* listener_;
  Vector<RootProvider*> roots_;
  Vector<WeakProvider*> weaks_;
  Pacing pacing_;
  SlicedMarking marking_;
  ConcurrentMarking beside_;
  SlicedEvacuation moving_;
  bool is_moving_wanted_ = false;  // since old space was swept
  Workers workers_;
  std::size_t young_roots_left_ = 0;  // by the last scavenge, at most
  bool is_early_ = false;             // the next one is due to young roots
  bool was_early_ = false;            // the last one was
  bool has_just_begun_ = false;       // in the scavenge that goes on, or was the last
  // In the scavenge that goes on marking begins, or may end; behind it: all roots have been seen.
  bool looks_at_roots_ = false;
  ByteCount old_before_slices_;  // the pressure when marking ended
  // How fast marking is, since the heap was made.
  double marked_bytes_ = 0;
  double marking_ns_ = 0;
  // What of that, and of marking beside, the listener knows.
  ByteCount told_in_slices_;
  ByteCount told_beside_;
  bool collecting_ = false;
  bool in_callbacks_ = false;
};

// A provider takes part in collections exactly while its registration lives. Making one throws
// std::bad_alloc when there is no memory; ending one never fails.
class RootRegistration {
 public:
  RootRegistration(GcController& gc, RootProvider& roots);
  ~RootRegistration();
  RootRegistration(const RootRegistration&) = delete;
  RootRegistration& operator=(const RootRegistration&) = delete;

 private:
  GcController& gc_;
  RootProvider& roots_;
};

class WeakRegistration {
 public:
  WeakRegistration(GcController& gc, WeakProvider& weaks);
  ~WeakRegistration();
  WeakRegistration(const WeakRegistration&) = delete;
  WeakRegistration& operator=(const WeakRegistration&) = delete;

 private:
  GcController& gc_;
  WeakProvider& weaks_;
};

}  // namespace fart

#endif  // FART_GC_CONTROLLER_H_
