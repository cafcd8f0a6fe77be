// The graph of pause.h on our heap, at heap level: `Mutator` and collector, no isolate, no handles.

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "bench/pause.h"
#include "gc/controller.h"
#include "gc/listener.h"
#include "heap/base/check.h"
#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/providers.h"
#include "heap/object/shape.h"

namespace fart::bench {
namespace {

// Blocks of places for nodes, and the last temporary.
class GraphRoots final : public RootProvider {
 public:
  void VisitSlots(SlotSet, SlotVisitor& visitor) override {
    visitor.VisitSlots(RootKind::kOther, slots_.data(), slots_.data() + slots_.size());
  }
  void Verify(VerifyReporter&) const override {}

  std::vector<ObjectPtr>& slots() { return slots_; }

 private:
  std::vector<ObjectPtr> slots_{1};
};

// What the collector says of each collection.
class Pauses final : public GcListener {
 public:
  void OnCollectionStart(GcKind, GcReason) override {}
  void OnPhaseStart(GcPhase) override {}
  void OnPhaseEnd(GcPhase) override {}
  void OnCollectionEnd(const GcReport& report) override {
    seconds.push_back(static_cast<double>(report.pause_ns) * 1e-9);
  }

  std::vector<double> seconds;
};

// The driver of all managers knows no safepoints: hence its functions are not analysed.
class FartGraph {
 public:
  explicit FartGraph(std::size_t nodes) FART_NO_SAFEPOINT_ANALYSIS
      : heap_(Knobs()),
        gc_(heap_, GcKnobs{}, nullptr, &pauses_),
        registration_(gc_, roots_) {
    FART_CHECK(
        heap_.shapes().Register({.name = "node", .references = kNodeReferences + 1}, &node_));
    FART_CHECK(heap_.shapes().Register(
        {.name = "block", .variable_part = VariablePart::kReferences}, &block_));
    for (std::size_t i = 0; i < nodes; i += kBlock) {
      const FreshObject fresh = mutator_.Allocate(block_, kBlock);
      const NoSafepointScope quiet;
      roots_.slots().push_back(fresh.Get(quiet));
    }
  }

  void Replace(std::size_t place, std::size_t target) FART_NO_SAFEPOINT_ANALYSIS {
    const FreshObject fresh = Make();
    const NoSafepointScope quiet;
    const ObjectPtr node = fresh.Get(quiet);
    ObjectPtr* const slots = heap_.shapes()[node_].References(node.address());
    slots[0] = *Place(target);
    slots[kNodeReferences] = ObjectPtr::FromSmi(kValue);
    mutator_.StoreField(Block(place), Place(place), node);
  }
  void Link(std::size_t holder, std::size_t slot, std::size_t target) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    const ObjectPtr node = *Place(holder);
    mutator_.StoreField(node, heap_.shapes()[node_].References(node.address()) + slot,
                        *Place(target));
  }
  void Temporary() FART_NO_SAFEPOINT_ANALYSIS {
    const FreshObject fresh = Make();
    const NoSafepointScope quiet;
    const ObjectPtr node = fresh.Get(quiet);
    // Chains of eight.
    ObjectPtr& last = roots_.slots()[0];
    if (++temporaries_ % 8 != 0) heap_.shapes()[node_].References(node.address())[0] = last;
    last = node;
  }
  std::uint64_t Sum() FART_NO_SAFEPOINT_ANALYSIS {
    std::uint64_t sum = 0;
    for (std::size_t i = 1; i < roots_.slots().size(); ++i) {
      for (std::size_t k = 0; k < kBlock; ++k) {
        const ObjectPtr node = *Place((i - 1) * kBlock + k);
        if (node.is_null()) continue;
        const ObjectPtr value = heap_.shapes()[node_].References(node.address())[kNodeReferences];
        sum += static_cast<std::uint64_t>(value.SmiValue());
      }
    }
    return sum;
  }
  void Collect() FART_NO_SAFEPOINT_ANALYSIS { gc_.Collect(GcKind::kMajor, GcReason::kRequested); }
  static constexpr bool kTellsPauses = true;
  std::vector<double> TakePauses() { return std::exchange(pauses_.seconds, {}); }

 private:
  static constexpr std::size_t kBlock = 1024;

  // FART_BENCH_HEAP_MB: another limit.
  static HeapKnobs Knobs() {
    HeapKnobs knobs;
    const char* const asked = std::getenv("FART_BENCH_HEAP_MB");
    knobs.new_space_first = KiB(512);  // as an isolate has it
    knobs.heap_limit = asked != nullptr ? MiB(std::strtoul(asked, nullptr, 10)) : GiB(16);
    return knobs;
  }

  FreshObject Make() FART_MAY_COLLECT {
    return mutator_.AllocateInitialised(node_, ByteCount(kNodeBytes),
                                        [](ObjectPtr* words, const NoSafepointScope&) {
                                          for (unsigned i = 0; i <= kNodeReferences; ++i)
                                            words[i] = ObjectPtr();
                                        });
  }
  ObjectPtr Block(std::size_t place) { return roots_.slots()[1 + place / kBlock]; }
  ObjectPtr* Place(std::size_t place) {
    const ObjectPtr block = Block(place);
    return heap_.shapes()[block_].VariableReferences(block.address()) + place % kBlock;
  }

  Heap heap_;
  GraphRoots roots_;
  Pauses pauses_;
  GcController gc_;
  RootRegistration registration_;
  Mutator mutator_{heap_, gc_};
  ShapeId node_{};
  ShapeId block_{};
  std::uint64_t temporaries_ = 0;
};

[[maybe_unused]] const bool kRegistered = (RegisterPauses<FartGraph>("fart"), true);

}  // namespace
}  // namespace fart::bench
