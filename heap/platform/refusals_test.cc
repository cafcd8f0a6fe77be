// A system that refuses: each refusal is an answer, and what was refused can be had later.

#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "heap/base/check.h"
#include "heap/platform/off_heap.h"
#include "heap/platform/testing/refusing_system.h"
#include "heap/platform/testing/resident.h"
#include "heap/platform/thread_text.h"
#include "heap/platform/virtual_memory.h"

namespace fart {
namespace {

constexpr ByteCount kPart = KiB(64);

class RefusalsTest : public testing::Test {
 protected:
  RefusalsTest() : memory_(VirtualMemory::Reserve(MiB(1), kPart)) {
    FART_CHECK(memory_.Commit(memory_.start(), kPart));
    *memory_.start().As<int>() = 42;
  }
  int Value() const { return *memory_.start().As<volatile int>(); }

  VirtualMemory memory_;
  const std::uint64_t refusals_before_ = VirtualMemory::Refusals();
};

TEST_F(RefusalsTest, AReservationIsEmpty) {
  const RefusingSystem refusing(SystemCall::kReserve);
  EXPECT_TRUE(VirtualMemory::Reserve(MiB(1), kPart).is_empty());
  EXPECT_TRUE(VirtualMemory::Reserve(MiB(1), VirtualMemory::PageSize()).is_empty());
}

TEST_F(RefusalsTest, WithoutRoomToAlignAReservationIsMadeAtAnAlignedAddress) {
  // The first would be larger than what is asked for.
  const RefusingSystem refusing(SystemCall::kReserve, 1, 2);
  const VirtualMemory memory = VirtualMemory::Reserve(MiB(4), MiB(64));
  ASSERT_FALSE(memory.is_empty());
  EXPECT_TRUE(memory.start().IsAlignedTo(MiB(64).value()));
  EXPECT_EQ(refusing.calls(), 3u) << "the second address that was tried";
}

TEST_F(RefusalsTest, CommittingSaysSo) {
  const Address next = memory_.start() + kPart;
  {
    const RefusingSystem refusing(SystemCall::kCommit);
    EXPECT_FALSE(memory_.Commit(next, kPart));
  }
  EXPECT_TRUE(memory_.Commit(next, kPart));
  *next.As<int>() = 1;
}

TEST_F(RefusalsTest, WhatIsNotTakenBackStaysWithItsContentsAndIsCounted) {
  {
    const RefusingSystem refusing(SystemCall::kGiveBack);
    EXPECT_FALSE(memory_.Discard(memory_.start(), kPart));
    EXPECT_EQ(refusing.calls(), 2u) << "and once more as for locked memory";
  }
  EXPECT_EQ(Value(), 42);
  EXPECT_EQ(VirtualMemory::Refusals(), refusals_before_ + 1);
  EXPECT_TRUE(memory_.Discard(memory_.start(), kPart));
  EXPECT_EQ(Value(), 0);
}

TEST_F(RefusalsTest, LockedMemoryIsTakenBackTheOtherWay) {
  if (mlock(memory_.start().As<void>(), kPart.value()) != 0) {
    GTEST_SKIP() << "this process may not lock memory";
  }
  ASSERT_NE(madvise(memory_.start().As<void>(), kPart.value(), MADV_DONTNEED), 0);
  EXPECT_TRUE(memory_.Discard(memory_.start(), kPart)) << "needs Linux 5.18";
  EXPECT_EQ(Value(), 0);
  EXPECT_EQ(VirtualMemory::Refusals(), refusals_before_);
}

TEST_F(RefusalsTest, WhatIsNotProtectedStaysAccessible) {
  {
    const RefusingSystem refusing(SystemCall::kProtect);
    EXPECT_FALSE(memory_.Protect(memory_.start(), kPart));
    EXPECT_EQ(Value(), 42);
    EXPECT_FALSE(memory_.Decommit(memory_.start(), kPart));
    EXPECT_EQ(Value(), 0) << "its pages went back";
  }
  EXPECT_EQ(VirtualMemory::Refusals(), refusals_before_ + 2);
}

TEST_F(RefusalsTest, WhatIsNotReleasedHoldsNoPagesAndIsTriedAgain) {
  const Address start = memory_.start();
  {
    const RefusingSystem refusing(SystemCall::kRelease);
    memory_ = VirtualMemory();
    EXPECT_EQ(VirtualMemory::Unreleased(), MiB(1));
    EXPECT_EQ(*start.As<volatile int>(), 0);
    EXPECT_EQ(VirtualMemory::Refusals(), refusals_before_ + 1);
  }
  memory_ = VirtualMemory::Reserve(kPart, VirtualMemory::PageSize());
  EXPECT_EQ(VirtualMemory::Unreleased(), ByteCount());
}

TEST_F(RefusalsTest, EachEndOfARangeTriesAgain) {
  VirtualMemory second = VirtualMemory::Reserve(MiB(2), kPart);
  VirtualMemory third = VirtualMemory::Reserve(MiB(4), kPart);
  VirtualMemory last = VirtualMemory::Reserve(kPart, kPart);
  {
    const RefusingSystem refusing(SystemCall::kRelease);
    memory_ = VirtualMemory();
    second = VirtualMemory();
    third = VirtualMemory();
    EXPECT_EQ(VirtualMemory::Unreleased(), MiB(7));
  }
  {
    // The first of them once more, and then the last one itself.
    const RefusingSystem refusing(SystemCall::kRelease, 1, 1);
    last = VirtualMemory();
    EXPECT_GT(VirtualMemory::Unreleased(), ByteCount());
    EXPECT_LT(VirtualMemory::Unreleased(), MiB(7));
  }
  last = VirtualMemory::Reserve(kPart, kPart);
  EXPECT_EQ(VirtualMemory::Unreleased(), ByteCount());
  // And what was taken back at last is not taken back once more.
  {
    const RefusingSystem refusing(SystemCall::kRelease);
    last = VirtualMemory();
  }
  const RefusingSystem counting(SystemCall::kRelease, ~std::uint64_t{0});
  last = VirtualMemory::Reserve(kPart, VirtualMemory::PageSize());
  EXPECT_EQ(counting.calls(), 1u);
  EXPECT_EQ(VirtualMemory::Unreleased(), ByteCount());
}

TEST_F(RefusalsTest, DecommittingSaysThatPagesStay) {
  {
    const RefusingSystem refusing(SystemCall::kGiveBack);
    EXPECT_FALSE(memory_.Decommit(memory_.start(), kPart));
  }
  ASSERT_TRUE(memory_.Commit(memory_.start(), kPart));
  EXPECT_EQ(Value(), 42);
  EXPECT_TRUE(memory_.Decommit(memory_.start(), kPart));
}

// Where all memory is locked, what nobody has touched is not there all the same.
TEST_F(RefusalsTest, InALockedProcessOnlyWhatIsTouchedIsBacked) {
  const pid_t child = fork();
  if (child == 0) {
    constexpr ByteCount kMuch = MiB(8);
    if (mlockall(MCL_FUTURE) != 0) _exit(2);
    const VirtualMemory memory = VirtualMemory::Reserve(kMuch, kPart);
    if (!memory.Commit(memory.start(), kMuch)) _exit(2);  // more than may be locked
    const std::size_t untouched = ResidentPages(memory.start(), kMuch);
    *memory.start().As<volatile int>() = 1;
    _exit(untouched == 0 && ResidentPages(memory.start(), kMuch) == 1 ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 2) GTEST_SKIP() << "this process may not lock so much";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

// What malloc keeps of a burst, although it is free, goes back to the system.
TEST(GivingBackTest, PagesOfFreeBlocksGoBack) {
  const ByteCount size = KiB(16);  // Small enough to be of malloc's own heap.
  std::vector<void*> blocks(256);
  for (void*& block : blocks) {
    block = OffHeapAllocate(size);
    ASSERT_NE(block, nullptr);
    std::memset(block, 1, size.value());
  }
  void* const above = OffHeapAllocate(size);  // So that the heap's end stays where it is.
  const Address middle = Address::Of(blocks[blocks.size() / 2]) + KiB(4);
  for (void* const block : blocks) OffHeapFree(block, size);
  ASSERT_TRUE(IsResident(middle));
  OffHeapGiveBack();
  EXPECT_FALSE(IsResident(middle));
  OffHeapFree(above, size);
}

TEST(GivingBackTest, AThreadsTextsGoWithIt) {
  const auto in_use = [] {
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
  };
  const auto keep_long_texts = [] {
    std::thread([] {
      for (std::size_t length : {4'000u, 40'000u, 10u}) {
        KeepThreadText(ThreadText::kMisuse, std::string(length, 'x'));
        KeepThreadText(ThreadText::kFlagValue, std::string(length, 'y'));
      }
    }).join();
  };
  keep_long_texts();
  const std::size_t before = in_use();
  for (int i = 0; i < 100; ++i) keep_long_texts();
  EXPECT_LT(in_use(), before + 400'000) << "of 8,800,000 bytes of texts";
}

}  // namespace
}  // namespace fart
