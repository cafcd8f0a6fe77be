#include <gtest/gtest.h>
#include <pthread.h>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "heap/platform/clock.h"
#include "heap/platform/off_heap.h"
#include "heap/platform/thread_text.h"
#include "heap/platform/virtual_memory.h"

namespace fart {
namespace {

pthread_key_t key_of_test;

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

TEST(VirtualMemoryTest, OnlyPartsOfTheRangeAreCommitted) {
  const VirtualMemory memory = VirtualMemory::Reserve(MiB(1), KiB(64));
  EXPECT_TRUE(memory.Commit(memory.end() - KiB(64), KiB(64)));
  EXPECT_DEATH(static_cast<void>(memory.Commit(memory.end() - KiB(64), KiB(128))), "Contains");
  EXPECT_DEATH(static_cast<void>(memory.Commit(memory.start(), MiB(2))), "Contains");
}

TEST(VirtualMemoryTest, WhatIsMovedFromIsEmptyAndTheRangeEndsOnce) {
  VirtualMemory first = VirtualMemory::Reserve(MiB(1), KiB(64));
  const Address start = first.start();
  VirtualMemory second = VirtualMemory::Reserve(MiB(2), KiB(64));
  second = std::move(first);
  EXPECT_EQ(second.start(), start);
  EXPECT_EQ(second.size(), MiB(1));
  EXPECT_TRUE(first.is_empty());        // NOLINT: what is left of it is the question
  EXPECT_EQ(first.start(), Address());  // NOLINT
  const VirtualMemory third(std::move(second));
  EXPECT_EQ(third.start(), start);
  EXPECT_TRUE(second.is_empty());  // NOLINT
  EXPECT_TRUE(third.Commit(start, MiB(1)));
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
  OffHeapFree(block, ByteCount(100));
}

// HP-O2, for a burst of twice kOffHeapBurst, less what may not be counted in.
constexpr std::int64_t kPauseNs =
    (static_cast<std::int64_t>(2 * kOffHeapBurst.value() / MiB(1).value()) - 2) *
    kOffHeapPauseNsPerMiB;
void WaitUntilLongAgo() {
  std::this_thread::sleep_for(std::chrono::nanoseconds(kPauseNs + 4 * kOffHeapPauseNsPerMiB));
}

TEST(OffHeapTest, CountsWhatIsInUse_HPO1) {
  constexpr std::size_t kCount = 1000;
  const ByteCount first(3000);
  const ByteCount then(7000);
  const auto slack = static_cast<double>(2 * kOffHeapUncounted.value());
  const auto before = static_cast<double>(OffHeapBytesInUse());
  std::vector<void*> blocks(kCount);
  for (void*& block : blocks) block = OffHeapAllocate(first);
  EXPECT_NEAR(static_cast<double>(OffHeapBytesInUse()), before + 3000.0 * kCount, slack);
  for (void*& block : blocks) block = OffHeapReallocate(block, first, then);
  EXPECT_NEAR(static_cast<double>(OffHeapBytesInUse()), before + 7000.0 * kCount, slack);
  for (void* const block : blocks) OffHeapFree(block, then);
  EXPECT_NEAR(static_cast<double>(OffHeapBytesInUse()), before, slack);
}

// Whoever frees, and however small the blocks are.
TEST(OffHeapTest, GivesBackAfterABurstAndNotBefore) {
  const ByteCount size(1000);
  const std::size_t count = kOffHeapBurst.value() / size.value();
  std::vector<void*> blocks(2 * count);
  const std::uint64_t before = OffHeapGivenBackCount();
  for (void*& block : blocks) block = OffHeapAllocate(size);
  std::size_t freed = 0;
  for (; freed < count * 9 / 10; ++freed) OffHeapFree(blocks[freed], size);
  WaitUntilLongAgo();
  OffHeapGiveBackIfWorthIt();
  EXPECT_EQ(OffHeapGivenBackCount(), before);
  const std::int64_t start = MonotonicNs();
  std::thread([&] {
    for (; freed < blocks.size(); ++freed) OffHeapFree(blocks[freed], size);
  }).join();
  EXPECT_EQ(OffHeapGivenBackCount(), before + 1);
  // The next one comes too soon to pay for, and is over all the same when time has passed. HP-O2
  for (void*& block : blocks) block = OffHeapAllocate(size);
  for (void* const block : blocks) OffHeapFree(block, size);
  OffHeapGiveBackIfWorthIt();
  if (MonotonicNs() - start < kPauseNs) {  // On a slow machine nothing can be said.
    EXPECT_EQ(OffHeapGivenBackCount(), before + 1);
  }
  WaitUntilLongAgo();
  OffHeapGiveBackIfWorthIt();
  EXPECT_EQ(OffHeapGivenBackCount(), before + 2);
  OffHeapGiveBackIfWorthIt();
  EXPECT_EQ(OffHeapGivenBackCount(), before + 2);
}

// Going up and down by less than an eighth of what is in use is no burst, however much it is.
TEST(OffHeapTest, DoesNotGiveBackWhatIsLittleBesideTheRest) {
  const ByteCount much(kOffHeapBurst.value() * 16);
  void* const rest = OffHeapAllocate(much);  // Never touched.
  ASSERT_NE(rest, nullptr);
  WaitUntilLongAgo();
  const std::uint64_t before = OffHeapGivenBackCount();
  for (int i = 0; i < 4; ++i) {
    void* const block = OffHeapAllocate(kOffHeapBurst + MiB(1));
    OffHeapFree(block, kOffHeapBurst + MiB(1));
    OffHeapGiveBackIfWorthIt();
  }
  EXPECT_EQ(OffHeapGivenBackCount(), before);
  OffHeapFree(rest, much);
}

// Less than a quarter, and more than an eighth.
TEST(OffHeapTest, GivesBackAnEighth) {
  void* const rest = OffHeapAllocate(kOffHeapBurst * 5);  // Never touched, as what follows.
  ASSERT_NE(rest, nullptr);
  OffHeapGiveBack();
  WaitUntilLongAgo();
  const std::uint64_t before = OffHeapGivenBackCount();
  OffHeapFree(OffHeapAllocate(kOffHeapBurst), kOffHeapBurst);
  OffHeapGiveBackIfWorthIt();
  EXPECT_EQ(OffHeapGivenBackCount(), before + 1);
  OffHeapFree(rest, kOffHeapBurst * 5);
}

TEST(OffHeapTest, GivingBackWhenAskedCountsAsTheLastTime) {
  const ByteCount much = kOffHeapBurst * 2;
  void* const rest = OffHeapAllocate(kOffHeapBurst);
  void* const block = OffHeapAllocate(much);
  ASSERT_TRUE(rest != nullptr && block != nullptr);
  OffHeapGiveBack();
  OffHeapFree(block, much);
  WaitUntilLongAgo();
  OffHeapGiveBack();
  const std::int64_t start = MonotonicNs();
  const std::uint64_t before = OffHeapGivenBackCount();
  // A burst that is over at once is over too soon. HP-O2
  OffHeapFree(OffHeapAllocate(much), much);
  OffHeapGiveBackIfWorthIt();
  const bool is_soon = MonotonicNs() - start < kPauseNs;
  EXPECT_TRUE(!is_soon || OffHeapGivenBackCount() == before);
  // And what was in use before counts for nothing.
  OffHeapGiveBack();
  const std::uint64_t again = OffHeapGivenBackCount();
  WaitUntilLongAgo();
  OffHeapGiveBackIfWorthIt();
  EXPECT_EQ(OffHeapGivenBackCount(), again);
  OffHeapFree(rest, kOffHeapBurst);
}

TEST(OffHeapTest, FreeingNothingCountsForNothing) {
  const std::int64_t before = OffHeapBytesInUse();
  OffHeapFree(nullptr, MiB(64));
  EXPECT_EQ(OffHeapBytesInUse(), before);
}

TEST(ThreadTextTest, EachThreadAndKindHasItsOwn) {
  EXPECT_STREQ(KeepThreadText(ThreadText::kMisuse, "mine"), "mine");
  EXPECT_STREQ(KeepThreadText(ThreadText::kFlagValue, "8m"), "8m");
  std::thread([] {
    EXPECT_EQ(KeptThreadText(ThreadText::kMisuse), nullptr);
    EXPECT_STREQ(KeepThreadText(ThreadText::kMisuse, "another's"), "another's");
  }).join();
  EXPECT_STREQ(KeptThreadText(ThreadText::kMisuse), "mine");
  EXPECT_STREQ(KeptThreadText(ThreadText::kFlagValue), "8m");
}

TEST(ThreadTextTest, KeepsTextsOfAnyLengthAndPartsOfItself) {
  const std::string text(10000, 'x');
  EXPECT_EQ(KeepThreadText(ThreadText::kCppException, text), text);
  const std::string_view kept = KeptThreadText(ThreadText::kCppException);
  EXPECT_STREQ(KeepThreadText(ThreadText::kCppException, kept.substr(9997)), "xxx");
  EXPECT_STREQ(KeepThreadText(ThreadText::kCppException, ""), "");
  EXPECT_STREQ(KeptThreadText(ThreadText::kCppException), "");
}

// Keys' destructors run in any order, and again for what they set themselves.
TEST(ThreadTextTest, BeginsAnewInTheDestructorOfAKey) {
  static std::string found;
  found.clear();
  KeepThreadText(ThreadText::kMisuse, "");  // Makes our key, so that it is the older one.
  pthread_key_t key = {};
  ASSERT_EQ(pthread_key_create(&key,
                               [](void* value) {
                                 const char* const kept = KeptThreadText(ThreadText::kMisuse);
                                 found += kept == nullptr ? "-" : kept;
                                 KeepThreadText(ThreadText::kMisuse, "late");
                                 auto* const rounds = static_cast<int*>(value);
                                 if (--*rounds != 0) pthread_setspecific(key_of_test, value);
                               }),
            0);
  key_of_test = key;
  int rounds = 3;
  std::thread([&] {
    KeepThreadText(ThreadText::kMisuse, "early");
    pthread_setspecific(key, &rounds);
  }).join();
  EXPECT_EQ(rounds, 0);
  EXPECT_EQ(found, "---");  // The older key's destructor is first each time.
  pthread_key_delete(key);
}

TEST(ClockTest, NeverGoesBack) {
  const std::int64_t first = MonotonicNs();
  EXPECT_GE(MonotonicNs(), first);
}

}  // namespace
}  // namespace fart
