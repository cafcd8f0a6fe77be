#include "gc/controller.h"

#include <algorithm>
#include <utility>

#include "gc/major.h"
#include "gc/phase_scope.h"
#include "gc/scavenger.h"
#include "heap/base/check.h"
#include "heap/platform/clock.h"
#include "heap/platform/off_heap.h"

namespace fart {

const char* GcPhaseName(GcPhase phase) {
  switch (phase) {
    case GcPhase::kVerifyBefore:
      return "verify before";
    case GcPhase::kRoots:
      return "roots";
    case GcPhase::kRememberedSet:
      return "remembered set";
    case GcPhase::kTransitive:
      return "transitive";
    case GcPhase::kEphemerons:
      return "ephemerons";
    case GcPhase::kWeaks:
      return "weaks";
    case GcPhase::kSelect:
      return "select";
    case GcPhase::kEvacuate:
      return "evacuate";
    case GcPhase::kUpdate:
      return "update";
    case GcPhase::kRelease:
      return "release";
    case GcPhase::kVerifyAfter:
      return "verify after";
  }
  FART_UNREACHABLE();
}

namespace {

// Set while it lives: also when the host's code, or what is around it, throws.
class Flagged {
 public:
  explicit Flagged(bool* flag) : flag_(flag) { *flag_ = true; }
  ~Flagged() { *flag_ = false; }
  Flagged(const Flagged&) = delete;
  Flagged& operator=(const Flagged&) = delete;

