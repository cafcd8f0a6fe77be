// Several threads mark what one would have marked; so does one that goes by place.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sched.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "gc/testing/heap_model.h"
#include "gc/testing/test_heap.h"
#include "heap/platform/workers.h"

namespace fart {
namespace {

HeapKnobs Together(std::uint32_t workers) {
  return {.new_space_min = KiB(512), .gc_workers = workers, .force_workers = true};
}

// What is marked when everything has been: places from the beginning of the heap on, and how much
// of each region lives.
class MarksListener final : public GcListener {
 public:
  void OnCollectionStart(GcKind, GcReason) override {}
  void OnPhaseStart(GcPhase) override {}
  void OnPhaseEnd(GcPhase phase) override {
    if (phase != GcPhase::kEphemerons || heap == nullptr) return;
    marked.clear();
    live.clear();
    counted.clear();
    const auto look = [this](RegionIndex index) {
      const RegionSpace& regions = heap->regions();
      const Address start = regions.StartOf(index);
      const Address end = start + kRegionSize;
      if (regions.Record(index).live_bytes != 0) live[index] = regions.Record(index).live_bytes;
      for (Address at = regions.NextMarked(start, end); at < end;
           at = regions.NextMarked(at + ByteCount(kWordSize), end)) {
        marked.push_back((at - regions.range_start()).value());
        const Header header = Header::At(at);
        counted[index] += (header.is_large() ? kLargeObjectSize : ByteCount(header.size())).value();
      }
    };
    for (const RegionIndex index : heap->new_regions()) look(index);
    for (const RegionIndex index : heap->old_regions()) look(index);
    heap->large().ForEachRegion(look);
  }
  void OnCollectionEnd(const GcReport& report) override { last = report; }

  const Heap* heap = nullptr;
  std::vector<std::size_t> marked;
  std::map<RegionIndex, std::uint64_t> live;
  std::map<RegionIndex, std::uint64_t> counted;  // from the marks
  GcReport last;
};

// Objects of all kinds that refer to each other anyhow, the same for the same seed; a 16th is kept
// by roots, the others by these or not at all.
class AnyGraph {
 public:
  AnyGraph(const HeapKnobs& knobs, std::uint32_t seed, std::size_t objects)
      : t_({.heap = knobs, .listener = &listener_}), state_(seed) {
    const ShapeId shapes[] = {t_.pair, t_.list, t_.bytes, t_.weak, t_.ephemeron, t_.mixed};
    const std::size_t all = t_.NewRoot(t_.list, objects);
    for (std::size_t i = 0; i < objects; ++i) {
      const ShapeId shape = shapes[Any(6)];
      const std::size_t length = shape == t_.pair || shape == t_.weak || shape == t_.ephemeron ? 0
                                 : Any(400) == 0 ? 3'000 + Any(30'000)
                                                 : Any(12);
      const ObjectPtr object = t_.New(shape, length);
      t_.SetElement(t_.roots[all], i, object);
      if (i == objects / 2) t_.PromoteAll();
    }
    const auto any = [&] { return t_.Elements(t_.roots[all])[Any(objects)]; };
    for (std::size_t i = 0; i < objects; ++i) {
      const ObjectPtr object = t_.Elements(t_.roots[all])[i];
      const Shape& shape = t_.heap.ShapeOf(object);
      for (std::size_t k = 0; k < shape.references(); ++k) t_.Set(object, k, any());
      for (std::size_t k = 0; k < shape.weak_references(); ++k) t_.SetWeak(object, k, any());
      if (shape.variable_part() != VariablePart::kReferences) continue;
      const std::size_t length = shape.LengthOf(object.address());
      for (std::size_t k = 0; k < length; k += 1 + Any(3)) t_.SetElement(object, k, any());
    }
    for (std::size_t i = 0; i < objects; i += 16) t_.roots.Add(any());
    t_.roots[all] = ObjectPtr();
    listener_.heap = &t_.heap;
  }

  TestHeap& heap() { return t_; }
  const MarksListener& marks() const { return listener_; }

 private:
  std::size_t Any(std::size_t below) {
    state_ = state_ * 1'664'525 + 1'013'904'223;
    return (state_ >> 8) % below;
  }

