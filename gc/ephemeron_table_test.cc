// The table by itself: addresses stand for ephemerons and keys, a set for what has been reached.

#include "gc/ephemeron_table.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <set>
#include <vector>

namespace fart {
namespace {

class EphemeronTableTest : public testing::Test {
 protected:
  // Ephemerons of the same numbers as their keys.
  void Add(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) table.Add(Address(8 * i), Address(8 * i));
  }
  void Reach(std::size_t key) {
    reached.insert(key);
    if (table.is_indexed()) table.NoteReached(Address(8 * key));
  }
  bool Round() {
    return table.TakeReached([](Address) {},
                             [this](Address key) {
                               ++looks;
                               return reached.count(key.value() / 8) != 0;
                             },
                             [this](Address ephemeron) { Take(ephemeron); });
  }
  void Take(Address ephemeron) {
    taken.insert(ephemeron.value() / 8);
    if (on_ready) on_ready(ephemeron.value() / 8);
  }
  // As collectors do; one key leads to the next where on_ready says so.
  void RunRounds() {
    while (Round() && !table.is_indexed()) {
    }
    for (Address ready = table.TakeReady(); !ready.is_null(); ready = table.TakeReady()) {
      Take(ready);
    }
  }
  std::set<std::size_t> Waiting() const {
    std::set<std::size_t> waiting;
    table.VisitWaiting([&](Address ephemeron) { waiting.insert(ephemeron.value() / 8); });
    return waiting;
  }

  EphemeronTable table;
  std::set<std::size_t> reached;
  std::set<std::size_t> taken;
  std::function<void(std::size_t)> on_ready;
  std::size_t looks = 0;
};

TEST_F(EphemeronTableTest, WhereManyAreFoundThereIsNoIndex_GE3) {
  Add(1, 101);
  for (std::size_t i = 1; i < 101; i += 2) Reach(i);
  RunRounds();
  EXPECT_FALSE(table.is_indexed());
  EXPECT_EQ(taken.size(), 50u);
  EXPECT_EQ(looks, 150u) << "all, and then those that were left";
  EXPECT_EQ(Waiting().size(), 50u);
  EXPECT_EQ(Waiting().count(1), 0u);
  EXPECT_EQ(Waiting().count(2), 1u);
}

TEST_F(EphemeronTableTest, WhereNoneIsFoundOneRoundIsEnough_GE3) {
  Add(1, 101);
  EXPECT_FALSE(Round());
  EXPECT_EQ(looks, 100u);
  EXPECT_FALSE(table.is_indexed());
  EXPECT_EQ(Waiting().size(), 100u);
}

TEST_F(EphemeronTableTest, AChainIsFollowedByTheIndex_GE4) {
  constexpr std::size_t kLength = 1000;
  Add(1, kLength + 1);
  Add(kLength + 10, kLength + 20);  // whose keys are dead
  on_ready = [this](std::size_t number) {
    if (number < kLength) Reach(number + 1);
  };
  Reach(1);
  RunRounds();
  EXPECT_TRUE(table.is_indexed());
  EXPECT_EQ(taken.size(), kLength);
  EXPECT_EQ(looks, kLength + 10);
  EXPECT_EQ(Waiting().size(), 10u);
}

TEST_F(EphemeronTableTest, WhoComesWhenThereIsAnIndexIsFoundByIt_GE4) {
  Add(1, 11);
  Reach(1);
  ASSERT_TRUE(Round());
  ASSERT_TRUE(table.is_indexed());
  Reach(5);
  Reach(6);
  Add(11, 500);  // It grows, and knows still who is ready.
  Reach(499);
  RunRounds();
  EXPECT_EQ(taken, (std::set<std::size_t>{1, 5, 6, 499}));
  EXPECT_EQ(Waiting().size(), 495u);
}

TEST_F(EphemeronTableTest, WhoHasOverflownKnowsNothing) {
  Add(1, 11);
  table.Overflow();
  Reach(1);
  EXPECT_FALSE(Round());
  EXPECT_TRUE(table.is_empty());
  EXPECT_TRUE(Waiting().empty());
}

}  // namespace
}  // namespace fart
