#include "heap/span_stack.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace fart {
namespace {

Span SpanOf(std::uintptr_t number) { return {Address(64 * number), Address(64 * number + 64)}; }
std::uintptr_t NumberOf(const Span& span) { return span.from.value() / 64; }
constexpr auto kAny = [](const Span&) { return true; };

TEST(SpanStackTest, TheLastIsTakenFirstOverManyPieces) {
  constexpr std::uintptr_t kMany = 2000;
  SpanStack stack;
  for (std::uintptr_t i = 1; i <= kMany; ++i) ASSERT_TRUE(stack.TryPush(SpanOf(i)));
  EXPECT_EQ(stack.size(), kMany);
  for (std::uintptr_t i = kMany; i > 0; --i) ASSERT_EQ(NumberOf(stack.TakeLast(16, kAny)), i);
  EXPECT_EQ(stack.size(), 0u);
  EXPECT_TRUE(stack.TakeLast(16, kAny).from.is_null());
  ASSERT_TRUE(stack.TryPush(SpanOf(7)));
  EXPECT_EQ(NumberOf(stack.TakeLast(16, kAny)), 7u);
}

TEST(SpanStackTest, OfTheLastFewTheLastThatFitsIsTakenAndTheOthersStayInOrder) {
  SpanStack stack;
  for (std::uintptr_t i = 1; i <= 10; ++i) ASSERT_TRUE(stack.TryPush(SpanOf(i)));
  const auto is = [](std::uintptr_t number) {
    return [number](const Span& span) { return NumberOf(span) == number; };
  };
  EXPECT_TRUE(stack.TakeLast(3, is(7)).from.is_null());
  EXPECT_EQ(NumberOf(stack.TakeLast(3, is(8))), 8u);
  EXPECT_EQ(stack.size(), 9u);
  std::vector<std::uintptr_t> left;
  stack.ForEach([&left](const Span& span) { left.push_back(NumberOf(span)); });
  EXPECT_EQ(left, (std::vector<std::uintptr_t>{1, 2, 3, 4, 5, 6, 7, 9, 10}));
  EXPECT_EQ(NumberOf(stack.TakeLast(1, kAny)), 10u);
  EXPECT_EQ(NumberOf(stack.TakeLast(1, kAny)), 9u);
}

TEST(SpanStackTest, ClearedItHasNothingAndCanBeUsedAgain) {
  SpanStack stack;
  for (std::uintptr_t i = 1; i <= 600; ++i) ASSERT_TRUE(stack.TryPush(SpanOf(i)));
  stack.Clear();
  EXPECT_EQ(stack.size(), 0u);
  std::size_t visited = 0;
  stack.ForEach([&visited](const Span&) { ++visited; });
  EXPECT_EQ(visited, 0u);
  ASSERT_TRUE(stack.TryPush(SpanOf(3)));
  EXPECT_EQ(NumberOf(stack.TakeLast(1, kAny)), 3u);
}

TEST(SpanStackTest, WhatLeavesIsErasedFromEveryPieceAndEmptyPiecesGo) {
  SpanStack stack;
  for (std::uintptr_t i = 1; i <= 2000; ++i) ASSERT_TRUE(stack.TryPush(SpanOf(i)));
  // Whole pieces of it in the middle and at the end, and parts of others.
  const auto stays = [](std::uintptr_t number) {
    return number <= 300 || (number > 1000 && number % 3 == 0 && number < 1900);
  };
  stack.EraseIf([&](const Span& span) { return !stays(NumberOf(span)); });
  std::vector<std::uintptr_t> left;
  for (std::uintptr_t i = 1; i <= 2000; ++i) {
    if (stays(i)) left.push_back(i);
  }
  EXPECT_EQ(stack.size(), left.size());
  ASSERT_TRUE(stack.TryPush(SpanOf(5000)));
  EXPECT_EQ(NumberOf(stack.TakeLast(1, kAny)), 5000u);
  for (std::size_t i = left.size(); i > 0; --i) {
    ASSERT_EQ(NumberOf(stack.TakeLast(1, kAny)), left[i - 1]);
  }
  EXPECT_TRUE(stack.TakeLast(1, kAny).from.is_null());
  EXPECT_EQ(stack.size(), 0u);
  stack.EraseIf(kAny);
  ASSERT_TRUE(stack.TryPush(SpanOf(9)));
  stack.EraseIf(kAny);
  EXPECT_EQ(stack.size(), 0u);
}

}  // namespace
}  // namespace fart
