#include "heap/platform/row.h"

#include <gtest/gtest.h>

#include <cstdint>

#include <utility>
#include "heap/platform/off_heap.h"

namespace fart {
namespace {

Row<std::uint64_t> Numbers(std::uint64_t count) {
  Row<std::uint64_t> row;
  for (std::uint64_t i = 0; i < count; ++i) EXPECT_TRUE(row.TryAppend(i));
  return row;
}

TEST(RowTest, WhatWasAppendedIsThereInOrder) {
  const Row<std::uint64_t> row = Numbers(100'000);
  ASSERT_EQ(row.size(), 100'000u);
  std::uint64_t at = 0;
  for (const std::uint64_t number : row) ASSERT_EQ(number, at++);
}

TEST(RowTest, AMovedOneIsEmpty) {
  Row<std::uint64_t> row = Numbers(20);
  Row<std::uint64_t> other = Numbers(3);
  other = std::move(row);
  EXPECT_EQ(other.size(), 20u);
  row = Row<std::uint64_t>();
  EXPECT_TRUE(row.empty());
}

TEST(RowTest, ErasingClosesTheGap) {
  Row<std::uint64_t> row = Numbers(6);
  row.Erase(1, 4);
  ASSERT_EQ(row.size(), 3u);
  EXPECT_EQ(row[0], 0u);
  EXPECT_EQ(row[1], 4u);
  EXPECT_EQ(row[2], 5u);
  row.Erase(3, 3);
  row.Truncate(1);
  EXPECT_EQ(row.size(), 1u);
}

TEST(RowTest, ResizingFillsWhatIsNew) {
  Row<std::uint64_t> row = Numbers(2);
  ASSERT_TRUE(row.TryResize(50, 7));
  EXPECT_EQ(row[1], 1u);
  EXPECT_EQ(row[2], 7u);
  EXPECT_EQ(row[49], 7u);
}

std::int64_t BytesInUse() { return OffHeapBytesInUse() + GrowingBlockBytesMapped(); }

TEST(RowTest, WhatIsInUseIsCounted_HPO1) {
  const std::int64_t before = BytesInUse();
  {
    const Row<std::uint64_t> row = Numbers(1 << 20);
    EXPECT_GE(BytesInUse() - before, std::int64_t{8} << 20);
  }
  const auto uncounted = static_cast<std::int64_t>(kOffHeapUncounted.value());
  EXPECT_LE(BytesInUse() - before, uncounted);
}

TEST(RowTest, WhatIsUnusedGoesBack_HPO1) {
  const std::int64_t before = BytesInUse();
  Row<std::uint64_t> row = Numbers(1 << 20);
  row.Truncate(1000);
  EXPECT_GE(row.unused(), (std::size_t{1} << 20) - 1000);
  row.GiveBackUnused();
  EXPECT_EQ(row.unused(), 0u);
  const auto uncounted = static_cast<std::int64_t>(kOffHeapUncounted.value());
  EXPECT_LE(BytesInUse() - before, 8000 + uncounted);
  for (std::uint64_t i = 1000; i < 2000; ++i) ASSERT_TRUE(row.TryAppend(i));
  for (std::uint64_t i = 0; i < 2000; ++i) ASSERT_EQ(row[i], i);
  row.Truncate(0);
  row.GiveBackUnused();
  EXPECT_EQ(row.unused(), 0u);
}

}  // namespace
}  // namespace fart
