// What holds objects from outside the heap: the execution stack, root tables, symbols.

#include <gtest/gtest.h>

#include <new>
#include <string>
#include <vector>

#include "heap/object/providers.h"
#include "heap/platform/off_heap.h"
#include "heap/platform/testing/refusing_memory.h"
#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

std::uint64_t SlotsVisited(TestIsolate& isolate, RootKind kind) {
  return isolate->statistics().totals().last.slots_visited[static_cast<std::size_t>(kind)];
}

TEST(ExecutionStackTest, KeepsWhatLiesBelowItsTopAlive) FART_MAY_COLLECT {
  TestIsolate isolate;
  StackRoots<2> roots(isolate->stack());
  {
    const FreshObject string = NewStringFromUtf8(isolate.mutator(), "on the stack");
    const NoSafepointScope quiet;
    roots.Set(0, string.Get(quiet));
  }
  roots.Set(1, ObjectPtr::FromSmi(11));
  isolate.Collect(GcKind::kMinor);
  isolate.Collect(GcKind::kMajor);
  EXPECT_EQ(isolate.Text(roots[0]), "on the stack");
  const NoSafepointScope quiet;
  EXPECT_EQ(roots[1].Get(quiet).SmiValue(), 11);
}

TEST(ExecutionStackTest, LeavesRoomAboveTheSoftLimit) {
  ExecutionStack stack(MiB(1));
  ASSERT_TRUE(stack.IsReserved());
  EXPECT_TRUE(stack.HasRoomFor(1000));
  EXPECT_FALSE(stack.HasRoomFor(MiB(1).value() / kWordSize));
  EXPECT_EQ(static_cast<std::size_t>(stack.end() - stack.soft_limit()) * kWordSize,
            ExecutionStack::kSlack.value());
}

struct SlotCounter final : SlotVisitor {
  void VisitSlots(RootKind, ObjectPtr* first, ObjectPtr* last) override {
    for (; first != last; ++first) slots.push_back(first);
  }
  std::vector<ObjectPtr*> slots;
};

TEST(ExecutionStackTest, EveryWordBelowItsTopIsASlot) {
  ExecutionStack stack(MiB(1));
  ASSERT_TRUE(stack.IsReserved());
  for (std::size_t count = 0; count < 4; ++count) {
    SlotCounter counter;
    stack.VisitSlots(SlotSet::kYoung, counter);
    ASSERT_EQ(counter.slots.size(), count);
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(counter.slots[i], stack.base() + i);
    stack.Push(ObjectPtr::FromSmi(1));
  }
}

TEST(ExecutionStackTest, IsAtLeastTwiceTheSlackAndNotInterrupted) {
  for (const ByteCount size : {ByteCount(), ByteCount(1), ExecutionStack::kSlack,
                               ExecutionStack::kSlack * 2 + ByteCount(1)}) {
    ExecutionStack stack(size);
    ASSERT_TRUE(stack.IsReserved());
    const auto words = static_cast<std::size_t>(stack.soft_limit() - stack.base());
    EXPECT_GE(words * kWordSize, ExecutionStack::kSlack.value());
    EXPECT_TRUE(stack.HasRoomFor(words));
    EXPECT_FALSE(stack.HasRoomFor(words + 1));
    EXPECT_FALSE(stack.IsInterrupted());
    EXPECT_EQ(stack.polled_limit(), stack.soft_limit());
  }
}

struct Findings final : VerifyReporter {
  void Report(const char* invariant, const char*) override { names.push_back(invariant); }
  std::vector<std::string> names;
};

struct CountingVisitor final : SlotVisitor {
  void VisitSlots(RootKind, ObjectPtr* first, ObjectPtr* last) override {
    slots += static_cast<std::size_t>(last - first);
  }
  std::size_t slots = 0;
};

TEST(RootTableTest, TheVerifierFindsAYoungObjectThatIsNotListed) FART_MAY_COLLECT {
  TestIsolate isolate;
  RootTable table(isolate->heap().flags());
  RootTable::Slot* const slot = table.Add();
  const Rooted young = isolate.NewString("young");
  const NoSafepointScope quiet;
  Findings none;
  table.Verify(none);
  EXPECT_TRUE(none.names.empty());
  slot->value = young.Get(quiet);  // As a store that forgets Set.
  Findings found;
  table.Verify(found);
  EXPECT_EQ(found.names, std::vector<std::string>{"VR-T1 listed"});
  slot->value = ObjectPtr();
  slot->listed = true;  // As one that forgets the list.
  Findings also;
  table.Verify(also);
  EXPECT_EQ(also.names, std::vector<std::string>{"VR-T1 listed"});
}

