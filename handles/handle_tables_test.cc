#include "handles/handle_tables.h"

#include <gtest/gtest.h>

#include "handles/testing/handles_testing.h"
#include "heap/base/safepoint.h"

namespace fart {
namespace {

void Callback() {}

class HandleTablesTest : public ::testing::Test {
 protected:
  HandleTablesTest() : tables_(heap_.flags(), kTestIsolate) {}

  // What the value leads to; null if to nothing.
  ObjectPtr Get(HandleValue value) const FART_NO_SAFEPOINT_ANALYSIS {
    const ResolveResult result = tables_.Resolve(value);
    EXPECT_EQ(result.ok(), result.status == HandleStatus::kOk);
    NoSafepointScope quiet;
    return result.ok() ? result.Get(quiet) : ObjectPtr();
  }
  HandleStatus StatusOf(HandleValue value) const { return tables_.Resolve(value).status; }

  FakeHeap heap_;
  HandleTables tables_;
};

TEST_F(HandleTablesTest, ResolvesLocalPersistentAndImmortalValuesAlike) {
  tables_.constants.Define(3, FakeHeap::Old(3));
  EXPECT_EQ(Get(tables_.locals.CreateHandle(FakeHeap::Old(1))), FakeHeap::Old(1));
  EXPECT_EQ(Get(tables_.persistents.Create(FakeHeap::Old(2))), FakeHeap::Old(2));
  EXPECT_EQ(Get(HandleValue::Immortal(3)), FakeHeap::Old(3));
}

TEST_F(HandleTablesTest, ResolvesCheckedLocals) {
  HandleTables checked(heap_.flags(), kTestIsolate, {.checked = true});
  ASSERT_TRUE(checked.locals.EnterScope());
  const HandleValue handle = checked.locals.CreateHandle(FakeHeap::Old(1));
  EXPECT_TRUE(checked.Resolve(handle).ok());
  ASSERT_TRUE(checked.locals.ExitScope());
  EXPECT_EQ(checked.Resolve(handle).status, HandleStatus::kStale);
  EXPECT_EQ(tables_.Resolve(handle).status, HandleStatus::kNotAHandle);
}

TEST_F(HandleTablesTest, SaysWhyAValueLeadsToNothing) {
  ASSERT_TRUE(tables_.locals.EnterScope());
  const HandleValue local = tables_.locals.CreateHandle(FakeHeap::Old(1));
  ASSERT_TRUE(tables_.locals.ExitScope());
  EXPECT_EQ(StatusOf(local), HandleStatus::kStale);
  const HandleValue strong = tables_.persistents.Create(FakeHeap::Old(1));
  ASSERT_EQ(tables_.persistents.Delete(strong), HandleStatus::kOk);
  EXPECT_EQ(StatusOf(strong), HandleStatus::kStale);
  const HandleValue weak =
      tables_.weaks.Create(HandleKind::kWeak, FakeHeap::Old(1), nullptr, ByteCount(), &Callback);
  EXPECT_EQ(StatusOf(weak), HandleStatus::kWrongKind);
  HandleTables other(heap_.flags(), kOtherIsolate);
  EXPECT_EQ(StatusOf(other.persistents.Create(FakeHeap::Old(1))), HandleStatus::kForeign);
  EXPECT_EQ(StatusOf(other.locals.CreateHandle(FakeHeap::Old(1))), HandleStatus::kNotAHandle);
  EXPECT_EQ(StatusOf(HandleValue()), HandleStatus::kNotAHandle);
  EXPECT_EQ(StatusOf(HandleValue::Immortal(0)), HandleStatus::kNotAHandle);
  EXPECT_EQ(StatusOf(HandleValue::Immortal(HandleValue::kMaxIndex)), HandleStatus::kNotAHandle);
  EXPECT_EQ(StatusOf(HandleValue::FromBits(~std::uint64_t{0})), HandleStatus::kNotAHandle);
  // An address that is no word's has a kind in its lowest bits, and is of no isolate.
  int object = 0;
  for (std::uint64_t kind = 0; kind < 8; ++kind) {
    const HandleValue odd =
        HandleValue::FromBits(HandleValue::FromPointer(&object).bits() / 8 * 8 + kind);
    EXPECT_EQ(StatusOf(odd), HandleStatus::kNotAHandle) << kind;
  }
}

TEST_F(HandleTablesTest, AnErrorTextIsKnownWithoutAnIsolate) {
  EXPECT_EQ(StatusOf(HandleValue::ErrorText(9)), HandleStatus::kErrorText);
  EXPECT_EQ(StatusOf(HandleValue::Tagged(HandleKind::kErrorText, 9, 0, kTestIsolate)),
            HandleStatus::kNotAHandle);
}

TEST_F(HandleTablesTest, NoBitPatternIsReadBeyondTheTables) {
  const HandleValue local = tables_.locals.CreateHandle(FakeHeap::Old(1));
  const HandleValue strong = tables_.persistents.Create(FakeHeap::Old(1));
  for (const HandleValue value : {local, strong, HandleValue::Immortal(2)}) {
    for (int bit = 0; bit < 64; ++bit) {
      Get(HandleValue::FromBits(value.bits() ^ (std::uint64_t{1} << bit)));
    }
  }
  EXPECT_TRUE(tables_.IsSound());
}

TEST_F(HandleTablesTest, ConstantsAreRootsThatFollowTheirObjects) {
  tables_.constants.Define(1, FakeHeap::Young(1));
  MovingVisitor visitor;
  tables_.constants.VisitSlots(SlotSet::kYoung, visitor);
  EXPECT_EQ(Get(HandleValue::Immortal(1)), FakeHeap::At(FakeHeap::kSurvivor, 1));
  tables_.constants.Define(1, FakeHeap::Old(2));
  EXPECT_EQ(Get(HandleValue::Immortal(1)), FakeHeap::Old(2));
}

TEST_F(HandleTablesTest, OnlyYoungConstantsAreVisitedForNewSpace_HNI2) {
  tables_.constants.Define(0, FakeHeap::Old(1));
  tables_.constants.Define(5, FakeHeap::Young(1));
  tables_.constants.Define(31, FakeHeap::Young(2));
  const auto visited = [this](SlotSet set) {
    MovingVisitor visitor;
    tables_.constants.VisitSlots(set, visitor);
    return visitor.visited;
  };
  EXPECT_EQ(visited(SlotSet::kYoung), 2u);  // Both survive for the first time, are young still,
  tables_.constants.Define(6, FakeHeap::Young(3));
  EXPECT_EQ(visited(SlotSet::kYoung), 3u);  // and grow old,
  EXPECT_EQ(visited(SlotSet::kYoung), 1u);  // so that only the third is left,
  EXPECT_EQ(visited(SlotSet::kYoung), 0u);  // and none.
  tables_.constants.Define(5, FakeHeap::Young(4));
  EXPECT_EQ(visited(SlotSet::kYoung), 1u);
  tables_.constants.Define(5, FakeHeap::Young(4));
  EXPECT_EQ(visited(SlotSet::kAll), ImmortalConstants::kCapacity);
  EXPECT_EQ(visited(SlotSet::kEvacuating), ImmortalConstants::kCapacity);
  tables_.constants.Define(5, FakeHeap::Old(3));
  EXPECT_EQ(visited(SlotSet::kYoung), 0u);
}

TEST_F(HandleTablesTest, VerifyNamesHNI2) {
  tables_.constants.Define(4, FakeHeap::Old(1));
  HandlesTestPeer::SlotOf(tables_.constants, 4) = FakeHeap::Young(1);
  EXPECT_EQ(BrokenInvariantsOf(tables_), std::set<std::string>{"HN-I2 young"});
}

TEST_F(HandleTablesTest, VerifyNamesHNI1) {
  HandlesTestPeer::SlotOf(tables_.constants, 4) = FakeHeap::Old(1);
  EXPECT_EQ(BrokenInvariantsOf(tables_), std::set<std::string>{"HN-I1 defined"});
  EXPECT_FALSE(tables_.constants.IsSound());
}

TEST_F(HandleTablesTest, CountsHandlesOfEachKind) {
  ASSERT_FALSE(tables_.locals.CreateHandle(FakeHeap::Old(1)).is_empty());
  const HandleValue first = tables_.persistents.Create(FakeHeap::Old(1));
  ASSERT_FALSE(tables_.persistents.Create(FakeHeap::Old(1)).is_empty());
  ASSERT_EQ(tables_.persistents.Delete(first), HandleStatus::kOk);
  ASSERT_FALSE(
      tables_.weaks
          .Create(HandleKind::kFinalizable, FakeHeap::Old(1), nullptr, ByteCount(), &Callback)
          .is_empty());
  tables_.weaks.QueueAll();
  const HandleCounts counts = tables_.Counts();
  EXPECT_EQ(counts.local.live, 1u);
  EXPECT_EQ(counts.local.made, 1u);
  EXPECT_EQ(counts.persistent.live, 1u);
  EXPECT_EQ(counts.persistent.made, 2u);
  EXPECT_EQ(counts.weak.made, 0u);
  EXPECT_EQ(counts.finalizable.live, 0u);
  EXPECT_EQ(counts.finalizable.made, 1u);
  EXPECT_EQ(counts.pending_callbacks, 1u);
  EXPECT_GT(counts.table_memory, ByteCount());
}

}  // namespace
}  // namespace fart
