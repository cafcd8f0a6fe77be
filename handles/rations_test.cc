// Rations: how many handles in a row are made by the quick way while one in n is noted.

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "handles/testing/handles_testing.h"

namespace fart {
namespace {

using Peer = HandlesTestPeer;
using Table = PersistentHandles::Table;
constexpr std::uint32_t kChunk = Table::kSlotsPerChunk;

// Of a few handles to some thousands.
constexpr std::uint64_t kEvery[] = {0, 1, 2, 3, 10, 500, 700, 1000, kChunk, kChunk + 1, 5000};

class RationModel {
 public:
  struct Step {
    std::uint8_t kind;
    std::uint8_t argument;
    std::uint16_t count;
  };

  void Run(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      Do(step);
      RC_ASSERT(handles_.live() == held_.size());
      RC_ASSERT(handles_.made() == issued_.size());
      RC_ASSERT(handles_.IsSound());
    }
    for (const HandleValue value : held_) RC_ASSERT(handles_.FindSlot(value) != nullptr);
  }

 private:
  void Do(const Step& step) {
    switch (step.kind % 6) {
      case 0:
        every_ = kEvery[step.argument % std::size(kEvery)];
        handles_.SetQuickWay(every_);
        in_a_row_ = 0;
        return;
      case 1:
        for (unsigned i = 0; i < step.count % 2100; ++i) Create();
        return;
      case 2:
        for (unsigned i = 0; i < step.count % 2100 && !held_.empty(); ++i) Delete(step.argument);
        return;
      case 3:  // By turns.
        for (unsigned i = 0; i < step.count % 2100; ++i) {
          Create();
          Delete(0);
        }
        return;
      case 4:
        for (unsigned i = 0; i < step.count % 50 && !held_.empty(); ++i) Delete(step.argument);
        for (unsigned i = 0; i < step.argument % 50u; ++i) Create();
        return;
      case 5:
        MovingVisitor visitor;
        handles_.VisitSlots(SlotSet::kYoung, visitor);  // Gives chunks back, too.
        return;
    }
  }
  void Create() {
    HandleValue value = handles_.TryCreate(FakeHeap::Young(1));
    if (value.is_empty()) {
      value = handles_.Create(FakeHeap::Young(1));
      in_a_row_ = 0;
    } else {
      ++in_a_row_;
      RC_ASSERT(every_ == 0 || in_a_row_ < every_);  // HN-P1
    }
    RC_ASSERT(issued_.insert(value.bits()).second);  // HN-V2
    held_.push_back(value);
  }
  void Delete(std::size_t distance) {
    const std::size_t place = held_.size() - 1 - distance % held_.size();
    const HandleValue value = held_[place];
    held_[place] = held_.back();
    held_.pop_back();
    RC_ASSERT(handles_.TryDelete(value) || handles_.Delete(value) == HandleStatus::kOk);
    RC_ASSERT(handles_.FindSlot(value) == nullptr);
  }