TEST(RootTableTest, GivesItsMemoryBack) {
  TestIsolate isolate;
  const std::int64_t before = OffHeapBytesInUse();
  for (int i = 0; i < 10; ++i) {
    RootTable table(isolate->heap().flags());
    for (int slots = 0; slots < 100'000; ++slots) table.Add();
    EXPECT_EQ(table.size(), 100'000u);
  }
  EXPECT_LT(OffHeapBytesInUse() - before, static_cast<std::int64_t>(MiB(2).value()));
}

// Wherever memory runs out: the slots that were made are there, and the next one is one more.
TEST(RootTableTest, WithoutMemoryNoSlotIsMade_VRT2) FART_NO_SAFEPOINT_ANALYSIS {
  TestIsolate isolate;
  const Rooted young = isolate.NewString("young");
  const SweepResult result = SweepFailures(SystemCall::kMalloc, [&]() FART_NO_SAFEPOINT_ANALYSIS {
    const std::int64_t in_use = OffHeapBytesInUse();
    bool refused = false;
    {
      RootTable table(isolate->heap().flags());
      std::size_t made = 0;
      try {
        for (; made < 1000; ++made) table.Add();
      } catch (const std::bad_alloc&) {
        refused = true;
      }
      RefusingMemory::Stop();
      EXPECT_EQ(table.size(), made);
      std::vector<RootTable::Slot*> later;
      for (int i = 0; i < 40; ++i) later.push_back(table.Add());
      EXPECT_EQ(table.size(), made + 40);
      const NoSafepointScope quiet;
      for (RootTable::Slot* const slot : later) {
        EXPECT_TRUE(slot->value.is_null());
        table.Set(slot, young.Get(quiet));
      }
      Findings none;
      table.Verify(none);
      EXPECT_TRUE(none.names.empty());
      CountingVisitor all;
      table.VisitSlots(SlotSet::kAll, all);
      EXPECT_EQ(all.slots, made + 40);
      CountingVisitor listed;
      table.VisitSlots(SlotSet::kYoung, listed);
      EXPECT_EQ(listed.slots, 40u);
    }
    EXPECT_EQ(OffHeapBytesInUse(), in_use);
    return refused ? SweepOutcome::kRefused : SweepOutcome::kDone;
  });
  EXPECT_GT(result.refusals, 0u);
}

TEST(RootTableTest, FollowsWhatItsSlotsReferTo) FART_MAY_COLLECT {
  TestIsolate isolate;
  RootTable::Slot* const slot = isolate->roots().Add();
  {
    const FreshObject string = NewStringFromUtf8(isolate.mutator(), "constant");
    const NoSafepointScope quiet;
    isolate->roots().Set(slot, string.Get(quiet));
  }
  isolate.Collect(GcKind::kMinor);
  isolate.Collect(GcKind::kMajor);
  EXPECT_EQ(isolate.Text(Rooted(&slot->value)), "constant");
  EXPECT_EQ(isolate.Verify(), "");
}

// Over more than two chunks, with slots set once and twice.
TEST(RootTableTest, EverySlotIsVisitedOnceAndListedOnce) FART_NO_SAFEPOINT_ANALYSIS {
  TestIsolate isolate;
  constexpr int kSlots = 3000;
  std::vector<RootTable::Slot*> slots;
  for (int i = 0; i < kSlots; ++i) {
    slots.push_back(isolate->roots().Add());
    EXPECT_TRUE(slots.back()->value.is_null());
    for (int times = 0; times <= i % 2; ++times) {
      const FreshObject string = NewStringFromUtf8(isolate.mutator(), std::to_string(i));
      const NoSafepointScope quiet;
      isolate->roots().Set(slots.back(), string.Get(quiet));
    }
    if (i % 500 == 0) {
      EXPECT_EQ(isolate.Verify(), "");
    }
  }
  EXPECT_EQ(isolate.Verify(), "");
  isolate.Collect(GcKind::kMinor);
  EXPECT_EQ(isolate.Verify(), "");
  isolate.Collect(GcKind::kMajor);
  isolate.Collect(GcKind::kMinor);
  EXPECT_EQ(isolate.Verify(), "");
  for (int i = 0; i < kSlots; ++i) {
    EXPECT_EQ(isolate.Text(Rooted(&slots[static_cast<std::size_t>(i)]->value)), std::to_string(i));
  }
}

TEST(RootTableTest, AMinorCollectionDoesNoWorkForSlotsThatAreOld) FART_MAY_COLLECT {
  TestIsolate isolate;
  for (int i = 0; i < 10'000; ++i) {
    const FreshObject list = NewArray(isolate.mutator(), 1);
    const NoSafepointScope quiet;
    isolate->roots().Set(isolate->roots().Add(), list.Get(quiet));
  }
  for (int i = 0; i < 3; ++i) isolate.Collect(GcKind::kMinor);
  isolate.Collect(GcKind::kMinor);
  EXPECT_LT(SlotsVisited(isolate, RootKind::kConstant), 200u);
}

TEST(RootTableTest, ASlotSetToAYoungObjectAgainIsListedAgain) FART_MAY_COLLECT {
  TestIsolate isolate;
  RootTable::Slot* const slot = isolate->roots().Add();
  for (int round = 0; round < 3; ++round) {
    {
      const FreshObject string = NewStringFromUtf8(isolate.mutator(), std::to_string(round));
      const NoSafepointScope quiet;
      isolate->roots().Set(slot, string.Get(quiet));
    }
    for (int i = 0; i < 3; ++i) isolate.Collect(GcKind::kMinor);
    EXPECT_EQ(isolate.Text(Rooted(&slot->value)), std::to_string(round));
  }
}

TEST(RootTableTest, TheSlotsOfAGroupAreRootsUntilItEnds) FART_MAY_COLLECT {
  TestIsolate isolate;
  RootTable& roots = isolate->roots();
  const std::size_t before = roots.size();
  for (int round = 0; round < 3; ++round) {
    RootTable::Group group(roots);
    std::vector<RootTable::Slot*> slots;
    for (int i = 0; i < 600; ++i) {
      slots.push_back(group.Add());
      const FreshObject string = NewStringFromUtf8(isolate.mutator(), std::to_string(i));
      const NoSafepointScope quiet;
      roots.Set(slots.back(), string.Get(quiet));
    }
    EXPECT_EQ(roots.size(), before + 600);
    if (round != 0) isolate.Collect(GcKind::kMinor);  // Else it ends with young ones in the list.
    for (int i = 0; i < 600; ++i) {
      EXPECT_EQ(isolate.Text(Rooted(&slots[static_cast<std::size_t>(i)]->value)),
                std::to_string(i));
    }
    if (round == 2) {
      group.Clear();
      EXPECT_TRUE(slots.front()->value.is_null());
    }
    EXPECT_EQ(isolate.Verify(), "");
  }
  EXPECT_EQ(roots.size(), before);
  EXPECT_EQ(isolate.Verify(), "");
  isolate.Collect(GcKind::kMinor);
  EXPECT_EQ(isolate.Verify(), "");
}

TEST(RootTableTest, ATableThatHoldsItsGroupsBackVisitsItsOwnSlotsOnly) FART_MAY_COLLECT {
  TestIsolate isolate;
  RootTable& roots = isolate->roots();
  RootTable::Group group(roots);
  group.Add();
  struct Counter final : SlotVisitor {
    void VisitSlots(RootKind, ObjectPtr* first, ObjectPtr* last) override {
      count += static_cast<std::size_t>(last - first);
    }
    std::size_t count = 0;
  };
  Counter of_group;
  group.VisitSlots(of_group);
  EXPECT_EQ(of_group.count, 1u);
  Counter own;
  {
    const RootTable::HoldingGroupsBack holding(roots);
    roots.VisitSlots(SlotSet::kAll, own);
  }
  EXPECT_EQ(own.count, roots.size() - 1);
  Counter all;
  roots.VisitSlots(SlotSet::kAll, all);
  EXPECT_EQ(all.count, roots.size());
}

TEST(SymbolTableTest, EqualTextsAreOneObjectThroughCollections) FART_MAY_COLLECT {
  TestIsolate isolate;
  SymbolTable& symbols = isolate->symbols();
  const Rooted first = isolate.Keep(symbols.Intern(isolate.mutator(), "na\xC3\xAFve"));
  for (int i = 0; i < 1000; ++i) {
    ASSERT_FALSE(symbols.Intern(isolate.mutator(), "symbol" + std::to_string(i)).is_null());
  }
  isolate.Collect(GcKind::kMinor);
  const Rooted again = isolate.Keep(symbols.Intern(isolate.mutator(), "na\xC3\xAFve"));
  isolate.Collect(GcKind::kMajor);
  EXPECT_EQ(symbols.size(), 1u) << "of the others nobody has kept any";
  const Rooted equal = isolate.NewString("na\xC3\xAFve");
  const NoSafepointScope quiet;
  EXPECT_EQ(first.Get(quiet), again.Get(quiet));
  EXPECT_NE(equal.Get(quiet), first.Get(quiet));
  EXPECT_EQ(symbols.Intern(equal.Get(quiet), quiet), first.Get(quiet));
}

TEST(SymbolTableTest, AStringThatIsOnlyAskedForDoesNotStay) FART_MAY_COLLECT {
  TestIsolate isolate;
  SymbolTable& symbols = isolate->symbols();
  const std::size_t before = symbols.size();
  EXPECT_EQ(isolate.Text(isolate.Keep(symbols.StringOf(isolate.mutator(), "asked"))), "asked");
  EXPECT_EQ(symbols.size(), before);
  const Rooted symbol = isolate.Keep(symbols.Intern(isolate.mutator(), "asked"));
  const Rooted found = isolate.Keep(symbols.StringOf(isolate.mutator(), "asked"));
  EXPECT_EQ(symbols.size(), before + 1);
  const NoSafepointScope quiet;
  EXPECT_EQ(found.Get(quiet), symbol.Get(quiet));
}

TEST(SymbolTableTest, SurvivesStress) FART_MAY_COLLECT {
  TestIsolate isolate({.flags = {.heap = {.stress_interval = 1, .protect_retired = true}}});
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 300; ++i) {
      isolate.Keep(isolate->symbols().Intern(isolate.mutator(), std::to_string(i)));
    }
    EXPECT_EQ(isolate->symbols().size(), 300u);
  }
  EXPECT_EQ(isolate.Verify(), "");
}

