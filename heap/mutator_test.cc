#include "heap/mutator.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <vector>

namespace fart {
namespace {

// Collects nothing, but writes down what it was asked for.
class FakeCollector final : public Collector {
 public:
  void Collect(GcKind least, GcReason reason) override {
    asked.push_back(least);
    reasons.push_back(reason);
    if (on_collect) on_collect();
  }
  void RunPendingCallbacks() override { ++callback_runs; }

  std::vector<GcKind> asked;
  std::vector<GcReason> reasons;
  std::function<void()> on_collect;
  int callback_runs = 0;
};

class MutatorTest : public testing::Test {
 protected:
  explicit MutatorTest(const HeapKnobs& knobs = {}) : heap(knobs), mutator(heap, collector) {
    pair = Register({.name = "Pair", .references = 2});
    list = Register({.name = "List", .variable_part = VariablePart::kReferences});
    bytes = Register({.name = "Bytes", .variable_part = VariablePart::kBytes});
    mixed = Register({.name = "Mixed",
                      .references = 2,
                      .weak_references = 1,
                      .raw_bytes = 12,
                      .variable_part = VariablePart::kReferences});
  }

  ShapeId Register(const ShapeDescription& description) {
    ShapeId id{};
    FART_CHECK(heap.shapes().Register(description, &id));
    return id;
  }
  ObjectPtr New(ShapeId shape, std::size_t length = 0) FART_NO_SAFEPOINT_ANALYSIS {
    const FreshObject fresh = mutator.Allocate(shape, length);
    const NoSafepointScope quiet;
    return fresh.Get(quiet);
  }
  // As the mutator makes it when new space is used up.
  ObjectPtr NewOldPair() {
    const Address where = heap.TryAllocateOld(ByteCount(24), Heap::Limit::kRespected);
    Header::Make(pair, WordCount(3)).StoreTo(where);
    const ObjectPtr object = ObjectPtr::FromAddress(where);
    Slots(object)[0] = Slots(object)[1] = ObjectPtr();
    return object;
  }
  ObjectPtr* Slots(ObjectPtr object) { return heap.ShapeOf(object).References(object.address()); }

