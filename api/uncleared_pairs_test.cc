// Ephemerons whose keys marking in slices has found dead, and that are not cleared yet: through the
// C interface nobody gets hold of what has died (H-M3).

#include <cstdint>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

constexpr std::intptr_t kPairs = 300;

class UnclearedPairsTest : public ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    Fart_ShapeDescription description = {};
    description.struct_size = sizeof(description);
    description.name = "Ephemeron";
    description.reference_count = 2;
    description.is_ephemeron = true;
    Fart_Shape shape = nullptr;
    ExpectSuccess(Fart_RegisterShape(&description, &shape));
    pairs_ = Fart_NewPersistentHandle(Fart_NewList(kPairs));
    living_ = Fart_NewPersistentHandle(Fart_NewList(kPairs));
    for (std::intptr_t i = 0; i < kPairs; ++i) {
      Fart_EnterScope();
      const Fart_Handle pair = Fart_AllocateObject(shape, 0);
      ExpectSuccess(Fart_ListSetAt(pairs_, i, pair));
      ExpectSuccess(Fart_SetReference(pair, 0, ListOf(i)));
      ExpectSuccess(Fart_SetReference(pair, 1, ListOf(-i)));
      ExpectSuccess(Fart_ListSetAt(living_, i, Fart_GetReference(pair, 0)));
      Fart_ExitScope();
    }
    for (int i = 0; i < 3; ++i) Collect(Fart_Collection_kMinor);
    ExitAndEnterScope();
  }
  // Of each three keys two die, as marking in slices finds.
  void LetKeysDie() {
    // A marking that has begun may have marked them: it ends first.
    ASSERT_TRUE(Fart_SetFlag("--gc-slices=0"));
    Collect(Fart_Collection_kMajor);
    for (std::intptr_t i = 0; i < kPairs; ++i) {
      if (!Lives(i)) ExpectSuccess(Fart_ListSetAt(living_, i, Fart_Null()));
    }
    ASSERT_TRUE(Fart_SetFlag("--gc-slices=5"));
    const std::uint64_t before = HeapStatistics().major_collections;
    for (int i = 0; HeapStatistics().major_collections == before; ++i) {
      ASSERT_LT(i, 10'000);
      Collect(Fart_Collection_kMinor);
    }
  }
  // Where every handle is noted each call goes the long way.
  static void CloseQuickWays() { ASSERT_TRUE(Fart_SetFlag("--handle-provenance")); }
  static bool Lives(std::intptr_t i) { return i % 3 == 0; }
  static void ExitAndEnterScope() {
    Fart_ExitScope();
    Fart_EnterScope();
  }
  static Fart_Handle ListOf(std::int64_t number) {
    const Fart_Handle list = Fart_NewList(1);
    ExpectSuccess(Fart_ListSetAt(list, 0, Fart_NewInteger(number)));
    return list;
  }
  static std::int64_t NumberIn(Fart_Handle list) { return IntOf(Fart_ListGetAt(list, 0)); }

  Fart_PersistentHandle pairs_ = nullptr;
  Fart_PersistentHandle living_ = nullptr;
};

TEST_F(UnclearedPairsTest, WhoReadsOneFindsItCleared_HM3) {
  LetKeysDie();
  for (std::intptr_t i = kPairs - 1; i >= 0; --i) {
    if (i == kPairs / 2) CloseQuickWays();
    const Fart_Handle pair = Fart_ListGetAt(pairs_, i);
    const std::int64_t first = i % 2;  // of the two: what is read first clears both
    const Fart_Handle one = Fart_GetReference(pair, first);
    const Fart_Handle other = Fart_GetReference(pair, 1 - first);
    if (Lives(i)) {
      EXPECT_EQ(NumberIn(first == 0 ? one : other), i);
      EXPECT_EQ(NumberIn(first == 0 ? other : one), -i);
    } else {
      EXPECT_TRUE(Fart_IsNull(one)) << i;
      EXPECT_TRUE(Fart_IsNull(other)) << i;
    }
  }
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
}

TEST_F(UnclearedPairsTest, WhoReadsBothAtOnceFindsThemCleared_HM3) {
  LetKeysDie();
  for (std::intptr_t i = kPairs - 1; i >= 0; --i) {
    if (i == kPairs / 2) CloseQuickWays();
    Fart_Handle both[2] = {};
    ExpectSuccess(Fart_GetReferences(Fart_ListGetAt(pairs_, i), 0, 2, both));
    if (Lives(i)) {
      EXPECT_EQ(NumberIn(both[0]), i);
      EXPECT_EQ(NumberIn(both[1]), -i);
    } else {
      EXPECT_TRUE(Fart_IsNull(both[0]) && Fart_IsNull(both[1])) << i;
    }
  }
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
}

TEST_F(UnclearedPairsTest, WhoGivesOneAnotherKeyHasLostTheValue_HM3) {
  const Fart_PersistentHandle key = Fart_NewPersistentHandle(ListOf(7));
  LetKeysDie();
  for (std::intptr_t i = kPairs - 1; i >= 0; --i) {
    const Fart_Handle pair = Fart_ListGetAt(pairs_, i);
    ExpectSuccess(Fart_SetReference(pair, 0, key));
    const Fart_Handle value = Fart_GetReference(pair, 1);
    EXPECT_EQ(Fart_IsNull(value), !Lives(i)) << i;
    EXPECT_EQ(NumberIn(Fart_GetReference(pair, 0)), 7);
  }
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
}

}  // namespace
}  // namespace fart::api