  FakeHeap heap_;
  PersistentHandles handles_{heap_.flags(), kTestIsolate};
  std::vector<HandleValue> held_;
  std::set<std::uint64_t> issued_;
  std::uint64_t every_ = 0;
  std::uint64_t in_a_row_ = 0;
};

void showValue(const RationModel::Step& step, std::ostream& to) {
  to << unsigned{step.kind} % 6 << '(' << unsigned{step.argument} << ", " << step.count << ')';
}

rc::Gen<RationModel::Step> AnyStep() {
  return rc::gen::build<RationModel::Step>(
      rc::gen::set(&RationModel::Step::kind), rc::gen::set(&RationModel::Step::argument),
      rc::gen::set(&RationModel::Step::count, rc::gen::inRange<std::uint16_t>(0, 2100)));
}

RC_GTEST_PROP(RationsTest, ATableIsSoundHoweverManyAreNoted_HNT7, ()) {
  RationModel().Run(*rc::gen::container<std::vector<RationModel::Step>>(AnyStep()));
}

// How often the quick way misses in `count` claims, each of which is released at once.
std::size_t MissesByTurns(PersistentHandles& handles, std::size_t count) {
  std::size_t misses = 0;
  for (std::size_t i = 0; i < count; ++i) {
    HandleValue value = handles.TryCreate(FakeHeap::Old(1));
    if (value.is_empty()) {
      ++misses;
      value = handles.Create(FakeHeap::Old(1));
    }
    EXPECT_TRUE(handles.TryDelete(value) || handles.Delete(value) == HandleStatus::kOk);
  }
  return misses;
}

TEST(RationsTest, OneInSoManyMissesTheQuickWay) {
  FakeHeap heap;
  for (const std::uint64_t every : {2u, 10u, 500u, 700u, 1000u, kChunk}) {
    PersistentHandles handles(heap.flags(), kTestIsolate);
    handles.SetQuickWay(every);
    const std::size_t count = 100 * every;
    EXPECT_GE(MissesByTurns(handles, count), 100u) << every;
    EXPECT_LE(MissesByTurns(handles, count), 101u) << every;
    // The same where a chunk has few that are free.
    for (std::uint32_t i = 0; i + 5 < kChunk; ++i) {
      EXPECT_FALSE(handles.Create(FakeHeap::Old(1)).is_empty());
    }
    EXPECT_GE(MissesByTurns(handles, count), 100u) << every;
    EXPECT_TRUE(handles.IsSound());
  }
}

// The counts are of all kinds of handles together, of the quick ways' too.
TEST(RationsTest, OneInSoManyIsNoted) {
  FakeHeap heap;
  HandleTables tables(heap.flags(), kTestIsolate);
  int peer = 0;
  const auto callback = [] {};
  const auto noted_of = [&](std::size_t count) {
    std::size_t noted = 0;
    for (std::size_t i = 0; i < count; ++i) {
      HandleValue value = tables.persistents.TryCreate(FakeHeap::Old(1));
      if (value.is_empty()) {
        value = tables.persistents.Create(FakeHeap::Old(1));
        noted += tables.TakeTurn() ? 1 : 0;
      }
      EXPECT_TRUE(tables.persistents.TryDelete(value) ||
                  tables.persistents.Delete(value) == HandleStatus::kOk);
      const HandleKind kind = i % 2 == 0 ? HandleKind::kWeak : HandleKind::kFinalizable;
      value = tables.weaks.TryCreate(kind, FakeHeap::Old(1), &peer, callback);
      if (value.is_empty()) {
        value = tables.weaks.Create(kind, FakeHeap::Old(1), &peer, ByteCount(), callback);
        noted += tables.TakeTurn() ? 1 : 0;
      }
      EXPECT_TRUE(tables.weaks.TryDelete(value));
    }
    return noted;
  };
  EXPECT_EQ(noted_of(10), 0u);
  for (const std::uint64_t every : {1u, 2u, 10u, 700u, 1000u, 3000u}) {
    tables.SetProvenance(every);
    const std::size_t noted = noted_of(50 * every);  // of each of two
    EXPECT_GE(noted, 98u) << every;
    EXPECT_LE(noted, 100u) << every;
  }
  tables.SetProvenance(0);
  EXPECT_EQ(noted_of(5000), 0u);
}

TEST(RationsTest, VerifyNamesHNT7) {
  FakeHeap heap;
  PersistentHandles handles(heap.flags(), kTestIsolate);
  handles.SetQuickWay(10);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(handles.Create(FakeHeap::Old(1)).is_empty());
  EXPECT_TRUE(handles.IsSound());
  std::uint32_t& size = Peer::RationSize(Peer::TableOf(handles));
  for (const std::uint32_t wrong : {9u, 11u}) {
    size = wrong;
    EXPECT_EQ(BrokenInvariantsOf(handles), std::set<std::string>{"HN-T7 ration"});
  }
  size = 10;
  EXPECT_TRUE(handles.IsSound());
}

}  // namespace
}  // namespace fart
