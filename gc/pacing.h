// Pacing -- how much the two spaces may grow before the next collection.
//
// New space grows when much has been copied out of it and shrinks when little survives, so that
// programs with short-lived objects stay in the cache and long-lived data is not copied often.
// Large objects are not copied, but many that grow old too early make major collections due: they
// count where a single scavenge is judged. (One that is larger than new space says nothing.)
//
// It begins small, and is no smaller than new_space_min where scavenges that small would cost too
// much (roots are visited at each, whatever its size). As long as it is small it grows in smaller
// steps, and not for what little survives of it each time.
//
// Where a scavenge takes longer than the pause goal, new space shrinks, and it does not grow when
// the next one would; unless a good part of it survives, for then room is what makes less survive.
// Where nearly all of it does, a structure is being built, and room is no help: what the next
// scavenge reaches is promoted in its place. But when the last major collection found most of what
// had been promoted dead, it lives for a while only, and new space is to be larger than that.
// And where most of what survives is referred to by old objects, it lives as long as they want:
// room is no help, the goal holds, and new space shrinks to what keeps it at once. Where nearly all
// of that proves to survive twice, it is promoted at the first time for a while.
//
// Old space may grow by a quarter of what a major collection left alive, and by new space's size at
// least, as it is or as it began, so that memory beyond the live data stays within both; by less
// than new space's size where scavenges promote a part of what they look at each time. By half it
// may where hardly any of what it had grown by was dead: looking was in vain. What a host has
// attached to objects outside the heap counts as old space does, so external memory that
// lives makes room for more of it. Where most of what is promoted dies, the room of what died stays
// spare for what is promoted next.
//
// Marking in slices begins when half of that has been used. How much a slice does follows from how
// fast old space grows: it is to be over when the threshold is reached. When old space has grown
// as much again without that, what is left is done at once; or by a quarter since marking began, or
// 16 MiB, if that is more, for much may become old at once: large objects. Where what died lies
// scattered in gaps of no use, regions are to be evacuated: in slices (gc/sliced_evacuation.h), for
// which marking waits while there is room; or, where roots are too many for that, all at once at
// the threshold, and soon, where it is little that is alive.
//
// Not here: when a threshold is tested (heap/mutator.cc, controller.cc).

#ifndef FART_GC_PACING_H_
#define FART_GC_PACING_H_

#include <cstdint>
#include <optional>

#include "gc/evacuator.h"
#include "gc/listener.h"
#include "heap/heap.h"

namespace fart {

class Pacing {
 public:
  // New space doubles when what was copied since its last change adds up to its capacity; it halves
  // when kQuietScavenges in a row, or more, each left less than 1/kShrinkShare of it alive.
  static constexpr std::size_t kShrinkShare = 128;
  // It grows at once by kSurgeGrowth when a single scavenge left more than 1/kSurgeShare alive: a
  // large structure is being built, and copying it twice is dearer than room for it.
  static constexpr std::size_t kSurgeShare = 4;
  static constexpr std::size_t kSurgeGrowth = 4;
  // Below new_space_min it grows by less at once, and what survives counts for that sum as far as
  // it is more than 1/kSlightShare.
  static constexpr std::size_t kSmallSurgeGrowth = 2;
  static constexpr std::size_t kSlightShare = 8;
  static constexpr int kQuietScavenges = 8;
  // Below new_space_min it grows where a scavenge takes longer than this for each MiB of it: what
  // takes the time are roots then, and they are looked at the less often the larger it is. A
  // program that does nothing but allocate fills a MiB in a millisecond, others in several.
  static constexpr std::int64_t kCheapNsPerMiB = 150'000;
  // In spite of the pause goal it may grow to so much at once.
  static constexpr ByteCount kMostInSpiteOfGoal = MiB(16);
  // Shrinking that saved less than half of what it should have was no help: what took the time does
  // not depend on new space. It is undone, and not tried again for so many scavenges. One of them
  // may be slow for another reason, so kLooks have to say that it was no help; and as many after
  // that, which may say that it would be.
  static constexpr int kPatience = 64;
  static constexpr int kLooks = 2;
  // So many scavenges promote eagerly before it is looked again whether they should.
  static constexpr int kEagerScavenges = 64;

  // Old space may grow by what so many scavenges promote, or half of what new space holds, where
  // the one is neither more than new space holds nor less than a quarter: then something is
  // promoted at each scavenge, and never much.
  static constexpr std::size_t kScavengesToGrow = 3;
  // Where most of what is promoted dies, old space will need again what has just died of it: so
  // much stays spare. Not more than this, for it goes in a pause when it is not needed.
  static constexpr ByteCount kMostOldSpare = MiB(32);
  // Less than this share of what old space grew by was dead: a structure is being built.
  static constexpr std::size_t kBuiltShare = 16;
  // Where less than this share of what stays lives, it is to be moved together: more is left to
  // holes, which serve what is promoted.
  static constexpr std::size_t kSparseShare = 3;
  // More than this share of old space in gaps that are too small for use is to be moved together.
  static constexpr std::size_t kScatteredShare = 8;
  // Less than this that lives scattered is moved together as soon as the gaps are used up: a pause
  // of a few milliseconds.
  static constexpr ByteCount kLittleToMove = MiB(16);
  // What lives is not moved together for less room than that, however sparse it lies: the room is
  // there for what is promoted, and a collection of all that lives looks at all roots.
  static constexpr ByteCount kLeastToGain = MiB(1);
  // Old space may grow by so much at least while it is marked: a few large objects.
  static constexpr ByteCount kLeastWhileMarking = MiB(16);
  // Marking takes no more areas of the mutator's than this, however slowly old space grows.
  static constexpr std::size_t kAreasForMarking = 1024;