  Heap heap;
  FakeCollector collector;
  Mutator mutator;
  ShapeId pair, list, bytes, mixed;
};

TEST_F(MutatorTest, AFreshObjectHasNullReferencesAndZeroBytesWhateverWasThere) {
  // Regions' contents are arbitrary: dirty one first.
  const RegionIndex dirty = heap.regions().Take(1, kNewSpaceFlags);
  heap.regions().Retire(dirty, 1, {.zap = true});
  for (const ShapeId id : {pair, list, bytes, mixed}) {
    const ObjectPtr object = New(id, 13);
    const Shape& shape = heap.ShapeOf(object);
    for (std::uint32_t i = 0; i < shape.references(); ++i) EXPECT_TRUE(Slots(object)[i].is_null());
    for (std::uint32_t i = 0; i < shape.weak_references(); ++i) {
      EXPECT_TRUE(shape.WeakReferences(object.address())[i].is_null());
    }
    for (std::uint32_t i = 0; i < shape.raw_bytes(); ++i) {
      EXPECT_EQ(shape.RawBytes(object.address())[i], 0);
    }
    if (!shape.has_length()) continue;
    EXPECT_EQ(shape.LengthOf(object.address()), 13u);
    for (std::size_t i = 0; i < 13; ++i) {
      if (shape.variable_part() == VariablePart::kBytes) {
        EXPECT_EQ(shape.VariableBytes(object.address())[i], 0);
      } else {
        EXPECT_TRUE(shape.VariableReferences(object.address())[i].is_null());
      }
    }
  }
  EXPECT_TRUE(collector.asked.empty());
}

TEST_F(MutatorTest, NewSpaceIsUsedUpBeforeAnythingIsCollected) {
  while (collector.asked.empty()) New(pair);
  EXPECT_EQ(collector.asked[0], GcKind::kMinor);
  EXPECT_EQ(collector.reasons[0], GcReason::kNewSpaceFull);
  EXPECT_EQ(heap.NewUse().regions, heap.new_capacity().value() / kRegionSize.value());
  // Full but for less than an object at the end of each region.
  EXPECT_GT(heap.NewUse().used + ByteCount(24) * heap.NewUse().regions, heap.new_capacity());
}

TEST_F(MutatorTest, WhatFindsNoRoomAfterACollectionGoesToOldSpaceAndIsRemembered_HM2) {
  ObjectPtr object;
  do {
    object = New(pair);
  } while (collector.asked.empty());
  EXPECT_FALSE(heap.IsYoung(object));
  EXPECT_TRUE(mutator.NeedsNoBarrier(object));
  ASSERT_EQ(heap.remembered_set().entries().size(), 1u);
  EXPECT_EQ(heap.remembered_set().entries()[0].holder, object);
}

TEST_F(MutatorTest, ALargeObjectIsYoungAndStoresIntoItAreRecorded_HR1_HM2) {
  const ObjectPtr object = New(list, 10'000);
  EXPECT_TRUE(heap.IsYoung(object));
  EXPECT_FALSE(Header::Of(object).remembered());
  EXPECT_FALSE(mutator.NeedsNoBarrier(object));
  EXPECT_EQ(heap.SizeOf(object), ByteCount(16 + 80'000));
  ObjectPtr* const elements = heap.ShapeOf(object).VariableReferences(object.address());
  mutator.StoreField(object, elements, ObjectPtr());
  EXPECT_TRUE(heap.remembered_set().entries().empty());
  mutator.StoreField(object, elements + 9'000, New(pair));
  ASSERT_EQ(heap.remembered_set().entries().size(), 1u);
  EXPECT_FALSE(heap.remembered_set().entries()[0].is_whole());
}

TEST_F(MutatorTest, CopyingIntoAFreshLargeObjectIsRecordedCardByCard_HR1) {
  const std::vector<ObjectPtr> values(5'000, New(pair));
  const ObjectPtr large = New(list, 5'000);
  mutator.CopyIntoFresh(large, heap.ShapeOf(large).VariableReferences(large.address()),
                        values.data(), values.size());
  EXPECT_EQ(heap.remembered_set().CardsSetIn(large.address(), heap.SizeOf(large)),
            heap.SizeOf(large).value() / kCardSize.value());
  const std::size_t listed = heap.remembered_set().entries().size();
  const ObjectPtr small = New(list, 100);
  mutator.CopyIntoFresh(small, heap.ShapeOf(small).VariableReferences(small.address()),
                        values.data(), 100);
  EXPECT_EQ(heap.remembered_set().entries().size(), listed);
  EXPECT_EQ(heap.ShapeOf(small).VariableReferences(small.address())[99], values[0]);
}

TEST_F(MutatorTest, TheBoundaryOfLargeObjectsIsExact) {
  constexpr std::size_t kBoundary = (kLargeObjectSize.value() - 16) / 8;
  New(list, kBoundary - 1);
  EXPECT_EQ(heap.large().regions(), 0u);
  New(list, kBoundary);
  EXPECT_EQ(heap.large().regions(), 1u);
}

TEST_F(MutatorTest, LargeObjectsUseUpNewSpaceToo) {
  std::size_t bytes_before = 0;
  while (collector.asked.empty()) {
    bytes_before = heap.large().allocated_since_collection().value();
    ASSERT_FALSE(New(bytes, 300'000).is_null());
  }
  EXPECT_EQ(collector.asked[0], GcKind::kMinor);
  EXPECT_EQ(collector.reasons[0], GcReason::kNewSpaceFull);
  EXPECT_GT(bytes_before + 300'016, heap.new_capacity().value());
  EXPECT_LE(bytes_before, heap.new_capacity().value());
}

TEST_F(MutatorTest, OneThatIsLargerThanNewSpaceWaitsForNothing) {
  EXPECT_FALSE(New(bytes, heap.new_capacity().value() * 2).is_null());
  EXPECT_TRUE(collector.asked.empty());
  New(bytes, 40'000);
  EXPECT_EQ(collector.asked.size(), 1u);
}

TEST_F(MutatorTest, CallbacksRunAtEveryMiss_HC2) {
  New(pair);
  EXPECT_EQ(collector.callback_runs, 1);
  New(pair);
  EXPECT_EQ(collector.callback_runs, 1);
  New(list, 10'000);
  EXPECT_EQ(collector.callback_runs, 2);
}

TEST_F(MutatorTest, AnExactAreaIsRetiredForEveryCollection_HG3) {
  const ObjectPtr object = New(pair);
  Address top;
  collector.on_collect = [&] { top = heap.regions().Record(heap.new_regions()[0]).top; };
  const auto collect = [&]() FART_NO_SAFEPOINT_ANALYSIS {
    mutator.CollectGarbage(GcKind::kMinor, GcReason::kRequested);
  };
  collect();
  EXPECT_EQ(top, object.address() + ByteCount(24));
}

TEST_F(MutatorTest, AnAreaGivenBackEarlyIsUsedFurther) {
  for (int i = 0; i < 100; ++i) {
    New(pair);
    mutator.RetireArea();
  }
  EXPECT_EQ(heap.NewUse().regions, 1u);
  EXPECT_EQ(heap.NewUse().used, ByteCount(100 * 24));
  EXPECT_TRUE(collector.asked.empty());
}

// ---- The store

TEST_F(MutatorTest, OnlyAStoreOfAYoungReferenceIntoAnOldObjectIsRecorded_HR1) {
  const ObjectPtr old = NewOldPair();
  const ObjectPtr other = NewOldPair();
  const ObjectPtr young = New(pair);
  const std::size_t none = heap.remembered_set().entries().size();
  mutator.StoreField(young, Slots(young), old);
  mutator.StoreField(young, Slots(young), young);
  mutator.StoreField(old, Slots(old), other);
  mutator.StoreField(old, Slots(old), ObjectPtr::FromSmi(1));
  mutator.StoreField(old, Slots(old), ObjectPtr());
  EXPECT_EQ(heap.remembered_set().entries().size(), none);
  mutator.StoreField(old, Slots(old), young);
  EXPECT_EQ(heap.remembered_set().entries().size(), none + 1);
  EXPECT_EQ(Slots(old)[0], young);
}

#if FART_CHECK_LEVEL >= 1
using MutatorDeathTest = MutatorTest;

TEST_F(MutatorDeathTest, AnInitialisingStoreIntoAnOldObjectIsRefused_HM1) {
  const ObjectPtr old = NewOldPair();
  const ObjectPtr young = New(pair);
  EXPECT_DEATH(mutator.InitField(old, Slots(old), young), "NeedsNoBarrier");
}

void DoWhereNothingMayMove(const std::function<void()>& what) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  what();
}

// Also where nothing is due, so that it does not take a full heap to notice.
TEST_F(MutatorDeathTest, WhatMayCollectIsRefusedWhereNothingMayMove_HBC1) {
  const std::function<void()> safepoints[] = {
      [this]() FART_NO_SAFEPOINT_ANALYSIS { mutator.Poll(); },
      [this]() FART_NO_SAFEPOINT_ANALYSIS { mutator.PollExternalSize(); },
      [this]() FART_NO_SAFEPOINT_ANALYSIS {
        static_cast<void>(mutator.AllocateForExternal(pair, ByteCount(1)));
      },
      [this]()
          FART_NO_SAFEPOINT_ANALYSIS { static_cast<void>(mutator.AllocateBytes(bytes, 500'000)); },
      [this]() FART_NO_SAFEPOINT_ANALYSIS {
        mutator.CollectGarbage(GcKind::kMinor, GcReason::kRequested);
      }};
  for (const auto& safepoint : safepoints) {
    EXPECT_DEATH(DoWhereNothingMayMove(safepoint), "NoSafepointDepth\\(\\) == 0");
  }
}
#endif

// ---- Identity

TEST_F(MutatorTest, AnIdentityHashIsGivenOnceAndHardlyEverShared) {
  std::set<std::uint32_t> hashes;
  for (int i = 0; i < 1000; ++i) {
    const ObjectPtr object = New(pair);
    const std::uint32_t hash = mutator.IdentityHash(object);
    EXPECT_NE(hash, 0u);
    EXPECT_LT(hash, 1u << 25);
    EXPECT_EQ(mutator.IdentityHash(object), hash);
    hashes.insert(hash);
  }
  EXPECT_GT(hashes.size(), 990u);
}

TEST_F(MutatorTest, EqualSmisHaveEqualHashes) {
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, ObjectPtr::kSmiMin, ObjectPtr::kSmiMax}) {
    const ObjectPtr smi = ObjectPtr::FromSmi(value);
    EXPECT_NE(mutator.IdentityHash(smi), 0u);
    EXPECT_EQ(mutator.IdentityHash(smi), mutator.IdentityHash(ObjectPtr::FromSmi(value)));
  }
  EXPECT_NE(mutator.IdentityHash(ObjectPtr::FromSmi(1)),
            mutator.IdentityHash(ObjectPtr::FromSmi(2)));
}

// ---- At the limit

class FullHeapTest : public MutatorTest {
 protected:
  FullHeapTest() : MutatorTest({.heap_limit = kMinHeapLimit}) {}
};

TEST_F(FullHeapTest, NullIsTheAnswerOnlyAfterAMajorCollection) {
  while (!New(bytes, 1000).is_null()) {
  }
  ASSERT_FALSE(collector.asked.empty());
  EXPECT_EQ(collector.asked.back(), GcKind::kMajor);
  EXPECT_EQ(collector.reasons.back(), GcReason::kHeapLimit);
  EXPECT_EQ(heap.regions().charged(), kMinHeapLimit);
}

TEST_F(FullHeapTest, TheAllocationIsTriedAgainAfterTheMajorCollection) {
  while (!New(bytes, 1'000'000).is_null()) {
  }
  // Now a collection frees one.
  collector.on_collect = [&] {
    if (collector.asked.back() != GcKind::kMajor) return;
    heap.large().BeginCollection(/*all_leave=*/false);
    heap.ReleaseDeadLarge(/*old_too=*/true, [](Address, Address to) { return to; });
  };
  EXPECT_FALSE(New(bytes, 1'000'000).is_null());
}

}  // namespace
}  // namespace fart
