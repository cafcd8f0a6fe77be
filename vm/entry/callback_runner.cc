#include "vm/entry/callback_runner.h"

#include <algorithm>
#include <limits>
#include <string>

#include "heap/platform/clock.h"
#include "vm/entry/callback_frame.h"
#include "vm/entry/foreign_frame.h"
#include "vm/entry/foreign_types.h"
#include "vm/entry/misuse.h"
#include "vm/unwind/foreign_call.h"

namespace fart {

namespace {

// Callbacks that share a frame: what they leave in scope memory is dropped after so many.
constexpr int kBatch = 64;

ForeignOutcome Call(ForeignMark& mark, const PendingCallback& pending, void* data) {
  switch (pending.value.kind()) {
    case HandleKind::kWeak:
      return CallForeign(mark, reinterpret_cast<WeakFinalizer>(pending.callback), data,
                         pending.value.As<_Fart_WeakPersistentHandle>(), pending.peer);
    case HandleKind::kExternal:
      return CallForeign(mark, reinterpret_cast<PeerFinalizer>(pending.callback), pending.peer);
    default:
      return CallForeign(mark, reinterpret_cast<HandleFinalizer>(pending.callback), data,
                         pending.peer);
  }
}

}  // namespace

bool CallbackRunnerOfIsolate::HasPending() const { return weaks_.HasPendingCallbacks(); }

// At most `most` callbacks; how many there were.
int CallbackRunnerOfIsolate::RunBatch(int most) {
  ForeignFrame frame(owner_, ForeignKind::kBarrier);
  const CallbackSection section(owner_);  // VE-I3
  int done = 0;
  PendingCallback pending;
  while (done < most && weaks_.TakePendingCallback(&pending)) {
    const ForeignOutcome outcome = Call(frame.mark(), pending, callback_data_);
    weaks_.FinishCallback(pending.value);
    ++done;
    if (outcome != ForeignOutcome::kReturned) [[unlikely]] {
      RecordMisuse("A finalizer " + DescribeEscape(outcome));
    }
  }
  run_ += static_cast<std::uint64_t>(done);
  return done;
}

// Asking for the time costs more than a short callback: so the next batch is as long as the average
// so far says that half the rest of the slice allows.
void CallbackRunnerOfIsolate::RunSlice(std::int64_t slice_ns) {
  const std::int64_t start_ns = MonotonicNs();
  std::int64_t done = 0;
  int batch = 1;
  while (HasPending()) {
    done += RunBatch(batch);
    const std::int64_t spent_ns = MonotonicNs() - start_ns;
    if (spent_ns >= slice_ns) return;
    const std::int64_t affordable = (slice_ns - spent_ns) / 2 * done / std::max(spent_ns, done);
    batch = static_cast<int>(std::clamp<std::int64_t>(affordable, 1, kBatch));
  }
}

void CallbackRunnerOfIsolate::RunAround(GcCallback callback) {
  if (callback == nullptr) return;
  CallbackFrame frame;  // VE-I3
  const ForeignOutcome outcome = CallForeign(frame.mark(), callback);
  if (outcome == ForeignOutcome::kReturned) return;
  RecordMisuse("A callback around a collection " + DescribeEscape(outcome));
}

ByteCount CallbackRunnerOfIsolate::RaiseLimit(ByteCount limit) {
  if (near_heap_limit_ == nullptr) return limit;
  std::size_t wished = 0;
  {
    CallbackFrame frame;  // VE-I3
    const ForeignOutcome outcome =
        CallForeign(frame.mark(), wished, near_heap_limit_, near_heap_limit_data_, limit.value());
    if (outcome != ForeignOutcome::kReturned) {
      RecordMisuse("A callback near the heap limit " + DescribeEscape(outcome));
      return limit;
    }
  }
  if (wished <= limit.value()) return limit;
  // At least one region more, so that asking again and again comes to an end.
  return std::min(
      ByteCount(std::min(wished, kMaxHeapLimit.value())).RoundedUpTo(kRegionSize.value()),
      kMaxHeapLimit);
}

void CallbackRunnerOfIsolate::RunAll() {
  while (HasPending()) RunBatch(kBatch);
}

}  // namespace fart
