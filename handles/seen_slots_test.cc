// What marking in slices has seen of the tables, and what it has to look at again (HO-P3).

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "handles/local_handles.h"
#include "handles/persistent_handles.h"
#include "handles/testing/handles_testing.h"
#include "heap/base/safepoint.h"

namespace fart {
namespace {

// The numbers of objects being marked that it was shown.
class Seer final : public SlotVisitor {
 public:
  void VisitSlots(RootKind, ObjectPtr* first, ObjectPtr* last) override {
    for (ObjectPtr* slot = first; slot != last; ++slot) See(*slot);
  }
  void See(ObjectPtr object) {
    ++slots;
    if (IsMarked(object)) seen.insert(FakeHeap::NumberOf(object));
  }
  bool HasSeen(ObjectPtr object) const {
    return !IsMarked(object) || seen.count(FakeHeap::NumberOf(object)) != 0;
  }
  static bool IsMarked(ObjectPtr object) {
    return object.IsHeapObject() && FakeHeap::RegionOf(object) == FakeHeap::kMarked;
  }

  std::set<std::size_t> seen;
  std::size_t slots = 0;
};

// How many slots are still to be looked at.
template <typename Handles>
std::size_t Unseen(Handles& handles) {
  Seer seer;
  handles.VisitUnseen(seer);
  return seer.slots;
}

// A young, an old, or, half of the time, an object being marked; each has a number of its own.
ObjectPtr ObjectFor(unsigned argument, std::size_t number) {
  if (argument % 2 == 0) return FakeHeap::Marked(number);
  return argument % 4 == 1 ? FakeHeap::Young(number) : FakeHeap::Old(number);
}

class LocalSlotsTest : public ::testing::Test {
 protected:
  LocalSlotsTest() : locals_(heap_.flags(), kTestIsolate) {}
  void Fill(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      slots_.push_back(locals_.Create(FakeHeap::Marked(i)));
    }
  }
  void CollectMinor() {
    MovingVisitor visitor;
    locals_.VisitSlots(SlotSet::kYoung, visitor);
  }

  FakeHeap heap_;
  LocalHandles locals_;
  Seer nobody_;
  std::vector<ObjectPtr*> slots_;
};

TEST_F(LocalSlotsTest, PartsAreSeenInOrderBelowTheWatermark_HNL6) {
  Fill(100);
  CollectMinor();
  Fill(1);
  locals_.BeginSeeing(nobody_);
  Seer seer;
  EXPECT_TRUE(locals_.SeeSome(seer, 60));
  EXPECT_EQ(seer.slots, 60u);
  EXPECT_TRUE(locals_.SeeSome(seer, 39));
  EXPECT_FALSE(locals_.SeeSome(seer, 5));
  EXPECT_EQ(seer.seen.size(), 100u);
  EXPECT_EQ(Unseen(locals_), 1u);
  locals_.BeginSeeing(nobody_);
  EXPECT_EQ(Unseen(locals_), 101u);
  EXPECT_TRUE(locals_.SeeSome(seer, 60));
  EXPECT_FALSE(locals_.SeeSome(seer, 40)) << "it was exactly the rest";
}

TEST_F(LocalSlotsTest, WhatHasChangedSinceIsSeenAgain_HNL6) {
  Fill(100);
  CollectMinor();
  locals_.BeginSeeing(nobody_);
  Seer seer;
  EXPECT_FALSE(locals_.SeeSome(seer, 1000));
  EXPECT_EQ(Unseen(locals_), 0u);
  locals_.Overwrite(slots_[70], FakeHeap::Marked(500));
  CollectMinor();  // raises the watermark
  EXPECT_EQ(Unseen(locals_), 30u);
  EXPECT_EQ(Unseen(locals_), 30u) << "looking changes nothing";
}

TEST_F(LocalSlotsTest, SlotsThatWereLeftAndTakenAgainAreSeenAgain_HNL6) {
  Fill(10);
  ASSERT_TRUE(locals_.EnterScope());
  Fill(50);
  CollectMinor();
  locals_.BeginSeeing(nobody_);
  Seer seer;
  EXPECT_FALSE(locals_.SeeSome(seer, 1000));
  ASSERT_TRUE(locals_.ExitScope());
  const std::size_t before = seer.slots;
  EXPECT_FALSE(locals_.SeeSome(seer, 1000));
  EXPECT_EQ(seer.slots, before) << "none is left";
  Fill(20);
  CollectMinor();
  EXPECT_EQ(Unseen(locals_), 20u);
}

class PersistentSlotsTest : public ::testing::Test {
 protected:
  PersistentSlotsTest() : handles_(heap_.flags(), kTestIsolate) {}
  HandleValue Create(ObjectPtr object) { return handles_.Create(object); }
  void SeeAll() {
    handles_.BeginSeeing(nobody_);
    Seer seer;
    while (handles_.SeeSome(seer, 1)) continue;
  }
  void CollectMinor() {
    MovingVisitor visitor;
    handles_.VisitSlots(SlotSet::kYoung, visitor);
    EXPECT_TRUE(handles_.IsSound());
  }

