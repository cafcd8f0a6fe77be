#include "handles/noting_budget.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace fart {
namespace {

// A host whose turns come so far from one another and whose notes take so long, by a clock of ours.
class Host {
 public:
  explicit Host(std::uint64_t every) { budget_.Start(every); }

  // Whether the turn was noted.
  bool Turn(std::uint64_t gap, std::uint64_t cost) {
    now_ += gap;
    if (!budget_.Begin(now_)) return false;
    now_ += cost;
    budget_.End(now_);
    return true;
  }
  void SetClock(std::uint64_t now) { now_ = now; }
  const NotingBudget& budget() const { return budget_; }

 private:
  NotingBudget budget_;
  std::uint64_t now_ = std::uint64_t{1} << 40;
};

constexpr std::uint64_t kGap = 16'000;  // Of a thousand handles: some six microseconds.
constexpr std::uint64_t kWalk = 9'000;
constexpr std::uint64_t kKnown = 80;

struct Turn {
  std::uint32_t gap;
  std::uint32_t cost;
};

RC_GTEST_PROP(NotingBudgetTest, NotesTakeNoMoreThanTheirShare_HNP6, ()) {
  const auto every = *rc::gen::element<std::uint64_t>(30, 100, 1000, 1'000'000);
  const auto turns = *rc::gen::container<std::vector<Turn>>(
      rc::gen::build<Turn>(rc::gen::set(&Turn::gap, rc::gen::inRange<std::uint32_t>(0, 100'000)),
                           rc::gen::set(&Turn::cost, rc::gen::inRange<std::uint32_t>(0, 400'000))));
  Host host(every);
  std::uint64_t gone = NotingBudget::kLongestGap;  // before the first turn
  std::uint64_t taken = 0;
  std::uint64_t noted = 0;
  for (int round = 0; round < 20; ++round) {
    for (const Turn& turn : turns) {
      gone += turn.gap;
      if (host.Turn(turn.gap, turn.cost)) {
        ++noted;
        gone += turn.cost;
        taken += std::min<std::uint64_t>(turn.cost, NotingBudget::kLongestNote);
      }
      RC_ASSERT(taken <= NotingBudget::kCredit + gone / host.budget().divisor() +
                             NotingBudget::kLongestNote);
    }
  }
  RC_ASSERT(host.budget().noted() == noted);
  RC_ASSERT(host.budget().noted() + host.budget().left_out() == 20 * turns.size());
}

TEST(NotingBudgetTest, WhatIsCheapIsAllNoted) {
  Host host(1000);
  for (int i = 0; i < 1'000'000; ++i) EXPECT_TRUE(host.Turn(kGap, kKnown));
  EXPECT_EQ(host.budget().left_out(), 0u);
  // What was not needed is not kept for ever.
  std::uint64_t burst = 0;
  while (host.Turn(0, kWalk)) ++burst;
  EXPECT_LE(burst, NotingBudget::kCredit / (kWalk - kWalk / NotingBudget::kParts) + 1);
}

TEST(NotingBudgetTest, ABurstAtTheBeginningIsNoted) {
  Host host(1000);
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(host.Turn(0, kWalk));
  host.Turn(0, NotingBudget::kLongestNote);
  EXPECT_FALSE(host.Turn(0, kWalk));
}

TEST(NotingBudgetTest, SpentBudgetsComeBack) {
  Host host(1000);
  constexpr int kTurns = 100'000;
  for (int i = 0; i < kTurns; ++i) host.Turn(kGap, kWalk);
  // One in 112 by time alone.
  EXPECT_GE(host.budget().noted(), kTurns / 120u);
  EXPECT_LE(host.budget().noted(), kTurns / 100u);
}

TEST(NotingBudgetTest, AnIdleTimeDoesNotPayForABurst_HNP6) {
  Host host(1000);
  for (int i = 0; i < 100'000; ++i) host.Turn(kGap, kWalk);
  int noted = 0;
  for (int burst = 0; burst < 100; ++burst) {
    host.Turn(std::uint64_t{1} << 40, kWalk);
    for (int i = 0; i < 100; ++i) noted += host.Turn(0, kWalk) ? 1 : 0;
  }
  // Half a walk is earned in each.
  EXPECT_LE(noted, 100);
}

TEST(NotingBudgetTest, ANoteThatWaitedForAProcessorIsForgiven_HNP6) {
  Host host(1000);
  EXPECT_TRUE(host.Turn(kGap, kWalk));
  for (std::uint64_t i = 0; i < NotingBudget::kCredit / NotingBudget::kLongestNote; ++i) {
    EXPECT_TRUE(host.Turn(kGap, std::uint64_t{1} << 40));
  }
  int turns = 0;
  // What is awaited and what is owed are at most kLongestNote each.
  constexpr int kMost = 2 * NotingBudget::kLongestNote / (kGap / NotingBudget::kParts) + 1;
  while (turns <= kMost && !host.Turn(kGap, kKnown)) ++turns;
  EXPECT_LE(turns, kMost);
}

// Kinds of stacks in turn, one of which takes as long as is earned in a whole number of rounds:
// what is left out behind it would be the same ones each time.
TEST(NotingBudgetTest, EachKindGetsAChanceWhereKindsComeInTurn_HNP7) {
  for (const std::size_t kinds : {2u, 3u, 5u, 10u}) {
    Host host(1000);
    std::array<std::uint64_t, 10> noted = {};
    const std::uint64_t per_turn = kGap / NotingBudget::kParts;
    for (std::size_t i = 0; i < 2'000'000; ++i) {
      const std::size_t kind = i % kinds;
      if (host.Turn(kGap, kind == 0 ? 60 * per_turn : 2 * per_turn)) ++noted[kind];
    }
    const auto [least, most] = std::minmax_element(noted.begin(), noted.begin() + kinds);
    EXPECT_GE(static_cast<double>(*least), 0.8 * static_cast<double>(*most)) << kinds;
    EXPECT_GE(*least, 1000u) << kinds;
  }
}

TEST(NotingBudgetTest, WhoWantsMoreGivesMoreTime) {
  for (const auto& [every, divisor] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
           {2, 1}, {9, 1}, {10, 2}, {100, 20}, {500, 100}, {1000, 200}, {~std::uint64_t{0}, 200}}) {
    EXPECT_EQ(Host(every).budget().divisor(), divisor) << every;
  }
  // What all of it takes is there.
  Host host(9);
  for (int i = 0; i < 10'000; ++i) EXPECT_TRUE(host.Turn(kGap / 100, kWalk));
}

TEST(NotingBudgetTest, AClockThatGoesBackEarnsAndTakesNothing) {
  Host host(1000);
  for (int i = 0; i < 1000; ++i) {
    host.SetClock(1000);
    EXPECT_TRUE(host.Turn(0, kKnown));
  }
  host.SetClock(500);
  EXPECT_TRUE(host.Turn(0, kKnown));
  NotingBudget budget;
  budget.Start(1000);
  for (std::uint64_t i = 1000; i != 0; --i) {
    EXPECT_TRUE(budget.Begin(2 * i + 1));
    budget.End(2 * i);
  }
}

TEST(NotingBudgetTest, StartsAnewWhereItIsAskedTo) {
  Host host(1000);
  for (int i = 0; i < 1000; ++i) host.Turn(0, kWalk);
  EXPECT_GT(host.budget().left_out(), 0u);
  NotingBudget budget = host.budget();
  budget.Start(1000);
  EXPECT_EQ(budget.noted() + budget.left_out(), 0u);
  EXPECT_TRUE(budget.Begin(0));
}

}  // namespace
}  // namespace fart
