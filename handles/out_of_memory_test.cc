// No memory for tables, slots, scopes and peers, at every place where they ask for some: the answer
// is the documented one, and the tables are as they were.

#include <gtest/gtest.h>

#include <cstddef>
#include <new>
#include <string>
#include <vector>

#include "handles/handle_tables.h"
#include "handles/testing/handles_testing.h"
#include "heap/base/safepoint.h"
#include "heap/platform/testing/refusing_memory.h"
#include "heap/platform/testing/refusing_system.h"

namespace fart {
namespace {

class HandleSweepTest : public testing::TestWithParam<SystemCall> {
 protected:
  // Sweeps over what `work` does with tables of its own; it answers false when it was refused.
  // Whatever became of it, the tables are sound, and a collection leaves them so without memory.
  SweepResult Sweep(bool (*work)(HandleTables&), LocalHandleKnobs knobs = {}) {
    return SweepFailures(GetParam(),
                         [work, knobs] {
                           FakeHeap heap;
                           HandleTables tables(heap.flags(), kTestIsolate, knobs);
                           const bool is_usable = tables.is_usable();
                           const bool done = is_usable && work(tables);
                           RefusingMemory::Stop();
                           EXPECT_TRUE(tables.IsSound());
                           if (is_usable) CollectWithoutMemory(tables);
                           return done ? SweepOutcome::kDone : SweepOutcome::kRefused;
                         },
                         {.most = 24});
  }

