#include <chrono>
#include <stdexcept>
#include <thread>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

class MemoryTest : public ApiTest {
 protected:
  static void* PeerOf(Fart_Handle object) {
    void* peer = nullptr;
    ExpectSuccess(Fart_GetPeer(object, &peer));
    return peer;
  }
  static std::int64_t NowUs() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
  // Filling a heap under stress takes for ever, and says nothing about the limit.
  static void CollectAtNeedOnly() {
    ASSERT_TRUE(Fart_SetFlag("--gc-stress=0"));
    ASSERT_TRUE(Fart_SetFlag("--verify-heap=false"));
  }
  static std::uint64_t Collections() {
    const Fart_HeapStatistics heap = HeapStatistics();
    return heap.minor_collections + heap.major_collections;
  }
};

// ---- Peers

TEST_F(MemoryTest, PeersStayWithTheirObjects) {
  int values[3] = {};
  const Fart_Handle objects[] = {Fart_NewList(3), Str("text"), Fart_NewList(100000)};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(PeerOf(objects[i]), nullptr);
    ExpectSuccess(Fart_SetPeer(objects[i], &values[i]));
  }
  for (int round = 0; round < 4; ++round) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(PeerOf(objects[i]), &values[i]);
    Collect(round % 2 == 0 ? Fart_Collection_kMinor : Fart_Collection_kMajor);
  }
  ExpectSuccess(Fart_SetPeer(objects[1], &values[2]));
  EXPECT_EQ(PeerOf(objects[1]), &values[2]);
  ExpectSuccess(Fart_SetPeer(objects[1], nullptr));
  EXPECT_EQ(PeerOf(objects[1]), nullptr);
}

TEST_F(MemoryTest, ANewObjectHasNoPeerOfADeadOne) {
  static int value;
  for (int round = 0; round < 50; ++round) {
    Fart_EnterScope();
    for (int i = 0; i < 100; ++i) {
      const Fart_Handle object = Fart_NewList(4);
      EXPECT_EQ(PeerOf(object), nullptr);
      ExpectSuccess(Fart_SetPeer(object, &value));
    }
    Fart_ExitScope();
    Collect(round % 3 == 0 ? Fart_Collection_kMajor : Fart_Collection_kMinor);
  }
}

TEST_F(MemoryTest, NullNumbersAndBoolsHaveNoPeer) {
  static int value;
  void* peer = &value;
  for (const Fart_Handle object : {Fart_Null(), Fart_True(), Fart_NewInteger(1),
                                   Fart_NewInteger(INT64_MAX), Fart_NewDouble(0.5)}) {
    EXPECT_THAT(ErrorOf(Fart_GetPeer(object, &peer)),
                HasSubstr("Fart_GetPeer: argument 'object' cannot be a subtype of Null, num, or "
                          "bool. It is of type "));
    EXPECT_THAT(ErrorOf(Fart_SetPeer(object, &value)), HasSubstr("subtype of Null, num, or bool"));
  }
  EXPECT_EQ(peer, &value);
  EXPECT_EQ(ErrorOf(Fart_GetPeer(Str("x"), nullptr)),
            "Fart_GetPeer expects argument 'peer' to be non-null.");
  EXPECT_THAT(ErrorOf(Fart_GetPeer(nullptr, &peer)), HasSubstr("to be a live handle"));
  EXPECT_THAT(ErrorOf(Fart_SetPeer(nullptr, &value)), HasSubstr("to be a live handle"));
}

// ---- Around collections

struct Around {
  int before = 0;
  int after = 0;
  bool alternate = true;
  std::string refused;
  void (*act)() = nullptr;
};
Around around;

void Prologue() {
  around.alternate = around.alternate && around.before == around.after;
  ++around.before;
  if (around.act != nullptr) around.act();
}
void Epilogue() {
  ++around.after;
  around.alternate = around.alternate && around.before == around.after;
}

