// Statistics -- what the collections of an isolate did, added up; and the texts that show it.
//
// A GcListener: everything here is learnt from reports, nothing is counted in the collector.
//
// Not here: live counters of heap and handles, which their owners keep.

#ifndef FART_VM_MEMORY_STATISTICS_H_
#define FART_VM_MEMORY_STATISTICS_H_

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "gc/listener.h"
#include "heap/base/units.h"
#include "vm/memory/gc_trace.h"

namespace fart {

class ObjectMemory;

// All totals since the isolate was made.
struct GcTotals {
  std::uint64_t minor_collections = 0;
  std::uint64_t major_collections = 0;
  std::int64_t longest_pause_ns = 0;
  std::int64_t sum_of_pauses_ns = 0;
  std::array<std::uint64_t, kRootKinds> slots_visited{};  // by RootKind
  std::uint64_t holders_scanned = 0;
  std::uint64_t cards_scanned = 0;
  std::uint64_t ephemerons_examined = 0;
  std::uint64_t objects_moved = 0;
  ByteCount moved_within_new;
  ByteCount moved_to_old;
  ByteCount moved_within_old;
  ByteCount moved_large;
  std::uint64_t new_regions_freed = 0;
  std::uint64_t old_regions_freed = 0;
  std::uint64_t large_objects_freed = 0;
  std::uint64_t regions_kept = 0;
  std::uint64_t weaks_cleared = 0;
  GcReport last;  // of the latest collection; as made where there was none
  std::uint64_t collections() const { return minor_collections + major_collections; }
  ByteCount TotalMoved() const {
    return moved_within_new + moved_to_old + moved_within_old + moved_large;
  }
};

// How long each phase of a collection took, by GcPhase; 0: there was none.
using PhaseTimes = std::array<std::int64_t, kGcPhases>;

class Statistics final : public GcListener {
 public:
  // `number` is the isolate's.
  Statistics(bool trace, std::uint32_t number) : trace_(trace), number_(number), events_(number) {}

  const GcTotals& totals() const { return totals_; }
  // --trace-gc: a line to standard error at the end of each collection.
  bool trace() const { return trace_; }
  void set_trace(bool trace) { trace_ = trace; }

  // --gc-trace
  void SetTraceFile(const std::string& path) { events_.SetFile(path); }
  GcTrace& events() { return events_; }
  // What it says of waiting messages. Called in pauses: it may not allocate in the heap.
  void SetMessageCounter(std::function<std::size_t()> count) { count_messages_ = std::move(count); }

  // GcListener
  void OnCollectionStart(GcKind kind, GcReason reason) override;
  void OnPhaseStart(GcPhase phase) override;
  void OnPhaseEnd(GcPhase phase) override;
  void OnCollectionEnd(const GcReport& report) override;

 private:
  void Trace(const GcReport& report) const;

  GcTotals totals_;
  // Of the collection that goes on, while each is traced.
  PhaseTimes phase_ns_{};
  std::int64_t phase_start_ns_ = 0;
  bool trace_;
  const std::uint32_t number_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  GcTrace events_;
  std::function<std::size_t()> count_messages_;
};

// The line of --trace-gc, without a newline: of which isolate, and how old it is. Parts are
// separated by ", ", and each is words and figures with a unit; phases come last, those that took
// time.
std::string TraceLine(const GcReport& report, const PhaseTimes& phases, std::uint32_t isolate,
                      double seconds);
// The closing table of --gc-stats, lines ending in newlines.
std::string StatisticsTable(ObjectMemory& memory);

}  // namespace fart

#endif  // FART_VM_MEMORY_STATISTICS_H_
