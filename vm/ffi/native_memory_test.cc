#include "vm/ffi/native_memory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "heap/base/sanitizer.h"
#include "vm/platform/process_allocator.h"

// AddressSanitizer's malloc does not give an address again soon.
#define FART_TEST_ALLOCATOR_WAITS FART_ADDRESS_SANITIZER

namespace fart::ffi {
namespace {

TEST(NativeMemoryTest, KnowsItsBlockUntilItIsFreed_VFM1) {
  const std::size_t before = LiveBlocks();
  const Allocation a = AllocateNative(24, /*is_zeroed=*/true);
  ASSERT_NE(a.address, 0u);
  EXPECT_EQ(LiveBlocks(), before + 1);
  const std::vector<char> zeros(24, 0);
  EXPECT_EQ(std::memcmp(reinterpret_cast<void*>(a.address), zeros.data(), 24), 0);
  EXPECT_TRUE(RangeOf(a.block).is_live);
  EXPECT_TRUE(IsLive(a.block));
  EXPECT_EQ(RangeOf(a.block).size, 24u);
  EXPECT_EQ(RangeOf(a.block).address, a.address);
  EXPECT_EQ(FreeNative(a.address, a.block), FreeOutcome::kFreed);
  EXPECT_FALSE(RangeOf(a.block).is_live);
  EXPECT_FALSE(IsLive(a.block));
  EXPECT_FALSE(IsWithin(a.block, a.address, 1));
  EXPECT_EQ(FreeNative(a.address, a.block), FreeOutcome::kDead);
  EXPECT_EQ(LiveBlocks(), before);
}

TEST(NativeMemoryTest, AllowsAccessWithinTheBlockOnly_VFM3) {
  const Allocation a = AllocateNative(24, false);
  EXPECT_TRUE(IsWithin(a.block, a.address, 24));
  EXPECT_TRUE(IsWithin(a.block, a.address + 23, 1));
  EXPECT_TRUE(IsWithin(a.block, a.address + 24, 0));
  EXPECT_FALSE(IsWithin(a.block, a.address + 24, 1));
  EXPECT_FALSE(IsWithin(a.block, a.address + 23, 2));
  EXPECT_FALSE(IsWithin(a.block, a.address - 1, 1));
  EXPECT_FALSE(IsWithin(a.block, a.address, 25));
  EXPECT_FALSE(IsWithin(a.block, a.address + 1, SIZE_MAX));
  EXPECT_FALSE(IsWithin(a.block, 0, 1));
  FreeNative(a.address, a.block);
}

TEST(NativeMemoryTest, RefusesToFreeWhatIsNoBeginning) {
  const Allocation a = AllocateNative(24, false);
  EXPECT_EQ(FreeNative(a.address + 8, a.block), FreeOutcome::kInterior);
  EXPECT_EQ(FreeNative(a.address + 24, a.block), FreeOutcome::kOutside);
  EXPECT_EQ(FreeNative(a.address - 1, a.block), FreeOutcome::kOutside);
  EXPECT_TRUE(IsWithin(a.block, a.address, 24));
  EXPECT_EQ(FreeNative(a.address, a.block), FreeOutcome::kFreed);
}

TEST(NativeMemoryTest, HasBlocksOfNothing) {
  const Allocation a = AllocateNative(0, true);
  const Allocation b = AllocateNative(0, false);
  EXPECT_NE(a.address, b.address);
  EXPECT_FALSE(IsWithin(a.block, a.address, 1));
  EXPECT_EQ(FreeNative(a.address, a.block), FreeOutcome::kFreed);
  EXPECT_EQ(FreeNative(b.address, b.block), FreeOutcome::kFreed);
}

TEST(NativeMemoryTest, AnswersWithNothingWhenThereIsNoMemory) {
  const std::size_t before = LiveBlocks();
  EXPECT_EQ(AllocateNative(std::size_t{1} << 62, false).address, 0u);
  EXPECT_EQ(AllocateNative(std::size_t{1} << 62, true).block, kNoBlock);
  EXPECT_EQ(LiveBlocks(), before);
}

TEST(NativeMemoryTest, FreesWhatCAllocatedAndNoticesWhatCFreed_VFM2) {
  const ProcessAllocator& c = *ProcessAllocator::Get();
  EXPECT_EQ(FreeNative(reinterpret_cast<std::uintptr_t>(c.malloc(40)), kNoBlock),
            FreeOutcome::kFreed);
  // C frees a block of ours. Sooner or later malloc returns that address again: the old id is dead
  // then, and the new one is right.
  const std::size_t before = LiveBlocks();
  const Allocation old = AllocateNative(40, false);
  c.free(reinterpret_cast<void*>(old.address));
  std::vector<Allocation> others;
  for (int i = 0; i < 100000; ++i) {
    others.push_back(AllocateNative(40, false));
    if (others.back().address == old.address) break;
  }
#if !FART_TEST_ALLOCATOR_WAITS
  ASSERT_EQ(others.back().address, old.address);
  EXPECT_FALSE(RangeOf(old.block).is_live);
  EXPECT_FALSE(IsWithin(old.block, old.address, 1));
  EXPECT_TRUE(IsWithin(others.back().block, old.address, 40));
  EXPECT_EQ(FreeNative(old.address, old.block), FreeOutcome::kDead);
  EXPECT_EQ(LiveBlocks(), before + others.size());
#endif
  for (const Allocation& other : others) FreeNative(other.address, other.block);
  static_cast<void>(before);
}

#if !FART_TEST_ALLOCATOR_WAITS
// An id would not fit into an integer of a program any more.
TEST(NativeMemoryTest, ASlotThatIsUsedUpServesNobodyAnyMore_VFM1) {
  using namespace native_memory_internal;  // NOLINT: its own
  constexpr std::uint32_t kLastGeneration = (1u << 30) - 1;
  const Allocation old = AllocateNative(56, false);
  const std::uint32_t index = IndexOf(old.block);
  chunks[index >> kChunkShift].load()[index & (kSlotsPerChunk - 1)].generation = kLastGeneration;
  ProcessAllocator::Get()->free(reinterpret_cast<void*>(old.address));
  std::vector<Allocation> others;
  do {
    others.push_back(AllocateNative(56, false));
    ASSERT_LT(others.size(), 100'000u);
  } while (others.back().address != old.address);
  EXPECT_TRUE(IsLive(others.back().block));
  for (const Allocation& other : others) {
    EXPECT_NE(IndexOf(other.block), index);
    FreeNative(other.address, other.block);
  }
}
#endif

TEST(NativeMemoryTest, FreesAListedBlockByItsAddressAlone) {
  const Allocation a = AllocateNative(16, false);
  EXPECT_EQ(FreeNative(a.address, kNoBlock), FreeOutcome::kFreed);
  EXPECT_FALSE(RangeOf(a.block).is_live);
}

TEST(NativeMemoryTest, DisownsWithoutFreeing) {
  const Allocation a = AllocateNative(16, false);
  EXPECT_EQ(DisownNative(a.address + 1, a.block), FreeOutcome::kInterior);
  EXPECT_EQ(DisownNative(a.address, a.block), FreeOutcome::kFreed);
  EXPECT_FALSE(RangeOf(a.block).is_live);
  std::memset(reinterpret_cast<void*>(a.address), 1, 16);
  ProcessAllocator::Get()->free(reinterpret_cast<void*>(a.address));
}

TEST(NativeMemoryTest, KeepsWhatListsSee_VFM4) {
  const Allocation a = AllocateNative(32, true);
  ASSERT_TRUE(BeginView(a.block));
  ASSERT_TRUE(BeginView(a.block));
  EXPECT_TRUE(IsSeen(a.block));
  EXPECT_EQ(FreeNative(a.address, a.block), FreeOutcome::kKept);
  EXPECT_FALSE(IsWithin(a.block, a.address, 1));
  EXPECT_FALSE(BeginView(a.block));
  EXPECT_EQ(FreeNative(a.address, a.block), FreeOutcome::kDead);
  EndView(a.block);
  EXPECT_TRUE(IsSeen(a.block));
  // Nobody else is given it.
  for (int i = 0; i < 100; ++i) {
    const Allocation other = AllocateNative(32, false);
    EXPECT_NE(other.address, a.address);
    FreeNative(other.address, other.block);
  }
  EndView(a.block);
  EXPECT_FALSE(IsSeen(a.block));
}

TEST(NativeMemoryTest, FreesAtOnceWhatNoListSeesAnyMore) {
  const Allocation a = AllocateNative(32, true);
  ASSERT_TRUE(BeginView(a.block));
  EndView(a.block);
  EXPECT_EQ(FreeNative(a.address, a.block), FreeOutcome::kFreed);
  const Allocation b = AllocateNative(32, true);
  ASSERT_TRUE(BeginView(b.block));
  EXPECT_EQ(FreeNative(b.address, kNoBlock), FreeOutcome::kKept);
  EndView(b.block);
  // What C has taken over is not freed with the list.
  const Allocation c = AllocateNative(32, true);
  ASSERT_TRUE(BeginView(c.block));
  EXPECT_EQ(DisownNative(c.address, c.block), FreeOutcome::kFreed);
  EndView(c.block);
  ProcessAllocator::Get()->free(reinterpret_cast<void*>(c.address));
  const Allocation d = AllocateNative(32, true);  // Nor where only its address is known.
  ASSERT_TRUE(BeginView(d.block));
  EXPECT_EQ(DisownNative(d.address, kNoBlock), FreeOutcome::kFreed);
  EndView(d.block);
  ProcessAllocator::Get()->free(reinterpret_cast<void*>(d.address));
}

TEST(NativeMemoryTest, KnowsADeadBlockUntilItsSlotServesAgain) {
  const Allocation a = AllocateNative(48, false);
  FreeNative(a.address, a.block);
  EXPECT_TRUE(RangeOf(a.block).is_known);
  EXPECT_EQ(RangeOf(a.block).size, 48u);
  const Allocation b = AllocateNative(40, false);
  EXPECT_NE(a.block, b.block);
  EXPECT_EQ(RangeOf(a.block).is_known, a.address != b.address);
  EXPECT_FALSE(RangeOf(a.block).is_live);
  EXPECT_TRUE(IsWithin(b.block, b.address, 40));
  EXPECT_FALSE(IsWithin(b.block, b.address, 41));
  EXPECT_EQ(FreeNative(a.address, a.block), FreeOutcome::kDead);
  FreeNative(b.address, b.block);
}

// Far more addresses than ever are live at once: slots of dead blocks serve others.
TEST(NativeMemoryTest, TakesTheSlotsOfTheDeadForOtherAddresses_VFM5) {
  std::vector<Allocation> kept;
  for (int i = 0; i < 100; ++i) kept.push_back(AllocateNative(64, false));
  std::vector<Allocation> dead;
  std::uint32_t highest = 0;
  for (std::size_t round = 1; round < 400; ++round) {
    const std::size_t size = 1200 + 16 * round;  // So that each round's addresses are its own.
    std::vector<Allocation> blocks;
    for (int i = 0; i < 50; ++i) blocks.push_back(AllocateNative(size, false));
    for (const Allocation& block : blocks) {
      highest = std::max(highest, native_memory_internal::IndexOf(block.block));
      ASSERT_TRUE(IsWithin(block.block, block.address, size));
      ASSERT_FALSE(IsWithin(block.block, block.address, size + 1));
      ASSERT_EQ(FreeNative(block.address, block.block), FreeOutcome::kFreed);
    }
    dead.insert(dead.end(), blocks.begin(), blocks.end());
  }
#if !FART_TEST_ALLOCATOR_WAITS
  EXPECT_LT(highest, 5000u);
#else
  EXPECT_NE(highest, 0u);  // Other tests have had many live at once.
#endif
  for (const Allocation& block : dead) {
    ASSERT_FALSE(IsLive(block.block));
    ASSERT_EQ(FreeNative(block.address, block.block), FreeOutcome::kDead);
  }
  for (const Allocation& block : kept) {
    EXPECT_TRUE(IsWithin(block.block, block.address, 64));
    EXPECT_EQ(FreeNative(block.address, block.block), FreeOutcome::kFreed);
  }
}

// Against a plain list: what is live is found, whatever has been freed in between.
TEST(NativeMemoryTest, KeepsAnyNumberOfBlocks) {
  std::mt19937 random(20261126);
  std::vector<std::pair<Allocation, std::size_t>> live;
  std::vector<Allocation> dead;
  for (int step = 0; step < 30000; ++step) {
    if (live.empty() || random() % 5 < 3) {
      const std::size_t size = random() % 200;
      live.emplace_back(AllocateNative(size, false), size);
    } else {
      std::swap(live[random() % live.size()], live.back());
      const Allocation gone = live.back().first;
      live.pop_back();
      // By its id, or as C's pointer.
      ASSERT_EQ(FreeNative(gone.address, random() % 2 == 0 ? gone.block : kNoBlock),
                FreeOutcome::kFreed);
      dead.push_back(gone);
    }
  }
  for (const auto& [block, size] : live) {
    ASSERT_TRUE(IsWithin(block.block, block.address, size));
    ASSERT_FALSE(IsWithin(block.block, block.address, size + 1));
  }
  for (const Allocation& block : dead) ASSERT_FALSE(RangeOf(block.block).is_live);
  for (const auto& [block, size] : live) {
    ASSERT_EQ(FreeNative(block.address, block.block), FreeOutcome::kFreed);
  }
}

TEST(NativeMemoryTest, IsForAllThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([i] {
      for (int round = 0; round < 3000; ++round) {
        const std::size_t size = static_cast<std::size_t>(8 * (i + 1));
        const Allocation a = AllocateNative(size, round % 2 == 0);
        EXPECT_TRUE(IsWithin(a.block, a.address, size));
        EXPECT_EQ(FreeNative(a.address, a.block), FreeOutcome::kFreed);
        EXPECT_FALSE(IsWithin(a.block, a.address, 1));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// Of threads that free one block, one does.
TEST(NativeMemoryTest, FreesOnceWhoeverIsFirst_VFM1) {
  constexpr int kThreads = 3;
  constexpr int kRounds = 2000;
  std::vector<Allocation> blocks;
  for (int i = 0; i < kRounds; ++i) blocks.push_back(AllocateNative(24, false));
  std::atomic<int> freed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (const Allocation& block : blocks) {
        const FreeOutcome outcome = FreeNative(block.address, block.block);
        EXPECT_TRUE(outcome == FreeOutcome::kFreed || outcome == FreeOutcome::kDead);
        if (outcome == FreeOutcome::kFreed) ++freed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(freed, kRounds);
}

// Either the list sees memory that stays, or it hears that there is none.
TEST(NativeMemoryTest, KeepsWhatAListBeginsToSeeWhileItIsFreed_VFM4) {
  for (int round = 0; round < 2000; ++round) {
    const Allocation a = AllocateNative(32, true);
    FreeOutcome outcome{};
    std::thread other([&] { outcome = FreeNative(a.address, a.block); });
    const bool is_seen = BeginView(a.block);
    other.join();
    EXPECT_EQ(outcome, is_seen ? FreeOutcome::kKept : FreeOutcome::kFreed);
    EXPECT_EQ(IsSeen(a.block), is_seen);
    if (is_seen) EndView(a.block);
    EXPECT_FALSE(IsSeen(a.block));
  }
}

// The table grows, and gives slots away, while others allocate without its lock.
TEST(NativeMemoryTest, ChangesUnderThreads_VFM5) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([i] {
      std::mt19937 random(static_cast<unsigned>(i));
      std::vector<std::pair<Allocation, std::size_t>> live;
      for (int step = 0; step < 20000; ++step) {
        if (live.size() < 2000 && random() % 5 < 3) {
          const std::size_t size = 1 + random() % 3000;
          live.emplace_back(AllocateNative(size, false), size);
        } else if (!live.empty()) {
          std::swap(live[random() % live.size()], live.back());
          const auto [block, size] = live.back();
          live.pop_back();
          ASSERT_TRUE(IsWithin(block.block, block.address, size));
          ASSERT_FALSE(IsWithin(block.block, block.address, size + 1));
          ASSERT_EQ(FreeNative(block.address, block.block), FreeOutcome::kFreed);
          ASSERT_FALSE(IsLive(block.block));
        }
      }
      for (const auto& [block, size] : live) {
        ASSERT_TRUE(IsWithin(block.block, block.address, size));
        ASSERT_EQ(FreeNative(block.address, block.block), FreeOutcome::kFreed);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(ProcessAllocatorTest, IsTheOneThatCCodeUses) {
  const ProcessAllocator* const c = ProcessAllocator::Get();
  ASSERT_NE(c, nullptr);
  EXPECT_FALSE(c->library.empty());
  std::free(c->malloc(10));
  c->free(std::malloc(10));
}

}  // namespace
}  // namespace fart::ffi
