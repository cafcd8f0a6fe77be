// The mutator's slow ways, each by itself: what every one of them polls, counts and remembers.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "heap/mutator.h"

namespace fart {
namespace {

// Collects nothing; tells in which order it was asked for what.
class AskedCollector final : public Collector {
 public:
  struct Asked {
    GcKind least;
    GcReason reason;
    bool operator==(const Asked&) const = default;
  };

  void Collect(GcKind least, GcReason reason) override {
    asked.push_back({least, reason});
    if (on_collect) on_collect();
  }
  void RunPendingCallbacks() override {
    ++callback_runs;
    if (on_callbacks) on_callbacks();
  }
  void MakeProgress() override { ++progresses; }
  bool WantsScavenge() override {
    ++scavenges_asked;
    return wants_scavenge;
  }
  bool WantsShortAreas() override { return wants_short_areas; }
  bool IsLate() override { return is_late; }
  bool RaiseHeapLimit() override {
    ++raises_asked;
    return on_raise && on_raise();
  }

  std::vector<Asked> asked;
  std::function<void()> on_collect;
  std::function<void()> on_callbacks;
  std::function<bool()> on_raise;
  int callback_runs = 0;
  int raises_asked = 0;
  int progresses = 0;
  int scavenges_asked = 0;
  bool wants_scavenge = false;
  bool wants_short_areas = false;
  bool is_late = false;
};

constexpr AskedCollector::Asked kStressed{GcKind::kMajor, GcReason::kStress};
constexpr AskedCollector::Asked kLow{GcKind::kMajor, GcReason::kLowMemory};

enum class Way { kFixed, kVariable, kLarge, kExternal, kInitialised };

class MissTest : public testing::TestWithParam<Way> {
 protected:
  explicit MissTest(const HeapKnobs& knobs = {}) : heap(knobs), mutator(heap, collector) {
    pair = Register({.name = "Pair", .references = 2});
    bytes = Register({.name = "Bytes", .variable_part = VariablePart::kBytes});
    list = Register({.name = "List", .variable_part = VariablePart::kReferences});
  }