// Wherever memory runs out: what has become a symbol is one, whole, and the next becomes one later.
TEST(SymbolTableTest, WithoutMemoryNothingBecomesASymbol_VVY2) FART_NO_SAFEPOINT_ANALYSIS {
  TestIsolate isolate;
  constexpr std::size_t kCount = 1000;  // The tables grow several times.
  std::vector<Rooted> strings;
  for (std::size_t i = 0; i < kCount; ++i) strings.push_back(isolate.NewString(std::to_string(i)));
  const SweepResult result = SweepFailures(SystemCall::kMalloc, [&]() FART_NO_SAFEPOINT_ANALYSIS {
    const std::int64_t in_use = OffHeapBytesInUse();
    bool refused = false;
    {
      SymbolTable symbols(isolate->heap().flags());
      const NoSafepointScope quiet;
      std::size_t made = 0;
      try {
        for (; made < kCount; ++made) {
          EXPECT_EQ(symbols.Intern(strings[made].Get(quiet), quiet), strings[made].Get(quiet));
        }
      } catch (const std::bad_alloc&) {
        refused = true;
      }
      RefusingMemory::Stop();
      Findings none;
      symbols.Verify(none);
      EXPECT_TRUE(none.names.empty());
      EXPECT_EQ(symbols.size(), made);
      for (const Rooted& string : strings) {
        EXPECT_EQ(symbols.Intern(string.Get(quiet), quiet), string.Get(quiet));
      }
      EXPECT_EQ(symbols.size(), kCount);
      symbols.Verify(none);
      EXPECT_TRUE(none.names.empty());
    }
    EXPECT_EQ(OffHeapBytesInUse(), in_use);
    return refused ? SweepOutcome::kRefused : SweepOutcome::kDone;
  });
  EXPECT_GT(result.refusals, 0u);
}

