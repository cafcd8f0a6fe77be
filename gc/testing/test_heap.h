// TestHeap -- heap, collector and mutator put together for tests, with roots one can name.

#ifndef FART_GC_TESTING_TEST_HEAP_H_
#define FART_GC_TESTING_TEST_HEAP_H_

#include <cstddef>
#include <deque>
#include <new>
#include <string>
#include <vector>

#include "gc/controller.h"
#include "gc/listener.h"
#include "heap/base/check.h"
#include "heap/base/safepoint.h"
#include "heap/heap.h"
#include "heap/mutator.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"

namespace fart {

// Roots by number. A slot stays where it is.
class ListRoots final : public RootProvider {
 public:
  std::size_t Add(ObjectPtr value = ObjectPtr()) {
    slots_.push_back(value);
    return slots_.size() - 1;
  }
  ObjectPtr& operator[](std::size_t index) { return slots_[index]; }
  std::size_t size() const { return slots_.size(); }
  void Clear() { slots_.clear(); }

  void VisitSlots(SlotSet, SlotVisitor& visitor) override {
    for (ObjectPtr& slot : slots_) visitor.VisitSlot(RootKind::kOther, &slot);
  }
  void Verify(VerifyReporter&) const override {}

 private:
  std::deque<ObjectPtr> slots_;
};

// Weak slots by number; a cleared one is counted.
class ListWeaks final : public WeakProvider {
 public:
  std::size_t Add(ObjectPtr value, ByteCount external = ByteCount()) {
    entries_.push_back({value, external});
    return entries_.size() - 1;
  }
  ObjectPtr& operator[](std::size_t index) { return entries_[index].referent; }
  std::size_t cleared() const { return cleared_; }

  // From now on dead ones are cleared one at a time.
  void AreMany() { are_many_ = true; }
  // How many have still to be asked about.
  std::size_t uncleared() const { return visitor_ == nullptr ? 0 : entries_.size() - asked_; }
  // Says that so many have been asked about that have not.
  void Skip(std::size_t entries) { asked_ += entries; }
  void BeginClearing(WeakVisitor& visitor) override {
    if (!are_many_) return VisitWeak(SlotSet::kAll, visitor);
    visitor_ = &visitor;
    asked_ = 0;
  }
  bool ClearSome(std::size_t) override {
    if (visitor_ == nullptr) return false;
    if (asked_ < entries_.size()) Ask(entries_[asked_++], *visitor_);
    if (asked_ < entries_.size()) return true;
    visitor_ = nullptr;
    return false;
  }
  void VisitUncleared(WeakVisitor& visitor) override {
    if (visitor_ == nullptr) return;
    for (std::size_t i = asked_; i < entries_.size(); ++i) {
      if (!entries_[i].referent.is_null())
        visitor.Visit(RootKind::kWeakHandle, &entries_[i].referent, {});
    }
  }
  std::size_t YoungSlots() override { return young; }
  std::size_t young = 0;  // as it says

  void VisitWeak(SlotSet, WeakVisitor& visitor) override {
    for (Entry& entry : entries_) Ask(entry, visitor);
  }
  void Verify(VerifyReporter&) const override {}

 private:
  struct Entry {
    ObjectPtr referent;
    ByteCount external;
  };
  void Ask(Entry& entry, WeakVisitor& visitor) {
    if (entry.referent.is_null()) return;
    if (visitor.Visit(RootKind::kWeakHandle, &entry.referent, entry.external)) return;
    entry.referent = ObjectPtr();
    ++cleared_;
  }

  bool are_many_ = false;
  WeakVisitor* visitor_ = nullptr;
  std::size_t asked_ = 0;
  std::deque<Entry> entries_;
  std::size_t cleared_ = 0;
};

// Keeps every report, and the phases of all collections in order.
class RecordingListener final : public GcListener {
 public:
  void OnCollectionStart(GcKind, GcReason) override {}
  void OnPhaseStart(GcPhase phase) override { phases.push_back(phase); }
  void OnPhaseEnd(GcPhase) override {}
  void OnCollectionEnd(const GcReport& report) override { reports.push_back(report); }

  const GcReport& last() const { return reports.back(); }
  std::vector<GcReport> reports;
  std::vector<GcPhase> phases;
};

struct TestHeapOptions {
  HeapKnobs heap{};
  std::int64_t pause_goal_ns = 0;  // in place of the knob: what a test sees depends on no clock
  GcKnobs gc{.verify_heap = true};
  CallbackRunner* callbacks = nullptr;
  GcListener* listener = nullptr;  // null: the one that records
};

// In tests the proof that no collection happens is the test's text: objects are read raw.
class TestHeap {
 public:
  using Options = TestHeapOptions;

  explicit TestHeap(const Options& options = {})
      : heap(KnobsOf(options)),
        gc(heap, options.gc, options.callbacks,
           options.listener != nullptr ? options.listener : &listener),
        roots_registration(gc, roots),
        weaks_registration(gc, weaks),
        mutator(heap, gc) {
    if (!heap.IsReserved()) throw std::bad_alloc();
    pair = Register({.name = "Pair", .references = 2});
    list = Register({.name = "List", .variable_part = VariablePart::kReferences});
    bytes = Register({.name = "Bytes", .variable_part = VariablePart::kBytes});
    weak = Register({.name = "Weak", .references = 1, .weak_references = 1});
    ephemeron = Register({.name = "Ephemeron", .references = 2, .ephemeron = true});
    mixed = Register({.name = "Mixed",
                      .references = 2,
                      .weak_references = 1,
                      .raw_bytes = 12,
                      .variable_part = VariablePart::kReferences});
  }