 private:
  bool* flag_;
};

}  // namespace

GcController::GcController(Heap& heap, const GcKnobs& knobs, CallbackRunner* callbacks,
                           GcListener* listener)
    : heap_(heap),
      knobs_(knobs),
      callbacks_(callbacks),
      listener_(listener),
      pacing_(heap),
      marking_(heap),
      beside_(heap, marking_),
      moving_(heap) {}

GcController::~GcController() {
  FART_CHECK(roots_.empty() && weaks_.empty());  // A registration outlives its collector.
}

void GcController::Collect(GcKind least, GcReason reason) {
  FART_CHECK(!IsBusy());  // G-T1
  const std::int64_t start = MonotonicNs();
  beside_.Stop();
  const bool stress = MovesEverything();
  if (!stress && reason == GcReason::kStress) least = GcKind::kMinor;
  // A scavenge needs to know all remembered holders.
  if (heap_.remembered_set().has_overflowed()) least = GcKind::kMajor;
  // Callbacks that go on in slices are not run together for what can wait.
  // Under stress both kinds run, so that every object moves and both collectors are exercised.
  if ((stress && !heap_.remembered_set().has_overflowed()) || least == GcKind::kMinor) {
    const bool begins = marking_.is_idle() && pacing_.IsMarkingDue() &&
                        (moving_.is_idle() || !pacing_.MayWaitForMoving());
    looks_at_roots_ = (begins || MayMarkingEnd()) && !(HasPending() && pacing_.MayMarkingWait());
    if (looks_at_roots_) DrainCallbacks();  // G-C4: marking may end in it.
    CollectOnce(GcKind::kMinor, reason);
  }
  bool grown = pacing_.IsMajorDue();
  // What has made it due all at once is marked in slices, from the next scavenge on.
  if (grown && marking_.is_idle() && pacing_.IsMarkingDue()) grown = false;
  if (grown && marking_.is_sweeping()) {
    Settle();
    grown = pacing_.IsMajorDue();
  }
  if (grown && HasPending() && pacing_.MayMajorWait()) grown = false;
  if (stress || least == GcKind::kMajor || grown) {
    DrainCallbacks();  // G-C4
    CollectOnce(GcKind::kMajor,
                least == GcKind::kMajor || stress ? reason : GcReason::kOldSpaceFull);
  }
  if (reason == GcReason::kLowMemory) {
    heap_.SetOldSpare(ByteCount());
    heap_.SetNewCapacity(heap_.LeastNewCapacity());
  }
  if (marking_.is_marking() && !MarkBeside()) MarkAfterScavenge();
  // What collecting took the slice behind it has less.
  RunCallbacks(std::max(knobs_.callback_slice_ns / 8,
                        knobs_.callback_slice_ns - (MonotonicNs() - start)));  // H-C2
  if (reason == GcReason::kLowMemory) {
    GiveBackMemory();
  } else {
    OffHeapGiveBackIfWorthIt();
  }
}

void GcController::GiveBackMemory() {
  for (RootProvider* const provider : roots_) provider->GiveBackMemory();
  for (WeakProvider* const provider : weaks_) provider->GiveBackMemory();
  OffHeapGiveBack();
}

void GcController::CollectOnce(GcKind kind, GcReason reason) {
  TellHost(&CallbackRunner::BeforeCollection);
  Pause(kind, reason);
  TellHost(&CallbackRunner::AfterCollection);
}

void GcController::TellHost(void (CallbackRunner::*what)()) {
  if (callbacks_ == nullptr) return;
  const Flagged busy(&in_callbacks_);
  (callbacks_->*what)();
}

bool GcController::RaiseHeapLimit() {
  if (callbacks_ == nullptr || in_callbacks_) return false;
  const ByteCount limit = heap_.knobs().heap_limit;
  const Flagged busy(&in_callbacks_);
  // More than there are addresses for would not be had.
  const ByteCount raised = std::min(callbacks_->RaiseLimit(limit), heap_.most_heap_limit());
  if (raised <= limit) return false;
  heap_.mutable_knobs().heap_limit = raised;
  return true;
}

void GcController::Pause(GcKind kind, GcReason reason) {
  const std::int64_t start = MonotonicNs();
  collecting_ = true;
  heap_.BeginPause();
  if (listener_ != nullptr) listener_->OnCollectionStart(kind, reason);
  if (knobs_.verify_heap) VerifyOrDie(GcPhase::kVerifyBefore, kind);
  GcReport report;
  report.kind = kind;
  report.reason = reason;
  const ByteCount small_new = heap_.NewUse().used;
  report.before = small_new + OldAndLargeBytes();
  // Large ones count as room that was used: a full new space may have few small ones.
  const ByteCount new_before = small_new + heap_.large().allocated_since_collection();
  const ByteCount old_before = heap_.OldPressure();
  const Collection collection{heap_, roots_, weaks_, listener_, report};
  const std::int64_t work_start = ThreadNs();
  if (kind == GcKind::kMinor) {
    Scavenge(collection);
  } else {
    marking_.Forget();
    moving_.Forget();
    is_moving_wanted_ = false;
    heap_.SetOldWithdrawn(ByteCount());
    const Moving moving = MovesEverything() ? Moving::kEverything : Moving::kSparse;
    // Who has no memory, or wants to give some back, wants the room now.
    const bool is_short = reason == GcReason::kHeapLimit || reason == GcReason::kLowMemory;
    const Gaps gaps = pacing_.MarksInSlices() && !is_short ? Gaps::kLeft : Gaps::kFilled;
    MajorCollector major(collection, moving, gaps, workers_);
    major.Run();
    if (major.has_left_gaps()) marking_.BeginSweeping();
  }
  report.work_ns = ThreadNs() - work_start;
  report.after = heap_.NewUse().used + OldAndLargeBytes();
  if (kind == GcKind::kMinor) {
    MarkOrSweep(collection);
    report.slice_ns = ThreadNs() - work_start - report.work_ns;
  }
  if (knobs_.verify_heap) VerifyOrDie(GcPhase::kVerifyAfter, kind);
  collecting_ = false;
  report.pause_ns = MonotonicNs() - start;
  if (kind == GcKind::kMinor) {
    was_early_ = std::exchange(is_early_, false);
    pacing_.AfterMinor(new_before, report, /*was_full=*/!was_early_);
  } else {
    pacing_.AfterMajor(old_before);
  }
  pacing_.TookTime(report);
  young_roots_left_ = YoungRoots();
  TellListener(&report);
  // A set that has overflowed does not name the holders that die.
  if (kind == GcKind::kMinor && marking_.is_marking() && looks_at_roots_ &&
      !heap_.remembered_set().has_overflowed() && marking_.MayFinish(pacing_.MayMarkingWait())) {
    FinishMarking();
  }
}

void GcController::Scavenge(const Collection& collection) {
  has_just_begun_ = looks_at_roots_ && marking_.is_idle();
  if (has_just_begun_) {
    moving_.Forget();
    is_moving_wanted_ = false;
    marking_.Begin();
    pacing_.MarkingBegins();
  }
  if (!marking_.is_marking()) {
    Scavenger(collection, pacing_.young_fate(), nullptr, moving_.is_idle() ? nullptr : &moving_)
        .Run();
    return;
  }
  heap_.old_allocator().OpenHoles();
  Scavenger(collection, pacing_.young_fate(), &marking_).Run();
  heap_.old_allocator().CloseHoles();  // Only a scavenge marks what comes there (G-S2).
  if (has_just_begun_) marking_.BeginRoots(collection);
  if (looks_at_roots_ && !has_just_begun_) {
    marking_.MarkRoots(collection);
  } else {
    const bool all =
        marking_.SeeRoots(collection, Slice(heap_.knobs().pause_goal_ns / kRootsShare));
    looks_at_roots_ = has_just_begun_ && all;
  }
}

bool GcController::MayMarkingEnd() const {
  return marking_.is_marking() && !marking_.has_grey() && marking_.has_seen_roots();
}

void GcController::SeeRoots(SliceBudget budget) {
  GcReport not_told;
  static_cast<void>(marking_.SeeRoots({heap_, roots_, weaks_, listener_, not_told}, budget));
}

SliceBudget GcController::Slice(std::int64_t ns) const {
  const std::uint64_t steps = heap_.knobs().marking_steps;
  return steps != 0 ? SliceBudget::Steps(steps) : SliceBudget::Until(MonotonicNs() + ns);
}

std::int64_t GcController::MarkingNs() const {
  const double bytes_a_ns = marking_ns_ == 0 ? 1.0 : marked_bytes_ / marking_ns_;
  const ByteCount wanted = pacing_.MarkingPerArea(marking_.to_mark(), marking_.marked());
  const double ns = static_cast<double>(wanted.value()) / std::max(bytes_a_ns, 0.01);
  const std::int64_t share = pacing_.IsMarkingLate() ? kLateShare : kAreaShare;
  const std::int64_t most = heap_.knobs().pause_goal_ns / share;
  return static_cast<std::int64_t>(std::min(ns, static_cast<double>(most)));
}

void GcController::Mark(SliceBudget budget) {
  const std::int64_t start = MonotonicNs();
  const ByteCount before = marking_.marked();
  static_cast<void>(marking_.Mark(budget));
  marking_ns_ += static_cast<double>(MonotonicNs() - start);
  marked_bytes_ += static_cast<double>((marking_.marked() - before).value());
}

void GcController::MarkAfterScavenge() {
  Mark(Slice(heap_.knobs().pause_goal_ns / kScavengeShare));
}

void GcController::MarkOrSweep(const Collection& collection) {
  if (marking_.is_marking()) {
    // Marking may be over, now that all roots have been looked at; else it can wait.
    const bool may_end = looks_at_roots_ && !has_just_begun_;
    if (may_end || !MayMarkBeside()) MarkAfterScavenge();
  } else if (moving_.is_moving()) {
    const HeapKnobs& knobs = heap_.knobs();
    moving_.MoveSome(collection, knobs.marking_steps != 0 ? 0 : knobs.pause_goal_ns / kMoveShare);
    collection.report.after = heap_.NewUse().used + OldAndLargeBytes();
  } else {
    MakeProgress();
    if (is_moving_wanted_ && marking_.is_idle()) BeginMoving();
  }
}

// Where it cannot begin yet it is tried again until old space is marked again.
void GcController::BeginMoving() { is_moving_wanted_ = moving_.is_idle() && !moving_.Begin(); }

void GcController::FinishMarking() {
  const std::int64_t start = MonotonicNs();
  const std::int64_t work_start = ThreadNs();
  GcReport report;
  report.kind = GcKind::kMajor;
  report.reason = GcReason::kOldSpaceFull;
  report.before = heap_.NewUse().used + OldAndLargeBytes();
  collecting_ = true;
  if (listener_ != nullptr) listener_->OnCollectionStart(report.kind, report.reason);
  old_before_slices_ = heap_.OldPressure();
  marking_.Finish({heap_, roots_, weaks_, listener_, report});
  report.after = report.before - (marking_.to_mark() - marking_.marked());
  report.work_ns = ThreadNs() - work_start;
  if (knobs_.verify_heap) VerifyOrDie(GcPhase::kVerifyAfter, report.kind);
  collecting_ = false;
  report.pause_ns = MonotonicNs() - start;
  TellListener(&report);
}

void GcController::TellListener(GcReport* report) {
  if (listener_ == nullptr) return;
  report->weaks_cleared += marking_.TakeWeaksCleared();
  report->old_used = OldAndLargeBytes();
  report->old_threshold = heap_.old_threshold();
  const ByteCount in_slices(static_cast<std::size_t>(marked_bytes_));
  report->marked_beside = beside_.marked() - std::exchange(told_beside_, beside_.marked());
  for (const GcSpan& span : beside_.TakeSpans()) report->spans.Add(span);
  report->external = heap_.external_new() + heap_.external_old();
  report->marked_in_slices = in_slices - std::exchange(told_in_slices_, in_slices);
  listener_->OnCollectionEnd(*report);
}

bool GcController::MayMarkBeside() const {
  const HeapKnobs& knobs = heap_.knobs();
  if (knobs.mark_beside == Beside::kAlways) return true;
  return knobs.mark_beside == Beside::kWhereItHelps && knobs.marking_steps == 0 &&
         UsableProcessors() > 1;
}

bool GcController::MarkBeside() {
  if (beside_.is_running()) return true;
  if (!marking_.has_grey()) return true;
  return MayMarkBeside() && beside_.Start();
}

void GcController::MakeProgress() {
  if (marking_.is_marking()) {
    const bool is_late = pacing_.IsMarkingLate();
    if (!marking_.has_seen_roots()) {
      beside_.Stop();
      SeeRoots(Slice(heap_.knobs().pause_goal_ns / (is_late ? kLateShare : kRootsAtAreaShare)));
    }
    if (!is_late && MarkBeside()) return;
    beside_.Stop();
    if (marking_.has_grey()) Mark(Slice(MarkingNs()));
    static_cast<void>(MarkBeside());
  } else if (marking_.is_sweeping()) {
    if (marking_.Sweep(Slice(heap_.knobs().pause_goal_ns / kSweepShare))) EndSlices();
  } else if (moving_.is_looking()) {
    static_cast<void>(moving_.Look(Slice(heap_.knobs().pause_goal_ns / kLookShare)));
  }
}

std::size_t GcController::YoungRoots() {
  std::size_t count = heap_.remembered_set().entries().size() * kRootsPerRemembered;
  for (RootProvider* const provider : roots_) count += provider->YoungSlots();
  for (WeakProvider* const provider : weaks_) count += provider->YoungSlots();
  return count;
}

// As many as the next scavenge can look at within the pause goal, for that cannot be done in parts.
// Those that the last one left are looked at again, so they count; but for few others there is
// none.
bool GcController::WantsScavenge() {
  const std::int64_t goal = heap_.knobs().pause_goal_ns;
  if (goal == 0) return false;
  const std::size_t count = YoungRoots();
  young_roots_left_ = std::min(young_roots_left_, count);
  const auto most = static_cast<std::size_t>(goal / kNsPerYoungRoot);
  is_early_ = count > std::max(most, young_roots_left_ + most / 4);
  return is_early_;
}

void GcController::Settle() {
  beside_.Stop();
  const bool sweeps = marking_.is_sweeping();
  marking_.Settle();
  if (sweeps) EndSlices();
  moving_.Forget();
}

void GcController::EndSlices() {
  if (marking_.sweeps_for_major()) return;  // Pacing has been told (AfterMajor).
  const Pacing::Swept swept{.before = old_before_slices_,
                            .died = marking_.to_mark() - marking_.marked(),
                            .kept = marking_.kept(),
                            .live = marking_.kept_live(),
                            .scattered = marking_.scattered()};
  const bool may_move = MayMoveInSlices();
  is_moving_wanted_ = pacing_.AfterSlices(swept, may_move) && may_move;
}

ByteCount GcController::OldAndLargeBytes() const { return heap_.OldUsed() + heap_.large().used(); }

// One comes with each area of the mutator's, and one behind a collection may follow at once.
void GcController::RunPendingCallbacks() { RunCallbacks(knobs_.callback_slice_ns / 2); }

void GcController::RunCallbacks(std::int64_t slice_ns) {
  if (in_callbacks_ || !HasPending()) return;
  if (marking_.is_clearing()) {  // G-S5
    MakeProgress();
    if (marking_.is_clearing()) return;
  }
  const Flagged busy(&in_callbacks_);
  callbacks_->RunSlice(slice_ns);
}

void GcController::DrainCallbacks() {
  marking_.ClearWeakSlots();
  while (HasPending()) RunPendingCallbacks();
}

RootRegistration::RootRegistration(GcController& gc, RootProvider& roots) : gc_(gc), roots_(roots) {
  gc_.roots_.push_back(&roots_);
}

RootRegistration::~RootRegistration() { std::erase(gc_.roots_, &roots_); }

WeakRegistration::WeakRegistration(GcController& gc, WeakProvider& weaks) : gc_(gc), weaks_(weaks) {
  gc_.weaks_.push_back(&weaks_);
}

WeakRegistration::~WeakRegistration() { std::erase(gc_.weaks_, &weaks_); }

}  // namespace fart
