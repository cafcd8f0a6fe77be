#include "gc/mark_buckets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "gc/testing/test_heap.h"
#include "heap/platform/testing/refusing_memory.h"

namespace fart {
namespace {

using Duration = RefusingMemory::Duration;
constexpr Address kStart(std::uint64_t{1} << 32);

// How often each was taken out.
using Taken = std::map<std::uint64_t, int>;

bool TakeOne(MarkBuckets& buckets, Taken& taken) {
  return buckets.TakeBucket(
      [&](Address start, const MarkBuckets::Entry* entries, std::uint32_t count) {
        ASSERT_LE(count, MarkBuckets::kMostAtOnce);
        ASSERT_NE(count, 0u);
        for (std::uint32_t i = 0; i < count; ++i) {
          ++taken[MarkBuckets::AddressOf(start, entries[i]).value()];
        }
      });
}

TEST(MarkBucketsTest, WhatIsPutInComesOutAsOftenAsItWas_GM2) {
  for (const ByteCount size : {MiB(1), MiB(3), MiB(700), GiB(40)}) {
    MarkBuckets buckets;
    ASSERT_TRUE(buckets.TryPrepare(kStart, size));
    std::minstd_rand random(1);
    Taken put;
    Taken taken;
    for (int i = 0; i < 50'000; ++i) {
      const std::uint64_t far = random() % 4 == 0 ? size.value() : std::min(size, MiB(2)).value();
      const Address object = kStart + ByteCount(((std::uint64_t{random()} << 31 | random()) % far) &
                                                ~std::uint64_t{7});
      ASSERT_TRUE(buckets.TryAdd(object));
      ++put[object.value()];
      if (i % 1000 == 0) TakeOne(buckets, taken);
    }
    while (TakeOne(buckets, taken)) {
    }
    EXPECT_EQ(buckets.waiting(), 0u);
    EXPECT_EQ(taken, put);
  }
}

TEST(MarkBucketsTest, TheOneThatHasWaitedLongestIsTakenFirstAndEachWaitsOnce_GM1) {
  MarkBuckets buckets;
  ASSERT_TRUE(buckets.TryPrepare(kStart, MiB(8)));
  for (const std::size_t mib : {5u, 2u, 5u, 7u, 2u}) {
    ASSERT_TRUE(buckets.TryAdd(kStart + MiB(1) * mib));
  }
  EXPECT_EQ(buckets.waiting(), 3u);
  std::vector<std::uint64_t> order;
  const auto take = [&] {
    return buckets.TakeBucket([&](Address start, const MarkBuckets::Entry*, std::uint32_t count) {
      order.push_back((start - kStart).value() / MiB(1).value() * 10 + count);
    });
  };
  ASSERT_TRUE(take());
  ASSERT_TRUE(buckets.TryAdd(kStart + MiB(5)));
  while (take()) {
  }
  EXPECT_EQ(order, (std::vector<std::uint64_t>{52, 22, 71, 51}));
}

TEST(MarkBucketsTest, WhatIsPutIntoTheOneThatIsTakenComesOutWithIt_GM2) {
  MarkBuckets buckets;
  ASSERT_TRUE(buckets.TryPrepare(kStart, MiB(8)));
  ASSERT_TRUE(buckets.TryAdd(kStart));
  std::size_t out = 0;
  std::size_t in = 1;
  ASSERT_TRUE(buckets.TakeBucket([&](Address, const MarkBuckets::Entry*, std::uint32_t count) {
    out += count;
    for (int i = 0; i < 100 && in < 5000; ++i, ++in) {
      ASSERT_TRUE(buckets.TryAdd(kStart + WordCount(in)));
    }
  }));
  EXPECT_EQ(in, 5000u);
  EXPECT_EQ(out, 5000u);
  EXPECT_EQ(buckets.waiting(), 0u);
}

TEST(MarkBucketsTest, ABucketThatHasSomeIsClaimedByOne_GM3) {
  MarkBuckets buckets;
  MarkBuckets::Lists lists;
  ASSERT_TRUE(buckets.TryPrepare(kStart, MiB(4)));
  ASSERT_TRUE(lists.TryMakeRoom(buckets.count()));
  buckets.ShareThrough(lists);
  ASSERT_TRUE(buckets.TryAdd(kStart + MiB(2)));
  EXPECT_FALSE(lists.TryClaim(2, 0));  // Nobody has given any.
  EXPECT_EQ(buckets.GiveAll(), 1u);
  EXPECT_TRUE(lists.HasSome(2));
  EXPECT_FALSE(lists.TryClaim(1, 0));
  EXPECT_FALSE(lists.IsClaimed(2));
  ASSERT_TRUE(lists.TryClaim(2, 0));
  EXPECT_FALSE(lists.TryClaim(2, 1));
  EXPECT_FALSE(lists.TryClaim(2, 0)) << "not twice";
  EXPECT_TRUE(lists.IsClaimedBy(2, 0));
  EXPECT_FALSE(lists.IsClaimedBy(2, 1));
  int taken = 0;
  buckets.TakeShared(2, [&](Address, const MarkBuckets::Entry*, std::uint32_t count) {
    taken += static_cast<int>(count);
  });
  EXPECT_EQ(taken, 1);
  // Who has it still has it, also when others give more.
  ASSERT_TRUE(buckets.TryAdd(kStart + MiB(2)));
  EXPECT_EQ(buckets.GiveAll(), 1u);
  EXPECT_FALSE(lists.TryClaim(2, 1));
  EXPECT_TRUE(lists.IsClaimedBy(2, 0));
  lists.Release(2);
  EXPECT_FALSE(lists.IsClaimed(2));
  EXPECT_TRUE(lists.TryClaim(2, 1));
}

TEST(MarkBucketsTest, WithoutMemoryItSaysSoAndKeepsWhatItHas) {
  MarkBuckets buckets;
  ASSERT_TRUE(buckets.TryPrepare(kStart, MiB(8)));
  constexpr std::size_t kMany = 100'000;
  std::size_t added = 0;
  {
    RefusingMemory::FailNth(SystemCall::kMalloc, 1, Duration::kForGood);
    MarkBuckets none;
    EXPECT_FALSE(none.TryPrepare(kStart, MiB(8)));
    while (added < 100 && buckets.TryAdd(kStart + WordCount(added))) ++added;
    RefusingMemory::Stop();
    EXPECT_EQ(added, 0u);
    EXPECT_EQ(buckets.waiting(), 0u);
  }
  // A bucket whose portion is full keeps it.
  for (; added < kMany; ++added) ASSERT_TRUE(buckets.TryAdd(kStart + WordCount(added)));
  {
    RefusingMemory::FailNth(SystemCall::kMalloc, 1, Duration::kForGood);
    while (added < 2 * kMany && buckets.TryAdd(kStart + WordCount(added))) ++added;
    RefusingMemory::Stop();
    ASSERT_LT(added, 2 * kMany) << "inconclusive";
  }
  EXPECT_EQ(buckets.waiting(), 1u);
  EXPECT_TRUE(buckets.TryAdd(kStart + WordCount(added++)));
  Taken taken;
  while (TakeOne(buckets, taken)) {
  }
  EXPECT_EQ(taken.size(), added);
}

// ---- Marking by place, which every collection under stress does that has some objects.

// Alone, and with others.
class ByPlaceTest : public ::testing::TestWithParam<std::uint32_t> {
 protected:
  static constexpr std::size_t kNodes = 20'000;

