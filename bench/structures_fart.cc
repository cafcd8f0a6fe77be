// The structures on our heap, at heap level: `Mutator` and collector, no isolate and no handles.

#include <algorithm>
#include <cstdint>

#include "bench/structures.h"
#include "gc/controller.h"
#include "gc/listener.h"
#include "heap/base/check.h"
#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/providers.h"
#include "heap/object/shape.h"

namespace fart::bench {
namespace {

class PlaceRoots final : public RootProvider {
 public:
  void VisitSlots(SlotSet, SlotVisitor& visitor) override {
    visitor.VisitSlots(RootKind::kOther, slots, slots + kPlaces);
  }
  void Verify(VerifyReporter&) const override {}

  ObjectPtr slots[kPlaces];
};

// The longest of those that nobody asked for, as the collector says.
class Pauses final : public GcListener {
 public:
  void OnCollectionStart(GcKind, GcReason) override {}
  void OnPhaseStart(GcPhase) override {}
  void OnPhaseEnd(GcPhase) override {}
  void OnCollectionEnd(const GcReport& report) override {
    if (report.reason != GcReason::kRequested)
      longest_ns = std::max(longest_ns, report.work_ns + report.slice_ns);
  }

  std::int64_t longest_ns = 0;
};

// The driver of all collectors knows no safepoints: hence these are not analysed.
class FartCollector {
 public:
  using Object = ObjectPtr;

  FartCollector() : gc_(heap_, GcKnobs{}, nullptr, &pauses_), registration_(gc_, places_) {
    FART_CHECK(heap_.shapes().Register({.name = "node", .references = kNodeReferences}, &node_));
    FART_CHECK(heap_.shapes().Register(
        {.name = "array", .variable_part = VariablePart::kReferences}, &array_));
    FART_CHECK(heap_.shapes().Register({.name = "text", .references = 1, .raw_bytes = 40}, &text_));
    FART_CHECK(
        heap_.shapes().Register({.name = "branch", .references = 2, .raw_bytes = 8}, &branch_));
    FART_CHECK(
        heap_.shapes().Register({.name = "pair", .references = 2, .ephemeron = true}, &ephemeron_));
  }

  Object* Places() { return places_.slots; }
  Object NewNode() FART_NO_SAFEPOINT_ANALYSIS { return New(node_, 0); }
  Object NewArray(std::size_t length) FART_NO_SAFEPOINT_ANALYSIS { return New(array_, length); }
  Object NewEphemeron() FART_NO_SAFEPOINT_ANALYSIS { return New(ephemeron_, 0); }
  Object NewText() FART_NO_SAFEPOINT_ANALYSIS { return New(text_, 0); }
  Object NewBranch() FART_NO_SAFEPOINT_ANALYSIS { return New(branch_, 0); }
  Object BranchOf(Object branch, std::size_t i) const { return SlotsOf(branch_, branch)[i]; }
  void SetBranch(Object branch, std::size_t i, Object value) {
    mutator_.StoreField(branch, SlotsOf(branch_, branch) + i, value);
  }
  void SetNext(Object text, Object value) {
    mutator_.StoreField(text, SlotsOf(text_, text), value);
  }
  Object Get(Object node, std::size_t i) const { return SlotsOf(node_, node)[i]; }
  void Set(Object node, std::size_t i, Object value) {
    mutator_.StoreField(node, SlotsOf(node_, node) + i, value);
  }
  Object Element(Object array, std::size_t i) const { return ElementsOf(array)[i]; }
  void SetElement(Object array, std::size_t i, Object value) {
    mutator_.StoreField(array, ElementsOf(array) + i, value);
  }
  void Pair(Object ephemeron, Object key, Object value) {
    ObjectPtr* const pair = SlotsOf(ephemeron_, ephemeron);
    mutator_.StorePaired(ephemeron, pair, key);
    mutator_.StorePaired(ephemeron, pair + 1, value);
  }
  Object KeyOf(Object ephemeron) {
    return mutator_.LoadPaired(ephemeron, SlotsOf(ephemeron_, ephemeron));
  }
  Object ValueOf(Object ephemeron) {
    return mutator_.LoadPaired(ephemeron, SlotsOf(ephemeron_, ephemeron) + 1);
  }
  void Collect() FART_NO_SAFEPOINT_ANALYSIS {
    mutator_.CollectGarbage(GcKind::kMajor, GcReason::kRequested);
  }
  void NoteResident() { resident_ = static_cast<double>(heap_.regions().charged().value()); }
  double Resident() const { return resident_; }
  double LongestPause() const { return static_cast<double>(pauses_.longest_ns) * 1e-9; }

 private:
  static HeapKnobs Knobs() {
    HeapKnobs knobs;
    knobs.new_space_first = KiB(512);  // as an isolate has it
    return knobs;
  }
  Object New(ShapeId shape, std::size_t length) FART_NO_SAFEPOINT_ANALYSIS {
    const FreshObject fresh = mutator_.Allocate(shape, length);
    const NoSafepointScope quiet;
    return fresh.Get(quiet);
  }
  ObjectPtr* SlotsOf(ShapeId shape, Object object) const {
    return heap_.shapes()[shape].References(object.address());
  }
  ObjectPtr* ElementsOf(Object array) const {
    return heap_.shapes()[array_].VariableReferences(array.address());
  }

  Heap heap_{Knobs()};
  Pauses pauses_;
  PlaceRoots places_;
  GcController gc_;
  RootRegistration registration_;
  Mutator mutator_{heap_, gc_};
  double resident_ = 0;
  ShapeId node_{}, array_{}, ephemeron_{}, text_{}, branch_{};
};

[[maybe_unused]] const bool kRegistered = (RegisterStructures<FartCollector>("fart"), true);

}  // namespace
}  // namespace fart::bench
