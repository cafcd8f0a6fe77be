// The direct interface: arrays and visitors.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "api/testing/direct_test.h"
#include "fart_direct_api.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

TEST_F(DirectTest, AnArrayIsVisitedFromWhereItIsNotClean) {
  if (IsUnderStress()) GTEST_SKIP() << "each step visits slots";
  std::vector<Fart_Slot> slots(1000, Fart_Slot{FART_DIRECT_NULL});
  Fart_RootArray array = {slots.data(), 1000, 0};
  ExpectSuccess(Fart_AddRootArray(&array, "stack"));
  for (int i = 0; i < 1000; ++i) {
    const Fart_Ref pair = Pair(Smi(i), Null());
    Fart_SetInArray(direct_, &array, i, pair);
  }
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(array.clean, 0) << "what survives once is young";
  Fart_SetInArray(direct_, &array, 0, Smi(0));
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(SmiCar(Get(slots[999])), 999);
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(array.clean, 1000) << "all is old";
  const Fart_Ref first = Pair(Smi(0), Null());
  Fart_SetInArray(direct_, &array, 0, first);
  for (int i = 0; i < 3; ++i) Collect(Fart_Collection_kMinor);
  const std::uint64_t visited = HeapStatistics().other_slots_visited;
  Collect(Fart_Collection_kMinor);
  EXPECT_LT(HeapStatistics().other_slots_visited, visited + 900);
  const Fart_Ref pair = Pair(Smi(-5), Null());
  Fart_SetInArray(direct_, &array, 300, pair);
  EXPECT_EQ(array.clean, 300);
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(SmiCar(Get(slots[300])), -5);
  Collect(Fart_Collection_kMajor);
  for (int i = 0; i < 1000; ++i)
    ASSERT_EQ(SmiCar(Get(slots[static_cast<std::size_t>(i)])), i == 300 ? -5 : i);
  array.count = 10;  // The rest holds nothing any more.
  Collect();
  EXPECT_LE(array.clean, 10);
  ExpectSuccess(Fart_RemoveRootArray(&array));
  EXPECT_THAT(ErrorOf(Fart_RemoveRootArray(&array)), HasSubstr("one that is registered"));
}

TEST_F(DirectTest, AnArrayIsRegisteredOnce) {
  Fart_Slot slot = {FART_DIRECT_NULL};
  Fart_RootArray array = {&slot, 1, 0};
  ExpectSuccess(Fart_AddRootArray(&array, "stack"));
  EXPECT_THAT(ErrorOf(Fart_AddRootArray(&array, "again")), HasSubstr("not registered yet"));
  EXPECT_THAT(ErrorOf(Fart_AddRootArray(nullptr, "none")), HasSubstr("'array' to be non-null"));
  EXPECT_THAT(ErrorOf(Fart_AddRootArray(&array, nullptr)), HasSubstr("'name' to be non-null"));
  ExpectSuccess(Fart_RemoveRootArray(&array));
}

TEST_F(DirectTest, AWriteThatDoesNotLowerCleanIsFoundWithItsSlot) {
  if (IsUnderStress()) GTEST_SKIP() << "what is young there does not stay so";
  Fart_Slot slots[3] = {{FART_DIRECT_NULL}, {FART_DIRECT_NULL}, {FART_DIRECT_NULL}};
  Fart_RootArray array = {slots, 3, 0};
  ExpectSuccess(Fart_AddRootArray(&array, "values"));
  Collect(Fart_Collection_kMinor);
  ASSERT_EQ(array.clean, 3);
  slots[1].bits = Pair(Smi(1), Null()).bits;
  const char* const finding = Fart_VerifyHeap();
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding, HasSubstr("slot 1 of the array 'values', refers to"));
  slots[1].bits = FART_DIRECT_NULL;
  array.count = -1;
  EXPECT_STREQ(Fart_VerifyHeap(), "VR-H3 valid: the array 'values' has no -1 slots");
  array.count = 3;
  ExpectSuccess(Fart_RemoveRootArray(&array));
}

TEST_F(DirectTest, TheVerifierNamesTheFrameArrayOrVisitorOfAWrongSlot) {
  const std::uint64_t wrong = 0x1239;  // No object there.
  {
    FART_ROOTS(direct_, outer, 2);
    FART_ROOTS(direct_, inner, 1);
    outer.at[1].bits = wrong;
    EXPECT_THAT(Fart_VerifyHeap(), HasSubstr("slot 1 of frame 1, from the innermost"));
    outer.at[1].bits = FART_DIRECT_NULL;
  }
  Fart_Slot slots[2] = {{FART_DIRECT_NULL}, {wrong}};
  Fart_RootArray array = {slots, 2, 0};
  ExpectSuccess(Fart_AddRootArray(&array, "globals"));
  EXPECT_THAT(Fart_VerifyHeap(), HasSubstr("slot 1 of the array 'globals'"));
  ExpectSuccess(Fart_RemoveRootArray(&array));
  const Fart_RootVisitor visit = [](Fart_RootVisit seen, void* peer) {
    Fart_VisitRoots(seen, static_cast<Fart_Slot*>(peer), 2);
  };
  ExpectSuccess(Fart_AddRootVisitor(visit, slots, "machine"));
  EXPECT_THAT(Fart_VerifyHeap(), HasSubstr("slot 1 of the visitor 'machine'"));
  ExpectSuccess(Fart_RemoveRootVisitor(visit, slots));
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
}

TEST_F(DirectTest, VisitorsHoldWhatTheyVisitAndFramesOfOtherStacks) {
  struct Machine {
    Fart_Slot value = {FART_DIRECT_NULL};
    Fart_RootFrame* waiting = nullptr;
  } machine;
  const Fart_RootVisitor visit = [](Fart_RootVisit seen, void* peer) {
    auto* const here = static_cast<Machine*>(peer);
    Fart_VisitRoots(seen, &here->value, 1);
    Fart_VisitRoots(seen, nullptr, 0);
    Fart_VisitRootFrames(seen, here->waiting, nullptr);
  };
  ExpectSuccess(Fart_AddRootVisitor(visit, &machine, "machine"));
  EXPECT_THAT(ErrorOf(Fart_AddRootVisitor(visit, &machine, "again")),
              HasSubstr("not registered yet"));
  Set(machine.value, List(5));
  // A fibre's frame, off the chain while the fibre waits.
  struct {
    Fart_RootFrame frame;
    Fart_Slot at[1];
  } fibre = {{nullptr, 1}, {{List(6).bits}}};
  machine.waiting = &fibre.frame;
  for (const Fart_Collection kind : {Fart_Collection_kMinor, Fart_Collection_kMajor}) {
    Collect(kind);
    EXPECT_EQ(Sum(Get(machine.value)), 15);
    EXPECT_EQ(Sum(Get(fibre.at[0])), 21);
  }
  ExpectSuccess(Fart_RemoveRootVisitor(visit, &machine));
  EXPECT_THAT(ErrorOf(Fart_RemoveRootVisitor(visit, &machine)), HasSubstr("is registered"));
  EXPECT_THAT(ErrorOf(Fart_AddRootVisitor(nullptr, nullptr, "none")),
              HasSubstr("'visitor' to be non-null"));
}

}  // namespace
}  // namespace fart::api
