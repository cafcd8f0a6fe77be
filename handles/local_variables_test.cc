// Local handles that are changed, and several that leave a scope together.

#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "handles/local_handles.h"
#include "handles/testing/handles_testing.h"

namespace fart {
namespace {

class LocalVariablesTest : public ::testing::TestWithParam<bool> {
 protected:
  LocalVariablesTest()
      : locals_(heap_.flags(), kTestIsolate, {.area = KiB(64), .checked = GetParam()}) {
    EXPECT_TRUE(locals_.EnterScope());
  }
  ~LocalVariablesTest() override { EXPECT_TRUE(locals_.IsSound()); }

  HandleValue Make(ObjectPtr object) {
    const HandleValue value = locals_.CreateHandle(object);
    EXPECT_FALSE(value.is_empty());
    return value;
  }
  void Fill() {
    while (!locals_.CreateHandle(FakeHeap::Old(1)).is_empty()) {
    }
  }
  // The objects that were carried out, by the handles they have now.
  std::vector<ObjectPtr> Reissue(const ObjectPtr* first, std::size_t count) {
    std::vector<ObjectPtr> found;
    for (std::size_t i = 0; i < count; ++i) {
      const HandleValue value = locals_.Reissue(first + i);
      EXPECT_TRUE(locals_.IsLocal(value));
      const ObjectPtr* const slot = locals_.FindForOverwrite(value);
      EXPECT_EQ(slot, first + i);
      found.push_back(*slot);
    }
    return found;
  }