  ByPlaceTest() {
    t.heap.mutable_knobs().stress_interval = 1'000'000'000;
    t.heap.mutable_knobs().gc_workers = GetParam();
    nodes_ = t.NewRoot(t.list, kNodes);
    for (std::size_t i = 0; i < kNodes; ++i) {
      t.SetElement(t.roots[nodes_], i, t.NewNumber(static_cast<std::int64_t>(i)));
    }
    t.PromoteAll();
    std::minstd_rand random(7);
    for (std::size_t i = 0; i < kNodes; ++i) next_.push_back(random() % kNodes);
    for (std::size_t i = 0; i < kNodes; ++i) {
      t.Set(t.Elements(t.roots[nodes_])[i], 1, t.Elements(t.roots[nodes_])[next_[i]]);
    }
  }
  // Every third stays in the list.
  void DropMost() {
    for (std::size_t i = 0; i < kNodes; ++i) {
      if (i % 3 != 0) t.SetElement(t.roots[nodes_], i, ObjectPtr());
    }
  }
  void ExpectAll() {
    for (std::size_t i = 0; i < kNodes; i += 3) {
      ObjectPtr node = t.Elements(t.roots[nodes_])[i];
      std::size_t number = i;
      for (int steps = 0; steps < 5; ++steps) {
        ASSERT_EQ(t.Number(node), static_cast<std::int64_t>(number));
        node = t.Slots(node)[1];
        number = next_[number];
      }
    }
  }

