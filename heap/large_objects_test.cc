// Large objects without a collector: what they take, what they are charged for, what becomes of it.

#include "heap/large_objects.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "heap/heap.h"
#include "heap/testing/large_objects_alone.h"

namespace fart {
namespace {

constexpr ByteCount kPage = KiB(4);  // What the tests' sizes are written for.

class LargeObjectsTest : public testing::Test, protected LargeObjectsAlone {
 protected:
  LargeObjectsTest() : LargeObjectsAlone(MiB(256)) { EXPECT_EQ(VirtualMemory::PageSize(), kPage); }
};

TEST_F(LargeObjectsTest, MediumOnesShareARegionAndAreChargedByPage_HG7) {
  const ByteCount size(33'016);
  const Address first = New(size);
  EXPECT_EQ(large.young_charge(), kPage * 9);
  for (std::size_t i = 1; i < 7; ++i) EXPECT_EQ(New(size), first + size * i);
  EXPECT_EQ(large.regions(), 1u);
  EXPECT_EQ(large.young_charge(), kPage * 57);  // 231,112 bytes
  EXPECT_EQ(regions.charged(), kPage * 57);
  New(size);
  EXPECT_EQ(large.regions(), 2u);
  EXPECT_EQ(large.used(), size * 8);
  EXPECT_EQ(large.allocated_since_collection(), size * 8);
  EXPECT_FALSE(Header::At(first).is_large());
}

TEST_F(LargeObjectsTest, LongOnesHaveARunAndWasteLessThanAPage_HG7) {
  const Address medium = New(kMaxSharedSize);
  const Address run = New(kMaxSharedSize + ByteCount(8));
  EXPECT_FALSE(Header::At(medium).is_large());
  EXPECT_TRUE(Header::At(run).is_large());
  EXPECT_EQ(large.young_charge(), kMaxSharedSize * 2 + kPage);
  const Address longer = New(ByteCount(300'016));
  EXPECT_EQ(regions.SizeOf(longer), ByteCount(300'016));
  EXPECT_EQ(large.regions(), 4u);
  EXPECT_EQ(large.young_charge(), kMaxSharedSize * 2 + kPage + kPage * 74);
  EXPECT_EQ(FlagsAt(longer + kRegionSize), kYoungLargeFlags);  // H-G5
}

// As many regions as that may be dead at once.
TEST_F(LargeObjectsTest, WhatOneTakesOfARegionWithoutUsingItIsTakenToo) {
  const ByteCount size(33'016);
  for (std::size_t i = 0; i < 7; ++i) New(size);
  EXPECT_EQ(large.taken_since_collection(), size * 7);
  New(size);  // The first region's rest was too small for it.
  EXPECT_EQ(large.taken_since_collection(), kRegionSize + size);
  New(ByteCount(140'016));  // alone
  EXPECT_EQ(large.taken_since_collection(), kRegionSize * 2 + size);
  New(ByteCount(300'016));  // Its regions may have no more pages than it.
  EXPECT_EQ(large.taken_since_collection(), kRegionSize * 2 + size + ByteCount(300'016));
  New(ByteCount(140'016), Age::kOld);
  EXPECT_EQ(large.taken_since_collection(), kRegionSize * 2 + size + ByteCount(300'016));
  EXPECT_EQ(large.allocated_since_collection(), size * 8 + ByteCount(440'032));
  Collect({});
  EXPECT_EQ(large.taken_since_collection(), ByteCount());
  New(size);
  EXPECT_EQ(large.taken_since_collection(), size);
}

TEST_F(LargeObjectsTest, WhatIsNeededIsKnownBefore) {
  EXPECT_EQ(large.NeedOf(ByteCount(33'016), Age::kYoung).regions, 1u);
  New(ByteCount(33'016));
  EXPECT_EQ(large.NeedOf(ByteCount(33'016), Age::kYoung).regions, 0u);
  EXPECT_EQ(large.NeedOf(kMaxSharedSize, Age::kYoung).regions, 0u);
  New(kMaxSharedSize);
  EXPECT_EQ(large.NeedOf(kMaxSharedSize, Age::kYoung).regions, 1u);
  EXPECT_EQ(large.NeedOf(ByteCount(300'016), Age::kOld).regions, 2u);
  EXPECT_EQ(large.NeedOf(ByteCount(300'016), Age::kOld).charge, kPage * 74);
}

TEST_F(LargeObjectsTest, ASurvivorAgesInItsPlaceAndGrowsOld_HG5_HG6) {
  const Address run = New(ByteCount(300'016));
  const Address medium = New(ByteCount(40'000));
  EXPECT_EQ(Collect({run, medium}), 0u);
  EXPECT_EQ(FlagsAt(run), kYoungLargeFlags);
  EXPECT_EQ(FlagsAt(medium), kYoungLargeFlags);
  EXPECT_EQ(large.allocated_since_collection(), ByteCount());
  const Address later = New(ByteCount(40'000));
  EXPECT_NE(regions.IndexOf(later), regions.IndexOf(medium));  // H-G6
  EXPECT_EQ(Collect({run, medium, later}), 0u);
  EXPECT_EQ(FlagsAt(run), kLargeFlags);
  EXPECT_EQ(FlagsAt(run + kRegionSize), kLargeFlags);
  EXPECT_EQ(FlagsAt(medium), kOldSpaceFlags);
  EXPECT_EQ(FlagsAt(later), kYoungLargeFlags);
  EXPECT_EQ(adopted, std::vector<RegionIndex>({regions.IndexOf(medium)}));
  EXPECT_EQ(large.young_charge(), kPage * 10);
  EXPECT_EQ(large.old_charge(), kPage * 74);
  EXPECT_EQ(large.old_runs().size(), 1u);
}

TEST_F(LargeObjectsTest, TheDeadAreCountedAndTheirRoomIsGivenBack) {
  const Address run = New(ByteCount(300'016));
  const Address first = New(ByteCount(40'000));
  const Address second = New(ByteCount(40'000));
  const Address third = New(ByteCount(40'000));
  EXPECT_EQ(Collect({second}), 3u);
  EXPECT_EQ(FlagsAt(run) & (kNewSpace | kOldSpace), 0);
  EXPECT_TRUE(ShapeTable::IsFiller(Header::At(first).shape()));  // H-G3
  EXPECT_TRUE(ShapeTable::IsFiller(Header::At(third).shape()));
  EXPECT_EQ(Header::At(second).shape(), kShape);
  std::vector<Address> seen;
  large.ForEach([&](Address object, ByteCount) { seen.push_back(object); });
  EXPECT_EQ(seen, std::vector<Address>({second}));
  EXPECT_EQ(Collect({}), 1u);
  EXPECT_EQ(large.regions(), 0u);
  EXPECT_EQ(regions.regions_in_use(), 0u);
  EXPECT_EQ(regions.charged(), ByteCount());
  EXPECT_EQ(large.young_charge(), ByteCount());
}

TEST_F(LargeObjectsTest, AnOldOneStaysInACollectionOfYoungOnes) {
  const Address old = New(ByteCount(300'016), Age::kOld);
  EXPECT_EQ(FlagsAt(old), kLargeFlags);
  EXPECT_EQ(large.allocated_since_collection(), ByteCount());
  EXPECT_EQ(Collect({}), 0u);
  EXPECT_EQ(large.old_runs().size(), 1u);
  EXPECT_EQ(Collect({}, /*old_too=*/true), 1u);
  EXPECT_TRUE(large.old_runs().empty());
  EXPECT_EQ(large.old_charge(), ByteCount());
}

TEST_F(LargeObjectsTest, AShrunkenOneGivesPagesAndRegionsBack_HG7) {
  const Address run = New(ByteCount(600'000));
  auto* const bytes = run.As<volatile unsigned char>();
  bytes[199'999] = 7;
  bytes[240'000] = 7;
  large.ShrinkRun(regions.IndexOf(run), ByteCount(200'000));
  EXPECT_EQ(regions.SizeOf(run), ByteCount(200'000));
  EXPECT_EQ(regions.regions_in_use(), 1u);
  EXPECT_EQ(large.young_charge(), kPage * 49);
  EXPECT_EQ(regions.charged(), kPage * 49);
  EXPECT_EQ(bytes[199'999], 7);
  EXPECT_EQ(bytes[240'000], 0);  // The page went back to the system.
}

TEST_F(LargeObjectsTest, WhileCollectedItIsKnownWhichWillBeOld) {
  const Address first = New(ByteCount(300'016));
  Collect({first});
  const Address second = New(ByteCount(300'016));
  large.BeginCollection(/*all_leave=*/false);
  EXPECT_EQ(FlagsAt(first), (kYoungLargeFlags | kEvacuating) & ~kVisitPointersTo);
  EXPECT_EQ(FlagsAt(second), kYoungLargeFlags | kEvacuating);
  large.BeginCollection(/*all_leave=*/true);
  EXPECT_EQ(FlagsAt(second), (kYoungLargeFlags | kEvacuating) & ~kVisitPointersTo);
}

}  // namespace
}  // namespace fart