// Among what is forgotten, what is kept is found again, in the same object.
TEST(SymbolTableTest, ForgetsWhatNobodyKeeps) FART_MAY_COLLECT {
  TestIsolate isolate;
  SymbolTable& symbols = isolate->symbols();
  std::vector<Rooted> kept;
  const auto intern = [&](int i) FART_MAY_COLLECT {
    return symbols.Intern(isolate.mutator(), "name " + std::to_string(i));
  };
  for (int round = 0; round < 8; ++round) {
    for (int i = 0; i < 1000; ++i) ASSERT_FALSE(intern(round * 1000 + i).is_null());
    kept.push_back(isolate.Keep(intern(round)));
    isolate.Collect(round % 2 == 0 ? GcKind::kMinor : GcKind::kMajor);
    EXPECT_EQ(isolate.Verify(), "");
    EXPECT_LE(symbols.size(), 2000u);
    for (int earlier = 0; earlier <= round; ++earlier) {
      const Rooted again = isolate.Keep(intern(earlier));
      const NoSafepointScope quiet;
      EXPECT_EQ(again.Get(quiet), kept[static_cast<std::size_t>(earlier)].Get(quiet));
    }
  }
  isolate.Collect(GcKind::kMajor);
  EXPECT_EQ(symbols.size(), kept.size());
}

}  // namespace
}  // namespace fart
