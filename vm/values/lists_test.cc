#include "vm/values/lists.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <vector>

#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

// A growable list beside what it should hold: 0 stands for null.
class Pair {
 public:
  Pair() FART_NO_SAFEPOINT_ANALYSIS
      : list_(isolate_.Keep(NewEmptyGrowableList(isolate_.mutator()))) {}

  void Add(std::int64_t value) FART_NO_SAFEPOINT_ANALYSIS {
    ASSERT_TRUE(GrowableListAdd(isolate_.mutator(), list_, Smi(value)));
    model_.push_back(value);
  }
  void Insert(std::size_t at, std::size_t count) FART_NO_SAFEPOINT_ANALYSIS {
    ASSERT_TRUE(GrowableListInsertNulls(isolate_.mutator(), list_, at, count));
    model_.insert(model_.begin() + static_cast<std::ptrdiff_t>(at), count, 0);
  }
  void Remove(std::size_t from, std::size_t to) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    GrowableListRemove(isolate_.mutator(), list_.Get(quiet), from, to, quiet);
    model_.erase(model_.begin() + static_cast<std::ptrdiff_t>(from),
                 model_.begin() + static_cast<std::ptrdiff_t>(to));
  }
  void SetLength(std::size_t length) FART_NO_SAFEPOINT_ANALYSIS {
    ASSERT_TRUE(GrowableListSetLength(isolate_.mutator(), list_, length));
    model_.resize(length);
  }

  std::size_t length() const { return model_.size(); }

  std::vector<std::int64_t> Elements() FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    const ListElements elements = ElementsOf(list_.Get(quiet), quiet);
    std::vector<std::int64_t> values;
    for (std::size_t i = 0; i < elements.length; ++i) {
      values.push_back(elements.first[i].is_null() ? 0 : elements.first[i].SmiValue());
    }
    return values;
  }
  const std::vector<std::int64_t>& model() const { return model_; }

  // VV-L1
  bool IsNullOutside() FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    const ObjectPtr list = list_.Get(quiet);
    const ObjectPtr backing = GrowableListBacking(list, quiet);
    if (backing.is_null()) return true;
    const GrowableListExtent extent = GrowableListExtentOf(list, quiet);
    for (std::size_t i = 0; i < LengthWord(backing); ++i) {
      const bool is_inside = i >= extent.start && i < std::size_t{extent.start} + extent.length;
      if (!is_inside && !ArrayElements(backing, quiet)[i].is_null()) return false;
    }
    return true;
  }
  std::size_t Capacity() FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return LengthWord(GrowableListBacking(list_.Get(quiet), quiet));
  }

 private:
  Rooted Smi(std::int64_t value) {
    smi_ = ObjectPtr::FromSmi(value);
    return Rooted(&smi_);
  }

  TestIsolate isolate_;
  const Rooted list_;
  ObjectPtr smi_;
  std::vector<std::int64_t> model_;
};

RC_GTEST_PROP(GrowableListTest, HoldsWhatAVectorHoldsAfterAnyChanges,
              (const std::vector<std::uint8_t>& program)) {
  Pair pair;
  std::int64_t next = 1;
  for (std::size_t i = 0; i + 2 < program.size(); i += 3) {
    const std::size_t length = pair.length();
    const std::size_t at = program[i + 1] % (length + 1);
    switch (program[i] % 6) {
      case 0:
      case 1:
        pair.Add(next++);
        break;
      case 2:
        pair.Insert(at, program[i + 2] % 12);
        break;
      case 3:
        pair.Remove(at, at + program[i + 2] % (length - at + 1));
        break;
      case 4:
        if (length > 0) pair.Remove(0, 1);
        break;
      default:
        pair.SetLength(program[i + 1] % 40);
        break;
    }
    RC_ASSERT(pair.Elements() == pair.model());
    RC_ASSERT(pair.IsNullOutside());
  }
}

