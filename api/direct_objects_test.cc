// The direct interface: objects, and what of them survives.

#include <cstdint>

#include "api/testing/direct_test.h"
#include "fart_direct_api.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

TEST_F(DirectTest, AFreshObjectHasWhatItWasGivenAndNothingElse) {
  // Twice: in the area, and where that is used up.
  for (int round = 0; round < 2; ++round) {
    const Fart_Ref init[] = {Smi(5)};
    const Fart_Ref mixed = Fart_New(direct_, first_ + kMixedKind, kMixed, init);
    ASSERT_TRUE(Fart_IsObject(mixed));
    EXPECT_EQ(Fart_SmiValue(Fart_Load(direct_, mixed, 1)), 5);
    EXPECT_TRUE(Fart_IsNullRef(Fart_LoadWeak(direct_, mixed, 2)));
    EXPECT_EQ(*Fart_Word(direct_, mixed, 3), 0u);
    EXPECT_EQ(*Fart_Word(direct_, mixed, 4), 0u);
    *Fart_Word(direct_, mixed, 4) = 99;
    const Fart_Handle handle = Fart_HandleOf(direct_, mixed);
    std::uint64_t bytes[2] = {};
    ExpectSuccess(Fart_ReadBytes(handle, 0, bytes, sizeof bytes));
    EXPECT_EQ(bytes[1], 99u);
    EXPECT_EQ(IntOf(Fart_GetReference(handle, 0)), 5);
    const Fart_Ref empty = Fart_New(direct_, first_ + kPairKind, kPair, nullptr);
    EXPECT_TRUE(Fart_IsNullRef(Car(empty)) && Fart_IsNullRef(Cdr(empty)));
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);  // Retires the area.
  }
}

TEST_F(DirectTest, ObjectsWithAVariablePart) {
  FART_ROOTS(direct_, roots, 2);
  // Small, remembered as a whole, by card, large.
  for (const std::intptr_t length : {0, 1, 100, 1000, 5000, 20'000}) {
    Set(roots.at[0], Fart_NewVariable(direct_, first_ + kVectorKind, length));
    EXPECT_EQ(Fart_LengthOf(direct_, Get(roots.at[0])), static_cast<std::uint64_t>(length));
    for (std::intptr_t i = 0; i < length; i += 97) {
      const Fart_Ref element = Pair(Smi(i), Null());
      Fart_Store(direct_, Get(roots.at[0]), static_cast<unsigned>(2 + i), element);
    }
    Collect(Fart_Collection_kMinor);
    for (std::intptr_t i = 0; i < length; ++i) {
      const Fart_Ref element = Fart_Load(direct_, Get(roots.at[0]), static_cast<unsigned>(2 + i));
      if (i % 97 != 0) {
        ASSERT_TRUE(Fart_IsNullRef(element));
      } else {
        ASSERT_EQ(SmiCar(element), i);
      }
    }
  }
  const Fart_Ref bytes = Fart_NewVariable(direct_, first_ + kBytesKind, 13);
  EXPECT_EQ(Fart_LengthOf(direct_, bytes), 13u);
  EXPECT_EQ(*Fart_Word(direct_, bytes, 3), 0u);
}

TEST_F(DirectTest, ReferencesOfTheVariablePartMayBeGiven) {
  std::uint64_t init[100];
  FART_ROOTS(direct_, kept, 1);
  for (int i = 0; i < 100; ++i) init[i] = Smi(i).bits;
  Set(kept.at[0], Pair(Smi(-1), Null()));
  init[50] = kept.at[0].bits;
  const std::uint64_t word = Fart_DirectNew(direct_, first_ + kVectorKind, 200, 100, init);
  const Fart_Ref vector = Fart_RefOfBits(direct_, word);
  for (unsigned i = 0; i < 200; ++i) {
    const Fart_Ref element = Fart_Load(direct_, vector, 2 + i);
    if (i == 50) {
      EXPECT_EQ(SmiCar(element), -1);
    } else if (i < 100) {
      EXPECT_EQ(Fart_SmiValue(element), i);
    } else {
      EXPECT_TRUE(Fart_IsNullRef(element));
    }
  }
}

TEST_F(DirectTest, HandlesAndReferencesNameTheSameObjects) {
  const Fart_Handle text = Str("shared");
  const Fart_Ref ref = Fart_RefOf(direct_, text);
  EXPECT_TRUE(Fart_IsObject(ref));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_HandleOf(direct_, ref), text));
  FART_ROOTS(direct_, roots, 1);
  Set(roots.at[0], Pair(ref, Null()));
  Collect();
  EXPECT_EQ(TextOf(Fart_HandleOf(direct_, Car(Get(roots.at[0])))), "shared");
  EXPECT_TRUE(Fart_IsSame(Fart_RefOf(direct_, Fart_NewInteger(7)), Smi(7)));
  {
    const ExpectMisuse misuse("to be a live handle");
    EXPECT_TRUE(Fart_IsNone(Fart_RefOf(direct_, nullptr)));
  }
  {
    const ExpectMisuse misuse("to be no error");
    EXPECT_TRUE(Fart_IsNone(Fart_RefOf(direct_, Fart_NewApiError("wrong"))));
  }
  EXPECT_THAT(ErrorOf(Fart_DirectHandle(FART_DIRECT_NONE)), HasSubstr("'word' to be a value"));
  Fart_ExitScope();
  EXPECT_THAT(ErrorOf(Fart_DirectHandle(Smi(1).bits)), HasSubstr("No scope is open"));
  Fart_EnterScope();
}