  MarksListener listener_;
  TestHeap t_;
  std::uint32_t state_;
};

RC_GTEST_PROP(ParallelMarkingPropertyTest, SeveralMarkWhatOneMarks_GW1_GW4, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint32_t>();
  const auto objects = *rc::gen::inRange<std::size_t>(1, 1'000);
  const auto workers = *rc::gen::element<std::uint32_t>(2, 3, 7);
  AnyGraph alone({.new_space_min = KiB(512)}, seed, objects);
  AnyGraph together(Together(workers), seed, objects);
  alone.heap().Major();
  together.heap().Major();
  RC_ASSERT(together.marks().marked == alone.marks().marked);
  RC_ASSERT(together.marks().live == alone.marks().live);
  const GcReport& one = alone.marks().last;
  const GcReport& several = together.marks().last;
  RC_ASSERT(several.after == one.after);
  RC_ASSERT(several.objects_moved == one.objects_moved);
  RC_ASSERT(several.slots_visited == one.slots_visited);
  RC_ASSERT(together.heap().Verify() == "");
}

// Under stress one goes by place, however little there is (Marker::MarkByPlace).
RC_GTEST_PROP(ParallelMarkingPropertyTest, ByPlaceAsMuchIsMarkedAndCounted_GM3_GM4, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint32_t>();
  const auto objects = *rc::gen::inRange<std::size_t>(1, 1'000);
  constexpr std::uint64_t kNever = std::uint64_t{1} << 60;
  AnyGraph alone({.new_space_min = KiB(512)}, seed, objects);
  HeapKnobs knobs = Together(*rc::gen::element<std::uint32_t>(1, 2, 3, 7));
  knobs.stress_interval = kNever;
  AnyGraph by_place(knobs, seed, objects);
  alone.heap().Major();
  by_place.heap().Major();
  RC_ASSERT(alone.marks().live == alone.marks().counted);
  RC_ASSERT(by_place.marks().live == by_place.marks().counted);
  RC_ASSERT(by_place.marks().marked.size() == alone.marks().marked.size());
  RC_ASSERT(by_place.heap().Verify() == "");
}

// Of so many that they lie in several buckets, so that those are claimed.
TEST(ParallelMarkingTogetherTest, InSeveralBucketsAsMuchIsMarkedAndCounted_GM3) {
  HeapKnobs knobs = Together(3);
  knobs.stress_interval = std::uint64_t{1} << 60;
  constexpr std::size_t kObjects = 30'000;
  AnyGraph alone({.new_space_min = KiB(512)}, 1, kObjects);
  AnyGraph by_place(knobs, 1, kObjects);
  alone.heap().Major();
  by_place.heap().Major();
  EXPECT_EQ(by_place.marks().live, by_place.marks().counted);
  EXPECT_EQ(by_place.marks().marked.size(), alone.marks().marked.size());
  EXPECT_EQ(by_place.heap().Verify(), "");
}

RC_GTEST_PROP(ParallelMarkingPropertyTest, ReachableShapeMatchesTheModelAfterAnyProgram, ()) {
  HeapModel model({.heap = Together(*rc::gen::element<std::uint32_t>(2, 5))});
  const auto program = *rc::gen::scale(3.0, rc::gen::arbitrary<std::vector<std::uint8_t>>());
  RC_ASSERT(model.Run(program) == "");
}

class ParallelMarkingTest : public ::testing::Test {
 protected:
  // Collects until several had a part in it.
  void CollectTogether() {
    for (int i = 0; i < 200; ++i) {
      t.Major();
      if (t.listener.last().marking_workers > 1) return;
    }
    ADD_FAILURE() << "inconclusive: one marked everything, 200 times";
  }

  TestHeap t{{.heap = Together(4)}};
};

TEST_F(ParallelMarkingTest, ADeepListLives) {
  constexpr int kLength = 200'000;
  const std::size_t root = t.NewChain(kLength);
  for (int i = 0; i < 5; ++i) t.Major();
  ObjectPtr link = t.roots[root];
  for (int i = 0; i < kLength; ++i) {
    ASSERT_EQ(t.Number(link), i);
    link = t.Slots(link)[1];
  }
  EXPECT_TRUE(link.is_null());
}

// Of pairs, and of what refers to nothing: the row itself is all that can be shared.
TEST_F(ParallelMarkingTest, AWideListIsShared_GW1) {
  constexpr std::size_t kLength = 100'000;
  const std::size_t root = t.NewRoot(t.list, kLength);
  for (const ShapeId shape : {t.pair, t.bytes}) {
    for (std::size_t i = 0; i < kLength; ++i) t.SetElement(t.roots[root], i, t.New(shape));
    t.PromoteAll();
    CollectTogether();
    for (std::size_t i = 0; i < kLength; ++i) {
      const ObjectPtr element = t.Elements(t.roots[root])[i];
      ASSERT_TRUE(element.IsHeapObject() && Header::Of(element).shape() == shape) << i;
    }
  }
}

// One that has no key is counted each time that it is scanned.
TEST_F(ParallelMarkingTest, EachEphemeronIsScannedOnce_GW1) {
  constexpr std::size_t kLength = 20'000;
  const std::size_t root = t.NewRoot(t.list, kLength);
  for (std::size_t i = 0; i < kLength; ++i) t.SetElement(t.roots[root], i, t.New(t.ephemeron));
  t.PromoteAll();
  for (int i = 0; i < 20; ++i) {
    t.Major();
    ASSERT_EQ(t.listener.last().ephemerons_examined, kLength);
  }
}

TEST_F(ParallelMarkingTest, MoreThanAStackHoldsIsShared_GW1) {
  constexpr std::size_t kLength = 30'000;
  const std::size_t root = t.NewRoot(t.list, kLength);
  for (std::size_t i = 0; i < kLength; ++i) {
    t.SetElement(t.roots[root], i, t.New(t.list, 3));
    for (std::size_t k = 0; k < 3; ++k) {
      const ObjectPtr number = t.NewNumber(static_cast<std::int64_t>(3 * i + k));
      t.SetElement(t.Elements(t.roots[root])[i], k, number);
    }
  }
  CollectTogether();
  std::set<int> workers;
  for (const GcSpan& span : t.listener.last().spans) {
    EXPECT_LT(span.start_ns, span.end_ns);
    EXPECT_LE(span.end_ns - span.start_ns, t.listener.last().pause_ns);
    workers.insert(span.worker);
  }
  EXPECT_TRUE(workers.contains(0));
  EXPECT_GE(workers.size(), t.listener.last().marking_workers);
  for (std::size_t i = 0; i < kLength; ++i) {
    for (std::size_t k = 0; k < 3; ++k) {
      const ObjectPtr number = t.Elements(t.Elements(t.roots[root])[i])[k];
      ASSERT_EQ(t.Number(number), static_cast<std::int64_t>(3 * i + k));
    }
  }
}

TEST_F(ParallelMarkingTest, ManyWorkersOnFewObjects_GW2) {
  t.heap.mutable_knobs().gc_workers = 1'000;
  const std::size_t root = t.roots.Add(t.NewNumber(1));
  const std::size_t pair = t.NewRoot(t.pair);
  t.Set(t.roots[pair], 0, t.roots[root]);
  for (int i = 0; i < 100; ++i) {
    t.Major();
    ASSERT_EQ(t.Number(t.Slots(t.roots[pair])[0]), 1);
  }
  EXPECT_EQ(Workers::ThreadCount(), Workers::kMost - 1);
}

TEST_F(ParallelMarkingTest, AnEmptyHeapIsMarkedAtOnce_GW2) {
  for (int i = 0; i < 20; ++i) t.Major();
  EXPECT_EQ(t.listener.last().marking_workers, 0u);
}

// Keys that are reached before their ephemeron, after it, by way of another's value, and never.
TEST_F(ParallelMarkingTest, EphemeronsAreResolved) {
  constexpr std::size_t kLength = 20'000;
  const std::size_t holders = t.NewRoot(t.list, kLength);
  const std::size_t keys = t.NewRoot(t.list, kLength);
  for (std::size_t i = 0; i < kLength; ++i) {
    t.SetElement(t.roots[holders], i, t.New(t.ephemeron));
    const auto ephemeron = [&] { return t.Elements(t.roots[holders])[i]; };
    const auto number = static_cast<std::int64_t>(i);
    t.Set(ephemeron(), 0, t.NewNumber(number));
    t.Set(ephemeron(), 1, t.NewNumber(-number));
    if (i % 3 == 0) t.SetElement(t.roots[keys], i, t.Slots(ephemeron())[0]);
    if (i % 3 == 1) {  // The value of the one before leads to this key.
      t.Set(t.Slots(t.Elements(t.roots[holders])[i - 1])[1], 1, t.Slots(ephemeron())[0]);
    }
  }
  CollectTogether();
  EXPECT_LE(t.listener.reports[0].ephemerons_examined, 2 * kLength);
  for (std::size_t i = 0; i < kLength; ++i) {
    const ObjectPtr* const slots = t.Slots(t.Elements(t.roots[holders])[i]);
    if (i % 3 == 2) {
      ASSERT_TRUE(slots[0].is_null() && slots[1].is_null()) << i;
    } else {
      ASSERT_EQ(t.Number(slots[0]), static_cast<std::int64_t>(i));
      ASSERT_EQ(t.Number(slots[1]), -static_cast<std::int64_t>(i));
    }
  }
}

TEST_F(ParallelMarkingTest, WeakReferencesToTheDeadAreCleared) {
  constexpr std::size_t kLength = 20'000;
  const std::size_t holders = t.NewRoot(t.list, kLength);
  const std::size_t living = t.NewRoot(t.list, kLength);
  std::size_t handle = 0;
  for (std::size_t i = 0; i < kLength; ++i) {
    t.SetElement(t.roots[holders], i, t.New(t.weak));
    const ObjectPtr number = t.NewNumber(static_cast<std::int64_t>(i));
    t.SetWeak(t.Elements(t.roots[holders])[i], 0, number);
    handle = t.weaks.Add(number);
    if (i % 2 == 0) t.SetElement(t.roots[living], i, number);
  }
  CollectTogether();
  for (std::size_t i = 0; i < kLength; ++i) {
    const ObjectPtr referent = t.Weaks(t.Elements(t.roots[holders])[i])[0];
    ASSERT_EQ(referent, t.Elements(t.roots[living])[i]) << i;
    ASSERT_EQ(referent.is_null(), i % 2 != 0);
    ASSERT_EQ(t.weaks[handle + 1 - kLength + i], referent);
  }
}

// --- When several are asked.

class SharingTest : public ::testing::Test {
 protected:
  // A list of so many pairs.
  void Fill(std::size_t length) {
    const std::size_t root = t.NewRoot(t.list, length);
    for (std::size_t i = 0; i < length; ++i) t.SetElement(t.roots[root], i, t.New(t.pair));
    t.PromoteAll();
  }
  static cpu_set_t Processors() {
    cpu_set_t set;
    EXPECT_EQ(sched_getaffinity(0, sizeof set, &set), 0);
    return set;
  }

  TestHeap t{{.heap = {.gc_workers = 2}}};
};

TEST_F(SharingTest, NobodyIsAskedForLittle) {
  Fill(2'000);
  t.Major();
  EXPECT_EQ(Workers::ThreadCount(), 0);
}

TEST_F(SharingTest, NobodyIsAskedWhereOneIsEnough) {
  Fill(100'000);
  for (const std::uint32_t workers : {0u, 1u}) {
    t.heap.mutable_knobs().gc_workers = workers;
    t.Major();
    t.heap.mutable_knobs().force_workers = true;
    t.Major();
    EXPECT_EQ(Workers::ThreadCount(), 0);
    EXPECT_EQ(t.listener.last().marking_workers, 0u);
  }
}

TEST_F(SharingTest, AnotherIsAskedWhereThereIsMuch) {
  const cpu_set_t processors = Processors();
  if (CPU_COUNT(&processors) < 2) GTEST_SKIP() << "there is one processor";
  Fill(100'000);
  t.heap.mutable_knobs().gc_workers = 1'000;
  t.Major();
  EXPECT_EQ(Workers::ThreadCount(), std::min(CPU_COUNT(&processors), Workers::kMost) - 1);
  EXPECT_GE(t.listener.last().marking_workers, 1u);
}

// Though it is one object, and nothing comes of it.
TEST_F(SharingTest, ALongListIsMuch) {
  const cpu_set_t processors = Processors();
  if (CPU_COUNT(&processors) < 2) GTEST_SKIP() << "there is one processor";
  t.NewRoot(t.list, 1'000'000);
  t.Major();
  EXPECT_EQ(Workers::ThreadCount(), 1);
}

TEST_F(SharingTest, NobodyIsAskedOnOneProcessor) {
  const cpu_set_t before = Processors();
  Fill(100'000);
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  t.Major();
  EXPECT_EQ(Workers::ThreadCount(), 0);
  t.heap.mutable_knobs().stress_interval = 1'000'000;  // It comes however many there are.
  t.Major();
  EXPECT_EQ(Workers::ThreadCount(), 1);
  ASSERT_EQ(sched_setaffinity(0, sizeof before, &before), 0);
}

}  // namespace
}  // namespace fart
