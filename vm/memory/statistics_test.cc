#include "vm/memory/statistics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "heap/platform/clock.h"
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
  Statistics statistics(false, 1);
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

// Each figure differs from every other, so that none is another's.
TEST(StatisticsTest, AddsUpEveryFigureUnderItsName) {
  GcReport report;
  report.kind = GcKind::kMajor;
  for (std::size_t i = 0; i < kRootKinds; ++i) report.slots_visited[i] = 100 + i;
  report.holders_scanned = 1;
  report.cards_scanned = 2;
  report.ephemerons_examined = 3;
  report.objects_moved = 4;
  report.moved_within_new = ByteCount(8);
  report.moved_to_old = ByteCount(16);
  report.moved_within_old = ByteCount(32);
  report.moved_large = ByteCount(64);
  report.new_regions_freed = 5;
  report.old_regions_freed = 6;
  report.large_objects_freed = 7;
  report.regions_kept = 8;
  report.weaks_cleared = 9;
  Statistics statistics(false, 1);
  for (int i = 0; i < 3; ++i) statistics.OnCollectionEnd(report);
  const GcTotals& totals = statistics.totals();
  EXPECT_EQ(totals.minor_collections, 0u);
  EXPECT_EQ(totals.major_collections, 3u);
  for (std::size_t i = 0; i < kRootKinds; ++i) EXPECT_EQ(totals.slots_visited[i], 3 * (100 + i));
  EXPECT_EQ(totals.holders_scanned, 3u);
  EXPECT_EQ(totals.cards_scanned, 6u);
  EXPECT_EQ(totals.ephemerons_examined, 9u);
  EXPECT_EQ(totals.objects_moved, 12u);
  EXPECT_EQ(totals.moved_within_new, ByteCount(24));
  EXPECT_EQ(totals.moved_to_old, ByteCount(48));
  EXPECT_EQ(totals.moved_within_old, ByteCount(96));
  EXPECT_EQ(totals.moved_large, ByteCount(192));
  EXPECT_EQ(totals.TotalMoved(), ByteCount(360));
  EXPECT_EQ(totals.new_regions_freed, 15u);
  EXPECT_EQ(totals.old_regions_freed, 18u);
  EXPECT_EQ(totals.large_objects_freed, 21u);
  EXPECT_EQ(totals.regions_kept, 24u);
  EXPECT_EQ(totals.weaks_cleared, 27u);
}

TEST(StatisticsTest, TheTraceHasCountersAndSpansOfOtherThreads) {
  const std::string path = testing::TempDir() + "/trace.json";
  Statistics statistics(false, 7);
  statistics.SetTraceFile(path);
  statistics.SetMessageCounter([] { return std::size_t{5}; });
  GcReport report = MakeReport(GcKind::kMinor, 100);
  report.external = ByteCount(12345);
  report.spans.Add({GcSpan::kBeside, 1'000'000, 3'000'000});
  report.spans.Add({15, 4'000'000, 4'500'000});
  for (int i = 0; i < 2; ++i) {
    statistics.OnCollectionStart(GcKind::kMinor, GcReason::kStress);
    statistics.OnCollectionEnd(report);
  }
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  for (
      const char* const wanted :
      {R"("name":"external memory of isolate 7","ph":"C",)", R"("args":{"bytes":12345}})",
       R"("name":"messages for isolate 7","ph":"C",)", R"("args":{"waiting":5}})",
       R"("name":"mark","cat":"gc","ph":"X","ts":1000.000,"dur":2000.000,"pid":1,"tid":1073741831})",
       R"("name":"mark","cat":"gc","ph":"X","ts":4000.000,"dur":500.000,"pid":1,"tid":2147483887})",
       R"("tid":1073741831,"args":{"name":"beside isolate 7"})",
       R"("tid":2147483887,"args":{"name":"worker 15 of isolate 7"})"}) {
    EXPECT_THAT(text, testing::HasSubstr(wanted));
  }
  // Each is named once.
  const std::size_t first = text.find("beside isolate 7");
  EXPECT_EQ(text.find("beside isolate 7", first + 1), std::string::npos);
}

