// Where a scope ended is told by the function that left it, however it was compiled: the rule of
// this test asks for -O3, by which a call that is the last thing of a function becomes a jump.

#include <unwind.h>

#include <gtest/gtest.h>

#include <cstdint>

#include "handles/testing/handles_testing.h"

namespace fart {
namespace {

// Remembers what it was asked for last.
class LastEntry final : public PlaceFinder {
 public:
  const HandlePlace* FindPlace(const void* entry, HandleNotes& notes) override {
    last = entry;
    return notes.KeepPlace({"somewhere", {}});
  }
  std::uint64_t Collections() const override { return 0; }

  const void* last = nullptr;
};

volatile int missed = 0;

// As Fart_ExitScope, which has nothing to do behind it.
[[gnu::noinline]] void LeaveScope(LocalHandles& locals) {
  if (locals.TryExitScope()) [[likely]]
    return;
  missed = 1;
}

// HN-P4
TEST(ScopeEndPlaceTest, IsInTheFunctionThatLeftIt) {
  FakeHeap heap;
  LastEntry finder;
  HandleTables tables(heap.flags(), kTestIsolate, {.checked = true});
  tables.notes.SetFinder(&finder);
  tables.SetProvenance(1);
  ASSERT_TRUE(tables.locals.EnterScope());
  ASSERT_FALSE(tables.locals.CreateHandle(FakeHeap::Old(1)).is_empty());
  finder.last = nullptr;
  LeaveScope(tables.locals);
  EXPECT_EQ(missed, 0);
  ASSERT_NE(finder.last, nullptr);
  // Behind the call, which may be the last of its function.
  const auto call = reinterpret_cast<std::uintptr_t>(finder.last) - 1;
  EXPECT_EQ(_Unwind_FindEnclosingFunction(reinterpret_cast<void*>(call)),
            reinterpret_cast<void*>(&LeaveScope));
}

}  // namespace
}  // namespace fart
