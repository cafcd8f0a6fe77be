#include "gc/pacing.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace fart {

void Pacing::AfterMinor(ByteCount before, const GcReport& report, bool was_full) {
  promoted_ = report.moved_to_old + report.promoted_in_place;
  scavenged_ = before;
  if (report.reason != GcReason::kNewSpaceFull) return;
  young_fate_ = FateAfter(before, report, was_full);
  if (!was_full) return;  // It says little of a full one.
  const ByteCount capacity = NextCapacity(before, report);
  if (quiet_scavenges_ >= kQuietScavenges && !heap_.old_spare().is_zero()) {
    heap_.SetOldSpare(heap_.old_spare() / 2);
  }
  if (capacity == heap_.new_capacity()) return;
  heap_.SetNewCapacity(capacity);
  copied_since_change_ = ByteCount();
  quiet_scavenges_ = 0;
}

ByteCount Pacing::NextCapacity(ByteCount before, const GcReport& report) {
  const HeapKnobs& knobs = heap_.knobs();
  const ByteCount small = report.SmallSurvivors();
  const ByteCount copied = small - report.promoted_in_place;
  const ByteCount survived = small + report.survived_large;
  const ByteCount capacity = heap_.new_capacity();
  const bool is_small = !knobs.new_space_first.is_zero() && capacity < knobs.new_space_min;
  copied_since_change_ += copied;
  if (is_small) copied_since_change_ -= std::min(copied_since_change_, before / kSlightShare);
  quiet_scavenges_ = survived < before / kShrinkShare ? quiet_scavenges_ + 1 : 0;
  const bool nearly_all = IsNearlyAll(before, report);
  const bool from_old = IsMostFromOld(report);

  const bool has_goal = knobs.pause_goal_ns != 0;
  const std::int64_t goal =
      has_goal ? knobs.pause_goal_ns : std::numeric_limits<std::int64_t>::max();
  const Sample now = {report.work_ns, small, !report.promoted_in_place.is_zero()};
  if (looks_left_ != 0) {
    --looks_left_;
    // The next scavenge still has what the last one left: holders, and objects to be promoted.
    if (looks_left_ == kLooks) return capacity;
    if (looks_left_ == kLooks - 1 || now.ns < when_small_.ns) when_small_ = now;
    // What copies cost says nothing of what promoting in place does.
    const bool helped = now.is_in_place != when_large_.is_in_place || HasHelped(when_large_, now);
    if (!helped) {
      if (looks_left_ != 0) return capacity;
      patience_ = kPatience;
      is_small_for_goal_ = false;
      return std::min(capacity * 2, knobs.new_space_max);
    }
    looks_left_ = 0;
  }
  if (patience_ != 0) --patience_;
  // What made it shrink may have had other objects to look at than what came then.
  if (patience_ >= kPatience - kLooks && now.is_in_place == when_small_.is_in_place &&
      now.survived > when_small_.survived && HasHelped(now, when_small_)) {
    patience_ = 0;
  }
  const bool wants_room = !has_goal || (!from_old && (!nearly_all || promoted_in_vain_));
  if (survived > before / kSurgeShare && wants_room) {
    const std::size_t growth = is_small ? kSmallSurgeGrowth : kSurgeGrowth;
    is_small_for_goal_ = false;
    return std::max(capacity, std::min(capacity * growth, MostBySurge(report, goal)));
  }
  if (report.work_ns > goal && patience_ == 0 && capacity > knobs.new_space_least) {
    when_large_ = now;
    looks_left_ = 1 + kLooks;
    is_small_for_goal_ = true;
    ByteCount smaller = capacity / 2;
    for (std::int64_t ns = report.work_ns / 2; from_old && ns > goal; ns /= 2) {
      smaller = smaller / 2;
    }
    return std::max(smaller, knobs.new_space_least);
  }
  // Where nearly all survives, or old objects hold it, it is that which takes the time, not roots.
  const bool may_take_twice = (!nearly_all && !from_old) || report.work_ns <= goal / 2;
  if (is_small && !is_small_for_goal_ && may_take_twice && !IsCheap(report, capacity)) {
    return std::min(capacity * 2, knobs.new_space_min);
  }
  if (copied_since_change_ > capacity) {
    copied_since_change_ = ByteCount();
    if (report.work_ns <= goal / 2) {
      is_small_for_goal_ = false;
      return std::min(capacity * 2, knobs.new_space_max);
    }
  }
  // Half of it is half as much for the same roots, at least twice as often.
  const bool may_be_small = !knobs.new_space_first.is_zero() && IsCheap(report, capacity / 4);
  const ByteCount least = may_be_small ? knobs.new_space_first : knobs.new_space_min;
  if (quiet_scavenges_ >= kQuietScavenges && capacity > least) {
    return std::max(capacity / 2, least);
  }
  return capacity;
}