TEST_F(MemoryTest, CallbacksComeBeforeAndAfterEachCollection) {
  around = {};
  ExpectSuccess(Fart_SetGcCallbacks(Prologue, Epilogue));
  const std::uint64_t before = Collections();
  Collect(Fart_Collection_kMinor);
  Collect(Fart_Collection_kMajor);
  for (int i = 0; i < 100000; ++i) {
    Fart_EnterScope();
    Fart_NewList(10);
    Fart_ExitScope();
  }
  const auto collections = static_cast<int>(Collections() - before);
  EXPECT_GT(collections, 2);
  // One of old space that was done in slices ends with a minor one.
  const bool by_slices = std::string(Fart_GetFlag("gc-slices")) != "0";
  const int heard = around.before;
  EXPECT_TRUE(by_slices ? heard < collections && heard > 2 : heard == collections) << heard;
  EXPECT_EQ(around.after, heard);
  EXPECT_TRUE(around.alternate);
  ExpectSuccess(Fart_SetGcCallbacks(nullptr, nullptr));
  Collect(Fart_Collection_kMajor);
  EXPECT_EQ(around.before, heard);
}

// More each time than there is room for without moving those there are.
void RegisterShapes() {
  Fart_ShapeDescription description{};
  description.struct_size = sizeof(description);
  description.name = "Late";
  description.reference_count = 1;
  Fart_Shape shape = nullptr;
  for (int i = 0; i < 300; ++i) ExpectSuccess(Fart_RegisterShape(&description, &shape));
}

TEST_F(MemoryTest, ShapesMayBeRegisteredDuringAnAllocation) {
  ExpectSuccess(Fart_SetGcCallbacks(RegisterShapes, RegisterShapes));
  // A collection within each kind of allocation.
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=1"));
  const Fart_Handle number = Fart_NewDouble(0.5);
  const Fart_Handle list = Fart_NewList(3);
  const Fart_Handle large = Fart_NewList(100000);
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=0"));
  ExpectSuccess(Fart_SetGcCallbacks(nullptr, nullptr));
  double value = 0;
  ExpectSuccess(Fart_DoubleValue(number, &value));
  EXPECT_EQ(value, 0.5);
  EXPECT_TRUE(Fart_IsNull(Fart_ListGetAt(list, 2)));
  EXPECT_TRUE(Fart_IsNull(Fart_ListGetAt(large, 99999)));
}

TEST_F(MemoryTest, CallbacksAreSetAndTakenAwayTogether) {
  EXPECT_EQ(ErrorOf(Fart_SetGcCallbacks(nullptr, nullptr)),
            "Fart_SetGcCallbacks expects argument 'prologue_callback' to be present in "
            "the callback set. It is NULL.");
  EXPECT_THAT(ErrorOf(Fart_SetGcCallbacks(Prologue, nullptr)), HasSubstr("'epilogue_callback'"));
  around = {};
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(around.before, 0) << "nothing was stored";
  ExpectSuccess(Fart_SetGcCallbacks(Prologue, Epilogue));
  EXPECT_EQ(ErrorOf(Fart_SetGcCallbacks(Prologue, Epilogue)),
            "Fart_SetGcCallbacks permits only one gc prologue callback: take the present one away "
            "first.");
  EXPECT_THAT(ErrorOf(Fart_SetGcCallbacks(nullptr, Epilogue)), HasSubstr("gc epilogue callback"));
  Collect(Fart_Collection_kMinor);
  EXPECT_GE(around.after, 1);
  ExpectSuccess(Fart_SetGcCallbacks(nullptr, nullptr));
}

