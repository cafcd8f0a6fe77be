// What many handles cost in one pause: the longest thousand steps where a million local handles of
// young objects are made in one scope, or as many persistent ones, and where a million weak ones
// watch objects that die.
// `longest_ms` is the thread's own time, as in structures.h; at heap level, without an isolate.

#include <cstdint>

#include "bench/structures.h"
#include "gc/controller.h"
#include "handles/handle_tables.h"
#include "heap/base/check.h"
#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/shape.h"
#include "heap/platform/clock.h"

namespace fart::bench {
namespace {

// Of a dead handle; the runner counts instead of calling.
void Nothing() {}

// Runs callbacks in slices, as an isolate does.
class Runner final : public CallbackRunner {
 public:
  explicit Runner(HandleTables& tables) : tables_(tables) {}
  bool HasPending() const override { return tables_.weaks.pending() != 0; }
  void RunSlice(std::int64_t slice_ns) override {
    const std::int64_t end = MonotonicNs() + slice_ns;
    PendingCallback pending;
    while (tables_.weaks.TakePendingCallback(&pending)) {
      ++*static_cast<std::size_t*>(pending.peer);
      tables_.weaks.FinishCallback(pending.value);
      if (MonotonicNs() >= end) return;
    }
  }

 private:
  HandleTables& tables_;
};

struct World {
  World()
      : tables(heap.flags(), HandleOwner(IsolateId{1})),
        runner(tables),
        gc(heap, GcKnobs{}, &runner, nullptr),
        locals(gc, tables.locals),
        persistents(gc, tables.persistents),
        weaks(gc, tables.weaks),
        mutator(heap, gc) {
    FART_CHECK(heap.shapes().Register({.name = "pair", .references = 2}, &pair));
  }
  ObjectPtr New() FART_NO_SAFEPOINT_ANALYSIS {
    const FreshObject fresh = mutator.Allocate(pair, 0);
    const NoSafepointScope quiet;
    return fresh.Get(quiet);
  }

  Heap heap{HeapKnobs{}};
  HandleTables tables;
  Runner runner;
  GcController gc;
  RootRegistration locals;
  RootRegistration persistents;
  WeakRegistration weaks;
  Mutator mutator;
  ShapeId pair{};
};

const std::size_t kHandles = Scaled<std::size_t>(1'000'000, 1000);

bool MillionYoungLocals(World& world, StepClock& clock) {
  FART_CHECK(world.tables.locals.EnterScope());
  for (std::size_t i = 0; i < kHandles; ++i, clock.Step()) {
    if (world.tables.locals.Create(world.New()) == nullptr) return false;
  }
  return world.tables.locals.ExitScope();
}

bool MillionYoungPersistents(World& world, StepClock& clock) {
  for (std::size_t i = 0; i < kHandles; ++i, clock.Step()) {
    if (world.tables.persistents.Create(world.New()).is_empty()) return false;
  }
  return true;
}

// They are old when they die; then old space is used up. It goes on until some time after that, for
// whatever follows.
bool MillionDeadWeaks(World& world, StepClock& clock) {
  std::size_t dead = 0;
  FART_CHECK(world.tables.locals.EnterScope());
  for (std::size_t i = 0; i < kHandles; ++i, clock.Step()) {
    const ObjectPtr object = world.New();
    if (world.tables.locals.Create(object) == nullptr) return false;
    const HandleValue weak =
        world.tables.weaks.Create(HandleKind::kWeak, object, &dead, ByteCount(), Nothing);
    if (weak.is_empty()) return false;
  }
  FART_CHECK(world.tables.locals.ExitScope());
  FART_CHECK(world.tables.locals.EnterScope());
  std::size_t left = 3 * kHandles;
  for (std::size_t i = 0; i < 20 * kHandles && left != 0; ++i, clock.Step()) {
    if (dead == kHandles) --left;
    if (world.tables.locals.Create(world.New()) == nullptr) return false;
    if (i % kHandles == kHandles - 1) {
      FART_CHECK(world.tables.locals.ExitScope());
      FART_CHECK(world.tables.locals.EnterScope());
    }
  }
  while (world.runner.HasPending()) world.runner.RunSlice(1'000'000);
  return world.tables.locals.ExitScope() && (dead == kHandles || kHandles == 1000);
}

// Most die young.
bool MillionDeadYoungWeaks(World& world, StepClock& clock) {
  std::size_t dead = 0;
  for (std::size_t i = 0; i < kHandles; ++i, clock.Step()) {
    const HandleValue weak =
        world.tables.weaks.Create(HandleKind::kWeak, world.New(), &dead, ByteCount(), Nothing);
    if (weak.is_empty()) return false;
  }
  return true;
}

template <bool (*program)(World&, StepClock&)>
void Run(benchmark::State& state) {
  for (auto _ : state) {
    World world;
    StepClock clock;
    if (!program(world, clock)) state.SkipWithError("a handle was lost");
    state.counters["longest_ms"] = clock.longest() * 1000;
  }
}
BENCHMARK(Run<MillionYoungLocals>)
    ->Name("BM_MillionYoungLocals/fart")
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(Run<MillionYoungPersistents>)
    ->Name("BM_MillionYoungPersistents/fart")
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(Run<MillionDeadWeaks>)
    ->Name("BM_MillionDeadWeaks/fart")
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(Run<MillionDeadYoungWeaks>)
    ->Name("BM_MillionDeadYoungWeaks/fart")
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fart::bench