TEST(StatisticsTest, TheTraceSaysWhenACollectionBeganAndHowLongItTook) {
  using Clock = std::chrono::steady_clock;
  const auto microseconds = [](Clock::duration time) {
    return std::chrono::duration<double, std::micro>(time).count();
  };
  const std::string path = testing::TempDir() + "/times.json";
  std::remove(path.c_str());
  Statistics statistics(false, 7);
  statistics.SetTraceFile(path);
  const Clock::time_point start = Clock::now();
  statistics.OnCollectionStart(GcKind::kMinor, GcReason::kStress);
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
  statistics.OnCollectionEnd(MakeReport(GcKind::kMinor, 100));
  const Clock::time_point end = Clock::now();
  statistics.SetTraceFile("");
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t place = text.find(R"("name":"minor collection")");
  ASSERT_NE(place, std::string::npos);
  double begun = 0;
  double taken = 0;
  ASSERT_EQ(std::sscanf(text.c_str() + text.find("\"ts\":", place), "\"ts\":%lf,\"dur\":%lf",
                        &begun, &taken),
            2);
  EXPECT_GE(begun, microseconds(start.time_since_epoch()) - 1);
  EXPECT_GE(taken, 2000);
  EXPECT_LE(begun + taken, microseconds(end.time_since_epoch()) + 1);
}

TEST(StatisticsTest, ATraceThatEndsLeavesNoFileOpen) {
  const std::string path = testing::TempDir() + "/closed.json";
  const auto next_descriptor = [] {
    std::FILE* const file = std::fopen("/dev/null", "r");
    const int number = ::fileno(file);
    std::fclose(file);
    return number;
  };
  const int before = next_descriptor();
  Statistics statistics(false, 7);
  for (int i = 0; i < 3; ++i) {
    statistics.SetTraceFile(path);
    statistics.OnCollectionStart(GcKind::kMinor, GcReason::kStress);
    statistics.OnCollectionEnd(MakeReport(GcKind::kMinor, 100));
    statistics.SetTraceFile("");
  }
  EXPECT_EQ(next_descriptor(), before);
}

TEST(StatisticsTest, ManySpansAreDrawnTogetherAtTheEnd) {
  GcSpans spans;
  for (std::int64_t i = 0; i < 40; ++i) spans.Add({GcSpan::kBeside, 10 * i, 10 * i + 5});
  EXPECT_EQ(spans.end() - spans.begin(), 32);
  EXPECT_EQ(spans.end()[-2].end_ns, 305);
  EXPECT_EQ(spans.end()[-1].start_ns, 310);
  EXPECT_EQ(spans.end()[-1].end_ns, 395);
}