  static void CollectWithoutMemory(HandleTables& tables) {
    for (const SlotSet set : {SlotSet::kYoung, SlotSet::kAll, SlotSet::kEvacuating}) {
      MovingVisitor mover;
      MovingWeakVisitor weak_mover;
      {
        const RefusingSystem no_malloc(SystemCall::kMalloc);
        const RefusingSystem no_new(SystemCall::kNew);
        tables.locals.VisitSlots(set, mover);
        tables.persistents.VisitSlots(set, mover);
        tables.weaks.VisitWeak(set, weak_mover);
        tables.peers.VisitWeak(set, weak_mover);
      }
      EXPECT_TRUE(tables.IsSound());
    }
  }
};

INSTANTIATE_TEST_SUITE_P(MemoryKinds, HandleSweepTest, testing::ValuesIn(kMemoryCalls),
                         [](const testing::TestParamInfo<SystemCall>& info) {
                           std::string name = SystemCallName(info.param);
                           std::erase(name, ' ');
                           return name;
                         });

void Callback() {}

TEST_P(HandleSweepTest, PersistentHandles) {
  constexpr std::size_t kCount = 25'000;  // many chunks, several directories
  const SweepResult result = Sweep([](HandleTables& tables) {
    std::size_t made = 0;
    HandleValue last;
    for (; made < kCount; ++made) {
      const HandleValue value = tables.persistents.Create(FakeHeap::Young(made % 1000));
      if (value.is_empty()) break;
      last = value;
    }
    EXPECT_EQ(tables.persistents.live(), made);
    const ObjectPtr* slot = nullptr;
    if (made != 0) {
      EXPECT_EQ(tables.persistents.Find(last, &slot), HandleStatus::kOk);
      EXPECT_EQ(tables.persistents.Delete(last), HandleStatus::kOk);
    }
    return made == kCount;
  });
  if (GetParam() == SystemCall::kMalloc) {
    EXPECT_GT(result.refusals, 20u);
    EXPECT_EQ(result.survived, 0u);
  }
}

TEST_P(HandleSweepTest, WeakHandlesAndTheirCallbacks) {
  constexpr std::size_t kCount = 8'000;
  const SweepResult result = Sweep([](HandleTables& tables) {
    std::size_t made = 0;
    for (; made < kCount; ++made) {
      const HandleValue value = tables.weaks.Create(HandleKind::kWeak, FakeHeap::Young(made % 1000),
                                                    nullptr, ByteCount(), Callback);
      if (value.is_empty()) break;
    }
    EXPECT_EQ(tables.weaks.live(HandleKind::kWeak), made);
    tables.weaks.QueueAll();
    // None is lost, and taking them asks for nothing.
    std::size_t ran = 0;
    for (PendingCallback pending; tables.weaks.TakePendingCallback(&pending); ++ran) {
      tables.weaks.FinishCallback(pending.value);
    }
    EXPECT_EQ(ran, made);
    return made == kCount;
  });
  if (GetParam() == SystemCall::kMalloc) {
    EXPECT_EQ(result.survived, 0u);
  }
}

// An object that has a peer gets another without memory; one that gets none keeps what it had.
TEST_P(HandleSweepTest, Peers) {
  constexpr std::size_t kCount = 3'000;
  const SweepResult result = Sweep([](HandleTables& tables) FART_NO_SAFEPOINT_ANALYSIS {
    static int peers[2];
    const NoSafepointScope quiet;
    std::size_t set = 0;
    try {
      for (; set < kCount; ++set) {
        const ObjectPtr object = set % 3 == 0 ? FakeHeap::Old(set) : FakeHeap::Young(set);
        tables.peers.Set(object, &peers[0], quiet);
      }
    } catch (const std::bad_alloc&) {
      EXPECT_EQ(tables.peers.Get(FakeHeap::Young(set), quiet), nullptr);
    }
    EXPECT_EQ(tables.peers.size(), set);
    RefusingMemory::Stop();
    for (std::size_t i = 0; i < set; ++i) {
      const ObjectPtr object = i % 3 == 0 ? FakeHeap::Old(i) : FakeHeap::Young(i);
      EXPECT_EQ(tables.peers.Get(object, quiet), &peers[0]);
      tables.peers.Set(object, &peers[1], quiet);
      EXPECT_EQ(tables.peers.Get(object, quiet), &peers[1]);
      if (i % 2 == 0) tables.peers.Set(object, nullptr, quiet);
    }
    EXPECT_EQ(tables.peers.size(), set / 2);
    return set == kCount;
  });
  if (GetParam() == SystemCall::kMalloc) {
    EXPECT_GT(result.calls, 10u);
    EXPECT_LT(result.calls, 120u) << "a few for each doubling, none for each peer";
    EXPECT_EQ(result.survived, 0u);
  }
}

// Scopes in scopes, each with handles and memory of its own, and then out of all of them.
bool NestScopes(HandleTables& tables) {
  constexpr std::size_t kDepth = 1'000;
  LocalHandles& locals = tables.locals;
  bool done = true;
  std::size_t depth = 0;
  const LocalHandles::Frame frame = locals.BeginFrame();
  for (; depth < kDepth; ++depth) {
    done = locals.EnterScope() && done;
    for (std::size_t i = 0; i < 100; ++i) {
      const HandleValue value = locals.CreateHandle(FakeHeap::Young(i));
      done = done && !value.is_empty();
    }
    done = locals.arena().Allocate(KiB(4)) != nullptr && done;
    if (!done && depth > kDepth / 2) break;
  }
  EXPECT_TRUE(locals.IsSound());
  for (std::size_t i = 0; i < depth / 2; ++i) EXPECT_TRUE(locals.ExitScope());
  // In the place of what goes, so there is room.
  if (done) {
    EXPECT_FALSE(locals.ExitScopeWith(FakeHeap::Young(1)).is_empty());
  }
  locals.EndFrame(frame);
  EXPECT_EQ(locals.live(), 0u);
  EXPECT_EQ(locals.arena().used(), ByteCount());
  return done;
}

TEST_P(HandleSweepTest, ScopesAndTheirHandles) { Sweep(NestScopes); }

TEST_P(HandleSweepTest, ScopesAndTheirHandlesInCheckedMode) {
  Sweep(NestScopes, {.checked = true});
}

}  // namespace
}  // namespace fart
