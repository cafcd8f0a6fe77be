// The list by itself: addresses stand for ephemerons and keys, a set for marks.

#include "gc/waiting_ephemerons.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "heap/platform/growing_block.h"
#include "heap/platform/off_heap.h"

namespace fart {
namespace {

class WaitingEphemeronsTest : public testing::Test {
 protected:
  using Entry = WaitingEphemerons::Entry;

  void Add(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      waiting.Add({.ephemeron = Address(8 * i), .key = Address(8 * i), .value = {}});
    }
  }
  void Look(std::size_t count) {
    waiting.LookAtSome(
        count, [](const Entry&) {},
        [this](const Entry& entry) {
          ++looks;
          return marked.count(entry.key.value() / 8) == 0;
        });
  }
  // Until none is due.
  void LookAsLongAsItIsDue() {
    for (int i = 0; waiting.IsLookDue(); ++i) {
      ASSERT_LT(i, 1'000'000);
      Look(7);
    }
  }
  std::vector<std::size_t> Left() {
    std::vector<std::size_t> left;
    waiting.LookAtAll([](const Entry&) {},
                      [&](const Entry& entry) {
                        left.push_back(entry.ephemeron.value() / 8);
                        return true;
                      });
    return left;
  }

  WaitingEphemerons waiting;
  std::set<std::size_t> marked;
  std::size_t looks = 0;
};

TEST_F(WaitingEphemeronsTest, NothingIsDueOfNothing) {
  EXPECT_FALSE(waiting.IsLookDue());
  EXPECT_TRUE(waiting.is_empty());
  EXPECT_TRUE(Left().empty());
}

TEST_F(WaitingEphemeronsTest, WhoseKeyIsMarkedIsTakenOutAndTheOthersStayInOrder) {
  Add(1, 21);
  marked = {3, 4, 20};
  ASSERT_TRUE(waiting.IsLookDue());
  LookAsLongAsItIsDue();
  EXPECT_EQ(Left(), std::vector<std::size_t>(
                        {1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}));
}

TEST_F(WaitingEphemeronsTest, InTheMiddleOfARoundAllThatIsLeftIsThereOnce) {
  Add(1, 21);
  for (std::size_t i = 1; i < 10; i += 2) marked.insert(i);
  Look(9);
  EXPECT_EQ(Left(),
            std::vector<std::size_t>({2, 4, 6, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}));
}

TEST_F(WaitingEphemeronsTest, WhatIsAddedInARoundIsLookedAtInIt) {
  Add(1, 11);
  Look(5);
  Add(11, 14);
  marked = {12};
  Look(8);
  EXPECT_FALSE(waiting.IsLookDue());
  EXPECT_EQ(looks, 13u);
  EXPECT_EQ(Left().size(), 12u);
}

TEST_F(WaitingEphemeronsTest, ARoundFollowsOneThatWasWorthItAndNoOther) {
  Add(1, 81);
  for (std::size_t i = 1; i <= 11; ++i) marked.insert(i);
  Look(80);
  EXPECT_TRUE(waiting.IsLookDue()) << "more than an eighth was taken out";
  for (std::size_t i = 12; i <= 19; ++i) marked.insert(i);
  Look(80);
  EXPECT_FALSE(waiting.IsLookDue()) << "8 of 69 are less";
  EXPECT_EQ(looks, 149u);
}

TEST_F(WaitingEphemeronsTest, AndOneWhenTheListHasGrown) {
  Add(1, 401);
  Look(400);
  Add(401, 401 + 164);
  EXPECT_FALSE(waiting.IsLookDue());
  Add(1000, 1001);
  EXPECT_TRUE(waiting.IsLookDue());
}

// All at once it would be a long pause.
TEST_F(WaitingEphemeronsTest, MemoryGoesBackWithThoseThatAreTakenOut) {
  constexpr std::size_t kAll = 500'000;
  const auto held = [] { return OffHeapBytesInUse() + GrowingBlockBytesMapped(); };
  const std::int64_t before = held();
  Add(1, kAll + 1);
  ASSERT_GE(held() - before, static_cast<std::int64_t>(kAll * sizeof(Entry)));
  std::size_t taken = 0;
  while (!waiting.is_empty()) {
    waiting.TakeSome(10'000, [&](const Entry& entry) {
      ASSERT_EQ(entry.ephemeron, Address(8 * (kAll - taken)));
      ++taken;
    });
    const ByteCount needed((kAll - taken) * sizeof(Entry));
    EXPECT_LE(ByteCount(static_cast<std::size_t>(held() - before)),
              needed + MiB(1) + kOffHeapUncounted * 2);
  }
  EXPECT_EQ(taken, kAll);
}

// However they come, each is looked at a few times only.
TEST_F(WaitingEphemeronsTest, LooksAreProportionalToWhatWasAdded) {
  constexpr std::size_t kAll = 100'000;
  for (std::size_t i = 0; i < kAll; i += 100) {
    Add(i + 1, i + 101);
    LookAsLongAsItIsDue();
  }
  EXPECT_LE(looks, 6 * kAll);
  looks = 0;
  // Half of the rest each time.
  for (std::size_t share = 2; share < kAll; share *= 2) {
    for (std::size_t i = 1; i <= kAll; ++i) {
      if (i % share != 0) marked.insert(i);
    }
    Add(kAll + share, kAll + share + 100);
    LookAsLongAsItIsDue();
  }
  EXPECT_LE(looks, 4 * kAll);
}

}  // namespace
}  // namespace fart