  FakeHeap heap_;
  LocalHandles locals_;
};
INSTANTIATE_TEST_SUITE_P(PlainAndChecked, LocalVariablesTest, ::testing::Bool());

TEST_P(LocalVariablesTest, AHandleIsFoundWhateverItHoldsAndItsScopeAlone) {
  // What a marker looks like, too.
  for (const ObjectPtr object : {FakeHeap::Old(1), ObjectPtr(), ObjectPtr::FromSmi(4),
                                 ObjectPtr::FromSmi(3), ObjectPtr::FromSmi(0)}) {
    const HandleValue value = Make(object);
    ASSERT_TRUE(locals_.EnterScope());
    ObjectPtr* const slot = locals_.FindForOverwrite(value);
    ASSERT_NE(slot, nullptr);
    EXPECT_EQ(*slot, object);
    locals_.Overwrite(slot, FakeHeap::Young(2));
    EXPECT_EQ(*locals_.FindForOverwrite(value), FakeHeap::Young(2));
    const HandleValue inner = Make(object);
    EXPECT_TRUE(locals_.ExitScope());
    EXPECT_EQ(locals_.FindForOverwrite(inner), nullptr);
  }
  EXPECT_EQ(locals_.FindForOverwrite(HandleValue()), nullptr);
  EXPECT_EQ(locals_.FindForOverwrite(HandleValue::Immortal(0)), nullptr);
  EXPECT_EQ(locals_.FindForOverwrite(HandleValue::ErrorText(0)), nullptr);
}

TEST_P(LocalVariablesTest, AMarkerIsNoVariableHoweverManyScopesAreAbove) {
  ASSERT_TRUE(locals_.EnterScope());
  std::vector<HandleValue> stale;
  for (int i = 0; i < 6; ++i) stale.push_back(Make(FakeHeap::Old(1)));
  ASSERT_TRUE(locals_.ExitScope());
  const HandleValue below = Make(ObjectPtr::FromSmi(0));
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(locals_.EnterScope());
  const HandleValue above = Make(ObjectPtr::FromSmi(0));
  for (const HandleValue value : stale) EXPECT_EQ(locals_.FindForOverwrite(value), nullptr);
  EXPECT_NE(locals_.FindForOverwrite(below), nullptr);
  EXPECT_NE(locals_.FindForOverwrite(above), nullptr);
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(locals_.ExitScope());
}

TEST_P(LocalVariablesTest, TheLastOnesLeaveAScopeInTheirOrder) {
  for (const std::size_t count : {0u, 1u, 2u, 3u, 100u}) {
    const std::size_t outside = locals_.live();
    ASSERT_TRUE(locals_.EnterScope());
    ASSERT_NE(locals_.arena().Allocate(ByteCount(10)), nullptr);
    const HandleValue ended = Make(FakeHeap::Old(999));
    std::vector<HandleValue> inside;
    for (std::size_t i = 0; i < count; ++i) inside.push_back(Make(FakeHeap::Young(i)));
    const std::size_t made = locals_.made();
    const ObjectPtr* const first = locals_.ExitScopeWithLast(count);
    ASSERT_NE(first, nullptr);
    const std::vector<ObjectPtr> found = Reissue(first, count);
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(found[i], FakeHeap::Young(i));
    EXPECT_EQ(locals_.live(), outside + count);
    EXPECT_EQ(locals_.made(), made);
    EXPECT_EQ(locals_.ScopeDepth(), 1u);
    EXPECT_EQ(locals_.arena().used(), ByteCount());
    if (GetParam()) {
      EXPECT_EQ(locals_.FindForOverwrite(ended), nullptr);
      for (const HandleValue value : inside) EXPECT_EQ(locals_.FindForOverwrite(value), nullptr);
    }
  }
}

// HN-L4
TEST_P(LocalVariablesTest, AMinorCollectionSeesWhatWasCarriedOut) {
  for (int i = 0; i < 5; ++i) Make(FakeHeap::Old(1));
  ASSERT_TRUE(locals_.EnterScope());
  for (int i = 0; i < 5; ++i) Make(FakeHeap::Old(1));
  MovingVisitor first;
  locals_.VisitSlots(SlotSet::kYoung, first);  // The watermark is at the top.
  Make(FakeHeap::Young(7));
  const ObjectPtr* const carried = locals_.ExitScopeWithLast(1);
  ASSERT_NE(carried, nullptr);
  static_cast<void>(locals_.Reissue(carried));
  EXPECT_TRUE(locals_.IsSound());
  MovingVisitor second;
  locals_.VisitSlots(SlotSet::kYoung, second);
  EXPECT_EQ(second.visited, 1u);
}

TEST_P(LocalVariablesTest, NoScopeIsLeftThatWasOpenedOutside) {
  const LocalHandles::Frame frame = locals_.BeginFrame();
  const HandleValue value = Make(FakeHeap::Old(1));
  EXPECT_EQ(locals_.ExitScopeWithLast(1), nullptr);
  EXPECT_TRUE(locals_.IsLocal(value));
  locals_.EndFrame(frame);
}

TEST_P(LocalVariablesTest, WhatLeavesAScopeThatDidNotOpenStaysWhereItIs) {
  Fill();
  const std::size_t live = locals_.live();
  EXPECT_FALSE(locals_.EnterScope());
  const ObjectPtr* const first = locals_.ExitScopeWithLast(2);
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first[1], FakeHeap::Old(1));
  EXPECT_FALSE(locals_.IsInnermostUnopened());
  EXPECT_EQ(locals_.live(), live);
}

TEST_P(LocalVariablesTest, WhatIsReservedIsThere) {
  EXPECT_FALSE(locals_.Reserve(KiB(64).value() / kWordSize));
  EXPECT_FALSE(locals_.Reserve(SIZE_MAX));
  EXPECT_FALSE(locals_.Reserve(SIZE_MAX / kWordSize));
  std::size_t room = 0;
  const LocalHandles::SavedTop before = locals_.Top();
  while (!locals_.CreateHandle(FakeHeap::Old(1)).is_empty()) ++room;
  locals_.RestoreTop(before);
  EXPECT_FALSE(locals_.Reserve(room + 1));
  ASSERT_TRUE(locals_.Reserve(room));
  for (std::size_t i = 0; i < room; ++i) Make(FakeHeap::Old(1));
  EXPECT_TRUE(locals_.Reserve(0));
  EXPECT_FALSE(locals_.Reserve(1));
}

}  // namespace
}  // namespace fart