TEST_F(MemoryTest, CallbacksMayNotCollectOrChangeTheIsolate) {
  around = {};
  around.act = [] {
    for (const Fart_Handle answer :
         {Fart_NewList(1), Fart_Collect(Fart_Collection_kMajor),
          Fart_SetGcCallbacks(nullptr, nullptr), Fart_SetNearHeapLimitCallback(nullptr, nullptr),
          Fart_DebugName()}) {
      around.refused += Fart_IsError(answer) ? "refused " : "allowed ";
    }
    const std::uint64_t before = Fart_MisuseCount();
    around.refused += Fart_NotifyIdle(INT64_MAX) ? "collected " : "idle ";
    Fart_ExitIsolate();
    Fart_ShutdownIsolate();
    around.refused += std::to_string(Fart_MisuseCount() - before);
    around.act = nullptr;
  };
  ExpectSuccess(Fart_SetGcCallbacks(Prologue, Epilogue));
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(around.refused, "refused refused refused refused refused idle 3");
  ExpectSuccess(Fart_SetGcCallbacks(nullptr, nullptr));
}

TEST_F(MemoryTest, AnExceptionStaysInsideTheCallback) {
  ExpectSuccess(Fart_SetGcCallbacks([] { throw std::runtime_error("from a prologue"); }, [] {}));
  const std::uint64_t before = Fart_MisuseCount();
  ExpectSuccess(Fart_Collect(Fart_Collection_kMinor));
  ExpectSuccess(Fart_SetGcCallbacks(nullptr, nullptr));
  EXPECT_GT(Fart_MisuseCount(), before);  // under stress one call is more than one collection
  EXPECT_THAT(Fart_GetMisuse(), ::testing::HasSubstr("from a prologue"));
}

// ---- Idle

TEST_F(MemoryTest, AnIdleHostCollectsWhenThereIsSomethingToCollect) {
  if (IsUnderStress()) GTEST_SKIP() << "collects all the time";
  ASSERT_TRUE(Fart_SetFlag("--gc-slices=0"));  // The end of each marking would count too.
  Collect();
  EXPECT_FALSE(Fart_NotifyIdle(INT64_MAX)) << "nothing to do";
  const std::uint64_t before = Collections();
  bool collected = false;
  for (int i = 0; i < 200000 && !collected && Collections() == before; ++i) {
    Fart_EnterScope();
    Fart_NewList(20);
    Fart_ExitScope();
    if (i % 100 == 0) collected = Fart_NotifyIdle(INT64_MAX);
  }
  EXPECT_TRUE(collected) << "before new space was full";
  EXPECT_EQ(Collections(), before + 1);
}

TEST_F(MemoryTest, ADeadlineThatHasPassedAsksForNothing) {
  if (IsUnderStress()) GTEST_SKIP() << "collects all the time";
  const std::uint64_t before = Collections();
  for (const std::int64_t deadline :
       {std::int64_t{0}, INT64_MIN, std::int64_t{-1}, NowUs() - 1000000}) {
    EXPECT_FALSE(Fart_NotifyIdle(deadline));
  }
  EXPECT_EQ(Collections(), before);
  Fart_ExitIsolate();
  {
    const ExpectMisuse misuse("Fart_NotifyIdle");
    EXPECT_FALSE(Fart_NotifyIdle(INT64_MAX));
  }
  Fart_EnterIsolate(isolate_);
}

TEST_F(MemoryTest, FinalizersThatAreDueRunWhenIdle) {
  static int calls;
  calls = 0;
  Fart_EnterScope();
  for (int i = 0; i < 10; ++i) {
    Fart_NewFinalizableHandle(Fart_NewList(1), &calls, 0, [](void*, void*) { ++calls; });
  }
  Fart_ExitScope();
  Collect(Fart_Collection_kMajor);
  for (int i = 0; i < 100 && calls < 10; ++i) Fart_NotifyIdle(INT64_MAX);
  EXPECT_EQ(calls, 10);
}

// ---- Low memory

