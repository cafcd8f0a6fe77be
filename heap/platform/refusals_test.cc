// A system that refuses: each refusal is an answer, and what was refused can be had later.

#include <gtest/gtest.h>
#include <sys/mman.h>

#include "heap/base/check.h"
#include "heap/platform/testing/refusing_system.h"
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

}  // namespace
}  // namespace fart
