#include "handles/scope_arena.h"

#include <cstdint>
#include <cstring>
#include <limits>

#include <gtest/gtest.h>

#include "handles/linear_area.h"
#include "handles/testing/handles_testing.h"

namespace fart {
namespace {

constexpr ByteCount kGranule = LinearArea::kGranule;

TEST(LinearAreaTest, CommitsOneGranuleAtOnceAndDoubles) {
  LinearArea area(MiB(1));
  EXPECT_EQ(area.committed(), kGranule);
  ASSERT_TRUE(area.Grow(area.limit(), ByteCount(1)));
  EXPECT_EQ(area.committed(), kGranule * 2);
  ASSERT_TRUE(area.Grow(area.limit(), ByteCount(1)));
  EXPECT_EQ(area.committed(), kGranule * 4);
}

TEST(LinearAreaTest, GrowsAsFarAsAskedAndNotBeyondItsEnd) {
  LinearArea area(MiB(1));
  EXPECT_FALSE(area.Grow(area.start(), MiB(1) + ByteCount(1)));
  EXPECT_FALSE(area.Grow(area.start(), ByteCount(std::numeric_limits<std::size_t>::max())));
  ASSERT_TRUE(area.Grow(area.start(), MiB(1)));
  EXPECT_EQ(area.limit(), area.end());
  EXPECT_FALSE(area.Grow(area.end(), ByteCount(1)));
  EXPECT_TRUE(area.IsSound());
}

TEST(LinearAreaTest, MemoryIsUsableUpToTheLimit) {
  LinearArea area(MiB(1));
  ASSERT_TRUE(area.Grow(area.start(), MiB(1)));
  std::memset(area.start().As<char>(), 1, MiB(1).value());
}

TEST(LinearAreaTest, ShrinkingByHalfReachesWhatIsKept) {
  LinearArea area(MiB(64));
  ASSERT_TRUE(area.Grow(area.start(), MiB(64)));
  area.ShrinkByHalf(area.start());
  EXPECT_LE(area.committed(), MiB(33));
  EXPECT_GE(area.committed(), MiB(32));
  for (int i = 0; i < 20; ++i) area.ShrinkByHalf(area.start());
  EXPECT_EQ(area.committed(), LinearArea::kKept);
}

TEST(LinearAreaTest, ShrinkingSparesWhatIsUsed) {
  LinearArea area(MiB(64));
  ASSERT_TRUE(area.Grow(area.start(), MiB(64)));
  const Address top = area.start() + MiB(10) + ByteCount(8);
  *area.start().As<int>() = 42;
  area.ShrinkTo(top);
  EXPECT_GE(area.limit(), top);
  EXPECT_LT(area.committed(), MiB(11));
  EXPECT_EQ(*area.start().As<int>(), 42);
}

TEST(LinearAreaTest, OfNoSizeOrRefusedByTheSystemIsEmpty) {
  LinearArea none((ByteCount()));
  EXPECT_TRUE(none.is_empty());
  EXPECT_FALSE(none.Grow(none.start(), ByteCount(1)));
  LinearArea absurd(ByteCount(std::size_t{1} << 60));
  EXPECT_TRUE(absurd.is_empty());
  EXPECT_FALSE(absurd.Grow(absurd.start(), ByteCount(1)));
}

TEST(ScopeArenaTest, BlocksAreAlignedAndDistinct) {
  ScopeArena arena(MiB(1));
  auto* const first = static_cast<std::uint8_t*>(arena.Allocate(ByteCount(1)));
  auto* const second = static_cast<std::uint8_t*>(arena.Allocate(ByteCount(17)));
  auto* const empty = static_cast<std::uint8_t*>(arena.Allocate(ByteCount()));
  auto* const last = static_cast<std::uint8_t*>(arena.Allocate(ByteCount(8)));
  EXPECT_EQ(second - first, 8);
  EXPECT_EQ(empty - second, 24);
  EXPECT_EQ(last - empty, 8);
  EXPECT_TRUE(Address::Of(first).IsAlignedTo(8));
  EXPECT_TRUE(arena.IsSound());
}

TEST(ScopeArenaTest, ReleaseMakesTheMemoryAvailableAgain) {
  ScopeArena arena(MiB(1));
  const Address mark = arena.top();
  void* const first = arena.Allocate(ByteCount(100));
  EXPECT_NE(arena.Allocate(KiB(500)), nullptr);
  arena.Release(mark);
  EXPECT_EQ(arena.Allocate(ByteCount(8)), first);
}

TEST(ScopeArenaTest, ABigReleaseGivesTheMemoryBackAtOnce) {
  ScopeArena arena(MiB(256));
  const Address mark = arena.top();
  void* const block = arena.Allocate(MiB(100));
  ASSERT_NE(block, nullptr);
  std::memset(block, 1, MiB(100).value());
  EXPECT_GE(arena.committed(), MiB(100));
  arena.Release(mark);
  EXPECT_EQ(arena.committed(), LinearArea::kKept);
}

TEST(ScopeArenaTest, AnswersNullWhenUsedUpAndGoesOn) {
  ScopeArena arena(kGranule);
  EXPECT_EQ(arena.Allocate(kGranule + ByteCount(1)), nullptr);
  const Address mark = arena.top();
  EXPECT_NE(arena.Allocate(kGranule), nullptr);
  EXPECT_EQ(arena.Allocate(ByteCount(1)), nullptr);
  EXPECT_EQ(arena.Allocate(ByteCount()), nullptr);
  arena.Release(mark);
  EXPECT_NE(arena.Allocate(ByteCount(1)), nullptr);
  EXPECT_TRUE(arena.IsSound());
}

TEST(ScopeArenaTest, SizesThatRoundingWouldWrapAreRefused) {
  ScopeArena arena(MiB(1));
  const std::size_t huge = std::numeric_limits<std::size_t>::max();
  for (std::size_t below = 0; below < 20; ++below) {
    EXPECT_EQ(arena.Allocate(ByteCount(huge - below)), nullptr);
  }
  EXPECT_EQ(arena.Allocate(ByteCount(huge / 2 + 1)), nullptr);
}

TEST(ScopeArenaTest, VerifyNamesHNA1) {
  ScopeArena arena(MiB(1));
  Address& top = HandlesTestPeer::Top(arena);
  const Address good = top;
  top = good + ByteCount(4);
  EXPECT_EQ(BrokenInvariantsOf(arena), std::set<std::string>{"HN-A1 inside"});
  top = good + MiB(2);
  EXPECT_FALSE(arena.IsSound());
  top = good;
  EXPECT_TRUE(arena.IsSound());
}

}  // namespace
}  // namespace fart
