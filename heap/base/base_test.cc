#include <gtest/gtest.h>

#include "heap/base/bit_field.h"
#include "heap/base/check.h"
#include "heap/base/safepoint.h"
#include "heap/base/sanitizer.h"
#include "heap/base/units.h"

// Of the sanitizers' own libraries: null without them.
extern "C" void __asan_init() __attribute__((weak));  // NOLINT
extern "C" void __tsan_init() __attribute__((weak));  // NOLINT

namespace fart {
namespace {

TEST(UnitsTest, RoundsUpToTheNextMultiple) {
  EXPECT_EQ(ByteCount(1).RoundedUpTo(8), ByteCount(8));
  EXPECT_EQ(ByteCount(8).RoundedUpTo(8), ByteCount(8));
  EXPECT_EQ(ByteCount(0).RoundedUpTo(8), ByteCount(0));
  EXPECT_EQ(ByteCount(WordCount(3)), ByteCount(24));
}

TEST(BitFieldTest, UpdatesOnlyItsOwnBits) {
  using Low = BitField<unsigned, 0, 4>;
  using High = BitField<unsigned, Low::kNext, 60>;
  std::uint64_t word = High::Encode(0x123u) | Low::Encode(0xFu);
  word = Low::Update(word, 0x5u);
  EXPECT_EQ(Low::Decode(word), 0x5u);
  EXPECT_EQ(High::Decode(word), 0x123u);
  EXPECT_FALSE(Low::Fits(16));
}

TEST(CheckDeathTest, NamesTheFact) {
  EXPECT_DEATH(FART_CHECK(1 + 1 == 3), "check failed: 1 \\+ 1 == 3");
}

// By what is linked, which the header does not ask.
TEST(SanitizerTest, IsTheOneWhoseLibraryIsHere) {
  EXPECT_EQ(FART_ADDRESS_SANITIZER != 0, &__asan_init != nullptr);
  EXPECT_EQ(FART_THREAD_SANITIZER != 0, &__tsan_init != nullptr);
}

#if FART_CHECK_LEVEL >= 1
TEST(UnitsDeathTest, ASizeNeverWrapsBelowZero_HBU1) {
  EXPECT_DEATH(static_cast<void>(ByteCount(8) - ByteCount(16)), "check failed");
}

void CollectWhileQuiet() FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  AtSafepoint();
}

TEST(SafepointDeathTest, ASafepointInsideANoSafepointScopeAborts_HBC1) {
  EXPECT_DEATH(CollectWhileQuiet(), "check failed");
}
#endif

}  // namespace
}  // namespace fart
