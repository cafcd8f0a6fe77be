// Weak slots that are many are cleared a part at a time, when marking in slices is over and before
// anything is swept (G-S5).

#include <gtest/gtest.h>

#include <cstdint>

#include "gc/sliced_marking.h"
#include "gc/testing/test_heap.h"

namespace fart {
namespace {

// Callbacks that wait.
class Waiting final : public CallbackRunner {
 public:
  explicit Waiting(const ListWeaks*& weaks) : weaks_(weaks) {}
  bool HasPending() const override { return pending != 0; }
  void RunSlice(std::int64_t) override {
    --pending;
    ++slices;
  }
  void BeforeCollection() override {
    if (weaks_ != nullptr) uncleared_before = weaks_->uncleared();
  }
  int pending = 0;
  int slices = 0;
  std::size_t uncleared_before = 0;

 private:
  const ListWeaks*& weaks_;
};

// A chain of which the second half dies, each link of it watched.
class WeakClearingTest : public ::testing::Test {
 protected:
  static constexpr int kLinks = 40;

  WeakClearingTest() {
    weaks = &t.weaks;
    t.weaks.AreMany();
    root_ = t.NewChain(kLinks);
    for (int i = 0; i < kLinks; ++i) t.weaks.Add(t.LinkOf(root_, i), ByteCount(100));
    t.heap.external_old() = ByteCount(100 * kLinks);
    t.CutAt(root_, kLinks / 2);
  }
  std::size_t Ended() const { return t.CountOf(GcKind::kMajor); }
  void GoOn(std::uint64_t steps) {
    t.heap.mutable_knobs().marking_steps = steps;
    t.Minor();
  }
  // Marking ends in one pause, and nothing is cleared in it.
  void EndMarking() {
    GoOn(1'000'000);
    ASSERT_EQ(Ended(), 1u);
    ASSERT_EQ(t.weaks.cleared(), 0u);
    ASSERT_EQ(t.weaks.uncleared(), static_cast<std::size_t>(kLinks));
  }

  const ListWeaks* weaks = nullptr;
  Waiting waiting{weaks};
  TestHeap t{{.callbacks = &waiting}};
  std::size_t root_;
};

TEST_F(WeakClearingTest, WhatIsUnclearedIsWholeStill_GS5) {
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  for (int i = 0; i < kLinks; ++i) {
    EXPECT_EQ(t.Number(t.weaks[static_cast<std::size_t>(i)]), i);
  }
  const std::size_t regions = t.heap.old_regions().size();
  for (std::size_t left = t.weaks.uncleared(); left > 1;) {
    GoOn(1);
    ASSERT_EQ(t.Verify(), "");
    ASSERT_LT(t.weaks.uncleared(), left) << "a part at each scavenge";
    left = t.weaks.uncleared();
    ASSERT_TRUE(t.heap.old_allocator().roomy_holes().empty()) << "nothing is swept";
    ASSERT_EQ(t.heap.old_regions().size(), regions);
  }
}

TEST_F(WeakClearingTest, TheDeadAreClearedAndTheLivingStay_GS5) {
  EndMarking();
  GoOn(1'000'000);
  EXPECT_EQ(t.Verify(), "");
  EXPECT_EQ(t.weaks.cleared(), static_cast<std::size_t>(kLinks / 2));
  EXPECT_EQ(t.heap.external_old(), ByteCount(100 * kLinks / 2));
  for (int i = 0; i < kLinks; ++i) {
    const ObjectPtr object = t.weaks[static_cast<std::size_t>(i)];
    ASSERT_EQ(object.is_null(), i >= kLinks / 2) << i;
    if (i < kLinks / 2) {
      ASSERT_EQ(t.Number(object), i);
    }
  }
}

TEST_F(WeakClearingTest, ReportsCountThemOnce) {
  EndMarking();
  GoOn(1'000'000);
  GoOn(1'000'000);
  std::uint64_t cleared = 0;
  for (const GcReport& report : t.listener.reports) cleared += report.weaks_cleared;
  EXPECT_EQ(cleared, static_cast<std::uint64_t>(kLinks / 2));
}

TEST_F(WeakClearingTest, WhatDiesYoungMeanwhileIsClearedAtOnce) {
  EndMarking();
  t.heap.mutable_knobs().marking_steps = 1;
  const std::size_t young = t.weaks.Add(t.New(t.pair));
  GoOn(1);
  EXPECT_TRUE(t.weaks[young].is_null());
  EXPECT_NE(t.weaks.uncleared(), 0u);
}

TEST_F(WeakClearingTest, AMajorCollectionInTheMiddleClearsTheRestFirst) {
  EndMarking();
  GoOn(3);
  ASSERT_NE(t.weaks.uncleared(), 0u);
  t.Major();
  EXPECT_EQ(t.Verify(), "");
  EXPECT_EQ(t.weaks.uncleared(), 0u);
  EXPECT_EQ(t.weaks.cleared(), static_cast<std::size_t>(kLinks / 2));
  EXPECT_EQ(t.Number(t.weaks[kLinks / 2 - 1]), kLinks / 2 - 1);
}

TEST_F(WeakClearingTest, VerifyNamesGS5) {
  EndMarking();
  t.weaks.Skip(kLinks / 2 + 1);
  EXPECT_EQ(t.Verify().rfind("G-S5 uncleared", 0), 0u) << t.Verify();
}

TEST_F(WeakClearingTest, NoCallbackRunsUntilAllAreCleared_GS5) {
  EndMarking();
  waiting.pending = 1000;
  while (t.weaks.uncleared() > 2) {
    GoOn(1);
    ASSERT_EQ(waiting.slices, 0);
  }
  GoOn(1'000'000);
  EXPECT_GT(waiting.slices, 0);
}

TEST_F(WeakClearingTest, NoneIsUnclearedWhenAMajorCollectionBegins_GC4) {
  EndMarking();
  ASSERT_NE(t.weaks.uncleared(), 0u);
  t.Major();
  EXPECT_EQ(waiting.uncleared_before, 0u);
}

}  // namespace
}  // namespace fart