  ShapeId Register(const ShapeDescription& description) {
    ShapeId id{};
    FART_CHECK(heap.shapes().Register(description, &id));
    return id;
  }
  static ObjectPtr Raw(const FreshObject& fresh) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return fresh.Get(quiet);
  }
  ObjectPtr New(ShapeId shape, std::size_t length = 0) FART_NO_SAFEPOINT_ANALYSIS {
    return Raw(mutator.Allocate(shape, length));
  }
  ObjectPtr NewBytes(std::size_t length) FART_NO_SAFEPOINT_ANALYSIS {
    return Raw(mutator.AllocateBytes(bytes, length));
  }
  ObjectPtr NewFor(ByteCount external) FART_NO_SAFEPOINT_ANALYSIS {
    return Raw(mutator.AllocateForExternal(pair, external));
  }
  ObjectPtr NewInitialised() FART_NO_SAFEPOINT_ANALYSIS {
    return Raw(mutator.AllocateInitialised(
        pair, ByteCount(24),
        [](ObjectPtr* slots, const NoSafepointScope&) { slots[0] = slots[1] = ObjectPtr(); }));
  }
  // An allocation that misses, in each way that there is.
  ObjectPtr Miss(Way way) {
    if (way != Way::kLarge) mutator.RetireArea();
    switch (way) {
      case Way::kFixed:
        return New(pair);
      case Way::kVariable:
        return New(bytes, 100);
      case Way::kLarge:
        return New(bytes, 40'000);
      case Way::kExternal:
        return NewFor(kLargeExternalSize);
      case Way::kInitialised:
        return NewInitialised();
    }
    return ObjectPtr();
  }
  static std::size_t SizeOf(Way way) {
    return way == Way::kVariable ? 120 : way == Way::kLarge ? 40'016 : 24;
  }
  void SetStress(std::uint64_t interval, std::uint64_t seed = 0) {
    heap.mutable_knobs().stress_interval = interval;
    heap.mutable_knobs().stress_seed = seed;
    mutator.KnobsChanged();
  }

  Heap heap;
  AskedCollector collector;
  Mutator mutator;
  ShapeId pair, bytes, list;
};

INSTANTIATE_TEST_SUITE_P(Ways, MissTest,
                         testing::Values(Way::kFixed, Way::kVariable, Way::kLarge, Way::kExternal,
                                         Way::kInitialised));

TEST_P(MissTest, CollectsAtEveryThirdAllocationUnderStress) {
  SetStress(3);
  for (int i = 0; i < 9; ++i) Miss(GetParam());
  EXPECT_EQ(collector.asked, std::vector<AskedCollector::Asked>(3, kStressed));
}

// Inlined code that has read an address goes on with it while the epoch is the same.
TEST_P(MissTest, WhateverMayCollectChangesTheEpoch_HD3) {
  const std::uint64_t before = mutator.direct().epoch;
  if (GetParam() == Way::kExternal) {
    New(pair);  // There is an area, but callbacks may run.
    const std::uint64_t behind = mutator.direct().epoch;
    NewFor(kLargeExternalSize);
    EXPECT_GT(mutator.direct().epoch, behind);
  } else {
    Miss(GetParam());
  }
  EXPECT_GT(mutator.direct().epoch, before);
}

TEST_P(MissTest, ServesARequestForMemoryOnce) {
  heap.NotifyLowMemory();
  Miss(GetParam());
  EXPECT_EQ(collector.asked, std::vector<AskedCollector::Asked>(1, kLow));
  Miss(GetParam());
  EXPECT_EQ(collector.asked.size(), 1u);
}

TEST_P(MissTest, RunsCallbacksFirst_HC2) {
  Miss(GetParam());
  EXPECT_EQ(collector.callback_runs, 1);
}

// What collects runs a slice behind it (H-C2): two slices and a pause would be one stop.
TEST_F(MissTest, WhereAScavengeIsNextCallbacksWaitForIt) {
  collector.wants_scavenge = true;
  New(pair);
  EXPECT_EQ(collector.callback_runs, 1) << "nothing is young yet";
  const RegionIndex first = heap.new_regions().back();
  while (heap.new_regions().back() == first) New(pair);
  EXPECT_EQ(collector.asked.size(), 1u);
  EXPECT_EQ(collector.callback_runs, 1);
}

TEST_F(MissTest, CallbacksWaitWhereNewSpaceIsUsedUp) {
  int runs = 0;
  collector.on_collect = [&] { runs = collector.callback_runs; };
  std::size_t areas = 0;
  while (collector.asked.empty()) {
    const RegionIndex before = heap.new_regions().empty() ? kNoRegion : heap.new_regions().back();
    New(pair);
    if (collector.asked.empty() && heap.new_regions().back() != before) ++areas;
  }
  EXPECT_EQ(static_cast<std::size_t>(runs), areas);
  EXPECT_EQ(areas, heap.new_capacity().value() / kRegionSize.value());
}

// What is asked at areas is asked the more often; what goes on beside is not, unless it is late.
TEST_F(MissTest, ShortAreasArePartsOfOneRegion) {
  const auto fill = [this] {
    const int progresses = collector.progresses;
    const int asked = collector.scavenges_asked;
    const std::size_t regions = heap.new_regions().size();
    ObjectPtr last;
    while (heap.new_regions().size() == regions) {
      const ObjectPtr object = New(pair);
      const bool is_next = heap.new_regions().size() == regions;
      if (!last.is_null() && is_next) {
        EXPECT_EQ(object.address(), last.address() + ByteCount(24));
      }
      last = object;
    }
    const int asked_now = collector.scavenges_asked - asked;
    EXPECT_EQ(collector.progresses - progresses, collector.is_late ? 9 : 1);
    return asked_now;
  };
  New(pair);
  const int asked = fill();
  collector.wants_short_areas = true;
  EXPECT_EQ(fill(), asked) << "the area was taken before";
  EXPECT_EQ(fill(), asked * 9) << "eight, and what they leave together";
  collector.is_late = true;
  EXPECT_EQ(fill(), asked * 9);
  collector.is_late = false;
  collector.wants_scavenge = true;
  for (int i = 0; i < 2000; ++i) New(pair);  // Not as many as a region has.
  EXPECT_EQ(collector.asked.size(), 1u);
}

TEST_P(MissTest, IsCountedOnceWithItsBytes) {
  for (int i = 0; i < 3; ++i) Miss(GetParam());
  mutator.RetireArea();
  EXPECT_EQ(heap.allocated().objects, 3u);
  EXPECT_EQ(heap.allocated().bytes, 3 * SizeOf(GetParam()));
}

// The quick ways count, too.
TEST_F(MissTest, WhatNeedsNoMissIsCountedOnce) {
  New(pair);
  const auto fixed = [this]() FART_NO_SAFEPOINT_ANALYSIS {
    Raw(mutator.AllocateFixed(pair, heap.shapes()[pair]));
  };
  fixed();
  NewBytes(10);
  New(bytes, 10);
  NewInitialised();
  const auto quick = [this]() FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return mutator.TryAllocateReferences(pair, heap.shapes()[pair], quiet);
  };
  EXPECT_FALSE(quick().is_null());
  EXPECT_EQ(collector.callback_runs, 1) << "one miss";
  mutator.RetireArea();
  EXPECT_EQ(heap.allocated().objects, 6u);
  EXPECT_EQ(heap.allocated().bytes, 4 * 24u + 2 * 32u);
}

TEST_F(MissTest, WeakReferencesOfAFreshObjectAreNullWhateverWasThere) {
  const RegionIndex dirty = heap.regions().Take(1, kNewSpaceFlags);
  heap.regions().Retire(dirty, 1, {.zap = true});
  const ShapeId weak =
      Register({.name = "Weak", .references = 1, .weak_references = 2, .raw_bytes = 8});
  for (int i = 0; i < 2; ++i) {  // once by the slow way
    const ObjectPtr object = New(weak);
    const Shape& shape = heap.ShapeOf(object);
    EXPECT_TRUE(shape.References(object.address())[0].is_null());
    EXPECT_TRUE(shape.WeakReferences(object.address())[0].is_null());
    EXPECT_TRUE(shape.WeakReferences(object.address())[1].is_null());
    EXPECT_EQ(shape.RawBytes(object.address())[7], 0);
  }
}

// Callbacks may register shapes, and the table move.
TEST_P(MissTest, MakesTheShapeItWasAskedForWhateverCallbacksRegister) {
  const ObjectPtr wide = New(Register({.name = "Wide", .references = 40}));
  EXPECT_EQ(heap.SizeOf(wide), ByteCount(41 * 8));
  collector.on_callbacks = [this] {
    for (int i = 0; i < 500; ++i) Register({.name = "More", .references = 1, .raw_bytes = 8});
  };
  const ObjectPtr object = Miss(GetParam());
  const bool is_bytes = GetParam() == Way::kVariable || GetParam() == Way::kLarge;
  EXPECT_EQ(Header::Of(object).shape(), is_bytes ? bytes : pair);
  EXPECT_EQ(heap.SizeOf(object), ByteCount(SizeOf(GetParam())));
}

// ---- Where new space has no room and old space has

class FullNewSpaceTest : public MissTest {
 protected:
  FullNewSpaceTest() : MissTest({.new_space_min = kRegionSize}) {
    // All of it, in one object of each size that the ways do not need.
    while (heap.old_regions().empty()) New(bytes, 1'000);
    mutator.RetireArea();
    before = heap.remembered_set().entries().size();
    heap.mutable_knobs().new_space_min = ByteCount();
    allocated = heap.allocated();
  }
  std::size_t before = 0;
  Heap::Allocated allocated;
};

INSTANTIATE_TEST_SUITE_P(Ways, FullNewSpaceTest,
                         testing::Values(Way::kFixed, Way::kVariable, Way::kExternal,
                                         Way::kInitialised));

TEST_P(FullNewSpaceTest, WhatIsBornOldIsRememberedWholeAndCounted_HM2) {
  std::vector<ObjectPtr> made;
  for (int i = 0; i < 50; ++i) made.push_back(Miss(GetParam()));
  std::size_t old = 0;
  for (const ObjectPtr object : made) {
    if (heap.IsYoung(object)) continue;  // The rest of new space may hold some.
    ++old;
    EXPECT_TRUE(Header::Of(object).remembered());
    EXPECT_TRUE(mutator.NeedsNoBarrier(object));
  }
  EXPECT_GE(old, 20u);
  EXPECT_EQ(heap.remembered_set().entries().size(), before + old);
  mutator.RetireArea();
  EXPECT_EQ(heap.allocated().objects - allocated.objects, 50u);
  EXPECT_EQ(heap.allocated().bytes - allocated.bytes, 50 * SizeOf(GetParam()));
}

// ---- At the limit

class LimitOfMissTest : public MissTest {
 protected:
  LimitOfMissTest() : MissTest({.heap_limit = kMinHeapLimit}) {}
  static constexpr AskedCollector::Asked kLast{GcKind::kMajor, GcReason::kHeapLimit};
};

TEST_F(LimitOfMissTest, ASmallObjectIsAllocatedWhenTheHostRaisesTheLimit) {
  std::size_t made = 0;
  collector.on_raise = [this] {
    if (heap.knobs().heap_limit == MiB(5)) return false;
    heap.mutable_knobs().heap_limit += kRegionSize;
    return true;
  };
  while (!New(bytes, 1'000).is_null()) ++made;
  EXPECT_EQ(heap.regions().charged(), MiB(5));
  EXPECT_EQ(collector.raises_asked, 5);
  EXPECT_EQ(collector.asked.back(), kLast);
  EXPECT_GT(made, 5'000u);
}

TEST_F(LimitOfMissTest, ALargeObjectIsAllocatedWhenTheHostRaisesTheLimitFarEnough) {
  collector.on_raise = [this] {
    heap.mutable_knobs().heap_limit += MiB(1);
    return true;
  };
  EXPECT_FALSE(New(bytes, MiB(7).value()).is_null());
  EXPECT_EQ(collector.raises_asked, 4);
}

TEST_F(LimitOfMissTest, NobodyIsAskedForWhatNoLimitCouldHold) {
  collector.on_raise = [] { return true; };  // for ever
  EXPECT_TRUE(New(bytes, heap.most_heap_limit().value()).is_null());
  EXPECT_EQ(collector.raises_asked, 0);
}

TEST_F(LimitOfMissTest, LengthsThatNoRangeHoldsAreRefusedAtOnce) {
  for (const std::size_t length :
       {kMaxHeapRange.value() / kWordSize, kMaxHeapRange.value(), ~std::size_t{0}}) {
    EXPECT_TRUE(New(list, length).is_null());
    EXPECT_TRUE(New(bytes, length).is_null());
  }
  EXPECT_TRUE(collector.asked.empty());
}

TEST_F(LimitOfMissTest, AMediumObjectIsAllocatedInAHoleOfOldSpaceNearTheLimit) {
  while (!New(bytes, 250'000).is_null()) {
  }
  const Address hole = heap.regions().StartOf(heap.regions().Take(1, kOldSpaceFlags));
  heap.old_regions().push_back(heap.regions().IndexOf(hole));
  Heap::FillDead(hole, hole + kRegionSize);
  heap.regions().Record(heap.old_regions().back()).top = hole + kRegionSize;
  heap.old_allocator().AddHole(hole, hole + kRegionSize);
  const ObjectPtr object = New(list, 8'000);
  ASSERT_FALSE(object.is_null());
  EXPECT_EQ(object.address(), hole);
  EXPECT_TRUE(Header::Of(object).remembered());
  EXPECT_TRUE(New(bytes, 250'000).is_null());
}

TEST_F(LimitOfMissTest, OneWithMuchOutsideTheHeapIsYoungWhereOldSpaceHasNoRoom) {
  New(pair);  // A region of new space with room.
  while (!New(bytes, 250'000).is_null()) {
  }
  const ObjectPtr object = NewFor(kLargeExternalSize);
  ASSERT_FALSE(object.is_null());
  EXPECT_TRUE(heap.IsYoung(object));
}

TEST_F(LimitOfMissTest, WithoutANewSpaceNothingYoungIsCollected) {
  while (heap.TryAllocateLarge(KiB(256), LargeObjects::Age::kOld, Heap::Limit::kRespected) !=
         Address()) {
  }
  EXPECT_TRUE(New(pair).is_null());
  EXPECT_EQ(collector.asked, std::vector<AskedCollector::Asked>(1, kLast));
}

// ---- Large objects and new space's capacity

TEST_F(MissTest, ALargeObjectCollectsWhatIsBeforeItWhenBothExceedNewSpace) {
  heap.SetNewCapacity(MiB(1));
  New(bytes, 500'000);
  const ByteCount pressure = heap.NewPressure();
  New(bytes, (MiB(1) - pressure).value() - 16);  // exactly full
  EXPECT_TRUE(collector.asked.empty());
  New(bytes, 40'000);
  ASSERT_EQ(collector.asked.size(), 1u);
  EXPECT_EQ(collector.asked[0].least, GcKind::kMinor);
  EXPECT_EQ(collector.asked[0].reason, GcReason::kNewSpaceFull);
}

TEST_F(MissTest, TheFirstLargeObjectAfterACollectionIsNotHeldUpBySmallOnes) {
  heap.SetNewCapacity(MiB(1));
  for (int i = 0; i < 4 * 12; ++i) New(bytes, 20'000);
  ASSERT_GE(heap.NewPressure(), MiB(1) - kRegionSize);
  New(bytes, 500'000);
  EXPECT_TRUE(collector.asked.empty());
}

TEST_F(MissTest, BytesAreLargeFromTheSameSizeOnWhicheverWayTheyAreAskedFor) {
  constexpr std::size_t kBoundary = kLargeObjectSize.value() - 16;
  NewBytes(kBoundary - 8);
  EXPECT_EQ(heap.large().regions(), 0u);
  for (const std::size_t length : {kBoundary - 7, kBoundary - 1}) {
    // Rounding up makes it as large as the smallest large one.
    const ObjectPtr object = NewBytes(length);
    EXPECT_EQ(heap.SizeOf(object), kLargeObjectSize);
  }
  const std::size_t before = heap.LargeUse().used.value();
  NewBytes(kBoundary);
  EXPECT_EQ(heap.LargeUse().used.value(), before + kLargeObjectSize.value());
}

TEST_F(MissTest, WhatRoundingAddsToBytesIsZero) {
  const RegionIndex dirty = heap.regions().Take(1, kNewSpaceFlags);
  heap.regions().Retire(dirty, 1, {.zap = true});
  for (std::size_t length = 0; length < 17; ++length) {
    const ObjectPtr object = NewBytes(length);
    EXPECT_EQ(Shape::Length(object.address()), length);
    EXPECT_EQ(heap.SizeOf(object), ByteCount(16 + (length + 7) / 8 * 8));
    const std::uint8_t* const all = heap.ShapeOf(object).VariableBytes(object.address());
    for (std::size_t i = length; i < (length + 7) / 8 * 8; ++i) EXPECT_EQ(all[i], 0);
  }
}

// ---- Stress by chance

TEST_F(MissTest, RandomIntervalsRepeatWithTheirSeedAndHaveTheMeanAskedFor) {
  const auto intervals = [this](std::uint64_t seed) {
    std::vector<int> found;
    int since = 0;
    collector.on_collect = [&] {
      found.push_back(since);
      since = 0;
    };
    SetStress(10, seed);
    for (int i = 0; i < 4'000; ++i) {
      ++since;
      New(pair);
    }
    collector.on_collect = nullptr;
    return found;
  };
  const std::vector<int> first = intervals(7);
  EXPECT_EQ(intervals(7), first);
  EXPECT_NE(intervals(8), first);
  EXPECT_GE(first.size(), 360u);
  EXPECT_LE(first.size(), 440u);
  EXPECT_EQ(*std::min_element(first.begin(), first.end()), 1);
  EXPECT_EQ(*std::max_element(first.begin(), first.end()), 19);
}

TEST_F(MissTest, EveryAllocationCollectsAtIntervalOneWhateverTheSeed) {
  SetStress(1, 5);
  for (int i = 0; i < 10; ++i) New(pair);
  EXPECT_EQ(collector.asked.size(), 10u);
  SetStress(0);
  New(pair);
  EXPECT_EQ(collector.asked.size(), 10u);
}

TEST_F(MissTest, HashesOfTwoHeapsHaveNothingToDoWithEachOther) {
  Heap second_heap{HeapKnobs{}};
  Mutator second(second_heap, collector);
  const ObjectPtr object = New(pair);
  const ObjectPtr other = New(pair);
  const std::uint32_t first = mutator.IdentityHash(object);
  const std::uint32_t next = mutator.IdentityHash(other);
  Header::Of(object).WithHash(0).StoreTo(object);
  Header::Of(other).WithHash(0).StoreTo(other);
  EXPECT_FALSE(second.IdentityHash(object) == first && second.IdentityHash(other) == next);
}

// ---- External sizes

TEST_F(MissTest, ExternalBytesAreChargedToTheObjectsSpace) {
  const ObjectPtr young = New(pair);
  const ObjectPtr old = NewFor(kLargeExternalSize);
  ASSERT_FALSE(heap.IsYoung(old));
  mutator.ChargeExternal(young, ByteCount(), ByteCount(100));
  mutator.ChargeExternal(old, ByteCount(), ByteCount(1'000));
  mutator.ChargeExternal(young, ByteCount(100), ByteCount(30));
  mutator.ChargeExternal(old, ByteCount(1'000), ByteCount(300));
  EXPECT_EQ(heap.external_new(), ByteCount(30));
  EXPECT_EQ(heap.external_old(), ByteCount(300));
}

TEST_F(MissTest, TwiceNewSpaceOutsideTheHeapIsCollectedTwiceAndExactlyThatIsNot) {
  const auto poll = [this]() FART_NO_SAFEPOINT_ANALYSIS { mutator.PollExternalSize(); };
  const ObjectPtr young = New(pair);
  const ByteCount bound = heap.new_capacity() * 2;
  mutator.ChargeExternal(young, ByteCount(), bound);
  poll();
  EXPECT_TRUE(collector.asked.empty());
  mutator.ChargeExternal(young, bound, bound + ByteCount(1));
  poll();  // This collector frees nothing: two attempts, and no more.
  EXPECT_EQ(collector.asked,
            std::vector<AskedCollector::Asked>(2, {GcKind::kMinor, GcReason::kExternalSize}));
  mutator.ChargeExternal(young, bound + ByteCount(1), ByteCount());
  collector.asked.clear();
  heap.SetNewCapacity(kRegionSize);  // Little new space: 4 MiB count in its place.
  mutator.ChargeExternal(young, ByteCount(), kExternalNewMin * 2);
  poll();
  EXPECT_TRUE(collector.asked.empty());
}

TEST_F(MissTest, OldSpaceIsCollectedBeyondItsThresholdAndNotAtIt) {
  const auto poll = [this]() FART_NO_SAFEPOINT_ANALYSIS { mutator.PollExternalSize(); };
  heap.external_old() = heap.old_threshold();
  poll();
  EXPECT_TRUE(collector.asked.empty());
  heap.external_old() += ByteCount(1);
  poll();
  EXPECT_EQ(collector.asked,
            std::vector<AskedCollector::Asked>(1, {GcKind::kMajor, GcReason::kExternalSize}));
}

// ---- Shapes that change

TEST_F(MissTest, AnObjectOfAnotherShapeKeepsHashAgeAndPlaceAndTheRestIsDeadSpace_HG3) {
  const ShapeId stub = Register({.name = "Stub", .raw_bytes = 16});
  const ObjectPtr object = New(bytes, 100);
  New(pair);
  Header::Of(object).WithAge(1).StoreTo(object);
  const std::uint32_t hash = mutator.IdentityHash(object);
  mutator.ChangeShape(object, stub);
  EXPECT_EQ(mutator.IdentityHash(object), hash);
  EXPECT_EQ(Header::Of(object).age(), 1u);
  EXPECT_EQ(Header::Of(object).shape(), stub);
  EXPECT_EQ(heap.SizeOf(object), ByteCount(24));
  const Header rest = Header::At(object.address() + ByteCount(24));
  EXPECT_TRUE(ShapeTable::IsFiller(rest.shape()));
  EXPECT_EQ(ByteCount(rest.size()), ByteCount(120 - 24));
}

TEST_F(MissTest, ARememberedObjectOfAnotherShapeIsStillRemembered_HR2) {
  const ShapeId small = Register({.name = "Small"});
  const ObjectPtr old = NewFor(kLargeExternalSize);
  ASSERT_TRUE(Header::Of(old).remembered());
  mutator.ChangeShape(old, small);
  EXPECT_TRUE(Header::Of(old).remembered());
}

// ---- Areas

TEST_F(MissTest, AHoleIsUsedAndItsRestGivenBackAndBothAreCounted) {
  heap.SetNewCapacity(kRegionSize);
  const RegionIndex index = heap.TakeNewRegionForMutator();
  const Address start = heap.regions().StartOf(index);
  Heap::FillDead(start, start + KiB(128));
  Heap::FillDead(start + KiB(128), start + kRegionSize);
  heap.regions().Record(index).top = start + kRegionSize;
  heap.GiveBackNewHole({start, start + KiB(128)});
  EXPECT_EQ(New(bytes, 1'000).address(), start);
  EXPECT_EQ(New(bytes, 1'000).address(), start + ByteCount(1'016));
  mutator.RetireArea();
  EXPECT_EQ(heap.allocated().bytes, 2 * 1'016u);
  ASSERT_EQ(heap.new_holes().size(), 1u);
  EXPECT_EQ(heap.new_holes()[0].from, start + ByteCount(2 * 1'016));
  const Header left = Header::At(start + ByteCount(2 * 1'016));
  ASSERT_TRUE(left.IsHeader() && ShapeTable::IsFiller(left.shape()));
  ASSERT_EQ(ByteCount(left.size()), KiB(128) - ByteCount(2 * 1'016));
  std::size_t walked = 0;
  heap.WalkRegion(index, [&](Address, Header, ByteCount size) { walked += size.value(); });
  EXPECT_EQ(walked, kRegionSize.value());
  // What the rest is too small for leaves it to smaller ones.
  heap.SetNewCapacity(kRegionSize * 2);
  New(bytes, 1'000);
  New(bytes, 19'000);
  EXPECT_TRUE(collector.asked.empty());
}

TEST_F(MissTest, ARegionThatIsTooFullIsNotTriedAgain) {
  New(pair);
  const RegionIndex first = heap.new_regions()[0];
  while (heap.new_regions().size() < 2) New(bytes, 20'000);
  mutator.RetireArea();
  EXPECT_NE(heap.new_open_region(), first);
}

}  // namespace
}  // namespace fart
