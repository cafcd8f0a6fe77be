#include "vm/ffi/memory_report.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>

namespace fart::ffi {
namespace {

Allocation Allocate(std::size_t size, const std::string& stack) {
  const Allocation made = AllocateNative(size, /*is_zeroed=*/true);
  NoteAllocation(made.block, stack);
  return made;
}
void Free(const Allocation& block, const std::string& stack) {
  EXPECT_EQ(FreeNative(block.address, block.block), FreeOutcome::kFreed);
  NoteRelease(block.block, "Freed", stack);
}

// What is printed when the last watch ends.
std::string EndOf(std::unique_ptr<MemoryWatch> watch) {
  testing::internal::CaptureStderr();
  watch.reset();
  return testing::internal::GetCapturedStderr();
}

TEST(MemoryReportTest, TellsWhereABlockWasAllocatedAndFreed_VFR1) {
  auto watch = std::make_unique<MemoryWatch>();
  const Allocation a = Allocate(8, "#0 make\n#1 main\n");
  EXPECT_EQ(HistoryOf(a.block), "\nAllocated:\n  #0 make\n  #1 main");
  Free(a, "#0 drop\n");
  EXPECT_EQ(HistoryOf(a.block), "\nAllocated:\n  #0 make\n  #1 main\nFreed:\n  #0 drop");
  NoteRelease(a.block, "Freed", "#0 again\n");
  EXPECT_EQ(HistoryOf(a.block).find("again"), std::string::npos);
  EXPECT_EQ(EndOf(std::move(watch)), "");
  EXPECT_EQ(HistoryOf(a.block), "");
}

TEST(MemoryReportTest, ForgetsTheFirstOfManyDead_VFR1) {
  auto watch = std::make_unique<MemoryWatch>();
  const Allocation first = Allocate(8, "#0 first\n");
  Free(first, "");
  const Allocation second = Allocate(8, "#0 second\n");
  Free(second, "");
  for (std::size_t i = 0; i + 1 < kMostDead; ++i) Free(Allocate(8, "#0 other\n"), "");
  EXPECT_EQ(HistoryOf(first.block), "");
  EXPECT_NE(HistoryOf(second.block), "");
  Free(Allocate(8, "#0 other\n"), "");
  EXPECT_EQ(HistoryOf(second.block), "") << "one for each that dies";
  EXPECT_EQ(EndOf(std::move(watch)), "");
}

TEST(MemoryReportTest, GroupsWhatWasNotFreedByWhere) {
  auto watch = std::make_unique<MemoryWatch>();
  const Allocation small = Allocate(4, "#0 small\n");
  const Allocation one = Allocate(10, "#0 large\n");
  const Allocation two = Allocate(20, "#0 large\n");
  Free(Allocate(100, "#0 freed\n"), "");
  EXPECT_EQ(LeaksText(),
            "Native memory that was not freed: 34 bytes in 3 blocks.\n"
            "30 bytes in 2 blocks, allocated:\n  #0 large\n"
            "4 bytes in 1 block, allocated:\n  #0 small\n");
  FreeNative(two.address, kNoBlock);  // By its address: the table knows.
  EXPECT_EQ(EndOf(std::move(watch)),
            "Native memory that was not freed: 14 bytes in 2 blocks.\n"
            "10 bytes in 1 block, allocated:\n  #0 large\n"
            "4 bytes in 1 block, allocated:\n  #0 small\n");
  FreeNative(small.address, small.block);
  FreeNative(one.address, one.block);
}

TEST(MemoryReportTest, FillsAndHoldsBackWhatIsFreed_VFR2) {
  auto watch = std::make_unique<MemoryWatch>();
  const Allocation a = Allocate(24, "");
  Free(a, "");
  const std::string filled(24, static_cast<char>(kFreedByte));
  EXPECT_EQ(std::memcmp(reinterpret_cast<void*>(a.address), filled.data(), 24), 0);
  for (int i = 0; i < 100; ++i) {
    const Allocation other = Allocate(24, "");
    EXPECT_NE(other.address, a.address);
    Free(other, "");
  }
  EXPECT_EQ(EndOf(std::move(watch)), "");
}

TEST(MemoryReportTest, GivesBackWhatIsTooMuch_VFR2) {
  auto watch = std::make_unique<MemoryWatch>();
  const Allocation a = Allocate(24, "");
  Free(a, "");
  *reinterpret_cast<char*>(a.address + 5) = 0;
  testing::internal::CaptureStderr();
  Free(Allocate(kMostQuarantined - 24, ""), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  testing::internal::CaptureStderr();
  Free(Allocate(1, ""), "");  // a goes back, and is looked at.
  EXPECT_NE(testing::internal::GetCapturedStderr().find(
                "byte 5 of a block of 24 bytes has been written to after the block was freed"),
            std::string::npos);
  EXPECT_EQ(EndOf(std::move(watch)), "");
}

TEST(MemoryReportTest, WatchesUntilTheLastEnds) {
  auto first = std::make_unique<MemoryWatch>();
  auto second = std::make_unique<MemoryWatch>();
  const Allocation a = Allocate(3, "#0 here\n");
  EXPECT_EQ(EndOf(std::move(first)), "");
  EXPECT_TRUE(IsWatchingMemory());
  EXPECT_NE(EndOf(std::move(second)), "");
  EXPECT_FALSE(IsWatchingMemory());
  FreeNative(a.address, a.block);
}

}  // namespace
}  // namespace fart::ffi
