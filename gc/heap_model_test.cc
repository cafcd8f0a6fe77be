// Any program of allocations, stores, loads and collections leaves the heap as plain vectors have
// it. A failure prints the program and RapidCheck's seed: repeat it with
// --test_env=RC_PARAMS="reproduce=...".

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <vector>

#include "gc/testing/heap_model.h"

namespace fart {
namespace {

constexpr int kProgramScale = 3;  // RapidCheck's sizes go to 100: programs of up to 300 bytes

std::vector<std::uint8_t> AnyProgram() {
  return *rc::gen::scale(kProgramScale, rc::gen::arbitrary<std::vector<std::uint8_t>>());
}

RC_GTEST_PROP(HeapModelTest, ReachableShapeMatchesTheModelAfterAnyProgram, ()) {
  HeapModel model({.heap = {.new_space_min = KiB(512)}});
  RC_ASSERT(model.Run(AnyProgram()) == "");
}

RC_GTEST_PROP(HeapModelTest, ReachableShapeMatchesTheModelUnderStress, ()) {
  HeapModel model({.heap = {.stress_interval = 1, .protect_retired = true}});
  RC_ASSERT(model.Run(AnyProgram()) == "");
}

RC_GTEST_PROP(HeapModelTest, ReachableShapeMatchesTheModelInASmallHeap, ()) {
  HeapModel model({.heap = {.new_space_min = KiB(256),
                            .new_space_max = KiB(512),
                            .stress_interval = 7,
                            .stress_seed = 3,
                            .zap_retired = true}});
  RC_ASSERT(model.Run(AnyProgram()) == "");
}

RC_GTEST_PROP(HeapModelTest, ReachableShapeMatchesTheModelWhileMarkingInSlices_GS1_GS2_GS4, ()) {
  const auto steps = *rc::gen::element<std::uint64_t>(1, 2, 7, 1000);
  HeapModel model({.heap = {.new_space_min = KiB(512), .marking_steps = steps}});
  RC_ASSERT(model.Run(AnyProgram()) == "");
}

// What RapidCheck's defaults reach is known to collect and to move.
TEST(HeapModelTest, ALongProgramCollectsAndMoves) {
  std::vector<std::uint8_t> program;
  std::uint32_t state = 1;
  for (int i = 0; i < 8'000; ++i) {
    state = state * 1'664'525 + 1'013'904'223;
    program.push_back(static_cast<std::uint8_t>(state >> 24));
  }
  HeapModel model({});
  EXPECT_EQ(model.Run(program), "");
  std::uint64_t moved = 0;
  std::uint64_t kept = 0;
  std::uint64_t cleared = 0;
  std::uint64_t cards = 0;
  for (const GcReport& report : model.heap().listener.reports) {
    moved += report.objects_moved;
    kept += report.regions_kept;
    cleared += report.weaks_cleared;
    cards += report.cards_scanned;
  }
  EXPECT_GT(moved, 1000u);
  EXPECT_GT(kept, 0u);
  EXPECT_GT(cleared, 0u);
  EXPECT_GT(cards, 0u);
}

TEST(HeapModelTest, ALongProgramMarksAndMovesInSlices) {
  std::vector<std::uint8_t> program;
  std::uint32_t state = 1;
  for (int i = 0; i < 8'000; ++i) {
    state = state * 1'664'525 + 1'013'904'223;
    program.push_back(static_cast<std::uint8_t>(state >> 24));
  }
  HeapModel model({.heap = {.marking_steps = 2}});
  EXPECT_EQ(model.Run(program), "");
  std::uint64_t ended = 0;
  std::uint64_t died = 0;
  std::uint64_t cleared = 0;
  std::uint64_t emptied = 0;
  for (const GcReport& report : model.heap().listener.reports) {
    if (report.kind == GcKind::kMinor && !report.moved_within_old.is_zero()) ++emptied;
    if (report.kind != GcKind::kMajor || report.reason != GcReason::kOldSpaceFull) continue;
    ++ended;
    cleared += report.weaks_cleared;
    died += (report.before - report.after).value();
  }
  EXPECT_GT(ended, 3u);
  EXPECT_GT(emptied, 3u) << "a region of old space, behind a scavenge";
  EXPECT_GT(died, 0u);
  EXPECT_GT(cleared, 0u);
}

}  // namespace
}  // namespace fart
