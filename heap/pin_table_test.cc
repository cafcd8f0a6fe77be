#include "heap/pin_table.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace fart {
namespace {

ObjectPtr At(std::uintptr_t address) { return ObjectPtr::FromAddress(Address(address)); }

TEST(PinTableTest, AnObjectIsPinnedUntilEachPinIsTakenBack_HQ2) {
  PinTable pins;
  pins.Pin(At(0x1000));
  pins.Pin(At(0x1000));
  ASSERT_EQ(pins.entries().size(), 1u);
  EXPECT_EQ(pins.entries().begin()->pins, 2u);
  EXPECT_TRUE(pins.Unpin(At(0x1000)));
  EXPECT_EQ(pins.entries().size(), 1u);
  EXPECT_TRUE(pins.Unpin(At(0x1000)));
  EXPECT_TRUE(pins.entries().empty());
  EXPECT_FALSE(pins.Unpin(At(0x1000)));
}

TEST(PinTableTest, EntriesAreInTheOrderOfAddresses) {
  PinTable pins;
  for (const std::uintptr_t address : {0x3000u, 0x1000u, 0x2000u, 0x5000u, 0x4000u}) {
    pins.Pin(At(address));
  }
  EXPECT_FALSE(pins.Unpin(At(0x2008)));
  EXPECT_FALSE(pins.Unpin(At(0x6000)));
  EXPECT_TRUE(pins.Unpin(At(0x2000)));
  ASSERT_EQ(pins.entries().size(), 4u);
  std::uintptr_t before = 0;
  for (const PinTable::Entry& entry : pins.entries()) {
    EXPECT_LT(before, entry.object.value());
    before = entry.object.value();
  }
}

TEST(PinTableTest, ManyAreGivenBackInAnyOrder) {
  constexpr std::uintptr_t kBase = 0x10000;
  constexpr std::uintptr_t kCount = 100000;
  PinTable pins;
  for (std::uintptr_t i = 0; i < kCount; ++i) pins.Pin(At(kBase + i * 7919 % kCount * 16));
  EXPECT_EQ(pins.entries().size(), kCount);
  // In a table that moves its tail each time, this takes seconds.
  for (std::uintptr_t i = 0; i < kCount; ++i) ASSERT_TRUE(pins.Unpin(At(kBase + i * 16)));
  EXPECT_TRUE(pins.entries().empty());
}

}  // namespace
}  // namespace fart
