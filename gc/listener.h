// GcListener -- what a collection tells whoever asks: every phase, and a report at its end.
//
// Statistics and traces are built on this (vm/memory/statistics.h), not in the collector. A
// listener runs inside the pause: it may neither allocate in the heap nor read objects, and what it
// does not get memory for it must do without (G-T2).

#ifndef FART_GC_LISTENER_H_
#define FART_GC_LISTENER_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "heap/base/units.h"
#include "heap/collector.h"
#include "heap/object/providers.h"

namespace fart {

enum class GcPhase : std::uint8_t {
  kVerifyBefore,
  kRoots,          // minor: evacuate what roots reach; major: mark it
  kRememberedSet,  // minor only
  kTransitive,     // minor: scan copies; major: mark
  kEphemerons,
  kWeaks,
  kSelect,    // major only: which regions are evacuated
  kEvacuate,  // major; minor: of old regions that are emptied behind it
  kUpdate,    // references to what moved: likewise
  kRelease,
  kVerifyAfter,
};
inline constexpr std::size_t kGcPhases = 11;
const char* GcPhaseName(GcPhase phase);

// When a thread beside the mutator's worked for its heap.
struct GcSpan {
  // A number of who marks together in a pause, or kBeside: who marks between two pauses.
  static constexpr int kBeside = -1;
  int worker = kBeside;
  std::int64_t start_ns = 0;  // MonotonicNs
  std::int64_t end_ns = 0;
};

// Of one report, in the order in which they ended. Where there is no room for one more the last one
// is drawn out.
class GcSpans {
 public:
  static constexpr std::size_t kMost = 32;
  void Add(const GcSpan& span) {
    if (count_ == kMost) {
      spans_[kMost - 1].end_ns = span.end_ns;
    } else {
      spans_[count_++] = span;
    }
  }
  const GcSpan* begin() const { return spans_.data(); }
  const GcSpan* end() const { return spans_.data() + count_; }

 private:
  std::size_t count_ = 0;
  std::array<GcSpan, kMost> spans_;
};

// What one collection did.
struct GcReport {
  GcKind kind = GcKind::kMinor;
  GcReason reason = GcReason::kRequested;
  std::int64_t pause_ns = 0;
  std::int64_t work_ns = 0;   // of the processor, without verification
  std::int64_t slice_ns = 0;  // the same of what was marked, swept or moved behind it in the pause
  ByteCount before;           // bytes of regions' objects in use, both spaces and large objects
  ByteCount after;
  std::array<std::uint64_t, kRootKinds> slots_visited{};  // by RootKind
  std::uint64_t holders_scanned = 0;                      // remembered whole
  std::uint64_t cards_scanned = 0;
  std::uint64_t ephemerons_examined = 0;
  std::uint64_t objects_moved = 0;
  ByteCount moved_within_new;  // copied into new space again
  ByteCount moved_to_old;      // promoted
  ByteCount promoted_in_place;
  // Of these three what remembered holders and young large ones refer to, minor only.
  ByteCount reached_from_old;
  ByteCount moved_within_old;  // evacuated from old regions
  ByteCount moved_large;       // under stress only
  // Of young large objects that a minor collection left where they are; not those larger than new
  // space.
  ByteCount survived_large;
  std::uint32_t new_regions_freed = 0;
  std::uint32_t old_regions_freed = 0;
  std::uint32_t large_objects_freed = 0;
  std::uint32_t regions_kept = 0;  // with objects that were pinned, promoted in place or not copied
  std::uint64_t weaks_cleared = 0;
  // Threads that marked, where several did.
  std::uint32_t marking_workers = 0;
  ByteCount old_used;       // of old space and large objects, when it was over, ...
  ByteCount old_threshold;  // ... and what makes the next major collection due
  // Of old space since the last report: marked by another thread, and by the mutator, in slices
  // and in this pause.
  ByteCount marked_beside;
  ByteCount marked_in_slices;
  ByteCount external;  // charged to objects, when it was over
  GcSpans spans;       // since the last report
  ByteCount TotalMoved() const {
    return moved_within_new + moved_to_old + moved_within_old + moved_large;
  }
  // What a scavenge has left of small objects.
  ByteCount SmallSurvivors() const { return moved_within_new + moved_to_old + promoted_in_place; }
};

class GcListener {
 public:
  virtual void OnCollectionStart(GcKind kind, GcReason reason) = 0;
  virtual void OnPhaseStart(GcPhase phase) = 0;
  virtual void OnPhaseEnd(GcPhase phase) = 0;
  virtual void OnCollectionEnd(const GcReport& report) = 0;

 protected:
  ~GcListener() = default;
};

}  // namespace fart

#endif  // FART_GC_LISTENER_H_