TEST_F(MemoryTest, LowMemoryCollectsAtTheNextMiss) {
  if (IsUnderStress()) GTEST_SKIP() << "collects all the time";
  const std::uint64_t majors = HeapStatistics().major_collections;
  std::thread([] { Fart_NotifyLowMemory(); }).join();
  EXPECT_EQ(HeapStatistics().major_collections, majors);
  const std::uint64_t minors = HeapStatistics().minor_collections;
  for (int i = 0; i < 1000000 && HeapStatistics().major_collections == majors; ++i) {
    Fart_EnterScope();
    Fart_NewList(100);
    Fart_ExitScope();
  }
  EXPECT_EQ(HeapStatistics().major_collections, majors + 1);
  EXPECT_LE(HeapStatistics().minor_collections, minors + 1) << "it did not wait";
  Fart_EnterScope();
  Fart_NewList(100000);  // Once for each notice.
  Fart_ExitScope();
  EXPECT_EQ(HeapStatistics().major_collections, majors + 1);
}

TEST_F(MemoryTest, LowMemoryMayBeSaidAnywhereAndAnyTime) {
  std::thread other([] {
    for (int i = 0; i < 100; ++i) Fart_NotifyLowMemory();
  });
  for (int i = 0; i < 5; ++i) {
    Fart_ExitIsolate();
    {
      const OwnIsolate own;
      Fart_NewList(100000);
    }
    Fart_EnterIsolate(isolate_);
    Fart_NotifyLowMemory();
    Fart_NewList(100000);
  }
  other.join();
}

// ---- The heap limit

struct Limits {
  std::size_t most = 0;  // raises up to here
  std::size_t step = 0;
  std::size_t last = 0;
  int asked = 0;
  bool alloc_was_refused = false;
};

std::size_t Raise(void* data, std::size_t limit) {
  auto* const limits = static_cast<Limits*>(data);
  ++limits->asked;
  limits->last = limit;
  limits->alloc_was_refused = Fart_IsError(Fart_NewList(1));
  return limit + limits->step <= limits->most ? limit + limits->step : limit;
}

class HeapLimitTest : public MemoryTest {
 protected:
  void SetUp() override {
    StartOnce();
    before_ = Fart_GetFlag("max-heap");
    ASSERT_TRUE(Fart_SetFlag("--max-heap=8m"));
    MemoryTest::SetUp();
    CollectAtNeedOnly();
  }
  void TearDown() override {
    MemoryTest::TearDown();
    ASSERT_TRUE(Fart_SetFlag(("--max-heap=" + before_).c_str()));
  }
  // Megabytes of lists that can be held before an allocation fails; 200 at most.
  int Fill() {
    Fart_EnterScope();
    int held = 0;
    while (held < 200 && !Fart_IsError(Fart_NewList(128 * 1024))) ++held;
    Fart_ExitScope();
    return held;
  }

  std::string before_;
};

TEST_F(HeapLimitTest, ItHoldsAsFarAsAddressesWereReserved) {
  Limits limits{.most = ~std::size_t{0}, .step = std::size_t{1} << 40};
  ExpectSuccess(Fart_SetNearHeapLimitCallback(Raise, &limits));
  const int held = Fill();
  EXPECT_GT(held, 15);
  EXPECT_LT(held, 32);
  EXPECT_EQ(HeapStatistics().heap_limit_bytes, std::uint64_t{32} << 20);
  EXPECT_EQ(limits.asked, 2) << "the second time it was there";
  ExpectSuccess(Fart_NewList(1));
}

TEST_F(HeapLimitTest, TheHostMayRaiseIt) {
  EXPECT_LT(Fill(), 8);
  Limits limits{.most = std::size_t{24} << 20, .step = std::size_t{8} << 20};
  ExpectSuccess(Fart_SetNearHeapLimitCallback(Raise, &limits));
  const int held = Fill();
  EXPECT_GT(held, 15);
  EXPECT_LT(held, 24);
  EXPECT_TRUE(limits.alloc_was_refused);
  EXPECT_EQ(limits.asked, 3) << "twice 8 MB more, then no more";
  EXPECT_EQ(limits.last, std::size_t{24} << 20);
  EXPECT_EQ(HeapStatistics().heap_limit_bytes, std::uint64_t{24} << 20);
  EXPECT_STREQ(Fart_GetFlag("max-heap"), "25165824");
  ASSERT_TRUE(Fart_SetFlag("--trace-gc=false"));
  EXPECT_EQ(HeapStatistics().heap_limit_bytes, std::uint64_t{24} << 20) << "flags leave it";
}

