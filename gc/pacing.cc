#include "gc/pacing.h"

#include <algorithm>

namespace fart {

void Pacing::AfterMinor(ByteCount before, const GcReport& report) {
  if (report.reason != GcReason::kNewSpaceFull) return;  // Not a full new space: says little.
  const HeapKnobs& knobs = heap_.knobs();
  const ByteCount survived = report.moved_within_new + report.moved_to_old;
  survived_since_change_ += survived;
  quiet_scavenges_ = survived < before / kShrinkShare ? quiet_scavenges_ + 1 : 0;
  ByteCount capacity = heap_.new_capacity();
  if (survived > before / kSurgeShare) {
    capacity = std::min(capacity * kSurgeGrowth, knobs.new_space_max);
  } else if (survived_since_change_ > capacity) {
    capacity = std::min(capacity * 2, knobs.new_space_max);
  } else if (quiet_scavenges_ == kQuietScavenges) {
    capacity = std::max(capacity / 2, knobs.new_space_min);
  } else {
    return;
  }
  heap_.SetNewCapacity(capacity);
  survived_since_change_ = ByteCount();
  quiet_scavenges_ = 0;
}

void Pacing::AfterMajor() {
  const ByteCount live = heap_.OldPressure();
  const ByteCount growth = std::max(live / 4, heap_.new_capacity());
  heap_.SetOldThreshold(std::max(live + growth, kInitialOldThreshold));
}

}  // namespace fart