// Halfway between what it should be as the survivors are fewer, and no difference.
bool Pacing::HasHelped(const Sample& large, const Sample& small) {
  const auto before = static_cast<double>(large.survived.value());
  const double share = before == 0 ? 0.5 : static_cast<double>(small.survived.value()) / before;
  return static_cast<double>(small.ns) < static_cast<double>(large.ns) * (1 + share) / 2;
}

bool Pacing::IsNearlyAll(ByteCount before, const GcReport& report) {
  return report.SmallSurvivors() > before / 4 * 3;
}

bool Pacing::IsMostFromOld(const GcReport& report) {
  return report.reached_from_old > report.SmallSurvivors() / 2;
}

YoungFate Pacing::FateAfter(ByteCount before, const GcReport& report, bool was_full) {
  const YoungFate fate = NextFate(report, IsMostFromOld(report));
  // What came early has had less time to die: no structure is taken to be built for that alone.
  const bool may_keep = !promoted_in_vain_ && (was_full || young_fate_ == YoungFate::kKept);
  return may_keep && IsNearlyAll(before, report) ? YoungFate::kKept : fate;
}

YoungFate Pacing::NextFate(const GcReport& report, bool from_old) {
  if (young_fate_ == YoungFate::kMoved) {
    const bool survive_twice = !aged_.is_zero() && report.moved_to_old > aged_ / 4 * 3;
    aged_ = report.moved_within_new;
    if (survive_twice && from_old) eager_left_ = kEagerScavenges;
  } else {
    aged_ = ByteCount();
  }
  if (eager_left_ == 0) return YoungFate::kMoved;
  --eager_left_;
  return from_old ? YoungFate::kEager : YoungFate::kMoved;
}

ByteCount Pacing::MostBySurge(const GcReport& report, std::int64_t goal) const {
  const HeapKnobs& knobs = heap_.knobs();
  if (promoted_in_vain_) {
    const ByteCount most = std::max(knobs.new_space_min, live_after_major_ / 4);
    return std::min(knobs.new_space_max, most);
  }
  const bool keeps_goal = report.work_ns <= goal / static_cast<std::int64_t>(kSurgeGrowth);
  return keeps_goal ? knobs.new_space_max : std::min(knobs.new_space_max, kMostInSpiteOfGoal);
}

bool Pacing::IsCheap(const GcReport& report, ByteCount capacity) const {
  if (heap_.knobs().pause_goal_ns == 0) return false;
  const auto kib = static_cast<std::int64_t>(capacity.value() / KiB(1).value());
  return report.work_ns <= kib * kCheapNsPerMiB / 1024;
}

void Pacing::AfterMajor(ByteCount before) {
  const ByteCount live = heap_.OldPressure();
  if (before > live_after_major_) {
    promoted_in_vain_ = before > live && (before - live) * 2 > before - live_after_major_;
  }
  is_scattered_ = false;
  marking_from_ = ByteCount();
  const ByteCount died = before - std::min(before, live);
  SetThreshold(HardlyAnyDied(before, died));
  KeepSpare(died);
}

