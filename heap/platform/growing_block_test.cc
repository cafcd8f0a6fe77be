#include "heap/platform/growing_block.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "heap/platform/off_heap.h"
#include "heap/platform/prefault.h"
#include "heap/platform/virtual_memory.h"

namespace fart {
namespace {

constexpr ByteCount kBelow = kMappedBlock - ByteCount(8);

std::uint64_t* Resized(std::uint64_t* block, ByteCount from, ByteCount to) {
  return static_cast<std::uint64_t*>(GrowingBlockResize(block, from, to));
}

bool IsAMapping(const void* block) {
  return Address::Of(block).value() % VirtualMemory::PageSize().value() == 0;
}

bool IsMapped(void* block) {
  unsigned char is_resident = 0;
  return mincore(block, VirtualMemory::PageSize().value(), &is_resident) == 0;
}

TEST(GrowingBlockTest, WhatBothSizesHaveIsKept) {
  const std::vector<ByteCount> sizes = {ByteCount(104), KiB(8),   kBelow,         kMappedBlock,
                                        MiB(3),         MiB(64),  MiB(2),         kMappedBlock,
                                        kBelow,         MiB(1),   ByteCount(800), MiB(5),
                                        MiB(5),         KiB(512), ByteCount(8)};
  std::uint64_t* block = nullptr;
  ByteCount size;
  const std::int64_t mapped = GrowingBlockBytesMapped();
  for (const ByteCount next : sizes) {
    block = Resized(block, size, next);
    ASSERT_NE(block, nullptr);
    const std::size_t kept = std::min(size, next).value() / 8;
    for (std::size_t i = 0; i < kept; ++i) ASSERT_EQ(block[i], i) << next.value();
    for (std::size_t i = 0; i < next.value() / 8; ++i) block[i] = i;
    size = next;
    const std::int64_t counted = next >= kMappedBlock ? static_cast<std::int64_t>(next.value()) : 0;
    EXPECT_EQ(GrowingBlockBytesMapped() - mapped, counted);
  }
  GrowingBlockFree(block, size);
  GrowingBlockFree(nullptr, ByteCount());
}

// glibc takes the size of what was freed as what is worth a mapping from then on.
TEST(GrowingBlockTest, ALongOneIsAMappingWhateverWasFreedBefore) {
  std::free(std::malloc(MiB(24).value()));
  std::uint64_t* block = nullptr;
  ByteCount size;
  const std::int64_t in_use = OffHeapBytesInUse();
  for (ByteCount next = kMappedBlock; next <= MiB(16); next = next * 2) {
    block = Resized(block, size, next);
    ASSERT_NE(block, nullptr);
    EXPECT_TRUE(IsAMapping(block));
    size = next;
  }
  EXPECT_LE(OffHeapBytesInUse() - in_use, static_cast<std::int64_t>(kOffHeapUncounted.value()));
  GrowingBlockFree(block, size);
}

TEST(GrowingBlockTest, GivenBackItIsNoMappingAnyMore) {
  const std::int64_t mapped = GrowingBlockBytesMapped();
  std::uint64_t* const block = Resized(nullptr, ByteCount(), MiB(8));
  ASSERT_NE(block, nullptr);
  GrowingBlockFree(block, MiB(8));
  EXPECT_EQ(GrowingBlockBytesMapped(), mapped);
  EXPECT_FALSE(IsMapped(block));
}

// The thread that has pages backed takes some, and who gave them back has not to wait.
TEST(GrowingBlockTest, GivenBackByAnotherThreadItHasGoneWhenThatHasEnded_HPF3) {
  constexpr int kMany = 40;
  std::vector<std::uint64_t*> blocks;
  for (int i = 0; i < kMany; ++i) {
    blocks.push_back(Resized(nullptr, ByteCount(), MiB(4)));
    ASSERT_NE(blocks.back(), nullptr);
  }
  const ByteCount page = VirtualMemory::PageSize();
  const VirtualMemory range = VirtualMemory::Reserve(page, page);
  {
    PrefaultUser user;
    user.Ask(range, range.start(), page);
    if (!PrefaultUser::HasThread()) GTEST_SKIP() << "there is no thread";
    for (std::uint64_t* const block : blocks) GrowingBlockFree(block, MiB(4));
  }
  EXPECT_FALSE(PrefaultUser::HasThread());
  for (std::uint64_t* const block : blocks) EXPECT_FALSE(IsMapped(block));
}

TEST(GrowingBlockTest, WhereThereIsNoMemoryTheOldBlockIsAsItWas) {
  constexpr ByteCount kTooMuch(std::size_t{1} << 50);
  for (const ByteCount size : {KiB(4), MiB(2)}) {
    std::uint64_t* const block = Resized(nullptr, ByteCount(), size);
    ASSERT_NE(block, nullptr);
    block[7] = 77;
    const std::int64_t mapped = GrowingBlockBytesMapped();
    EXPECT_EQ(Resized(block, size, kTooMuch), nullptr);
    EXPECT_EQ(block[7], 77u);
    EXPECT_EQ(GrowingBlockBytesMapped(), mapped);
    GrowingBlockFree(block, size);
  }
}

}  // namespace
}  // namespace fart
