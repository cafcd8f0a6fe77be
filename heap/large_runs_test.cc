// Large objects with runs that follow each other without a gap: what is whose, while neighbours
// die, shrink and grow old.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <vector>

#include "heap/heap.h"
#include "heap/large_objects.h"
#include "heap/platform/testing/resident.h"
#include "heap/testing/large_objects_alone.h"

namespace fart {
namespace {

constexpr ByteCount kSize(300'000);
constexpr ByteCount kPage = KiB(4);  // What the tests' sizes are written for.

// So many regions in use that fresh ones come in large pages.
class Runs : public LargeObjectsAlone {
 public:
  Runs() : LargeObjectsAlone(MiB(512)) { regions.Take(kOthers, kOldSpaceFlags); }

  Address New(ByteCount size = kSize, Age age = Age::kYoung) {
    return LargeObjectsAlone::New(size, age);
  }
  std::uint32_t regions_in_use() const { return regions.regions_in_use() - kOthers; }
  std::uint32_t ReachInto(RegionIndex index) const { return regions.Record(index).large_objects; }
  bool IsFree(RegionIndex index) const {
    return (regions.FlagsOf(index) & (kNewSpace | kOldSpace)) == 0;
  }

  static constexpr std::uint32_t kOthers = 16;
};

class LargeRunsTest : public testing::Test, protected Runs {
 protected:
  // Three of them in four regions, and where these begin.
  Address first = New();
  Address second = New();
  Address third = New();
  RegionIndex start = regions.IndexOf(first);
};

TEST_F(LargeRunsTest, FollowEachOtherWithoutAGap_HG10) {
  EXPECT_EQ(second, first + kSize);
  EXPECT_EQ(third, second + kSize);
  EXPECT_EQ(regions_in_use(), 4u);
  EXPECT_EQ(large.regions(), 4u);
  EXPECT_EQ(large.young_charge(), kPage * 74 * 3);  // H-G7
  EXPECT_EQ(large.used(), kSize * 3);
  EXPECT_EQ(ReachInto(start), 1u);
  EXPECT_EQ(ReachInto(start + 1), 2u);
  EXPECT_EQ(ReachInto(start + 2), 2u);
  EXPECT_EQ(ReachInto(start + 3), 1u);
  for (const Address object : {first, second, third}) {
    EXPECT_EQ(regions.SizeOf(object), kSize);
    EXPECT_EQ(regions.LargeAt(regions.IndexOf(object)), object);
  }
  std::vector<Address> seen;
  large.ForEach([&](Address object, ByteCount size) {
    seen.push_back(object);
    EXPECT_EQ(size, kSize);
  });
  EXPECT_EQ(seen, std::vector<Address>({first, second, third}));
}

TEST_F(LargeRunsTest, OnlyThoseThatAreLongerThanARegionDo) {
  const Address one = New(kRegionSize);
  EXPECT_EQ(one, regions.StartOf(regions.IndexOf(one)));
  EXPECT_NE(regions.IndexOf(New()), regions.IndexOf(one));
}

TEST_F(LargeRunsTest, AnOldOneHasARunToItself_HG6) {
  const Address old = New(kSize, Age::kOld);
  EXPECT_EQ(old, regions.StartOf(start + 4));
  EXPECT_EQ(New(), regions.StartOf(start + 6));
}

TEST_F(LargeRunsTest, WhatComesAfterACollectionDoesNotFollow_HG6) {
  Collect({first, second, third});
  const Address later = New();
  EXPECT_EQ(later, regions.StartOf(start + 4));
  EXPECT_EQ(New(), later + kSize);
}

TEST_F(LargeRunsTest, NeighboursGrowOldTogether_HG5) {
  Collect({first, second, third});
  for (RegionIndex i = 0; i < 4; ++i) EXPECT_EQ(regions.FlagsOf(start + i), kYoungLargeFlags);
  Collect({first, third});
  for (RegionIndex i = 0; i < 4; ++i) EXPECT_EQ(regions.FlagsOf(start + i), kLargeFlags);
  EXPECT_EQ(large.old_runs().size(), 2u);
  EXPECT_EQ(large.young_charge(), ByteCount());
  EXPECT_EQ(large.old_charge(), kPage * 74 * 2);
}

// When one grows old and the one behind it dies, that one was young.
TEST_F(LargeRunsTest, TheDeadAreChargedNoMoreWhateverTheirNeighboursBecome_HG7) {
  Collect({first, second, third});
  Collect({first});
  EXPECT_EQ(large.young_charge(), ByteCount());
  EXPECT_EQ(large.old_charge(), kPage * 74);
  EXPECT_EQ(regions.charged(), kRegionSize * kOthers + kPage * 74);
  EXPECT_EQ(large.used(), kSize);
}

TEST_F(LargeRunsTest, OneThatDiesLeavesWhatOthersReachInto_HG10) {
  EXPECT_EQ(Collect({first, third}), 1u);
  EXPECT_EQ(regions_in_use(), 4u);  // The second had none to itself.
  EXPECT_EQ(large.regions(), 4u);
  EXPECT_EQ(ReachInto(start + 1), 1u);
  EXPECT_EQ(ReachInto(start + 2), 1u);
  EXPECT_EQ(Collect({third}), 1u);
  EXPECT_EQ(regions_in_use(), 2u);
  EXPECT_TRUE(IsFree(start) && IsFree(start + 1));
  EXPECT_EQ(large.regions(), 2u);
  EXPECT_EQ(Collect({}, /*old_too=*/true), 1u);
  EXPECT_EQ(regions_in_use(), 0u);
  EXPECT_EQ(large.regions(), 0u);
  EXPECT_EQ(large.old_charge(), ByteCount());
}

// Of what is dead the pages go, and of what lives all stay.
TEST_F(LargeRunsTest, ThePagesOfTheDeadAmongTheLivingGoBack) {
  const auto resident = [&] { return ResidentPages(regions.StartOf(start), kRegionSize * 4); };
  regions.EndRun();
  const std::size_t all = resident();
  EXPECT_GE(all, kSize.value() * 3 / kPage.value());
  Collect({first, third});
  // But for those that it shared with its neighbours.
  EXPECT_EQ(resident(), all - kSize.value() / kPage.value() + 1);
  Collect({third});
  EXPECT_LE(ResidentPages(regions.StartOf(start + 2), kRegionSize * 2),
            kSize.value() / kPage.value() + 2);
}

TEST_F(LargeRunsTest, NeighboursThatDieTogetherAreOneSpareRun_HG8) {
  EXPECT_EQ(Collect({}), 3u);
  EXPECT_EQ(regions_in_use(), 0u);
  EXPECT_EQ(ResidentPages(regions.StartOf(start), kRegionSize * 4), 220u)
      << "nothing of them went back";
  EXPECT_EQ(regions.Take(4, kOldSpaceFlags), start);
}

// Spare regions have their pages already.
TEST_F(LargeRunsTest, ASpareRunIsTakenFirst) {
  const RegionIndex behind = regions.Take(2, kOldSpaceFlags);
  ASSERT_EQ(behind, start + 4);
  const RegionIndex other = regions.Take(2, kOldSpaceFlags);
  regions.SetCacheSize(0);
  regions.Retire(behind, 2, {});
  regions.SetCacheSize(8);
  regions.Retire(other, 2, {});
  EXPECT_EQ(New(), regions.StartOf(other));
  EXPECT_EQ(New(), third + kSize);
}

TEST_F(LargeRunsTest, AShrunkenOneLeavesItsNeighboursWhole_HG10) {
  auto* const bytes = second.As<volatile unsigned char>();
  for (const std::ptrdiff_t at : {-1, 199'999, 240'000, 300'000}) bytes[at] = 7;
  large.ShrinkRun(regions.IndexOf(second), ByteCount(200'000));
  EXPECT_EQ(regions.SizeOf(second), ByteCount(200'000));
  EXPECT_EQ(bytes[-1], 7);
  EXPECT_EQ(bytes[199'999], 7);
  EXPECT_EQ(bytes[240'000], 0) << "its page went back";
  EXPECT_EQ(bytes[300'000], 7);
  EXPECT_EQ(ReachInto(start + 1), 2u);
  EXPECT_EQ(ReachInto(start + 2), 1u) << "it does not reach there any more";
  EXPECT_EQ(regions_in_use(), 4u);
  EXPECT_EQ(large.regions(), 4u);
  large.ShrinkRun(regions.IndexOf(third), ByteCount(16));
  EXPECT_EQ(regions_in_use(), 3u);
  EXPECT_EQ(large.regions(), 3u);
  EXPECT_EQ(New(), regions.StartOf(start + 4)) << "what would follow has been given back";
}

TEST_F(LargeRunsTest, OneThatShrinksWithinItsOnlyRegionGivesBackThePagesBehindIt) {
  const Address one = New(kPage * 50);
  EXPECT_GE(ResidentPages(one, kPage * 50), 50u);
  large.ShrinkRun(regions.IndexOf(one), kPage * 10);
  EXPECT_EQ(ResidentPages(one, kRegionSize), 10u);
}

TEST_F(LargeRunsTest, WhatIsSweptOneByOneLeavesTheRest) {
  Collect({first, second, third});
  Collect({first, second, third});
  large.SweepOldRuns([&](RegionIndex index) { return index == start; });
  EXPECT_TRUE(IsFree(start));
  EXPECT_EQ(regions_in_use(), 3u);
  EXPECT_EQ(ResidentPages(regions.StartOf(start + 1), second - regions.StartOf(start + 1)), 1u);
  large.SweepOldRuns([&](RegionIndex) { return true; });
  EXPECT_EQ(regions_in_use(), 0u);
}

// Objects beside a model of them, each filled with its own number: whatever dies, shrinks and grows
// old, the others keep theirs, and every region that none reaches into is free.
struct Model {
  struct Object {
    ByteCount size;
    std::uint64_t number;
    unsigned age = 0;
  };

  void Fill(Address where, const Object& object) const {
    ForEachSampled(where, object, [&](std::uint64_t* word) { *word = object.number; });
  }
  void Check() {
    std::map<RegionIndex, std::uint32_t> reached;
    ByteCount used;
    for (const auto& [where, object] : objects) {
      ForEachSampled(where, object, [&, number = object.number](const std::uint64_t* word) {
        RC_ASSERT(*word == number);
      });
      RC_ASSERT(runs.regions.SizeOf(where) == object.size);
      used += object.size;
      const Address last = where + (object.size - ByteCount(kWordSize));
      for (RegionIndex i = runs.regions.IndexOf(where); i <= runs.regions.IndexOf(last); ++i) {
        ++reached[i];
        RC_ASSERT(runs.regions.FlagsOf(i) ==
                  (object.age < kPromotionAge ? kYoungLargeFlags : kLargeFlags));
      }
    }
    for (const auto& [index, count] : reached) RC_ASSERT(runs.ReachInto(index) == count);
    RC_ASSERT(runs.large.regions() == reached.size());
    RC_ASSERT(runs.regions_in_use() == reached.size());
    RC_ASSERT(runs.large.used() == used);
    RC_ASSERT(runs.regions.charged() ==
              kRegionSize * Runs::kOthers + runs.large.young_charge() + runs.large.old_charge());
  }

  // All words but the header would be slow.
  template <typename Visit>
  static void ForEachSampled(Address where, const Object& object, Visit&& visit) {
    for (ByteCount at(kWordSize); at < object.size; at += ByteCount(1000 * kWordSize)) {
      visit((where + at).As<std::uint64_t>());
    }
    if (object.size > ByteCount(kWordSize))
      visit((where + (object.size - ByteCount(kWordSize))).As<std::uint64_t>());
  }

  Runs runs;
  std::map<Address, Object> objects;
  std::uint64_t made = 0;
};

RC_GTEST_PROP(LargeRunsModelTest, EveryOneKeepsWhatIsIts_HG10, ()) {
  Model model;
  const auto steps = *rc::gen::inRange(5, 40);
  for (int step = 0; step < steps; ++step) {
    switch (*rc::gen::weightedElement<int>({{6, 0}, {2, 1}, {1, 2}, {1, 3}})) {
      case 0: {
        const ByteCount size(*rc::gen::inRange<std::size_t>(130'000 / 8, 800'000 / 8) * 8);
        if (size <= kMaxSharedSize) continue;
        const Address where = model.runs.New(size);
        const Model::Object object{size, ++model.made};
        model.Fill(where, object);
        RC_ASSERT(model.objects.emplace(where, object).second);
        break;
      }
      case 1:
      case 2: {
        const bool old_too = *rc::gen::arbitrary<bool>();
        std::set<Address> live;
        for (auto it = model.objects.begin(); it != model.objects.end();) {
          const bool is_asked = old_too || it->second.age < kPromotionAge;
          const bool dies = is_asked && *rc::gen::inRange(0, 3) == 0;
          if (dies) {
            it = model.objects.erase(it);
            continue;
          }
          live.insert(it->first);
          ++it->second.age;
          ++it;
        }
        model.runs.Collect(live, old_too);
        break;
      }
      case 3: {
        if (model.objects.empty()) continue;
        const auto at = *rc::gen::inRange<std::size_t>(0, model.objects.size());
        auto& [where, object] = *std::next(model.objects.begin(), static_cast<std::ptrdiff_t>(at));
        object.size = ByteCount(*rc::gen::inRange<std::size_t>(1, object.size.value() / 8 + 1) * 8);
        model.runs.large.ShrinkRun(model.runs.regions.IndexOf(where), object.size);
        model.Fill(where, object);
        break;
      }
    }
    model.Check();
  }
  model.runs.Collect({}, /*old_too=*/true);
  RC_ASSERT(model.runs.regions_in_use() == 0u);
}

}  // namespace
}  // namespace fart
