#include "gc/pacing.h"

#include <algorithm>

namespace fart {

void Pacing::AfterMinor(ByteCount before, const GcReport& report) {
  if (report.reason != GcReason::kNewSpaceFull) return;  // Not a full new space: says little.
  const HeapKnobs& knobs = heap_.knobs();
  const ByteCount copied = report.moved_within_new + report.moved_to_old;
  const ByteCount survived = copied + report.survived_large;
  copied_since_change_ += copied;
  quiet_scavenges_ = survived < before / kShrinkShare ? quiet_scavenges_ + 1 : 0;
  ByteCount capacity = heap_.new_capacity();
  if (survived > before / kSurgeShare) {
    capacity = std::min(capacity * kSurgeGrowth, knobs.new_space_max);
  } else if (copied_since_change_ > capacity) {
    capacity = std::min(capacity * 2, knobs.new_space_max);
  } else if (quiet_scavenges_ == kQuietScavenges) {
    capacity = std::max(capacity / 2, knobs.new_space_min);
  } else {
    return;
  }
  heap_.SetNewCapacity(capacity);
  copied_since_change_ = ByteCount();
  quiet_scavenges_ = 0;
}

void Pacing::AfterMajor() {
  const ByteCount live = heap_.OldPressure();
  const ByteCount growth = std::max(live / 4, heap_.new_capacity());
  heap_.SetOldThreshold(std::max(live + growth, kInitialOldThreshold));
  live_after_major_ = live;
}

void Pacing::TookTime(const GcReport& report) {
  (report.kind == GcKind::kMinor ? minor_ns_ : major_ns_) = report.pause_ns;
}

std::optional<GcKind> Pacing::WorthCollecting(std::int64_t budget_ns) const {
  if (budget_ns <= 0) return std::nullopt;
  const ByteCount pressure = heap_.OldPressure();
  const ByteCount threshold = heap_.old_threshold();
  // Half of what it may grow by has been used.
  const bool is_major_worth = pressure > live_after_major_ &&
                              (pressure - live_after_major_) * 2 > threshold - live_after_major_;
  if (is_major_worth && major_ns_ <= budget_ns) return GcKind::kMajor;
  const ByteCount young = heap_.NewUse().used + heap_.large().allocated_since_collection();
  const bool is_minor_worth = young * 2 > heap_.new_capacity();
  if (is_minor_worth && minor_ns_ <= budget_ns) return GcKind::kMinor;
  return std::nullopt;
}

}  // namespace fart
