// Pages that are asked for are backed, by a thread that is there as long as somebody asks.

#include "heap/platform/prefault.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <memory>
#include <thread>
#include <vector>

#include "heap/base/sanitizer.h"

namespace fart {
namespace {

constexpr ByteCount kSize = MiB(2);

VirtualMemory NewRange() {
  VirtualMemory range = VirtualMemory::Reserve(kSize, kSize);
  EXPECT_TRUE(range.Commit(range.start(), kSize));
  range.PreferSmallPages(range.start(), kSize);
  return range;
}

std::size_t PagesBacked(const VirtualMemory& range) {
  std::vector<unsigned char> pages(kSize.value() / VirtualMemory::PageSize().value());
  EXPECT_EQ(mincore(range.start().As<void>(), kSize.value(), pages.data()), 0);
  std::size_t backed = 0;
  for (const unsigned char page : pages) backed += page & 1;
  return backed;
}

TEST(PrefaultTest, WhatIsAskedForIsBackedAndNoMore_HPF1) {
  const VirtualMemory range = NewRange();
  PrefaultUser user;
  ASSERT_EQ(PagesBacked(range), 0u);
  user.Ask(range, range.start() + KiB(64), KiB(64));
  user.Wait();
  if (PagesBacked(range) == 0) GTEST_SKIP() << "the system does not back pages on request";
  EXPECT_EQ(PagesBacked(range), KiB(64).value() / VirtualMemory::PageSize().value());
}

std::ptrdiff_t ThreadsOfProcess() {
  const std::filesystem::directory_iterator threads("/proc/self/task");
  return std::distance(begin(threads), end(threads));
}

// The system names a thread that has been waited for a moment longer.
bool ThreadsBecome(std::ptrdiff_t expected) {
  for (int i = 0; i < 5000 && ThreadsOfProcess() != expected; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return ThreadsOfProcess() == expected;
}

TEST(PrefaultTest, TheThreadEndsWithTheLastUser_HPF2) {
  const VirtualMemory range = NewRange();
  const std::ptrdiff_t threads = ThreadsOfProcess();
  EXPECT_FALSE(PrefaultUser::HasThread());
  auto first = std::make_unique<PrefaultUser>();
  EXPECT_FALSE(PrefaultUser::HasThread()) << "nobody has asked";
  auto second = std::make_unique<PrefaultUser>();
  first->Ask(range, range.start(), KiB(64));
  second->Ask(range, range.start(), KiB(64));
  EXPECT_TRUE(PrefaultUser::HasThread());
  first.reset();
  EXPECT_TRUE(PrefaultUser::HasThread());
  second->Wait();
  EXPECT_EQ(ThreadsOfProcess(), threads + 1);
  second.reset();
  EXPECT_FALSE(PrefaultUser::HasThread());
  EXPECT_TRUE(ThreadsBecome(threads));
  // And begins again.
  PrefaultUser third;
  third.Ask(range, range.start(), KiB(64));
  EXPECT_TRUE(PrefaultUser::HasThread());
  third.Wait();
}

// The thread gives way behind each piece of a request, and the last one is shorter.
TEST(PrefaultTest, EachPieceOfALongRequestIsBacked_HPF4) {
  const VirtualMemory range = NewRange();
  PrefaultUser user;
  const ByteCount size = MiB(1) + KiB(12);
  user.Ask(range, range.start() + KiB(8), size);
  user.Wait();
  if (PagesBacked(range) == 0) GTEST_SKIP() << "the system does not back pages on request";
  EXPECT_EQ(PagesBacked(range), size.value() / VirtualMemory::PageSize().value());
}

TEST(PrefaultTest, AUserWaitsForWhatItAskedForAlone) {
  const VirtualMemory range = NewRange();
  const std::size_t all = kSize.value() / VirtualMemory::PageSize().value();
  PrefaultUser user;
  const PrefaultUser other;
  bool is_seen = false;
  for (int i = 0; i < 1000 && !is_seen; ++i) {
    user.Ask(range, range.start(), kSize);
    other.Wait();
    is_seen = PagesBacked(range) < all / 2;
    user.Wait();
    if (PagesBacked(range) == 0) GTEST_SKIP() << "the system does not back pages on request";
    EXPECT_EQ(PagesBacked(range), all);
    range.Discard(range.start(), kSize);
  }
  EXPECT_TRUE(is_seen);
}

TEST(PrefaultTest, APartIsMadeAccessible_HPF1) {
  using Committed = PrefaultUser::Committed;
  const VirtualMemory range = VirtualMemory::Reserve(kSize, kSize);
  PrefaultUser user;
  const PrefaultUser other;
  EXPECT_EQ(user.HasCommitted(false), Committed::kNot) << "nobody asked";
  ASSERT_TRUE(user.AskToCommit(range, range.start() + KiB(64), KiB(64)));
  EXPECT_EQ(user.HasCommitted(true), Committed::kIs);
  EXPECT_EQ(user.HasCommitted(false), Committed::kIs);
  EXPECT_EQ(other.HasCommitted(false), Committed::kNot);
  std::memset((range.start() + KiB(64)).As<void>(), 1, KiB(64).value());
  EXPECT_DEATH(std::memset(range.start().As<void>(), 1, 1), "");
  // Another part: what became of the first says nothing of it.
  ASSERT_EQ(munmap(range.start().As<void>(), KiB(64).value()), 0);
  ASSERT_TRUE(user.AskToCommit(range, range.start(), KiB(64)));
  EXPECT_EQ(user.HasCommitted(true), Committed::kNot) << "the system refuses";
}

TEST(PrefaultTest, OnePartAtATimeIsMadeAccessibleBeforeWhatIsToBeBacked) {
  using Committed = PrefaultUser::Committed;
  const VirtualMemory range = NewRange();
  const VirtualMemory closed = VirtualMemory::Reserve(kSize, kSize);
  bool is_seen = false;
  for (int i = 0; i < 1000 && !is_seen; ++i) {
    PrefaultUser user;
    user.Ask(range, range.start(), kSize);
    ASSERT_TRUE(user.AskToCommit(closed, closed.start(), KiB(64)));
    if (user.HasCommitted(false) == Committed::kWaits &&
        !user.AskToCommit(closed, closed.start(), kSize)) {
      EXPECT_EQ(user.HasCommitted(true), Committed::kIs);
      is_seen = PagesBacked(range) < kSize.value() / VirtualMemory::PageSize().value();
    }
    user.Wait();
    range.Discard(range.start(), kSize);
  }
  EXPECT_TRUE(is_seen);
}

// Between what is in use malloc keeps what is freed, until it is told.
TEST(PrefaultTest, TheThreadGivesBackWhatMallocHolds) {
#if !defined(__GLIBC__) || FART_ADDRESS_SANITIZER || FART_THREAD_SANITIZER
  GTEST_SKIP() << "another malloc";
#endif
  EXPECT_FALSE(PrefaultUser::AskToGiveBack()) << "there is no thread";
  const VirtualMemory range = NewRange();
  PrefaultUser user;
  user.Ask(range, range.start(), KiB(64));
  user.Wait();
  if (!PrefaultUser::HasThread()) GTEST_SKIP() << "no thread can be had";
  constexpr std::size_t kBlock = 100'000;
  std::vector<char*> blocks(100);
  for (char*& block : blocks) {
    block = static_cast<char*>(std::malloc(kBlock));
    ASSERT_NE(block, nullptr);
    std::memset(block, 1, kBlock);
  }
  const std::size_t page_size = VirtualMemory::PageSize().value();
  const auto middle = reinterpret_cast<std::uintptr_t>(blocks[50]) / page_size * page_size;
  const auto is_resident = [&] {
    unsigned char page = 0;
    EXPECT_EQ(mincore(reinterpret_cast<void*>(middle), page_size, &page), 0);
    return (page & 1) != 0;
  };
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) std::free(blocks[i]);
  ASSERT_TRUE(is_resident());
  EXPECT_TRUE(PrefaultUser::AskToGiveBack());
  for (int i = 0; i < 10'000 && is_resident(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_FALSE(is_resident());
  std::free(blocks.back());
}

TEST(PrefaultTest, MoreThanWaitIsDropped_HPF1) {
  const VirtualMemory range = NewRange();
  PrefaultUser user;
  for (int i = 0; i < 1000; ++i) user.Ask(range, range.start(), kSize);
  user.Wait();
}

TEST(PrefaultTest, WhoEndsWhileItsPagesAreAskedForWaits_HPF2) {
  for (int i = 0; i < 200; ++i) {
    VirtualMemory range = NewRange();
    PrefaultUser user;
    for (int k = 0; k < 3; ++k) user.Ask(range, range.start(), kSize);
    // Else the one before has not let go of it.
    ASSERT_TRUE(user.AskToCommit(range, range.start(), kSize));
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int k = 0; k < 50; ++k) {
        VirtualMemory range = NewRange();
        PrefaultUser user;
        user.Ask(range, range.start(), KiB(256));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(PrefaultUser::HasThread());
}

TEST(PrefaultTest, AChildStartsItsOwn) {
  const VirtualMemory range = NewRange();
  PrefaultUser user;
  user.Ask(range, range.start(), KiB(64));
  static_cast<void>(user.AskToCommit(range, range.start(), KiB(64)));
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (PrefaultUser::HasThread()) _exit(1);
    if (user.HasCommitted(false) == PrefaultUser::Committed::kWaits) _exit(3);
    user.Ask(range, range.start(), kSize);
    user.Wait();
    _exit(PrefaultUser::HasThread() ? 0 : 2);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(PrefaultUser::HasThread());
}

}  // namespace
}  // namespace fart