TEST_F(HeapLimitTest, TheHostMayAskToStop) {
  Limits limits;
  ExpectSuccess(Fart_SetNearHeapLimitCallback(Raise, &limits));
  EXPECT_LT(Fill(), 8);
  EXPECT_EQ(limits.asked, 1);
  EXPECT_EQ(limits.last, std::size_t{8} << 20);
  ExpectSuccess(Fart_SetNearHeapLimitCallback(nullptr, nullptr));
  EXPECT_LT(Fill(), 8);
  EXPECT_EQ(limits.asked, 1);
}

TEST_F(HeapLimitTest, AskingEndsWhateverIsAnswered) {
  static int asked;
  asked = 0;
  // A byte more counts as a region; what no heap can have fails.
  ExpectSuccess(Fart_SetNearHeapLimitCallback(
      [](void*, std::size_t limit) {
        ++asked;
        return limit + 1;
      },
      nullptr));
  ExpectSuccess(Fart_NewList(1024 * 1024));
  EXPECT_GT(asked, 0);
  EXPECT_LT(asked, 50);
  ExpectSuccess(Fart_SetNearHeapLimitCallback(nullptr, nullptr));
  // Less than there is, or nothing at all, is no more.
  ExpectSuccess(
      Fart_SetNearHeapLimitCallback([](void*, std::size_t) { return std::size_t{0}; }, nullptr));
  EXPECT_TRUE(Fart_IsError(Fart_NewList(64 * 1024 * 1024)));
}

TEST_F(HeapLimitTest, SmallObjectsGoOnToo) {
  Limits limits{.most = std::size_t{16} << 20, .step = std::size_t{4} << 20};
  ExpectSuccess(Fart_SetNearHeapLimitCallback(Raise, &limits));
  const Fart_Handle list = Fart_NewList(100000);
  int held = 0;
  for (; held < 100000; ++held) {
    Fart_EnterScope();
    const Fart_Handle element = Fart_NewList(16);
    const bool failed = Fart_IsError(element);
    if (!failed) ExpectSuccess(Fart_ListSetAt(list, held, element));
    Fart_ExitScope();
    if (failed) break;
  }
  EXPECT_GT(held * 144, 8 << 20);
  EXPECT_GE(limits.asked, 2);
}

class LanguageHeapLimitTest : public LanguageTest {};

TEST_F(LanguageHeapLimitTest, FartCodeGoesOnOrCatchesTheError) {
  Fart_ShutdownIsolate();
  const std::string before = Fart_GetFlag("max-heap");
  ASSERT_TRUE(Fart_SetFlag("--max-heap=16m"));
  isolate_ = Make(nullptr);
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=0"));
  ASSERT_TRUE(Fart_SetFlag("--verify-heap=false"));
  Fart_EnterScope();
  Limits limits{.most = std::size_t{32} << 20, .step = std::size_t{8} << 20};
  ExpectSuccess(Fart_SetNearHeapLimitCallback(Raise, &limits));
  ExpectSuccess(
      Load("fill() {\n"
           "  var kept = null, count = 0;\n"
           "  try { while (true) { kept = [kept, new List(10000)]; count++; } }\n"
           "  on OutOfMemoryError catch (e) { kept = null; return count; }\n"
           "}\n"));
  const std::int64_t held = IntOf(Call("fill"));
  EXPECT_GT(held * (256 << 10), 20 << 20) << "a region for each";
  EXPECT_EQ(limits.asked, 3);
  Fart_ShutdownIsolate();
  ASSERT_TRUE(Fart_SetFlag(("--max-heap=" + before).c_str()));
}

}  // namespace
}  // namespace fart::api
