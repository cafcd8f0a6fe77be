// Full collections of heaps of several forms, with one and with two threads that mark
// (docs/design/parallel_marking.md). A row's time is the pause; `mark_ms` is the part of it that
// the threads share, `thread_ms` what the mutator's had of a processor, `all_ms` what all had.

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <ctime>
#include <memory>
#include <random>
#include <string>

#include "bench/scale.h"
#include "gc/controller.h"
#include "gc/listener.h"
#include "heap/base/check.h"
#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/providers.h"
#include "heap/object/shape.h"

namespace fart::bench {
namespace {

class OneRoot final : public RootProvider {
 public:
  void VisitSlots(SlotSet, SlotVisitor& visitor) override {
    visitor.VisitSlots(RootKind::kOther, &slot, &slot + 1);
  }
  void Verify(VerifyReporter&) const override {}

  ObjectPtr slot;
};

// What the last collection says of itself.
class Times final : public GcListener {
 public:
  void OnCollectionStart(GcKind, GcReason) override {}
  void OnPhaseStart(GcPhase) override { start_ = std::chrono::steady_clock::now(); }
  void OnPhaseEnd(GcPhase phase) override {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start_;
    if (phase == GcPhase::kTransitive) marking = took.count();
  }
  void OnCollectionEnd(const GcReport& report) override { last = report; }

  GcReport last;
  double marking = 0;

 private:
  std::chrono::steady_clock::time_point start_;
};

// A heap with a list of `length` places at its root, which a form fills.
class Filled {
 public:
  explicit Filled(std::size_t length) FART_NO_SAFEPOINT_ANALYSIS
      : heap_(Knobs()),
        gc_(heap_, GcKnobs{}, nullptr, &times_),
        registration_(gc_, root_) {
    FART_CHECK(heap_.shapes().Register({.name = "list", .variable_part = VariablePart::kReferences},
                                       &list_));
    FART_CHECK(heap_.shapes().Register({.name = "node", .references = 7}, &node_));
    FART_CHECK(heap_.shapes().Register({.name = "pair", .references = 2}, &pair_));
    FART_CHECK(heap_.shapes().Register({.name = "text", .raw_bytes = 24}, &text_));
    const FreshObject fresh = mutator_.Allocate(list_, length);
    const NoSafepointScope quiet;
    root_.slot = fresh.Get(quiet);
  }

  // Each refers to two others, anywhere.
  static void Graph(Filled& heap, std::size_t length) {
    for (std::size_t i = 0; i < length; ++i) heap.Put(i, heap.node_);
    std::minstd_rand random(1);
    for (std::size_t i = 0; i < length; ++i) {
      heap.Link(i, 0, random() % length);
      heap.Link(i, 1, random() % length);
    }
    heap.LeaveFirst();
  }
  static void Trees(Filled& heap, std::size_t length) {
    for (std::size_t i = 0; i < length; ++i) heap.Put(i, heap.pair_);
    for (std::size_t i = 0; 2 * i + 2 < length; ++i) {
      heap.Link(i, 0, 2 * i + 1);
      heap.Link(i, 1, 2 * i + 2);
    }
    heap.LeaveFirst();
  }
  static void Chain(Filled& heap, std::size_t length) {
    for (std::size_t i = 0; i < length; ++i) heap.Put(i, heap.pair_);
    for (std::size_t i = 0; i + 1 < length; ++i) heap.Link(i, 0, i + 1);
    heap.LeaveFirst();
  }
  static void Texts(Filled& heap, std::size_t length) {
    for (std::size_t i = 0; i < length; ++i) heap.Put(i, heap.text_);
  }

  void Collect(std::uint32_t workers) FART_NO_SAFEPOINT_ANALYSIS {
    heap_.mutable_knobs().gc_workers = workers;
    heap_.mutable_knobs().pause_goal_ns = 1'000'000;  // as a host's heap has it
    mutator_.CollectGarbage(GcKind::kMajor, GcReason::kRequested);
  }
  const Times& times() const { return times_; }

 private:
  static HeapKnobs Knobs() {
    HeapKnobs knobs;
    knobs.heap_limit = GiB(4);
    knobs.pause_goal_ns = 0;
    return knobs;
  }
  ObjectPtr* Place(std::size_t i) {
    return heap_.shapes()[list_].VariableReferences(root_.slot.address()) + i;
  }
  void Put(std::size_t i, ShapeId shape) FART_NO_SAFEPOINT_ANALYSIS {
    const FreshObject fresh = mutator_.Allocate(shape);
    const NoSafepointScope quiet;
    mutator_.StoreField(root_.slot, Place(i), fresh.Get(quiet));
  }
  void Link(std::size_t from, std::size_t slot, std::size_t to) {
    const ObjectPtr holder = *Place(from);
    mutator_.StoreField(holder, heap_.ShapeOf(holder).References(holder.address()) + slot,
                        *Place(to));
  }
  // Else everything would be reached from the list itself.
  void LeaveFirst() { root_.slot = *Place(0); }

  Heap heap_;
  OneRoot root_;
  Times times_;
  GcController gc_;
  RootRegistration registration_;
  Mutator mutator_{heap_, gc_};
  ShapeId list_{}, node_{}, pair_{}, text_{};
};

using Form = void (*)(Filled&, std::size_t);

// One is made at a time, for all its rows.
Filled& TheHeap(Form form, std::size_t length) {
  static std::unique_ptr<Filled> heap;
  static Form last = nullptr;
  if (last != form) {
    heap.reset();
    heap = std::make_unique<Filled>(length);
    form(*heap, length);
    heap->Collect(1);
    heap->Collect(1);
    last = form;
  }
  return *heap;
}

void FullCollection(benchmark::State& state, Form form, std::size_t length, std::uint32_t workers) {
  Filled& heap = TheHeap(form, length);
  double marking = 0;
  double thread = 0;
  double all = 0;
  for (auto _ : state) {
    const std::clock_t before = std::clock();
    heap.Collect(workers);
    all += static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    state.SetIterationTime(static_cast<double>(heap.times().last.pause_ns) * 1e-9);
    marking += heap.times().marking;
    thread += static_cast<double>(heap.times().last.work_ns) * 1e-9;
  }
  const auto mean = [&state](double sum) {
    return sum * 1000 / static_cast<double>(state.iterations());
  };
  state.counters["mark_ms"] = mean(marking);
  state.counters["thread_ms"] = mean(thread);
  state.counters["all_ms"] = mean(all);
}

[[maybe_unused]] const bool kRegistered = [] {
  const auto add = [](const char* name, Form form, std::size_t length) {
    for (const std::uint32_t workers : {1u, 2u}) {
      const std::string row =
          std::string("BM_Full") + name + "Workers" + std::to_string(workers) + "/fart";
      benchmark::RegisterBenchmark(row.c_str(), FullCollection, form, length, workers)
          ->Iterations(1)
          ->UseManualTime()
          ->Unit(benchmark::kMillisecond);
    }
  };
  add("Graph", Filled::Graph, Scaled<std::size_t>(8 << 20, 1 << 10));
  add("Trees", Filled::Trees, Scaled<std::size_t>(8 << 20, 1 << 10));
  add("Chain", Filled::Chain, Scaled<std::size_t>(4 << 20, 1 << 10));
  add("Texts", Filled::Texts, Scaled<std::size_t>(8 << 20, 1 << 10));
  // Just large enough to be shared.
  add(
      "Small", [](Filled& heap, std::size_t length) { Filled::Trees(heap, length); },
      Scaled<std::size_t>(16 << 10, 1 << 10));
  return true;
}();

}  // namespace
}  // namespace fart::bench
