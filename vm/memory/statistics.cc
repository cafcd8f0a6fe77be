#include "vm/memory/statistics.h"

#include <algorithm>

#include "heap/platform/clock.h"
#include "heap/platform/probes.h"

namespace fart {

void Statistics::OnCollectionStart(GcKind kind, GcReason reason) {
  FART_PROBE2(gc_start, static_cast<int>(kind), static_cast<int>(reason));
  phase_ns_ = {};
  if (events_.is_on()) events_.Start();
}
void Statistics::OnPhaseStart(GcPhase phase) {
  FART_PROBE1(gc_phase_start, static_cast<int>(phase));
  if (trace_) phase_start_ns_ = MonotonicNs();
  if (events_.is_on()) events_.StartPhase(phase);
}
void Statistics::OnPhaseEnd(GcPhase phase) {
  FART_PROBE1(gc_phase_end, static_cast<int>(phase));
  if (trace_) phase_ns_[static_cast<std::size_t>(phase)] += MonotonicNs() - phase_start_ns_;
  if (events_.is_on()) events_.EndPhase();
}

void Statistics::OnCollectionEnd(const GcReport& report) {
  FART_PROBE4(gc_end, static_cast<int>(report.kind), report.pause_ns, report.before.value(),
              report.after.value());
  ++(report.kind == GcKind::kMinor ? totals_.minor_collections : totals_.major_collections);
  totals_.longest_pause_ns = std::max(totals_.longest_pause_ns, report.pause_ns);
  totals_.sum_of_pauses_ns += report.pause_ns;
  for (std::size_t i = 0; i < kRootKinds; ++i) {
    totals_.slots_visited[i] += report.slots_visited[i];
  }
  totals_.holders_scanned += report.holders_scanned;
  totals_.cards_scanned += report.cards_scanned;
  totals_.ephemerons_examined += report.ephemerons_examined;
  totals_.objects_moved += report.objects_moved;
  totals_.moved_within_new += report.moved_within_new;
  totals_.moved_to_old += report.moved_to_old;
  totals_.moved_within_old += report.moved_within_old;
  totals_.moved_large += report.moved_large;
  totals_.new_regions_freed += report.new_regions_freed;
  totals_.old_regions_freed += report.old_regions_freed;
  totals_.large_objects_freed += report.large_objects_freed;
  totals_.regions_kept += report.regions_kept;
  totals_.weaks_cleared += report.weaks_cleared;
  totals_.last = report;
  if (trace_) Trace(report);
  if (events_.is_on()) events_.End(report, count_messages_ ? count_messages_() : 0);
}

}  // namespace fart
