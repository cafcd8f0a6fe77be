#include "heap/span_stack.h"

#include <gtest/gtest.h>

#include <algorithm>
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

std::vector<std::uintptr_t> NumbersIn(const SpanStack& stack) {
  std::vector<std::uintptr_t> numbers;
  stack.ForEach([&numbers](const Span& span) { numbers.push_back(NumberOf(span)); });
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

TEST(SpanStackTest, APieceAtATimeIsTakenOverButForWhatLeaves) {
  SpanStack from;
  SpanStack stack;
  for (std::uintptr_t i = 1; i <= 1000; ++i) ASSERT_TRUE(from.TryPush(SpanOf(i)));
  ASSERT_TRUE(stack.TryPush(SpanOf(5000)));
  const auto is_odd = [](const Span& span) { return NumberOf(span) % 2 != 0; };
  std::size_t pieces = 0;
  for (; from.size() != 0; ++pieces) {
    const std::size_t before = from.size();
    const std::size_t had = stack.size();
    stack.TakePiece(from, is_odd);
    ASSERT_LT(from.size(), before);
    ASSERT_LE(before - from.size(), 255u);
    ASSERT_LE(stack.size() - had, (before - from.size() + 1) / 2);
    ASSERT_EQ(NumbersIn(stack).size(), stack.size());
    ASSERT_EQ(NumbersIn(from).size(), from.size());
    // What is added lies with it.
    ASSERT_TRUE(stack.TryPush(SpanOf(6000 + pieces)));
    ASSERT_EQ(NumberOf(stack.TakeLast(1, kAny)), 6000 + pieces);
  }
  EXPECT_EQ(pieces, 4u);
  std::vector<std::uintptr_t> even;
  for (std::uintptr_t i = 2; i <= 1000; i += 2) even.push_back(i);
  even.push_back(5000);
  EXPECT_EQ(NumbersIn(stack), even);
  // A piece of which all leaves.
  ASSERT_TRUE(from.TryPush(SpanOf(1)));
  stack.TakePiece(from, kAny);
  EXPECT_EQ(NumbersIn(stack), even);
  EXPECT_EQ(stack.size(), even.size());
}

TEST(SpanStackTest, AllIsTakenOverOnTopOfWhatThereIs) {
  SpanStack from;
  SpanStack stack;
  stack.TakeAll(from);
  EXPECT_EQ(stack.size(), 0u);
  for (std::uintptr_t i = 1; i <= 600; ++i) ASSERT_TRUE(from.TryPush(SpanOf(i)));
  stack.TakeAll(from);
  EXPECT_EQ(from.size(), 0u);
  EXPECT_TRUE(from.TakeLast(1, kAny).from.is_null());
  for (std::uintptr_t i = 601; i <= 1200; ++i) ASSERT_TRUE(from.TryPush(SpanOf(i)));
  stack.TakeAll(from);
  EXPECT_EQ(stack.size(), 1200u);
  stack.TakeAll(from);
  for (std::uintptr_t i = 1200; i > 0; --i) ASSERT_EQ(NumberOf(stack.TakeLast(1, kAny)), i);
  EXPECT_EQ(stack.size(), 0u);
  ASSERT_TRUE(from.TryPush(SpanOf(4)));
  EXPECT_EQ(NumbersIn(from), std::vector<std::uintptr_t>{4});
}

}  // namespace
}  // namespace fart
