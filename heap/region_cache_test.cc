#include "heap/region_cache.h"

#include <gtest/gtest.h>

namespace fart {
namespace {

TEST(RegionCacheTest, TheLastSingleOneRetiredIsTakenFirst) {
  RegionCache cache;
  cache.Add({5, 1});
  cache.Add({9, 1});
  EXPECT_EQ(cache.Take(1).first, 9u);
  EXPECT_EQ(cache.Take(1).first, 5u);
  EXPECT_EQ(cache.Take(1).count, 0u);
}

TEST(RegionCacheTest, TheShortestRunThatIsLongEnoughIsTakenAndCut) {
  RegionCache cache;
  cache.Add({10, 5});
  cache.Add({20, 3});
  cache.Add({30, 4});
  const RegionCache::Run exact = cache.Take(3);
  EXPECT_EQ(exact.first, 20u);
  const RegionCache::Run cut = cache.Take(2);
  EXPECT_EQ(cut.first, 30u);
  EXPECT_EQ(cut.count, 2u);
  EXPECT_EQ(cache.regions(), 7u);
  EXPECT_EQ(cache.Take(6).count, 0u);
  EXPECT_EQ(cache.Take(2).first, 32u);
}

TEST(RegionCacheTest, ASingleRegionIsCutFromARunWhenThereIsNoOther) {
  RegionCache cache;
  cache.Add({10, 2});
  EXPECT_EQ(cache.Take(1).first, 10u);
  EXPECT_EQ(cache.Take(1).first, 11u);
  EXPECT_EQ(cache.regions(), 0u);
}

TEST(RegionCacheTest, ARunDrivesSingleOnesOutOldestFirst_HG8) {
  RegionCache cache;
  cache.SetLimit(4);
  for (std::uint32_t i = 1; i <= 4; ++i) cache.Add({i, 1});
  EXPECT_FALSE(cache.HasRoomFor(1));
  EXPECT_TRUE(cache.HasRoomFor(6));
  EXPECT_FALSE(cache.HasRoomFor(10));
  cache.Add({10, 6});
  EXPECT_FALSE(cache.HasRoomFor(4));  // Runs do not drive out runs.
  EXPECT_EQ(cache.TakeExcess().first, 1u);
  EXPECT_EQ(cache.TakeExcess().first, 2u);
  EXPECT_EQ(cache.TakeExcess().first, 3u);
  EXPECT_EQ(cache.TakeExcess().count, 0u);
  cache.SetLimit(0);
  EXPECT_EQ(cache.TakeExcess().first, 4u);
  EXPECT_EQ(cache.TakeExcess().first, 10u);
  EXPECT_EQ(cache.TakeExcess().count, 0u);
  EXPECT_EQ(cache.regions(), 0u);
}

TEST(RegionCacheTest, OfRunsTheOldestGoesFirstAndOnlyWhatMust_HG8) {
  RegionCache cache;
  cache.SetLimit(6);
  cache.Add({10, 4});
  cache.Add({20, 4});
  cache.Add({30, 4});
  EXPECT_EQ(cache.TakeExcess().count, 0u) << "twelve weigh six";
  EXPECT_EQ(cache.weight(), 6u);
  cache.SetLimit(5);
  EXPECT_EQ(cache.TakeExcess().first, 10u);
  EXPECT_EQ(cache.TakeExcess().count, 0u);
  EXPECT_EQ(cache.regions(), 8u);
}

TEST(RegionCacheTest, RoomForRunsIsCountedInRunsAlone_HG8) {
  RegionCache cache;
  cache.SetLimit(4);
  for (std::uint32_t i = 1; i <= 4; ++i) cache.Add({i, 1});
  EXPECT_TRUE(cache.HasRoomFor(8)) << "exactly";
  EXPECT_FALSE(cache.HasRoomFor(10));
}

}  // namespace
}  // namespace fart