// ---- What survives

TEST_F(DirectTest, WhatFramesHoldSurvivesAndMoves) {
  FART_ROOTS(direct_, outer, 1);
  Set(outer.at[0], List(100));
  const std::uint64_t before = outer.at[0].bits;
  {
    FART_ROOTS(direct_, inner, 2);
    Set(inner.at[1], Get(outer.at[0]));
    for (const Fart_Collection kind : {Fart_Collection_kMinor, Fart_Collection_kMajor,
                                       Fart_Collection_kMinor, Fart_Collection_kEverything}) {
      Collect(kind);
      EXPECT_EQ(Sum(Get(outer.at[0])), 5050);
      EXPECT_EQ(inner.at[1].bits, outer.at[0].bits);
      EXPECT_EQ(inner.at[0].bits, std::uint64_t{FART_DIRECT_NULL});
    }
  }
  EXPECT_NE(outer.at[0].bits, before);
  EXPECT_EQ(direct_->frames, &outer.frame);
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
}

TEST_F(DirectTest, WhatNewIsGivenSurvivesIt) {
  FART_ROOTS(direct_, roots, 1);
  std::int64_t made = 0;
  // Through many collections: the value is raw when Fart_New begins.
  const auto collections = [] {
    const Fart_HeapStatistics heap = HeapStatistics();
    return heap.minor_collections + heap.major_collections;
  };
  while (collections() < 3) {
    for (int i = 0; i < (IsUnderStress() ? 10 : 5000); ++i, ++made) {
      const Fart_Ref inner = Pair(Smi(made), Null());
      Set(roots.at[0], Pair(inner, Null()));
      ASSERT_EQ(SmiCar(Car(Get(roots.at[0]))), made);
    }
  }
}

TEST_F(DirectTest, AStoreIntoWhatIsOldIsRemembered) {
  FART_ROOTS(direct_, roots, 1);
  Set(roots.at[0], Pair(Null(), Null()));
  MakeOld(roots.at[0]);
  for (int i = 0; i < 3; ++i) {
    const Fart_Ref young = Pair(Smi(i), Null());
    Fart_Store(direct_, Get(roots.at[0]), 1, young);
    Fart_Store(direct_, Get(roots.at[0]), 2, Smi(i));
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
    Collect(Fart_Collection_kMinor);
    EXPECT_EQ(SmiCar(Car(Get(roots.at[0]))), i);
    EXPECT_EQ(Fart_SmiValue(Cdr(Get(roots.at[0]))), i);
  }
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
}

TEST_F(DirectTest, ABarrierThatIsLeftOutIsFound) {
  if (IsUnderStress()) GTEST_SKIP() << "what is young there does not stay so";
  FART_ROOTS(direct_, roots, 1);
  Set(roots.at[0], Pair(Null(), Null()));
  MakeOld(roots.at[0]);
  const Fart_Ref young = Pair(Smi(1), Null());
#ifdef FART_DIRECT_CHECKS
  EXPECT_DEATH(Fart_Init(direct_, Get(roots.at[0]), 1, young), "needs Fart_Store");
  Fart_Word(direct_, Get(roots.at[0]), 0)[1] = young.bits;
#else
  Fart_Init(direct_, Get(roots.at[0]), 1, young);  // The mistake.
#endif
  const char* const finding = Fart_VerifyHeap();
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding, HasSubstr("H-R1 complete: Pair@"));
  Fart_Store(direct_, Get(roots.at[0]), 1, Null());
}

TEST_F(DirectTest, WeakReferencesReadAsNullWhenTheirObjectIsDead) {
  FART_ROOTS(direct_, roots, 2);
  Set(roots.at[1], Pair(Smi(1), Null()));
  Set(roots.at[0], Fart_New(direct_, first_ + kMixedKind, kMixed, nullptr));
  Fart_Store(direct_, Get(roots.at[0]), 2, Get(roots.at[1]));
  Collect();
  EXPECT_EQ(SmiCar(Fart_LoadWeak(direct_, Get(roots.at[0]), 2)), 1);
  direct_->gate = 1;
  EXPECT_EQ(SmiCar(Fart_LoadWeak(direct_, Get(roots.at[0]), 2)), 1) << "out of line";
  direct_->gate = 0;
  Set(roots.at[1], Null());
  Collect();
  EXPECT_TRUE(Fart_IsNullRef(Fart_LoadWeak(direct_, Get(roots.at[0]), 2)));
}

TEST_F(DirectTest, AnEphemeronLosesItsValueWithItsKey) {
  FART_ROOTS(direct_, roots, 2);
  Set(roots.at[1], Pair(Smi(1), Null()));
  const Fart_Ref value = Pair(Smi(2), Get(roots.at[1]));
  const Fart_Ref init[] = {Get(roots.at[1]), value};
  Set(roots.at[0], Fart_New(direct_, first_ + kEphemeronKind, kPair, init));
  Collect();
  EXPECT_EQ(SmiCar(Cdr(Get(roots.at[0]))), 2);
  Set(roots.at[1], Null());
  Collect();
  EXPECT_TRUE(Fart_IsNullRef(Car(Get(roots.at[0]))) && Fart_IsNullRef(Cdr(Get(roots.at[0]))));
}

}  // namespace
}  // namespace fart::api
