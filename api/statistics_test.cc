// What hosts are told of heap, collector and handles: each figure under its name. The figures of
// collections are put in from below, so that each differs from every other.

#include <cstddef>
#include <vector>

#include "api/testing/api_test.h"
#include "vm/isolate.h"

namespace fart::api {
namespace {

class StatisticsTest : public ApiTest {};

TEST_F(StatisticsTest, EveryFigureOfACollectionIsToldUnderItsName) {
  GcReport report;
  report.kind = GcKind::kMajor;
  report.pause_ns = 1'000'000'000'000;
  for (std::size_t i = 0; i < kRootKinds; ++i)
    report.slots_visited[i] = std::size_t{1'000'000} << i;
  report.holders_scanned = 1'000'001;
  report.cards_scanned = 1'000'002;
  report.ephemerons_examined = 1'000'003;
  report.moved_within_new = ByteCount(1'000'008);
  report.moved_to_old = ByteCount(1'000'016);
  report.moved_within_old = ByteCount(1'000'024);
  report.moved_large = ByteCount(1'000'032);
  report.new_regions_freed = 1'000'005;
  report.old_regions_freed = 1'000'006;
  report.large_objects_freed = 1'000'007;
  const Fart_HeapStatistics before = HeapStatistics();
  Isolate::Current()->statistics().OnCollectionEnd(report);
  report.kind = GcKind::kMinor;
  report.pause_ns = 7;
  Isolate::Current()->statistics().OnCollectionEnd(report);
  Isolate::Current()->statistics().OnCollectionEnd(report);
  const Fart_HeapStatistics after = HeapStatistics();
  const auto more = [&](std::uint64_t Fart_HeapStatistics::*figure) {
    return after.*figure - before.*figure;
  };
  const auto slots = [](RootKind kind) {
    return std::uint64_t{3'000'000} << static_cast<std::size_t>(kind);
  };
  EXPECT_EQ(more(&Fart_HeapStatistics::minor_collections), 2u);
  EXPECT_EQ(more(&Fart_HeapStatistics::major_collections), 1u);
  EXPECT_EQ(after.longest_pause_ns, 1'000'000'000'000u);
  EXPECT_EQ(more(&Fart_HeapStatistics::sum_of_pauses_ns), 1'000'000'000'014u);
  EXPECT_EQ(more(&Fart_HeapStatistics::new_space_bytes_moved), 3'000'024u);
  EXPECT_EQ(more(&Fart_HeapStatistics::bytes_promoted), 3'000'048u);
  EXPECT_EQ(more(&Fart_HeapStatistics::old_space_bytes_moved), 3'000'072u);
  EXPECT_EQ(more(&Fart_HeapStatistics::large_bytes_moved), 3'000'096u);
  EXPECT_EQ(more(&Fart_HeapStatistics::new_space_regions_freed), 3'000'015u);
  EXPECT_EQ(more(&Fart_HeapStatistics::old_space_regions_freed), 3'000'018u);
  EXPECT_EQ(more(&Fart_HeapStatistics::large_objects_freed), 3'000'021u);
  EXPECT_EQ(more(&Fart_HeapStatistics::holders_scanned), 3'000'003u);
  EXPECT_EQ(more(&Fart_HeapStatistics::cards_scanned), 3'000'006u);
  EXPECT_EQ(more(&Fart_HeapStatistics::ephemerons_examined), 3'000'009u);
  EXPECT_EQ(more(&Fart_HeapStatistics::local_slots_visited), slots(RootKind::kLocalHandle));
  EXPECT_EQ(more(&Fart_HeapStatistics::persistent_slots_visited),
            slots(RootKind::kPersistentHandle));
  EXPECT_EQ(more(&Fart_HeapStatistics::weak_slots_visited), slots(RootKind::kWeakHandle));
  EXPECT_EQ(more(&Fart_HeapStatistics::stack_slots_visited), slots(RootKind::kStack));
  EXPECT_EQ(more(&Fart_HeapStatistics::other_slots_visited),
            slots(RootKind::kConstant) + slots(RootKind::kHost) + slots(RootKind::kOther));
}

TEST_F(StatisticsTest, WhatTheSpacesHoldIsToldOfEachOfThem) {
  if (IsUnderStress()) GTEST_SKIP() << "objects leave new space at once";
  const Heap& heap = Isolate::Current()->heap();
  const Fart_Handle young = Fart_NewList(1000);
  const Fart_Handle large = Fart_NewTypedData(Fart_TypedData_kUint8, 1'000'000);
  ExpectSuccess(young);
  ExpectSuccess(large);
  char memory[16];
  ExpectSuccess(Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, memory, 16, nullptr,
                                                       4711, [](void*, void*) {}));
  const Fart_HeapStatistics statistics = HeapStatistics();
  EXPECT_EQ(statistics.objects_allocated, heap.allocated().objects);
  EXPECT_EQ(statistics.bytes_allocated, heap.allocated().bytes);
  EXPECT_NE(statistics.objects_allocated, statistics.bytes_allocated);
  EXPECT_EQ(statistics.new_space_live_bytes, heap.NewUse().used.value());
  EXPECT_EQ(statistics.new_space_committed_bytes, heap.NewUse().committed.value());
  EXPECT_GE(statistics.new_space_live_bytes, 8000u);
  EXPECT_EQ(statistics.old_space_live_bytes, heap.OldUse().used.value());
  EXPECT_EQ(statistics.old_space_committed_bytes, heap.OldUse().committed.value());
  EXPECT_EQ(statistics.large_live_bytes, heap.LargeUse().used.value());
  EXPECT_EQ(statistics.large_committed_bytes, heap.LargeUse().committed.value());
  EXPECT_GE(statistics.large_live_bytes, 1'000'000u);
  EXPECT_LT(statistics.large_live_bytes, 1'100'000u);
  EXPECT_EQ(statistics.external_bytes, 4711u);
  EXPECT_EQ(statistics.heap_limit_bytes, heap.knobs().heap_limit.value());
  Collect();
  Collect();
  const Fart_HeapStatistics old = HeapStatistics();
  EXPECT_GE(old.old_space_live_bytes, 8000u);
  EXPECT_LT(old.new_space_live_bytes, 8000u);
  EXPECT_EQ(old.old_space_live_bytes, heap.OldUse().used.value());
  EXPECT_EQ(old.old_space_committed_bytes, heap.OldUse().committed.value());
  EXPECT_GT(old.old_space_committed_bytes, old.old_space_live_bytes);
}

TEST_F(StatisticsTest, HandlesOfEachKindAreCountedByThemselves) {
  const Fart_HandleStatistics before = HandleStatistics();
  const auto weak_end = [](void*, Fart_WeakPersistentHandle, void*) {};
  const auto end = [](void*, void*) {};
  const Fart_Handle list = Fart_NewList(1);
  std::vector<Fart_PersistentHandle> persistent;
  std::vector<Fart_WeakPersistentHandle> weak;
  std::vector<Fart_FinalizableHandle> finalizable;
  for (int i = 0; i < 4; ++i) persistent.push_back(Fart_NewPersistentHandle(list));
  for (int i = 0; i < 5; ++i) {
    weak.push_back(Fart_NewWeakPersistentHandle(list, nullptr, 0, weak_end));
  }
  for (int i = 0; i < 6; ++i) {
    finalizable.push_back(Fart_NewFinalizableHandle(list, nullptr, 0, end));
  }
  Fart_EnterScope();
  for (int i = 0; i < 7; ++i) Fart_NewList(1);
  EXPECT_NE(Fart_ScopeAllocate(1000), nullptr);
  const Fart_HandleStatistics inside = HandleStatistics();
  EXPECT_EQ(inside.local_made - before.local_made, 8u);
  EXPECT_EQ(inside.local_live - before.local_live, 8u);
  EXPECT_EQ(inside.persistent_made - before.persistent_made, 4u);
  EXPECT_EQ(inside.persistent_live - before.persistent_live, 4u);
  EXPECT_EQ(inside.weak_made - before.weak_made, 5u);
  EXPECT_EQ(inside.weak_live - before.weak_live, 5u);
  EXPECT_EQ(inside.finalizable_made - before.finalizable_made, 6u);
  EXPECT_EQ(inside.finalizable_live - before.finalizable_live, 6u);
  EXPECT_GE(inside.scope_bytes_live, before.scope_bytes_live + 1000);
  Fart_ExitScope();
  Fart_DeletePersistentHandle(persistent[0]);
  Fart_DeleteWeakPersistentHandle(isolate_, weak[0]);
  Fart_DeleteWeakPersistentHandle(isolate_, weak[1]);
  Fart_DeleteFinalizableHandle(finalizable[0], list);
  const Fart_HandleStatistics after = HandleStatistics();
  EXPECT_EQ(after.local_made - before.local_made, 8u);
  EXPECT_EQ(after.local_live - before.local_live, 1u);
  EXPECT_EQ(after.persistent_live - before.persistent_live, 3u);
  EXPECT_EQ(after.persistent_made - before.persistent_made, 4u);
  EXPECT_EQ(after.weak_live - before.weak_live, 3u);
  EXPECT_EQ(after.finalizable_live - before.finalizable_live, 5u);
  EXPECT_EQ(after.scope_bytes_live, before.scope_bytes_live);
  EXPECT_EQ(after.callbacks_run, before.callbacks_run);
  EXPECT_EQ(after.callbacks_pending, 0u);
}

Fart_HandleStatistics of_callback;
void AskInCallback(void*, void*) { of_callback = HandleStatistics(); }

TEST_F(StatisticsTest, CallbacksAreCountedWhenTheyHaveRunAndUntilThey) {
  const Fart_HandleStatistics before = HandleStatistics();
  Fart_EnterScope();
  for (int i = 0; i < 3; ++i) Fart_NewFinalizableHandle(Fart_NewList(1), nullptr, 0, AskInCallback);
  Fart_ExitScope();
  Collect();
  const Fart_HandleStatistics after = HandleStatistics();
  EXPECT_EQ(after.callbacks_run, before.callbacks_run + 3);
  EXPECT_EQ(after.callbacks_pending, 0u);
  EXPECT_EQ(after.finalizable_live, before.finalizable_live);
  // In the last one two are over, or told later, and none waits.
  EXPECT_EQ(of_callback.callbacks_pending, 0u);
  EXPECT_LE(of_callback.callbacks_run, before.callbacks_run + 2);
}

struct Report {
  Fart_ShutdownReport report;
  int count = 0;
};
void NoteReport(const Fart_ShutdownReport* report, void* data) {
  auto* const noted = static_cast<Report*>(data);
  noted->report = *report;
  ++noted->count;
}

TEST_F(StatisticsTest, AReportSaysWhatIsOpenOfEachKind) {
  Report noted;
  Fart_SetShutdownReportCallback(NoteReport, &noted);
  const Fart_Handle list = Fart_NewList(1);
  Fart_NewList(1);
  Fart_NewPersistentHandle(list);
  for (int i = 0; i < 4; ++i) {
    Fart_NewWeakPersistentHandle(list, nullptr, 0, [](void*, Fart_WeakPersistentHandle, void*) {});
  }
  for (int i = 0; i < 3; ++i) Fart_NewFinalizableHandle(list, nullptr, 0, [](void*, void*) {});
  Fart_ShutdownIsolate();
  Fart_SetShutdownReportCallback(nullptr, nullptr);
  EXPECT_EQ(noted.count, 1);
  EXPECT_EQ(noted.report.struct_size, sizeof(Fart_ShutdownReport));
  EXPECT_EQ(noted.report.isolate_callback_data, this);
  EXPECT_EQ(noted.report.local_open, 2u);
  EXPECT_EQ(noted.report.persistent_open, 1u);
  EXPECT_EQ(noted.report.weak_open, 4u);
  EXPECT_EQ(noted.report.finalizable_open, 3u);
}

}  // namespace
}  // namespace fart::api