bool Pacing::AfterSlices(const Swept& swept, bool may_move_in_slices) {
  marking_from_ = ByteCount();
  if (swept.before > live_after_major_) {
    promoted_in_vain_ = swept.died * 2 > swept.before - live_after_major_;
  }
  // What has become old since marking began is in use and not in gaps: it says nothing of those.
  const bool is_sparse =
      swept.live < swept.kept / kSparseShare && swept.kept - swept.live > kLeastToGain;
  const bool is_to_move = is_sparse || swept.scattered > heap_.OldUsed() / kScatteredShare;
  is_scattered_ = is_to_move && !may_move_in_slices;
  SetThreshold(HardlyAnyDied(swept.before, swept.died));
  KeepSpare(swept.died);
  if (is_scattered_ && swept.live < kLittleToMove) {
    heap_.SetOldThreshold(std::max(live_after_major_ + swept.live / 8, kInitialOldThreshold));
  }
  return is_to_move || heap_.knobs().marking_steps != 0;
}

void Pacing::KeepSpare(ByteCount died) {
  const ByteCount spare = promoted_in_vain_ ? std::min(died, kMostOldSpare) : ByteCount();
  if (spare != heap_.old_spare()) heap_.SetOldSpare(spare);
}

bool Pacing::HardlyAnyDied(ByteCount before, ByteCount died) const {
  return !live_after_major_.is_zero() && before > live_after_major_ &&
         died < (before - live_after_major_) / kBuiltShare;
}

void Pacing::SetThreshold(bool is_built) {
  const ByteCount live = heap_.OldPressure();
  // Where scavenges promote a part of what they look at, some of them fit into less than that.
  const ByteCount capacity = heap_.new_capacity();
  const ByteCount soon = promoted_ * kScavengesToGrow;
  const ByteCount room = soon < capacity / 4 ? capacity : std::clamp(soon, capacity / 2, capacity);
  const ByteCount growth =
      std::max(live / (is_built ? 2 : 4), std::max(room, heap_.knobs().new_space_min / 2));
  // Holes cost nothing more.
  const ByteCount in_gaps = std::min(heap_.OldGaps(), live / 2);
  heap_.SetOldThreshold(std::max(live + std::max(growth, in_gaps), kInitialOldThreshold));
  live_after_major_ = live;
}

bool Pacing::MarksInSlices() const {
  const HeapKnobs& knobs = heap_.knobs();
  if (!knobs.mark_in_slices) return false;
  return knobs.marking_steps != 0 || (knobs.stress_interval == 0 && knobs.pause_goal_ns != 0);
}

bool Pacing::IsMarkingDue() const {
  if (!MarksInSlices() || is_scattered_) return false;
  if (heap_.knobs().marking_steps != 0) return true;
  const ByteCount begin = live_after_major_ + (heap_.old_threshold() - live_after_major_) / 2;
  return heap_.OldPressure() > begin;
}

bool Pacing::IsMajorDue() const { return heap_.OldPressure() > MajorLimit(); }

bool Pacing::MayMajorWait() const {
  const ByteCount limit = MajorLimit();
  return heap_.OldPressure() <= limit + (heap_.old_threshold() - live_after_major_);
}

ByteCount Pacing::MajorLimit() const {
  const ByteCount limit = heap_.old_threshold();
  if (!MarksInSlices() || is_scattered_) return limit;
  const ByteCount as_much_again = limit + (limit - live_after_major_);
  if (marking_from_.is_zero()) return as_much_again;
  return std::max(as_much_again, marking_from_ + std::max(marking_from_ / 4, kLeastWhileMarking));
}

ByteCount Pacing::MarkingPerArea(ByteCount to_mark, ByteCount marked) const {
  // Nothing may be left to mark, and much to scan: a long list, or what lies on the stack.
  if (IsMarkingLate()) return kAll;
  const ByteCount least = to_mark / kAreasForMarking;
  const ByteCount pressure = heap_.OldPressure();
  const ByteCount left = marked < to_mark ? to_mark - marked : ByteCount();
  if (scavenged_.is_zero()) return std::max(least, left / 16);
  // As if all of it were used up by what is promoted.
  const double share =
      static_cast<double>(promoted_.value()) / static_cast<double>(scavenged_.value());
  const double areas = static_cast<double>((heap_.old_threshold() - pressure).value()) /
                       (share * static_cast<double>(kRegionSize.value()) + 1.0);
  const auto due = static_cast<std::size_t>(static_cast<double>(left.value()) * 1.5 / areas);
  return std::max(least, ByteCount(due));
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
