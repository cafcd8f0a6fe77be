// What heap, collector and handles have counted, as the host's structs.

#include "api/statistics.h"

#include <cstddef>
#include <cstdint>
#include <mutex>

#include "api/include/fart_tools_api.h"
#include "api/shim.h"
#include "heap/heap.h"
#include "vm/entry/callback_frame.h"
#include "vm/entry/misuse.h"
#include "vm/memory/statistics.h"
#include "vm/native/native_call.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

std::uint64_t SlotsVisited(const GcTotals& totals, RootKind kind) {
  return totals.slots_visited[static_cast<std::size_t>(kind)];
}

void FillHeap(const Heap& heap, Fart_HeapStatistics* statistics) {
  statistics->objects_allocated = heap.allocated().objects;
  statistics->bytes_allocated = heap.allocated().bytes;
  const SpaceUse young = heap.NewUse();
  const SpaceUse old = heap.OldUse();
  const SpaceUse large = heap.LargeUse();
  statistics->new_space_live_bytes = young.used.value();
  statistics->new_space_committed_bytes = young.committed.value();
  statistics->old_space_live_bytes = old.used.value();
  statistics->old_space_committed_bytes = old.committed.value();
  statistics->large_live_bytes = large.used.value();
  statistics->large_committed_bytes = large.committed.value();
  statistics->heap_limit_bytes = heap.knobs().heap_limit.value();
}

void FillTotals(const GcTotals& totals, Fart_HeapStatistics* statistics) {
  statistics->minor_collections = totals.minor_collections;
  statistics->major_collections = totals.major_collections;
  statistics->longest_pause_ns = static_cast<std::uint64_t>(totals.longest_pause_ns);
  statistics->sum_of_pauses_ns = static_cast<std::uint64_t>(totals.sum_of_pauses_ns);
  statistics->new_space_bytes_moved = totals.moved_within_new.value();
  statistics->new_space_regions_freed = totals.new_regions_freed;
  statistics->bytes_promoted = totals.moved_to_old.value();
  statistics->old_space_bytes_moved = totals.moved_within_old.value();
  statistics->old_space_regions_freed = totals.old_regions_freed;
  statistics->large_bytes_moved = totals.moved_large.value();
  statistics->large_objects_freed = totals.large_objects_freed;
  statistics->local_slots_visited = SlotsVisited(totals, RootKind::kLocalHandle);
  statistics->persistent_slots_visited = SlotsVisited(totals, RootKind::kPersistentHandle);
  statistics->weak_slots_visited = SlotsVisited(totals, RootKind::kWeakHandle);
  statistics->stack_slots_visited = SlotsVisited(totals, RootKind::kStack);
  statistics->other_slots_visited = SlotsVisited(totals, RootKind::kConstant) +
                                    SlotsVisited(totals, RootKind::kHost) +
                                    SlotsVisited(totals, RootKind::kOther);
  statistics->holders_scanned = totals.holders_scanned;
  statistics->cards_scanned = totals.cards_scanned;
  statistics->ephemerons_examined = totals.ephemerons_examined;
}

constexpr const char* kSomeVersions = "of a struct_size that some version has";

}  // namespace

Fart_Handle Fart_GetHeapStatistics(Fart_HeapStatistics* statistics) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_POINTER(isolate, statistics);
  if (statistics->struct_size != sizeof(Fart_HeapStatistics)) {
    return NewErrorHandle(isolate, Expects(__func__, "statistics", kSomeVersions));
  }
  isolate.mutator().RetireArea();  // Its counters go to the heap's.
  Heap& heap = isolate.heap();
  FillHeap(heap, statistics);
  statistics->external_bytes = (heap.external_new() + heap.external_old()).value();
  FillTotals(isolate.statistics().totals(), statistics);
  return Success();
}
FART_CATCH

Fart_Handle Fart_GetHandleStatistics(Fart_HandleStatistics* statistics) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_POINTER(isolate, statistics);
  if (statistics->struct_size != sizeof(Fart_HandleStatistics)) {
    return NewErrorHandle(isolate, Expects(__func__, "statistics", kSomeVersions));
  }
  const HandleCounts counts = isolate.handles().Counts();
  statistics->local_made = counts.local.made;
  statistics->persistent_made = counts.persistent.made;
  statistics->weak_made = counts.weak.made;
  statistics->finalizable_made = counts.finalizable.made;
  statistics->local_live = counts.local.live;
  statistics->persistent_live = counts.persistent.live;
  statistics->weak_live = counts.weak.live;
  statistics->finalizable_live = counts.finalizable.live;
  statistics->callbacks_run = isolate.callbacks_run();
  statistics->callbacks_pending = counts.pending_callbacks;
  statistics->scope_bytes_live = isolate.handles().locals.arena().used().value();
  return Success();
}
FART_CATCH

// ---- At the end

namespace {

struct {
  std::mutex lock;
  Fart_ShutdownReportCallback callback = nullptr;
  void* data = nullptr;
} shutdown_report;

}  // namespace

void Fart_SetShutdownReportCallback(Fart_ShutdownReportCallback callback,
                                    void* callback_data) FART_TRY {
  const std::lock_guard<std::mutex> guard(shutdown_report.lock);
  shutdown_report.callback = callback;
  shutdown_report.data = callback_data;
}
FART_CATCH_OR(FART_NOTHING)

void fart::api::HoldShutdownReportForFork() { shutdown_report.lock.lock(); }
void fart::api::ReleaseShutdownReport() { shutdown_report.lock.unlock(); }

void fart::api::ReportShutdown(Isolate& isolate) {
  Fart_ShutdownReportCallback callback = nullptr;
  void* data = nullptr;
  {
    const std::lock_guard<std::mutex> guard(shutdown_report.lock);
    callback = shutdown_report.callback;
    data = shutdown_report.data;
  }
  if (callback == nullptr) return;
  const HandleCounts counts = isolate.handles().Counts();
  const Fart_ShutdownReport report = {.struct_size = sizeof(Fart_ShutdownReport),
                                      .isolate_callback_data = isolate.callback_data(),
                                      .local_open = counts.local.live,
                                      .persistent_open = counts.persistent.live,
                                      .weak_open = counts.weak.live,
                                      .finalizable_open = counts.finalizable.live};
  CallbackFrame frame;
  const ForeignOutcome outcome = CallForeign(frame.mark(), callback, &report, data);
  if (outcome != ForeignOutcome::kReturned) {
    RecordEscape("A shutdown report callback", outcome);
  }
}
