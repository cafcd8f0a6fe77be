#include "lang/interpreter/fast_paths.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

namespace fart::lang {
namespace {

using Operator = bool (*)(ObjectPtr a, ObjectPtr b, ObjectPtr* result);

constexpr std::int64_t kMax = ObjectPtr::kSmiMax;
constexpr std::int64_t kMin = ObjectPtr::kSmiMin;

// Nothing: refused.
std::optional<std::int64_t> Try(Operator op, std::int64_t a, std::int64_t b) {
  ObjectPtr result;
  if (!op(ObjectPtr::FromSmi(a), ObjectPtr::FromSmi(b), &result)) return std::nullopt;
  return result.SmiValue();
}

constexpr std::optional<std::int64_t> kRefused = std::nullopt;

TEST(FastPathsTest, AddsUpToTheLargestAndSmallestSmi) {
  EXPECT_EQ(Try(TrySmiAdd, kMax - 1, 1), kMax);
  EXPECT_EQ(Try(TrySmiAdd, kMax, 1), kRefused);
  EXPECT_EQ(Try(TrySmiAdd, kMin + 1, -1), kMin);
  EXPECT_EQ(Try(TrySmiAdd, kMin, -1), kRefused);
  EXPECT_EQ(Try(TrySmiSub, kMin + 1, 1), kMin);
  EXPECT_EQ(Try(TrySmiSub, kMin, 1), kRefused);
  EXPECT_EQ(Try(TrySmiSub, kMax, -1), kRefused);
}

TEST(FastPathsTest, MultipliesUpToTheLargestAndSmallestSmi) {
  EXPECT_EQ(Try(TrySmiMul, kMax, 1), kMax);
  EXPECT_EQ(Try(TrySmiMul, kMin, 1), kMin);
  EXPECT_EQ(Try(TrySmiMul, kMin, -1), kRefused);
  EXPECT_EQ(Try(TrySmiMul, kMax, 2), kRefused);
  EXPECT_EQ(Try(TrySmiMul, std::int64_t{1} << 31, std::int64_t{1} << 31), kRefused);
  EXPECT_EQ(Try(TrySmiMul, std::int64_t{1} << 31, -(std::int64_t{1} << 31)), kMin);
}

TEST(FastPathsTest, LeavesARestThatIsNeverNegative) {
  EXPECT_EQ(Try(TrySmiMod, 7, 3), 1);
  EXPECT_EQ(Try(TrySmiMod, -7, 3), 2);
  EXPECT_EQ(Try(TrySmiMod, 7, -3), 1);
  EXPECT_EQ(Try(TrySmiMod, -7, -3), 2);
  EXPECT_EQ(Try(TrySmiMod, -6, 3), 0);
  EXPECT_EQ(Try(TrySmiMod, kMin, -1), 0);
  EXPECT_EQ(Try(TrySmiMod, kMin, kMax), kMax - 1);
  EXPECT_EQ(Try(TrySmiMod, kMin, kMin), 0);
  EXPECT_EQ(Try(TrySmiMod, -1, kMin), kMax);
  EXPECT_EQ(Try(TrySmiMod, 1, 0), kRefused);
}

TEST(FastPathsTest, DividesTowardsZeroUnlessTheQuotientMayBeNoSmi) {
  EXPECT_EQ(Try(TrySmiTruncDiv, -7, 3), -2);
  EXPECT_EQ(Try(TrySmiTruncDiv, 7, -3), -2);
  EXPECT_EQ(Try(TrySmiTruncDiv, kMin, 1), kMin);
  EXPECT_EQ(Try(TrySmiTruncDiv, kMin, -1), kRefused);
  EXPECT_EQ(Try(TrySmiTruncDiv, 1, 0), kRefused);
}

TEST(FastPathsTest, ShiftsLeftOnlyWhereNoBitIsLost) {
  EXPECT_EQ(Try(TrySmiShiftLeft, 1, 61), std::int64_t{1} << 61);
  EXPECT_EQ(Try(TrySmiShiftLeft, 1, 62), kRefused);
  EXPECT_EQ(Try(TrySmiShiftLeft, -1, 62), kMin);
  EXPECT_EQ(Try(TrySmiShiftLeft, -1, 63), kRefused);
  EXPECT_EQ(Try(TrySmiShiftLeft, 0, 63), kRefused);
  EXPECT_EQ(Try(TrySmiShiftLeft, 1, 64), kRefused);
  EXPECT_EQ(Try(TrySmiShiftLeft, 1, -1), kRefused);
}

TEST(FastPathsTest, ShiftsRightByAnyCountButANegativeOne) {
  EXPECT_EQ(Try(TrySmiShiftRight, -8, 2), -2);
  EXPECT_EQ(Try(TrySmiShiftRight, kMin, 61), -2);
  EXPECT_EQ(Try(TrySmiShiftRight, kMax, 62), 0);
  EXPECT_EQ(Try(TrySmiShiftRight, kMin, 64), -1);
  EXPECT_EQ(Try(TrySmiShiftRight, kMax, kMax), 0);
  EXPECT_EQ(Try(TrySmiShiftRight, kMin, kMax), -1);
  EXPECT_EQ(Try(TrySmiShiftRight, 1, -1), kRefused);
}

TEST(FastPathsTest, CombinesBitsOfNegativeNumbers) {
  EXPECT_EQ(Try(TrySmiAnd, -1, kMax), kMax);
  EXPECT_EQ(Try(TrySmiAnd, kMin, kMax), 0);
  EXPECT_EQ(Try(TrySmiOr, kMin, kMax), -1);
  EXPECT_EQ(Try(TrySmiXor, -1, kMax), kMin);
}

TEST(FastPathsTest, KnowsTwoSmisFromOne) {
  const ObjectPtr smi = ObjectPtr::FromSmi(-1);
  EXPECT_TRUE(AreSmis(smi, smi));
  EXPECT_FALSE(AreSmis(smi, kTrue));
  EXPECT_FALSE(AreSmis(kNull, smi));
}

}  // namespace
}  // namespace fart::lang