  FakeHeap heap_;
  PersistentHandles handles_;
  Seer nobody_;
};

TEST_F(PersistentSlotsTest, PartsAreChunks) {
  constexpr std::size_t kChunk = PersistentHandles::Table::kSlotsPerChunk;
  for (std::size_t i = 0; i < 3 * kChunk; ++i) Create(FakeHeap::Old(i));
  handles_.BeginSeeing(nobody_);
  Seer seer;
  EXPECT_TRUE(handles_.SeeSome(seer, 1));
  EXPECT_EQ(seer.slots, kChunk);
  EXPECT_EQ(Unseen(handles_), 2 * kChunk);
  EXPECT_FALSE(handles_.SeeSome(seer, 2 * kChunk));
  EXPECT_EQ(seer.slots, 3 * kChunk);
  EXPECT_EQ(Unseen(handles_), 0u);
  handles_.BeginSeeing(nobody_);
  EXPECT_EQ(Unseen(handles_), 3 * kChunk);
}

TEST_F(PersistentSlotsTest, WhatIsMadeOrSetToWhatIsBeingMarkedIsSeenAgain_HNT6) {
  const HandleValue set = Create(FakeHeap::Old(1));
  const HandleValue deleted = Create(FakeHeap::Old(2));
  Create(FakeHeap::Old(3));
  SeeAll();
  ASSERT_EQ(handles_.Set(set, FakeHeap::Marked(4)), HandleStatus::kOk);
  ASSERT_EQ(handles_.Set(deleted, FakeHeap::Marked(5)), HandleStatus::kOk);
  ASSERT_EQ(handles_.Delete(deleted), HandleStatus::kOk);
  Create(FakeHeap::Marked(6));
  Create(FakeHeap::Old(7));
  Create(FakeHeap::Young(8));
  CollectMinor();
  Seer seer;
  handles_.VisitUnseen(seer);
  EXPECT_EQ(seer.seen, (std::set<std::size_t>{4, 6}));
  EXPECT_EQ(seer.slots, 2u);
  EXPECT_EQ(Unseen(handles_), 0u) << "seen now";
  CollectMinor();
}

TEST_F(PersistentSlotsTest, YoungOnesStayListedWhenTheOthersHaveBeenSeen_HNT3) {
  const HandleValue young = Create(FakeHeap::Young(1));
  Create(FakeHeap::Marked(2));
  SeeAll();
  EXPECT_EQ(Unseen(handles_), 1u);
  EXPECT_TRUE(handles_.IsSound());
  CollectMinor();
  EXPECT_EQ(FakeHeap::RegionOf(*handles_.FindSlot(young)), FakeHeap::kSurvivor);
}

// ---- Any program

RC_GTEST_PROP(SeenSlotsTest, NoLocalHandleIsForgotten, (const std::vector<std::uint8_t>& program)) {
  const FakeHeap heap;
  LocalHandles locals(heap.flags(), kTestIsolate);
  std::vector<ObjectPtr*> slots;
  std::vector<std::size_t> scopes;  // how many slots there were outside
  Seer seer;
  std::size_t number = 0;
  for (const std::uint8_t byte : program) {
    const unsigned argument = byte / 8;
    switch (byte % 8) {
      case 0:
        RC_ASSERT(locals.EnterScope());
        scopes.push_back(slots.size());
        break;
      case 1:
        if (scopes.empty()) break;
        if (argument % 2 == 0 || slots.size() == scopes.back()) {
          RC_ASSERT(locals.ExitScope());
          slots.resize(scopes.back());
        } else {
          ObjectPtr* const last = locals.ExitScopeWithLast(1);
          slots.resize(scopes.back());
          slots.push_back(last);
        }
        scopes.pop_back();
        break;
      case 2:
        if (slots.empty()) break;
        locals.Overwrite(slots[argument % slots.size()], ObjectFor(argument, ++number));
        break;
      case 3:
      case 4:
        static_cast<void>(locals.SeeSome(seer, argument));
        break;
      case 5: {
        MovingVisitor visitor;
        locals.VisitSlots(SlotSet::kYoung, visitor);
        break;
      }
      default:
        slots.push_back(locals.Create(ObjectFor(argument, ++number)));
    }
    RC_ASSERT(locals.IsSound());
  }
  locals.VisitUnseen(seer);
  for (const ObjectPtr* const slot : slots) RC_ASSERT(seer.HasSeen(*slot));
}

RC_GTEST_PROP(SeenSlotsTest, NoPersistentHandleIsForgotten,
              (const std::vector<std::uint8_t>& program)) {
  const FakeHeap heap;
  PersistentHandles handles(heap.flags(), kTestIsolate);
  std::vector<HandleValue> values;
  Seer seer;
  std::size_t number = 0;
  for (const std::uint8_t byte : program) {
    const unsigned argument = byte / 8;
    HandleValue* const value = values.empty() ? nullptr : &values[argument % values.size()];
    switch (byte % 8) {
      case 0:
        if (value == nullptr) break;
        RC_ASSERT(handles.Delete(*value) == HandleStatus::kOk);
        *value = values.back();
        values.pop_back();
        break;
      case 1:
      case 2:
        if (value == nullptr) break;
        RC_ASSERT(handles.Set(*value, ObjectFor(argument, ++number)) == HandleStatus::kOk);
        break;
      case 3:
        static_cast<void>(handles.SeeSome(seer, argument));
        break;
      case 4:
        handles.VisitUnseen(seer);
        break;
      case 5: {
        MovingVisitor visitor;
        handles.VisitSlots(SlotSet::kYoung, visitor);
        break;
      }
      default:
        values.push_back(handles.Create(ObjectFor(argument, ++number)));
    }
    RC_ASSERT(handles.IsSound());
  }
  handles.VisitUnseen(seer);
  for (const HandleValue value : values) RC_ASSERT(seer.HasSeen(*handles.FindSlot(value)));
}

}  // namespace
}  // namespace fart
