// The same bytes in objects of 15,000, 31,000, 33,000 and 300,000 bytes: small ones, which are
// copied, large ones that share regions, and large ones with regions of their own. A byte should
// cost the same.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

#include "bench/scale.h"
#include "gc/controller.h"
#include "heap/base/check.h"
#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/providers.h"
#include "heap/object/shape.h"

namespace fart::bench {
namespace {

class KeptObjects final : public RootProvider {
 public:
  explicit KeptObjects(std::size_t count) : slots_(count) {}

  void VisitSlots(SlotSet, SlotVisitor& visitor) override {
    visitor.VisitSlots(RootKind::kOther, slots_.data(), slots_.data() + slots_.size());
  }
  void Verify(VerifyReporter&) const override {}

  ObjectPtr& operator[](std::size_t index) { return slots_[index]; }

 private:
  std::vector<ObjectPtr> slots_;
};

// Allocates `total` bytes in objects of `size`, of which the last `kept` stay.
class Blocks {
 public:
  explicit Blocks(std::size_t kept)
      : kept_(kept), gc_(heap_, GcKnobs{}, nullptr, nullptr), registration_(gc_, kept_) {
    FART_CHECK(
        heap_.shapes().Register({.name = "block", .variable_part = VariablePart::kBytes}, &block_));
  }

  void Allocate(std::size_t total, std::size_t size, std::size_t kept) FART_NO_SAFEPOINT_ANALYSIS {
    for (std::size_t i = 0; i < total / size; ++i) {
      const FreshObject fresh = mutator_.Allocate(block_, size);
      FART_CHECK(!fresh.is_null());
      const NoSafepointScope quiet;
      kept_[i % kept] = fresh.Get(quiet);
    }
  }

 private:
  Heap heap_{HeapKnobs{}};
  KeptObjects kept_;
  GcController gc_;
  RootRegistration registration_;
  Mutator mutator_{heap_, gc_};
  ShapeId block_{};
};

void TemporaryBytes(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const std::size_t total = Scaled<std::size_t>(256 << 20, 2 << 20);
  constexpr std::size_t kKept = 4;
  Blocks blocks(kKept);
  blocks.Allocate(total, size, kKept);  // Every page has been touched.
  for (auto _ : state) blocks.Allocate(total, size, kKept);
  state.SetBytesProcessed(static_cast<std::int64_t>(total) * state.iterations());
}

// The last 31 MB live.
void HeldBytes(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const std::size_t total = Scaled<std::size_t>(256 << 20, 2 << 20);
  const std::size_t kept = Scaled<std::size_t>(31'000'000, 1 << 20) / size;
  Blocks blocks(kept);
  blocks.Allocate(total, size, kept);
  for (auto _ : state) blocks.Allocate(total, size, kept);
  state.SetBytesProcessed(static_cast<std::int64_t>(total) * state.iterations());
}

void LiveBytes(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const std::size_t total = Scaled<std::size_t>(256 << 20, 2 << 20);
  const auto build = [&] { Blocks(total / size).Allocate(total, size, total / size); };
  build();  // The machine may have to find the memory first.
  for (auto _ : state) build();
  state.SetBytesProcessed(static_cast<std::int64_t>(total) * state.iterations());
}

void Sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Arg(15'000)->Arg(31'000)->Arg(33'000)->Arg(300'000)->Unit(benchmark::kMillisecond);
}

BENCHMARK(TemporaryBytes)->Name("BM_TemporaryBytes/fart")->Apply(Sizes);
BENCHMARK(HeldBytes)->Name("BM_HeldBytes/fart")->Apply(Sizes);
BENCHMARK(LiveBytes)->Name("BM_LiveBytes/fart")->Apply(Sizes);

}  // namespace
}  // namespace fart::bench
