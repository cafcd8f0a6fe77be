#include "vm/memory/statistics.h"

#include <gtest/gtest.h>

#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

GcReport MakeReport(GcKind kind, std::int64_t pause_ns) {
  GcReport report;
  report.kind = kind;
  report.reason = GcReason::kStress;
  report.pause_ns = pause_ns;
  report.before = KiB(100);
  report.after = KiB(10);
  report.moved_to_old = KiB(4);
  report.slots_visited[static_cast<std::size_t>(RootKind::kStack)] = 5;
  report.cards_scanned = 2;
  report.new_regions_freed = 3;
  return report;
}

TEST(StatisticsTest, AddsUpReportsAndKeepsTheLongestPause) {
  Statistics statistics(false);
  statistics.OnCollectionEnd(MakeReport(GcKind::kMinor, 100));
  statistics.OnCollectionEnd(MakeReport(GcKind::kMajor, 300));
  statistics.OnCollectionEnd(MakeReport(GcKind::kMinor, 200));
  const GcTotals& totals = statistics.totals();
  EXPECT_EQ(totals.minor_collections, 2u);
  EXPECT_EQ(totals.major_collections, 1u);
  EXPECT_EQ(totals.longest_pause_ns, 300);
  EXPECT_EQ(totals.sum_of_pauses_ns, 600);
  EXPECT_EQ(totals.slots_visited[static_cast<std::size_t>(RootKind::kStack)], 15u);
  EXPECT_EQ(totals.cards_scanned, 6u);
  EXPECT_EQ(totals.moved_to_old, KiB(12));
  EXPECT_EQ(totals.TotalMoved(), KiB(12));
  EXPECT_EQ(totals.new_regions_freed, 9u);
  EXPECT_EQ(totals.last.pause_ns, 200);
}

TEST(StatisticsTest, TracesOneLineACollectionIfAsked) {
  Statistics statistics(true);
  testing::internal::CaptureStderr();
  statistics.OnCollectionEnd(MakeReport(GcKind::kMinor, 1'500'000));
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            std::string("gc: minor, ") + GcReasonName(GcReason::kStress) +
                ", 100.0 KiB -> 10.0 KiB, moved 4.0 KiB, pause 1.500 ms\n");
  statistics.set_trace(false);
  testing::internal::CaptureStderr();
  statistics.OnCollectionEnd(MakeReport(GcKind::kMinor, 1));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(StatisticsTest, TheTableShowsWhatHappened) {
  TestIsolate isolate;
  isolate.NewList(10);
  isolate.Collect(GcKind::kMinor);
  const std::string table = StatisticsTable(*isolate);
  for (const char* const row :
       {"objects allocated", "bytes allocated", "minor collections", "major collections",
        "bytes moved", "longest pause", "local handles made", "persistent handles made",
        "weak handles made", "finalizable handles made"}) {
    EXPECT_NE(table.find(row), std::string::npos) << row;
  }
  EXPECT_EQ(isolate->statistics().totals().minor_collections, 1u);
  EXPECT_GT(isolate->heap().allocated().objects, 0u);
}

TEST(StatisticsTest, AnIsolateWithGcStatsPrintsTheTableAtItsEnd) {
  testing::internal::CaptureStderr();
  { TestIsolate isolate({.flags = {.gc_stats = true}}); }
  EXPECT_NE(testing::internal::GetCapturedStderr().find("longest pause"), std::string::npos);
}

TEST(StatisticsTest, TheTableCountsTheHandlesThatAreStillOpen) {
  testing::internal::CaptureStderr();
  {
    TestIsolate isolate({.flags = {.gc_stats = true}});
    EXPECT_FALSE(isolate->handles().persistents.Create(kNull).is_empty());
    isolate.NewList(1);
  }
  const std::string table = testing::internal::GetCapturedStderr();
  EXPECT_NE(table.find("persistent handles open                   1\n"), std::string::npos)
      << table;
  EXPECT_NE(table.find("local handles open                        1\n"), std::string::npos)
      << table;
  EXPECT_NE(table.find("weak handles open                         0\n"), std::string::npos)
      << table;
}

}  // namespace
}  // namespace fart
