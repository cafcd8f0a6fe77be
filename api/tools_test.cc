#include "api/testing/api_test.h"
#include "heap/platform/off_heap.h"

namespace fart::api {
namespace {

using ToolsTest = ApiTest;

TEST_F(ToolsTest, ObjectsMoveAndGrowOld) {
  const Fart_Handle object = Fart_NewList(4);
  EXPECT_FALSE(Fart_IsInOldSpace(object));
  std::uintptr_t before = Fart_ObjectAddress(object);
  Collect(Fart_Collection_kMinor);
  EXPECT_NE(Fart_ObjectAddress(object), before);
  Collect(Fart_Collection_kMinor);
  Collect(Fart_Collection_kMinor);
  EXPECT_TRUE(Fart_IsInOldSpace(object));
}

TEST_F(ToolsTest, CollectingEverythingGivesBackWhatMallocHolds) {
  const std::uint64_t before = OffHeapGivenBackCount();
  Collect(Fart_Collection_kMinor);
  Collect(Fart_Collection_kMajor);
  EXPECT_EQ(OffHeapGivenBackCount(), before);
  Collect(Fart_Collection_kEverything);
  EXPECT_EQ(OffHeapGivenBackCount(), before + 1);
}

TEST_F(ToolsTest, ALargeObjectGrowsOldWhereItIs) {
  const Fart_Handle large = Fart_NewList(100000);
  const std::uintptr_t before = Fart_ObjectAddress(large);
  const bool moves = IsUnderStress();
  EXPECT_FALSE(Fart_IsInOldSpace(large));
  Collect(Fart_Collection_kMinor);
  Collect(Fart_Collection_kMinor);
  EXPECT_TRUE(Fart_IsInOldSpace(large));
  if (!moves) {
    EXPECT_EQ(Fart_ObjectAddress(large), before);
  }
}

TEST_F(ToolsTest, WhatIsNoHeapObjectIsNowhere) {
  for (const Fart_Handle value : {Fart_Null(), Fart_True(), Fart_NewInteger(3)}) {
    EXPECT_FALSE(Fart_IsInOldSpace(value));
    EXPECT_EQ(Fart_ObjectAddress(value), 0u);
  }
  {
    const ExpectMisuse misuse("Fart_IsInOldSpace expects argument 'object'");
    EXPECT_FALSE(Fart_IsInOldSpace(nullptr));
  }
  const ExpectMisuse misuse("Fart_ObjectAddress expects argument 'object'");
  EXPECT_EQ(Fart_ObjectAddress(nullptr), 0u);
}

TEST_F(ToolsTest, CollectsAsMuchAsItIsTold) {
  const Fart_HeapStatistics before = HeapStatistics();
  Collect(Fart_Collection_kMinor);
  EXPECT_GT(HeapStatistics().minor_collections, before.minor_collections);
  Collect(Fart_Collection_kMajor);
  EXPECT_GT(HeapStatistics().major_collections, before.major_collections);
  EXPECT_EQ(ErrorOf(Fart_Collect(static_cast<Fart_Collection>(3))),
            "Fart_Collect expects argument 'collection' to be a Fart_Collection.");
}

TEST_F(ToolsTest, StatisticsCountWhatHappens) {
  const Fart_HeapStatistics before = HeapStatistics();
  const Fart_Handle list = Fart_NewList(10);
  for (int i = 0; i < 10; ++i) ExpectSuccess(Fart_ListSetAt(list, i, Fart_NewDouble(i)));
  const Fart_HeapStatistics after = HeapStatistics();
  EXPECT_EQ(after.objects_allocated, before.objects_allocated + 11);
  EXPECT_EQ(after.bytes_allocated, before.bytes_allocated + 96 + 10 * 16);
  EXPECT_GE(after.heap_limit_bytes, std::uint64_t{4} << 20);
  Collect(Fart_Collection_kMinor);
  EXPECT_GE(HeapStatistics().new_space_bytes_moved + HeapStatistics().bytes_promoted,
            before.new_space_bytes_moved + before.bytes_promoted + 96 + 160);
  EXPECT_GT(HeapStatistics().local_slots_visited, before.local_slots_visited);
  EXPECT_GT(HeapStatistics().longest_pause_ns, 0u);
  EXPECT_GE(HeapStatistics().sum_of_pauses_ns, HeapStatistics().longest_pause_ns);
}

TEST_F(ToolsTest, StatisticsOfUnknownSizeAreRefused) {
  Fart_HeapStatistics heap = {};
  heap.struct_size = 8;
  EXPECT_THAT(ErrorOf(Fart_GetHeapStatistics(&heap)), ::testing::HasSubstr("struct_size"));
  Fart_HandleStatistics handles = {};
  EXPECT_THAT(ErrorOf(Fart_GetHandleStatistics(&handles)), ::testing::HasSubstr("struct_size"));
  EXPECT_EQ(ErrorOf(Fart_GetHeapStatistics(nullptr)),
            "Fart_GetHeapStatistics expects argument 'statistics' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_GetHandleStatistics(nullptr)),
            "Fart_GetHandleStatistics expects argument 'statistics' to be non-null.");
}

TEST_F(ToolsTest, FlagsOfAnIsolateAreItsOwn) {
  const std::string before = Fart_GetFlag("gc-stress-seed");
  ASSERT_TRUE(Fart_SetFlag("--gc-stress-seed=77"));
  EXPECT_STREQ(Fart_GetFlag("gc-stress-seed"), "77");
  Fart_ExitIsolate();
  EXPECT_EQ(Fart_GetFlag("gc-stress-seed"), before);
  Fart_EnterIsolate(isolate_);
}

TEST_F(ToolsTest, BadFlagsAreRefusedAndSaidWhy) {
  for (const char* const flag : {"--no-such-flag", "--gc-stress=x", "--max-heap=", ""}) {
    const ExpectMisuse misuse("Fart_SetFlag");
    EXPECT_FALSE(Fart_SetFlag(flag));
  }
  for (const char* const fixed : {"--max-heap=64m", "--checked-handles"}) {
    const ExpectMisuse misuse("Fart_SetFlag");
    EXPECT_FALSE(Fart_SetFlag(fixed));
  }
  {
    const ExpectMisuse misuse("Fart_SetFlag expects argument 'flag' to be non-null");
    EXPECT_FALSE(Fart_SetFlag(nullptr));
  }
  {
    const ExpectMisuse misuse("Fart_GetFlag expects argument 'name'");
    EXPECT_EQ(Fart_GetFlag("no-such-flag"), nullptr);
  }
  const ExpectMisuse misuse("Fart_GetFlag expects argument 'name' to be non-null");
  EXPECT_EQ(Fart_GetFlag(nullptr), nullptr);
}

// What shutting down said, and what was answered meanwhile.
struct Told {
  int calls = 0;
  Fart_ShutdownReport report = {};
  bool was_refused = false;
};

void Tell(const Fart_ShutdownReport* report, void* data) {
  auto* const told = static_cast<Told*>(data);
  ++told->calls;
  told->report = *report;
  told->was_refused = Fart_IsError(Fart_NewList(1));
}

TEST_F(ToolsTest, WhoeverAsksHearsWhatHandlesAreLeftOpen) {
  Told told;
  Fart_ExitIsolate();
  Fart_SetShutdownReportCallback(Tell, &told);
  {
    const OwnIsolate own(&told);
    const Fart_Handle list = Fart_NewList(1);
    const Fart_PersistentHandle deleted = Fart_NewPersistentHandle(list);
    for (int i = 0; i < 3; ++i) Fart_NewPersistentHandle(list);
    Fart_DeletePersistentHandle(deleted);
    for (int i = 0; i < 2; ++i) {
      Fart_NewWeakPersistentHandle(list, &told, 0, [](void*, Fart_WeakPersistentHandle, void*) {});
    }
    Fart_NewFinalizableHandle(list, &told, 0, [](void*, void*) {});
  }
  Fart_SetShutdownReportCallback(nullptr, nullptr);
  EXPECT_EQ(told.calls, 1);
  EXPECT_EQ(told.report.struct_size, sizeof(Fart_ShutdownReport));
  EXPECT_EQ(told.report.isolate_callback_data, &told);
  EXPECT_EQ(told.report.local_open, 1u);
  EXPECT_EQ(told.report.persistent_open, 3u);
  EXPECT_EQ(told.report.weak_open, 2u);
  EXPECT_EQ(told.report.finalizable_open, 1u);
  EXPECT_TRUE(told.was_refused);
  { const OwnIsolate own; }
  EXPECT_EQ(told.calls, 1);
  Fart_EnterIsolate(isolate_);
}

TEST_F(ToolsTest, FlagsOfTheMachineAreSetTogetherOrNotAtAll) {
  const char* const good[] = {"--trace-gc=false", "--gc-stress-seed=5"};
  const bool was_on = Fart_IsVMFlagSet("trace-gc");
  EXPECT_TRUE(Fart_SetVMFlags(2, const_cast<const char**>(good)));
  EXPECT_FALSE(Fart_IsVMFlagSet("trace-gc"));
  const char* const half[] = {"--trace-gc", "--no-such-flag"};
  {
    const ExpectMisuse misuse("Fart_SetVMFlags: There is no flag '--no-such-flag'.");
    EXPECT_FALSE(Fart_SetVMFlags(2, const_cast<const char**>(half)));
  }
  EXPECT_FALSE(Fart_IsVMFlagSet("trace-gc"));
  EXPECT_TRUE(Fart_SetVMFlags(1, const_cast<const char**>(half)));
  EXPECT_TRUE(Fart_IsVMFlagSet("trace-gc"));
  const char* const back[] = {was_on ? "--trace-gc" : "--trace-gc=false", "--gc-stress-seed=0"};
  EXPECT_TRUE(Fart_SetVMFlags(2, const_cast<const char**>(back)));
  EXPECT_TRUE(Fart_SetVMFlags(0, nullptr));
  EXPECT_FALSE(Fart_IsVMFlagSet("max-heap")) << "no switch";
  EXPECT_FALSE(Fart_IsVMFlagSet("no-such-flag"));
  const char* missing = nullptr;
  for (const auto& [argc, argv] : {std::pair<int, const char**>{1, nullptr}, {1, &missing}}) {
    const ExpectMisuse misuse("to be non-null");
    EXPECT_FALSE(Fart_SetVMFlags(argc, argv));
  }
  {
    const ExpectMisuse misuse("argument 'argc' to be in the range");
    EXPECT_FALSE(Fart_SetVMFlags(-1, &missing));
  }
  const ExpectMisuse misuse("Fart_IsVMFlagSet expects argument 'flag_name' to be non-null");
  EXPECT_FALSE(Fart_IsVMFlagSet(nullptr));
}

TEST_F(ToolsTest, StressMovesEverythingAtEveryAllocation) {
  const Fart_Handle objects[] = {Fart_NewList(2), Str("text"), Fart_NewDouble(1)};
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=1"));
  ASSERT_TRUE(Fart_SetFlag("--gc-slices=0"));  // Old objects stay with it.
  for (int round = 0; round < 5; ++round) {
    std::vector<std::uintptr_t> before;
    for (const Fart_Handle object : objects) before.push_back(Fart_ObjectAddress(object));
    Fart_NewDouble(2);
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_NE(Fart_ObjectAddress(objects[i]), before[i]);
    }
  }
  EXPECT_EQ(TextOf(objects[1]), "text");
}

TEST_F(ToolsTest, VerifyingASoundHeapFindsNothing) {
  const Fart_Handle list = Fart_NewList(100);
  Collect();
  Collect();
  ExpectSuccess(Fart_ListSetAt(list, 5, Str("young")));
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
  Fart_ExitIsolate();
  {
    const ExpectMisuse misuse("Fart_VerifyHeap");
    EXPECT_STREQ(Fart_VerifyHeap(), "This thread has not entered an isolate.");
  }
  Fart_EnterIsolate(isolate_);
}

// With --checked-handles, which an isolate is made with.
class CheckedHandlesTest : public ApiTest {
 protected:
  Fart_Isolate Make(char** error) override {
    EXPECT_TRUE(Fart_SetFlag("--checked-handles"));
    const Fart_Isolate isolate = Fart_CreateHeapIsolate(this, error);
    Fart_ExitIsolate();
    EXPECT_TRUE(Fart_SetFlag("--checked-handles=false"));
    Fart_EnterIsolate(isolate);
    return isolate;
  }
};

TEST_F(CheckedHandlesTest, FindUseAfterTheScopeThoughTheSlotIsInUseAgain) {
  Fart_EnterScope();
  const Fart_Handle stale = Str("stale");
  Fart_ExitScope();
  Fart_EnterScope();
  const Fart_Handle next = Str("next");
  EXPECT_THAT(TextOf(stale), ::testing::HasSubstr("its scope has ended"));
  EXPECT_EQ(TextOf(next), "next");
  Fart_ExitScope();
}

TEST_F(CheckedHandlesTest, SayWhereAStaleHandleWasMadeAndEndedAndIsUsed) {
  using ::testing::ContainsRegex;
  using ::testing::HasSubstr;
  Fart_EnterScope();
  const Fart_Handle stale = Str("stale");
  ASSERT_TRUE(Fart_SetHandleLabel(stale, "the name"));
  Fart_ExitScope();
  EXPECT_THAT(TextOf(stale), ContainsRegex("has ended. 'the name' was made at [^ ]+.*, its scope "
                                           "ended at [^ ]+.*. It is used at [^ ]+.*.$"));
  // The same of those that are deleted.
  const Fart_PersistentHandle deleted = Fart_NewPersistentHandleAt(Fart_NewList(1), "cache.cc", 88);
  Fart_DeletePersistentHandle(deleted);
  std::intptr_t length = 0;
  const std::string text = ErrorOf(Fart_ListLength(deleted, &length));
  EXPECT_THAT(text, ContainsRegex("It was made at cache.cc:88, and deleted at [^ ]+.*. It is used "
                                  "at [^ ]+.*.$"));
  const auto nothing = [](void*, void*) {};
  const Fart_Handle list = Fart_NewList(1);
  const Fart_FinalizableHandle final = Fart_NewFinalizableHandle(list, nullptr, 0, nothing);
  Fart_DeleteFinalizableHandle(final, list);
  {
    const ExpectMisuse misuse(", and deleted at ");
    EXPECT_FALSE(Fart_SetHandleLabel(final, "gone"));
  }
  const Fart_WeakPersistentHandle weak = Fart_NewWeakPersistentHandleAt(
      list, nullptr, 0, [](void*, Fart_WeakPersistentHandle, void*) {}, "cache.cc", 99);
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(weak), nullptr);
  EXPECT_FALSE(Fart_SetHandleLabel(weak, "gone"));
  EXPECT_THAT(Fart_GetMisuse(), HasSubstr("It was made at cache.cc:99, and deleted at "));
}

TEST_F(ToolsTest, WhereADeletedHandleWasMadeIsSaidIfItWasNoted) {
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance"));
  const Fart_PersistentHandle deleted = Fart_NewPersistentHandleAt(Fart_NewList(1), "cache.cc", 88);
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance=false"));
  Fart_DeletePersistentHandle(deleted);
  std::intptr_t length = 0;
  const std::string text = ErrorOf(Fart_ListLength(deleted, &length));
  EXPECT_THAT(text, ::testing::EndsWith("has ended. It was made at cache.cc:88."));
}

TEST_F(CheckedHandlesTest, WorkLikeTheOthers) {
  const Fart_Handle list = Fart_NewList(3);
  ExpectSuccess(Fart_ListSetAt(list, 1, Str("one")));
  Fart_EnterScope();
  const Fart_Handle carried = Fart_ExitScopeWith(Fart_ListGetAt(list, 1));
  Collect();
  EXPECT_EQ(TextOf(carried), "one");
  Fart_Handle all[3];
  ExpectSuccess(Fart_ListGetRange(list, 0, 3, all));
  EXPECT_EQ(TextOf(all[1]), "one");
}

}  // namespace
}  // namespace fart::api