TEST(StatisticsTest, TracesOneLineACollectionIfAsked) {
  Statistics statistics(true, 1);
  GcReport report = MakeReport(GcKind::kMinor, 1'500'000);
  report.moved_within_new = KiB(2);
  testing::internal::CaptureStderr();
  statistics.OnCollectionEnd(report);
  EXPECT_THAT(
      testing::internal::GetCapturedStderr(),
      testing::MatchesRegex("gc: 0[.][0-9]+ s, isolate 1, minor, .*pause 1[.]500 ms, .*KiB\n"));
  statistics.set_trace(false);
  testing::internal::CaptureStderr();
  statistics.OnCollectionEnd(MakeReport(GcKind::kMinor, 1));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(StatisticsTest, TheLineSaysWhenWhereWhatAndHowLong) {
  GcReport report = MakeReport(GcKind::kMinor, 1'500'000);
  report.moved_within_new = KiB(2);
  report.old_used = KiB(7);
  report.old_threshold = KiB(4096);
  report.marked_in_slices = KiB(3);
  report.marked_beside = KiB(5);
  const std::string line = std::string("gc: 2.250 s, isolate 7, minor, ") +
                           GcReasonName(GcReason::kStress) +
                           ", 100.0 KiB -> 10.0 KiB, moved 6.0 KiB, pause 1.500 ms, "
                           "old 7.0 KiB of 4096.0 KiB, marked 3.0 KiB, beside 5.0 KiB";
  PhaseTimes phases{};
  EXPECT_EQ(TraceLine(report, phases, 7, 2.25), line);
  phases[static_cast<std::size_t>(GcPhase::kRoots)] = 1000;
  phases[static_cast<std::size_t>(GcPhase::kRelease)] = 20'000;
  EXPECT_EQ(TraceLine(report, phases, 7, 2.25), line + ", roots 0.001 ms, release 0.020 ms");
}

TEST(StatisticsTest, TheLineHasTheTimesOfItsOwnPhases) {
  Statistics statistics(true, 1);
  testing::internal::CaptureStderr();
  statistics.OnCollectionStart(GcKind::kMinor, GcReason::kStress);
  for (const std::int64_t ns : {3'000'000, 0}) {
    statistics.OnPhaseStart(GcPhase::kTransitive);
    const std::int64_t end = MonotonicNs() + ns;
    while (MonotonicNs() < end) {
    }
    statistics.OnPhaseEnd(GcPhase::kTransitive);
  }
  statistics.OnCollectionEnd(MakeReport(GcKind::kMinor, 1));
  statistics.OnCollectionStart(GcKind::kMinor, GcReason::kStress);
  statistics.OnCollectionEnd(MakeReport(GcKind::kMinor, 1));
  const std::string lines = testing::internal::GetCapturedStderr();
  EXPECT_THAT(lines, testing::ContainsRegex(", transitive [0-9]*[1-9][0-9]*[.][0-9]+ ms\n"));
  const std::size_t at = lines.find("transitive ");
  ASSERT_NE(at, std::string::npos);
  EXPECT_GE(std::stod(lines.substr(at + std::string("transitive ").size())), 3.0) << "both";
  EXPECT_EQ(lines.find("transitive", at + 1), std::string::npos) << "the second had none";
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

// The figure in the row of that name.
std::string RowOf(const std::string& table, const std::string& name) {
  const std::size_t begin = table.find("\n" + name) + 1;
  const std::string row = table.substr(begin, table.find('\n', begin) - begin);
  const std::size_t figure = row.find_first_not_of(' ', name.size());
  return figure == std::string::npos ? "none" : row.substr(figure);
}

TEST(StatisticsTest, EachRowOfTheTableIsWhatItSays) FART_MAY_COLLECT {
  TestIsolate isolate;
  GcReport report = MakeReport(GcKind::kMajor, 2'500'000);
  report.moved_within_new = ByteCount(1);
  report.moved_within_old = ByteCount(2);
  report.moved_large = ByteCount(5);
  for (int i = 0; i < 3; ++i) isolate->statistics().OnCollectionEnd(report);
  isolate->statistics().OnCollectionEnd(MakeReport(GcKind::kMinor, 7));
  const Rooted list = isolate.NewList(1);
  WeakHandles& weaks = isolate->handles().weaks;
  const auto ignored = [](void*, void*) {};
  const auto ignored_weak = [](void*, ForeignWeakHandle, void*) {};
  const auto finalizer = reinterpret_cast<OpaqueCallback>(static_cast<HandleFinalizer>(ignored));
  const auto weak_finalizer =
      reinterpret_cast<OpaqueCallback>(static_cast<WeakFinalizer>(ignored_weak));
  {
    const NoSafepointScope quiet;
    // Some of each are not open any more.
    PersistentHandles& persistents = isolate->handles().persistents;
    for (int i = 0; i < 11; ++i) {
      const HandleValue made = persistents.Create(kNull);
      EXPECT_FALSE(made.is_empty());
      EXPECT_EQ(i < 3 && persistents.TryDelete(made), i < 3);
    }
    for (int i = 0; i < 12; ++i) {
      const HandleValue made =
          weaks.Create(HandleKind::kWeak, list.Get(quiet), nullptr, ByteCount(), weak_finalizer);
      EXPECT_FALSE(made.is_empty());
      EXPECT_EQ(i < 5 && weaks.TryDelete(made), i < 5);
    }
    for (int i = 0; i < 13; ++i) {
      const HandleValue made =
          weaks.Create(HandleKind::kFinalizable, list.Get(quiet), nullptr, ByteCount(), finalizer);
      EXPECT_FALSE(made.is_empty());
      EXPECT_EQ(i < 7 && weaks.TryDelete(made), i < 7);
    }
  }
  {
    const LocalScope scope(isolate->handles().locals);
    for (int i = 0; i < 4; ++i) isolate.Keep(kNull);
  }
  const std::string table = StatisticsTable(*isolate);
  const auto& allocated = isolate->heap().allocated();
  EXPECT_NE(allocated.objects, allocated.bytes);
  EXPECT_EQ(table.find("objects allocated"), 0u);
  EXPECT_NE(table.find(" " + std::to_string(allocated.objects) + "\n"), std::string::npos);
  EXPECT_EQ(RowOf(table, "bytes allocated"), std::to_string(allocated.bytes));
  EXPECT_EQ(RowOf(table, "minor collections"), "1");
  EXPECT_EQ(RowOf(table, "major collections"), "3");
  EXPECT_EQ(RowOf(table, "bytes moved"), std::to_string(3 * 8 + 4 * 4096));
  EXPECT_EQ(RowOf(table, "longest pause"), "2.500 ms");
  EXPECT_EQ(RowOf(table, "local handles made"), "5");
  EXPECT_EQ(RowOf(table, "persistent handles made"), "11");
  EXPECT_EQ(RowOf(table, "weak handles made"), "12");
  EXPECT_EQ(RowOf(table, "finalizable handles made"), "13");
  EXPECT_EQ(RowOf(table, "local handles open"), "1");
  EXPECT_EQ(RowOf(table, "persistent handles open"), "8");
  EXPECT_EQ(RowOf(table, "weak handles open"), "7");
  EXPECT_EQ(RowOf(table, "finalizable handles open"), "6");
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
