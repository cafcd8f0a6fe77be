#include <gtest/gtest.h>

#include <cstring>

#include "heap/platform/clock.h"
#include "heap/platform/off_heap.h"
#include "heap/platform/virtual_memory.h"

namespace fart {
namespace {

TEST(VirtualMemoryTest, ReservesAtTheAlignmentAskedFor) {
  const VirtualMemory memory = VirtualMemory::Reserve(MiB(4), MiB(64));
  ASSERT_FALSE(memory.is_empty());
  EXPECT_TRUE(memory.start().IsAlignedTo(MiB(64).value()));
  EXPECT_EQ(memory.size(), MiB(4));
}

TEST(VirtualMemoryTest, DecommittedMemoryReadsAsZeroWhenCommittedAgain) {
  const VirtualMemory memory = VirtualMemory::Reserve(MiB(1), KiB(64));
  ASSERT_TRUE(memory.Commit(memory.start(), KiB(64)));
  std::memset(memory.start().As<void>(), 0xAB, KiB(64).value());
  EXPECT_TRUE(memory.Decommit(memory.start(), KiB(64)));
  ASSERT_TRUE(memory.Commit(memory.start(), KiB(64)));
  EXPECT_EQ(*memory.start().As<unsigned char>(), 0);
}

TEST(VirtualMemoryTest, ProtectedMemoryKeepsItsContents) {
  const VirtualMemory memory = VirtualMemory::Reserve(MiB(1), KiB(64));
  ASSERT_TRUE(memory.Commit(memory.start(), KiB(64)));
  *memory.start().As<int>() = 42;
  EXPECT_TRUE(memory.Protect(memory.start(), KiB(64)));
  EXPECT_DEATH(*memory.start().As<volatile int>() = 1, "");
  ASSERT_TRUE(memory.Commit(memory.start(), KiB(64)));
  EXPECT_EQ(*memory.start().As<int>(), 42);
}

TEST(VirtualMemoryTest, DiscardedMemoryStaysAccessibleAndReadsAsZero) {
  const VirtualMemory memory = VirtualMemory::Reserve(MiB(1), KiB(64));
  ASSERT_TRUE(memory.Commit(memory.start(), KiB(64)));
  *memory.start().As<int>() = 42;
  EXPECT_TRUE(memory.Discard(memory.start(), KiB(64)));
  EXPECT_EQ(*memory.start().As<int>(), 0);
  *memory.start().As<int>() = 43;
}

TEST(OffHeapTest, ZeroedBlocksAreZero) {
  auto* const block = static_cast<unsigned char*>(OffHeapAllocateZeroed(ByteCount(100)));
  ASSERT_NE(block, nullptr);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(block[i], 0);
  OffHeapFree(block);
}

TEST(ClockTest, NeverGoesBack) {
  const std::int64_t first = MonotonicNs();
  EXPECT_GE(MonotonicNs(), first);
}

}  // namespace
}  // namespace fart