  TestHeap t;
  std::size_t nodes_ = 0;
  std::vector<std::size_t> next_;
};

INSTANTIATE_TEST_SUITE_P(Workers, ByPlaceTest, ::testing::Values(1, 3));

TEST_P(ByPlaceTest, AllThatCanBeReachedLivesAndNothingElse_GK2) {
  DropMost();
  std::vector<bool> lives(kNodes);
  std::size_t living = 0;
  for (std::size_t i = 0; i < kNodes; i += 3) {
    for (std::size_t at = i; !lives[at]; at = next_[at], ++living) lives[at] = true;
  }
  t.Major();
  EXPECT_EQ(t.Verify(), "");
  ExpectAll();
  std::size_t found = 0;
  for (const RegionIndex index : t.heap.old_regions()) {
    t.heap.WalkRegion(index, [&](Address, Header header, ByteCount) {
      found += header.shape() == t.pair ? 1 : 0;
    });
  }
  EXPECT_EQ(found, living);
}

TEST_P(ByPlaceTest, WeakReferencesAndEphemeronsAreSeen_GK2) {
  const std::size_t weak = t.NewOldRoot(t.weak);
  const std::size_t ephemeron = t.NewOldRoot(t.ephemeron);
  const std::size_t value = t.NewChain(1);
  t.SetWeak(t.roots[weak], 0, t.roots[value]);
  t.Set(t.roots[ephemeron], 0, t.Elements(t.roots[nodes_])[3]);
  t.Set(t.roots[ephemeron], 1, t.roots[value]);
  t.roots[value] = ObjectPtr();
  // They are reached through the nodes; one more, whose key is dead.
  const std::size_t dies = t.NewOldRoot(t.ephemeron);
  const std::size_t key = t.NewOldRoot(t.pair);
  t.Set(t.roots[dies], 0, t.roots[key]);
  t.Set(t.Elements(t.roots[nodes_])[9], 1, t.roots[dies]);
  t.roots[dies] = t.roots[key] = ObjectPtr();
  t.Set(t.Elements(t.roots[nodes_])[0], 1, t.roots[ephemeron]);
  t.Set(t.Elements(t.roots[nodes_])[6], 1, t.roots[weak]);
  const std::size_t ephemeron_holder = t.roots.Add(t.Elements(t.roots[nodes_])[0]);
  const std::size_t weak_holder = t.roots.Add(t.Elements(t.roots[nodes_])[6]);
  t.roots[weak] = t.roots[ephemeron] = ObjectPtr();
  t.Major();
  EXPECT_EQ(t.Verify(), "");
  EXPECT_TRUE(t.Slots(t.Slots(t.Elements(t.roots[nodes_])[9])[1])[0].is_null());
  const ObjectPtr pair = t.Slots(t.roots[ephemeron_holder])[1];
  EXPECT_EQ(t.Slots(pair)[0], t.Elements(t.roots[nodes_])[3]);
  EXPECT_EQ(t.Number(t.Slots(pair)[1]), 0);
  EXPECT_EQ(t.Weaks(t.Slots(t.roots[weak_holder])[1])[0], t.Slots(pair)[1]);
}

// A key that only another ephemeron's value leads to, among others enough to be marked by place;
// the other's key is found before or behind it.
TEST_P(ByPlaceTest, AKeyThatIsFoundLateIsNoted_GE3) {
  std::vector<std::size_t> found_late;
  const auto make = [&] {
    const std::size_t first = t.NewOldRoot(t.ephemeron);
    const std::size_t second = t.NewOldRoot(t.ephemeron);
    const std::size_t value = t.NewOldRoot(t.list, 100);
    for (std::size_t i = 0; i < 100; ++i) {
      t.SetElement(t.roots[value], i, t.NewNumber(static_cast<std::int64_t>(i)));
      t.Set(t.Elements(t.roots[value])[i], 1, t.NewNumber(50));
    }
    t.PromoteAll();
    t.Set(t.roots[first], 1, t.roots[value]);
    t.Set(t.roots[second], 0, t.Slots(t.Elements(t.roots[value])[5])[1]);
    t.Set(t.roots[second], 1, t.NewNumber(7));
    t.roots[value] = ObjectPtr();
    found_late.push_back(first);
  };
  make();
  const std::size_t keys = t.NewChain(300);
  make();
  for (const std::size_t first : found_late) t.Set(t.roots[first], 0, t.LinkOf(keys, 299));
  // So many others wait that there is an index. Their keys live until all have been made.
  std::vector<std::size_t> dying;
  for (int i = 0; i < 40; ++i) {
    const std::size_t waits = t.NewRoot(t.ephemeron);
    dying.push_back(t.NewRoot(t.pair));
    t.Set(t.roots[waits], 0, t.roots[dying.back()]);
  }
  t.PromoteAll();
  for (const std::size_t key : dying) t.roots[key] = ObjectPtr();
  t.Major();
  EXPECT_EQ(t.Verify(), "");
  for (const std::size_t first : found_late) {
    const ObjectPtr* const pair = t.Slots(t.roots[first + 1]);
    ASSERT_FALSE(pair[0].is_null());
    EXPECT_EQ(t.Number(pair[0]), 50);
    EXPECT_EQ(t.Number(pair[1]), 7);
  }
}

TEST_P(ByPlaceTest, WhoComesHasAPart_GM3) {
  // On how many processors does not matter: two have one sooner or later.
  const std::uint32_t wanted = GetParam() == 1 ? 0 : 2;
  std::uint32_t most = 0;
  for (int i = 0; i < 500 && most < wanted; ++i) {
    t.Major();
    most = std::max(most, t.listener.last().marking_workers);
  }
  EXPECT_GE(most, wanted) << "inconclusive";
  ExpectAll();
}

// Others may be there before the one that has the stack.
TEST_P(ByPlaceTest, WhoeverComesFirstItIsNotOverBeforeItHasBegun_GM4) {
  for (int i = 0; i < 100; ++i) {
    t.Major();
    int spans = 0;  // of the mutator's thread: by place, then one by one
    for (const GcSpan& span : t.listener.last().spans) spans += span.worker == 0 ? 1 : 0;
    ASSERT_EQ(spans, GetParam() == 1 ? 0 : 2) << i;
  }
}

TEST_P(ByPlaceTest, WithoutMemoryNothingIsLost_GY1) {
  DropMost();
  t.gc.mutable_knobs().verify_heap = false;
  std::uint64_t refused = 0;
  for (std::uint64_t nth = 1; nth < 30; ++nth) {
    RefusingMemory::FailNth(SystemCall::kMalloc, nth, Duration::kForGood);
    t.Major();
    RefusingMemory::Stop();
    refused += RefusingMemory::Refused(SystemCall::kMalloc);
    ASSERT_EQ(t.Verify(), "") << nth;
    ExpectAll();
  }
  EXPECT_GT(refused, 5u) << "inconclusive";
}

}  // namespace
}  // namespace fart
