#include "gc/controller.h"

#include <algorithm>

#include "gc/major.h"
#include "gc/phase_scope.h"
#include "gc/scavenger.h"
#include "gc/verifier.h"
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

GcController::GcController(Heap& heap, const GcKnobs& knobs, CallbackRunner* callbacks,
                           GcListener* listener)
    : heap_(heap), knobs_(knobs), callbacks_(callbacks), listener_(listener), pacing_(heap) {}

GcController::~GcController() {
  FART_CHECK(roots_.empty() && weaks_.empty());  // A registration outlives its collector.
}

void GcController::Collect(GcKind least, GcReason reason) {
  FART_CHECK(!IsBusy());  // G-T1
  const bool stress = heap_.knobs().stress_interval != 0;
  // Under stress both kinds run, so that every object moves and both collectors are exercised.
  if (stress || least == GcKind::kMinor) CollectOnce(GcKind::kMinor, reason);
  const bool grown = heap_.OldPressure() > heap_.old_threshold();
  if (stress || least == GcKind::kMajor || grown) {
    DrainCallbacks();  // G-C4
    CollectOnce(GcKind::kMajor,
                least == GcKind::kMajor || stress ? reason : GcReason::kOldSpaceFull);
  }
  if (reason == GcReason::kLowMemory) heap_.SetNewCapacity(heap_.knobs().new_space_min);
  RunPendingCallbacks();  // H-C2
  if (reason == GcReason::kLowMemory) {
    GiveBackMemory();
  } else {
    OffHeapGiveBackIfWorthIt();
  }
}

void GcController::GiveBackMemory() {
  for (RootProvider* const provider : roots_) provider->GiveBackMemory();
  OffHeapGiveBack();
}

void GcController::CollectOnce(GcKind kind, GcReason reason) {
  TellHost(&CallbackRunner::BeforeCollection);
  Pause(kind, reason);
  TellHost(&CallbackRunner::AfterCollection);
}

void GcController::TellHost(void (CallbackRunner::*what)()) {
  if (callbacks_ == nullptr) return;
  in_callbacks_ = true;
  (callbacks_->*what)();
  in_callbacks_ = false;
}

bool GcController::RaiseHeapLimit() {
  if (callbacks_ == nullptr || in_callbacks_) return false;
  const ByteCount limit = heap_.knobs().heap_limit;
  in_callbacks_ = true;
  // More than there are addresses for would not be had.
  const ByteCount raised = std::min(callbacks_->RaiseLimit(limit), heap_.most_heap_limit());
  in_callbacks_ = false;
  if (raised <= limit) return false;
  heap_.mutable_knobs().heap_limit = raised;
  return true;
}

void GcController::Pause(GcKind kind, GcReason reason) {
  const std::int64_t start = MonotonicNs();
  collecting_ = true;
  if (listener_ != nullptr) listener_->OnCollectionStart(kind, reason);
  if (knobs_.verify_heap) VerifyOrDie(GcPhase::kVerifyBefore, kind);
  GcReport report;
  report.kind = kind;
  report.reason = reason;
  const ByteCount small_new = heap_.NewUse().used;
  report.before = small_new + OldAndLargeBytes();
  // Large ones count as room that was used: a full new space may have few small ones.
  const ByteCount new_before = small_new + heap_.large().allocated_since_collection();
  const Collection collection{heap_, roots_, weaks_, listener_, report};
  if (kind == GcKind::kMinor) {
    Scavenger(collection).Run();
    pacing_.AfterMinor(new_before, report);
  } else {
    const bool everything = heap_.knobs().stress_interval != 0;
    MajorCollector(collection, everything ? Moving::kEverything : Moving::kSparse).Run();
    pacing_.AfterMajor();
  }
  report.after = heap_.NewUse().used + OldAndLargeBytes();
  if (knobs_.verify_heap) VerifyOrDie(GcPhase::kVerifyAfter, kind);
  collecting_ = false;
  report.pause_ns = MonotonicNs() - start;
  pacing_.TookTime(report);
  if (listener_ != nullptr) listener_->OnCollectionEnd(report);
}

ByteCount GcController::OldAndLargeBytes() const { return heap_.OldUsed() + heap_.large().used(); }

void GcController::RunPendingCallbacks() {
  if (callbacks_ == nullptr || in_callbacks_ || !callbacks_->HasPending()) return;
  in_callbacks_ = true;
  callbacks_->RunSlice(knobs_.callback_slice_ns);
  in_callbacks_ = false;
}

void GcController::DrainCallbacks() {
  while (callbacks_ != nullptr && callbacks_->HasPending()) RunPendingCallbacks();
}

std::string GcController::Verify() { return Verifier(heap_, roots_, weaks_).Run(); }

void GcController::VerifyOrDie(GcPhase phase, GcKind kind) {
  const PhaseScope scope(listener_, phase);
  const std::string finding = Verify();
  if (finding.empty()) return;
  const std::string text = std::string(GcPhaseName(phase)) +
                           (kind == GcKind::kMinor ? " minor: " : " major: ") + finding;
  FatalError(text.c_str());
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