  static HeapKnobs KnobsOf(const Options& options) {
    HeapKnobs knobs = options.heap;
    knobs.pause_goal_ns = options.pause_goal_ns;
    return knobs;
  }

  ShapeId Register(const ShapeDescription& description) {
    ShapeId id{};
    FART_CHECK(heap.shapes().Register(description, &id));
    return id;
  }

  // Raw: dead at the next call that may collect, unless stored in a root.
  ObjectPtr New(ShapeId shape, std::size_t length = 0) FART_NO_SAFEPOINT_ANALYSIS {
    const FreshObject fresh = mutator.Allocate(shape, length);
    const NoSafepointScope quiet;
    return fresh.Get(quiet);
  }
  // A root holding a new object; its number.
  std::size_t NewRoot(ShapeId shape, std::size_t length = 0) {
    const ObjectPtr object = New(shape, length);
    return roots.Add(object);
  }
  // The same, old already.
  std::size_t NewOldRoot(ShapeId shape, std::size_t length = 0) {
    const std::size_t root = NewRoot(shape, length);
    PromoteAll();
    return root;
  }
  // A new pair (Smi, null): something to tell from others.
  ObjectPtr NewNumber(std::int64_t value) {
    const ObjectPtr object = New(pair);
    Set(object, 0, ObjectPtr::FromSmi(value));
    return object;
  }
  std::int64_t Number(ObjectPtr object) { return Slots(object)[0].SmiValue(); }

  ObjectPtr* Slots(ObjectPtr object) { return heap.ShapeOf(object).References(object.address()); }
  ObjectPtr* Elements(ObjectPtr object) {
    return heap.ShapeOf(object).VariableReferences(object.address());
  }
  ObjectPtr* Weaks(ObjectPtr object) {
    return heap.ShapeOf(object).WeakReferences(object.address());
  }
  void Set(ObjectPtr holder, std::size_t index, ObjectPtr value) {
    Store(holder, Slots(holder) + index, value);
  }
  // Any reference but weak ones.
  void Store(ObjectPtr holder, ObjectPtr* slot, ObjectPtr value) {
    if (heap.ShapeOf(holder).is_ephemeron()) {
      mutator.StorePaired(holder, slot, value);
    } else {
      mutator.StoreField(holder, slot, value);
    }
  }
  ObjectPtr Key(ObjectPtr ephemeron) { return mutator.LoadPaired(ephemeron, Slots(ephemeron)); }
  ObjectPtr ValueOf(ObjectPtr ephemeron) {
    return mutator.LoadPaired(ephemeron, Slots(ephemeron) + 1);
  }
  void SetElement(ObjectPtr holder, std::size_t index, ObjectPtr value) {
    mutator.StoreField(holder, Elements(holder) + index, value);
  }
  void SetWeak(ObjectPtr holder, std::size_t index, ObjectPtr value) {
    mutator.StoreField(holder, Weaks(holder) + index, value);
  }

  void Minor() FART_NO_SAFEPOINT_ANALYSIS {
    mutator.CollectGarbage(GcKind::kMinor, GcReason::kRequested);
  }
  void Major() FART_NO_SAFEPOINT_ANALYSIS {
    mutator.CollectGarbage(GcKind::kMajor, GcReason::kRequested);
  }
  // Makes every reachable object old.
  void PromoteAll() {
    Minor();
    Minor();
  }
  std::string Verify() {
    mutator.RetireArea();
    return gc.Verify();
  }

  // Old pairs, each the second reference of the one before, with the numbers from 0 on; a root
  // holds the first.
  std::size_t NewChain(int length) {
    const std::size_t root = roots.Add();
    for (int i = length; i-- > 0;) {
      const ObjectPtr link = NewNumber(i);
      Set(link, 1, roots[root]);
      roots[root] = link;
    }
    PromoteAll();
    return root;
  }
  ObjectPtr LinkOf(std::size_t root, int index) {
    ObjectPtr link = roots[root];
    while (index-- > 0) link = Slots(link)[1];
    return link;
  }
  void CutAt(std::size_t root, int index) { Set(LinkOf(root, index - 1), 1, ObjectPtr()); }

  static bool IsRemembered(ObjectPtr holder) { return Header::Of(holder).remembered(); }
  // Holders and cards in the remembered set.
  std::size_t remembered() const { return heap.remembered_set().entries().size(); }
  std::size_t CountOf(GcKind kind) const {
    std::size_t count = 0;
    for (const GcReport& report : listener.reports) count += report.kind == kind;
    return count;
  }

  RecordingListener listener;
  ListRoots roots;
  ListWeaks weaks;
  Heap heap;
  GcController gc;
  RootRegistration roots_registration;
  WeakRegistration weaks_registration;
  Mutator mutator;
  ShapeId pair, list, bytes, weak, ephemeron, mixed;
};

}  // namespace fart

#endif  // FART_GC_TESTING_TEST_HEAP_H_