// Every place and number of elements of short lists, with room in front and without.
TEST(GrowableListTest, EverySmallChangeIsRight) FART_NO_SAFEPOINT_ANALYSIS {
  constexpr std::size_t kLongest = 7;
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{4}, kLongest}) {
    for (const std::size_t front : {0u, 1u, 6u}) {
      const auto make = [&](Pair& pair) FART_NO_SAFEPOINT_ANALYSIS {
        for (std::size_t i = 0; i < front + length; ++i) {
          pair.Add(static_cast<std::int64_t>(i) + 1);
        }
        pair.Remove(0, front);
      };
      for (std::size_t at = 0; at <= length; ++at) {
        for (const std::size_t count : {0u, 1u, 3u}) {
          Pair pair;
          make(pair);
          pair.Insert(at, count);
          EXPECT_EQ(pair.Elements(), pair.model()) << length << front << at << count;
          EXPECT_TRUE(pair.IsNullOutside()) << length << front << at << count;
        }
        for (std::size_t to = at; to <= length; ++to) {
          Pair pair;
          make(pair);
          pair.Remove(at, to);
          EXPECT_EQ(pair.Elements(), pair.model()) << length << front << at << to;
          EXPECT_TRUE(pair.IsNullOutside()) << length << front << at << to;
          pair.Add(77);
          EXPECT_EQ(pair.Elements(), pair.model());
        }
      }
      for (std::size_t wanted = 0; wanted <= kLongest + 3; ++wanted) {
        Pair pair;
        make(pair);
        pair.SetLength(wanted);
        EXPECT_EQ(pair.Elements(), pair.model()) << length << front << wanted;
        EXPECT_TRUE(pair.IsNullOutside()) << length << front << wanted;
      }
    }
  }
}

TEST(GrowableListTest, AQueueNeedsNoMoreRoomThanItHasElements) FART_NO_SAFEPOINT_ANALYSIS {
  Pair queue;
  for (std::int64_t i = 0; i < 100; ++i) queue.Add(i + 1);
  for (std::int64_t i = 100; i < 20'000; ++i) {
    queue.Add(i + 1);
    queue.Remove(0, 1);
  }
  EXPECT_EQ(queue.Elements(), queue.model());
  EXPECT_LE(queue.Capacity(), 512u);
}

TEST(GrowableListTest, GrowsAtBothEndsInTurnWithRoomForMore) FART_NO_SAFEPOINT_ANALYSIS {
  Pair list;
  std::size_t changes = 0;
  std::size_t capacity = 0;
  for (std::int64_t i = 0; i < 2'000; ++i) {
    list.Insert(0, 1);
    list.Add(i + 1);
    if (list.Capacity() != capacity) ++changes;
    capacity = list.Capacity();
  }
  EXPECT_EQ(list.Elements(), list.model());
  EXPECT_LE(changes, 40u);
}

TEST(GrowableListTest, RefusesMoreThanTheLongestList) FART_NO_SAFEPOINT_ANALYSIS {
  TestIsolate isolate;
  const Rooted one = isolate.Keep(NewEmptyGrowableList(isolate.mutator()));
  EXPECT_FALSE(GrowableListSetLength(isolate.mutator(), one, kMaxListLength + 1));
  EXPECT_FALSE(GrowableListInsertNulls(isolate.mutator(), one, 0, kMaxListLength + 1));
  const NoSafepointScope quiet;
  EXPECT_EQ(ListLength(one.Get(quiet), quiet), 0u);
}

// VV-L2
TEST(ListsTest, AMarkedArrayHasItsMarkBehindItsElements) FART_NO_SAFEPOINT_ANALYSIS {
  TestIsolate isolate;
  const ObjectPtr mark = ObjectPtr::FromSmi(77);
  for (const std::size_t length : {std::size_t{0}, std::size_t{3}, std::size_t{100'000}}) {
    const Rooted array = isolate.Keep(NewMarkedArray(isolate.mutator(), length, mark));
    const Rooted copy = isolate.Keep(NewImmutableArray(isolate.mutator(), array, mark));
    const NoSafepointScope quiet;
    for (const ObjectPtr list : {array.Get(quiet), copy.Get(quiet)}) {
      ASSERT_TRUE(IsBuiltInList(list) && IsMarkedArray(list));
      EXPECT_EQ(ListLength(list, quiet), length);
      EXPECT_TRUE(ArrayMark(list, quiet) == mark);
      for (std::size_t i = 0; i < length; ++i) EXPECT_TRUE(ListAt(list, i, quiet).is_null());
    }
    EXPECT_TRUE(IsArray(array.Get(quiet)) && IsImmutableArray(copy.Get(quiet)));
  }
  const Rooted plain = isolate.Keep(NewMarkedArray(isolate.mutator(), 2, ObjectPtr()));
  const NoSafepointScope quiet;
  EXPECT_FALSE(IsMarkedArray(plain.Get(quiet)));
}

}  // namespace
}  // namespace fart