  explicit Pacing(Heap& heap) : heap_(heap) {}

  // After a scavenge of a new space that held `before` bytes, large objects included, and was full,
  // or else had to be looked at for another reason.
  void AfterMinor(ByteCount before, const GcReport& report, bool was_full = true);
  // After a major collection of an old space whose pressure was `before`.
  void AfterMajor(ByteCount before);
  // After one that marked and swept in slices.
  struct Swept {
    ByteCount before;     // the pressure when marking ended
    ByteCount died;       // of what was being marked
    ByteCount kept;       // what was being marked of regions that stay: ...
    ByteCount live;       // ... lives, or ...
    ByteCount scattered;  // ... was dead in gaps too small for use
  };
  // Whether what lives is to be moved together: in slices, where it `may_move_in_slices`; else a
  // major collection is due at the threshold.
  bool AfterSlices(const Swept& swept, bool may_move_in_slices);
  // After either, when it is known how long the pause was.
  void TookTime(const GcReport& report);

  // Of the next scavenge.
  YoungFate young_fate() const {
    if (heap_.knobs().promote_in_place) return YoungFate::kKept;
    return heap_.knobs().promote_eagerly ? YoungFate::kEager : young_fate_;
  }

  // Whether old space may be collected in slices at all, and whether it is time to begin.
  bool MarksInSlices() const;
  // It begins.
  void MarkingBegins() { marking_from_ = heap_.OldPressure(); }
  bool IsMarkingDue() const;
  // Whether marking should have ended: the mutator is to help, whoever else marks.
  bool IsMarkingLate() const { return heap_.OldPressure() >= heap_.old_threshold(); }
  // Whether marking that is due may wait for regions that are being emptied.
  bool MayWaitForMoving() const { return !IsMarkingLate(); }
  // Whether marking that is due, or may end, may wait for something that goes on: there is room.
  bool MayMarkingWait() const { return heap_.knobs().marking_steps == 0 && !IsMarkingLate(); }
  // Whether a collection of old space cannot wait any longer.
  bool IsMajorDue() const;
  // Whether one that is due may wait for something that goes on: old space has not grown by as much
  // again.
  bool MayMajorWait() const;
  // How much of `to_mark` bytes to mark at each area that the mutator takes, `marked` of them
  // being marked; kAll: as much as the pause goal allows.
  static constexpr ByteCount kAll = ByteCount(~std::size_t{0});
  ByteCount MarkingPerArea(ByteCount to_mark, ByteCount marked) const;

  // What of the next collection's work is worth doing early, in `budget_ns` at most.
  std::optional<GcKind> WorthCollecting(std::int64_t budget_ns) const;

 private:
  ByteCount NextCapacity(ByteCount before, const GcReport& report);
  // What tells whether a smaller new space makes scavenges shorter.
  struct Sample {
    std::int64_t ns = 0;
    ByteCount survived;
    bool is_in_place = false;
  };
  static bool HasHelped(const Sample& large, const Sample& small);
  // Of what a scavenge looked at nearly all lives; most of what does old objects refer to.
  static bool IsNearlyAll(ByteCount before, const GcReport& report);
  static bool IsMostFromOld(const GcReport& report);
  // What becomes of young objects next time, ...
  YoungFate FateAfter(ByteCount before, const GcReport& report, bool was_full);
  // ... if not nearly all live.
  YoungFate NextFate(const GcReport& report, bool from_old);
  // How far it grows at once because much survived.
  ByteCount MostBySurge(const GcReport& report, std::int64_t goal) const;
  // Whether what a new space of that capacity costs is little.
  bool IsCheap(const GcReport& report, ByteCount capacity) const;
  // Old space under more pressure than that is collected.
  ByteCount MajorLimit() const;
  // Whether hardly any of what old space had grown by since the last time was dead.
  bool HardlyAnyDied(ByteCount before, ByteCount died) const;
  void SetThreshold(bool is_built);
  // Leaves so much of what died spare as will be needed again.
  void KeepSpare(ByteCount died);

  Heap& heap_;
  YoungFate young_fate_ = YoungFate::kMoved;
  // Before new space shrank for the goal's sake, and the shortest since; and how many scavenges
  // are still to be looked at for whether that has helped.
  Sample when_large_;
  Sample when_small_;
  int looks_left_ = 0;
  bool is_small_for_goal_ = false;  // Its capacity is what halving for the goal left.
  int patience_ = 0;
  bool promoted_in_vain_ = false;
  ByteCount aged_;             // by the last scavenge, if it promoted nothing eagerly or in place
  int eager_left_ = 0;         // scavenges that may promote eagerly
  bool is_scattered_ = false;  // the next major collection is to move
  ByteCount promoted_;         // at the last scavenge, of ...
  ByteCount scavenged_;        // ... so many bytes
  ByteCount copied_since_change_;
  int quiet_scavenges_ = 0;
  ByteCount live_after_major_;
  ByteCount marking_from_;     // the pressure when marking in slices began, if it has not ended
  std::int64_t minor_ns_ = 0;  // the last pauses
  std::int64_t major_ns_ = 0;
};

}  // namespace fart

#endif  // FART_GC_PACING_H_
