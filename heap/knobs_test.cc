#include "heap/knobs.h"

#include <gtest/gtest.h>

namespace fart {
namespace {

constexpr ByteCount kNone = MemoryBounds::kNone;

TEST(DefaultHeapLimitTest, IsAQuarterOfTheMemoryThereIs) {
  EXPECT_EQ(DefaultHeapLimit({.physical = GiB(24)}), GiB(6));
  EXPECT_EQ(DefaultHeapLimit({.physical = GiB(24), .control_group = GiB(1)}), MiB(256));
  EXPECT_EQ(DefaultHeapLimit({.physical = GiB(2), .control_group = GiB(400)}), MiB(512));
  EXPECT_EQ(DefaultHeapLimit({.physical = GiB(24), .data = MiB(800)}), MiB(200));
}

TEST(DefaultHeapLimitTest, LeavesRoomForReservingSeveralTimesAsMuch) {
  EXPECT_EQ(DefaultHeapLimit({.physical = GiB(24), .addresses = GiB(1)}), MiB(128));
  EXPECT_EQ(DefaultHeapLimit({.physical = MiB(256), .addresses = GiB(1)}), MiB(64));
}

TEST(DefaultHeapLimitTest, IsWholeMebibytesAndNeitherTooSmallNorTooLarge) {
  EXPECT_EQ(DefaultHeapLimit({.physical = ByteCount(1'000'000'000)}), MiB(238));
  EXPECT_EQ(DefaultHeapLimit({.physical = GiB(24), .control_group = MiB(3)}), MiB(16));
  EXPECT_EQ(DefaultHeapLimit({.physical = kNone, .addresses = ByteCount()}), MiB(16));
  EXPECT_EQ(DefaultHeapLimit({}), kMaxHeapLimit);
}

}  // namespace
}  // namespace fart
