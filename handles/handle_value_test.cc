#include "handles/handle_value.h"

#include <gtest/gtest.h>

#include "heap/object/object_ptr.h"

namespace fart {
namespace {

TEST(HandleValueTest, FieldsComeBackAsTheyWentIn) {
  const HandleValue value =
      HandleValue::Tagged(HandleKind::kFinalizable, HandleValue::kMaxIndex - 5,
                          HandleValue::kMaxGeneration - 3, IsolateId{0x1234});
  EXPECT_EQ(value.kind(), HandleKind::kFinalizable);
  EXPECT_EQ(value.index(), HandleValue::kMaxIndex - 5);
  EXPECT_EQ(value.generation(), HandleValue::kMaxGeneration - 3);
  EXPECT_EQ(value.isolate(), IsolateId{0x1234});
  EXPECT_TRUE(value.IsTagged());
}

TEST(HandleValueTest, TaggedValuesLieAboveAllUserAddresses) {
  const HandleValue lowest = HandleValue::Tagged(HandleKind::kStrong, 0, 0, IsolateId{1});
  EXPECT_GE(lowest.bits(), std::uint64_t{1} << 47);
  EXPECT_GE(HandleValue::Immortal(0).bits(), std::uint64_t{1} << 47);
}

TEST(HandleValueTest, ASlotAddressAndNullAreUntagged) {
  const ObjectPtr slot;
  EXPECT_FALSE(HandleValue::Local(&slot).IsTagged());
  EXPECT_EQ(HandleValue::Local(&slot).As<const ObjectPtr>(), &slot);
  EXPECT_FALSE(HandleValue().IsTagged());
  EXPECT_TRUE(HandleValue().is_empty());
  EXPECT_TRUE(HandleValue::FromPointer(nullptr).is_empty());
}

TEST(HandleValueTest, ConstantsAndErrorTextsNeedNoIsolate) {
  EXPECT_EQ(HandleValue::Immortal(3).isolate(), IsolateId::kProcess);
  EXPECT_EQ(HandleValue::ErrorText(3).isolate(), IsolateId::kProcess);
  EXPECT_NE(HandleValue::Immortal(3), HandleValue::ErrorText(3));
}

}  // namespace
}  // namespace fart
