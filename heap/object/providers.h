// Providers -- how a collection learns of the slots that lie outside the heap.
//
// Whoever holds objects from outside (handle tables, a stack, constants) is a RootProvider; whoever
// watches them without keeping them alive is a WeakProvider. The collector calls, during a pause;
// a provider may not allocate in the heap then, and may not throw: a collection comes to its end
// without memory, too (gc/controller.h).
//
// Invariants
//   HO-P1 young    VisitSlots(kYoung) visits at least every slot that refers to new space.
//   HO-P2 at rest  a provider holds no reference to an object outside the slots it visits.
//   HO-P3 unseen   VisitUnseen visits at least every slot that neither BeginSeeing nor SeeSome has
//                  visited since the former was called, and every one that has been given a
//                  reference to a region with kVisitPointersTo since it was visited.
//   HO-P4 asked    from BeginClearing until ClearSome has answered false a weak provider gives out
//                  no referent that it has not asked the visitor about.

#ifndef FART_HEAP_OBJECT_PROVIDERS_H_
#define FART_HEAP_OBJECT_PROVIDERS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "heap/base/units.h"
#include "heap/object/object_ptr.h"

namespace fart {

// Which slots a collection asks for.
enum class SlotSet : std::uint8_t {
  kAll,
  kYoung,       // at least those that refer to new space; afterwards the provider may forget
                // (unlist) those that no longer do
  kEvacuating,  // at least those that refer to a region being evacuated; used for updating
};

// Whose slot it is: for statistics and for the verifier's messages.
enum class RootKind : std::uint8_t {
  kLocalHandle,
  kPersistentHandle,
  kWeakHandle,
  kStack,
  kConstant,  // isolate constants, symbols, class tables
  kHost,      // frames, arrays and visitors of a host's (vm/roots/host_roots.h)
  kOther,     // roots registered by tests and benchmarks
};
inline constexpr std::size_t kRootKinds = 7;
const char* RootKindName(RootKind kind);

class SlotVisitor {
 public:
  // Visits [first, last). May change the slots' values.
  virtual void VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) = 0;
  void VisitSlot(RootKind kind, ObjectPtr* slot) { VisitSlots(kind, slot, slot + 1); }
  // Visits `count` slots, each `stride` slots behind the one before. For providers of many: one
  // call for all of them, where a visitor knows a better way than one for each.
  virtual void VisitEvery(RootKind kind, ObjectPtr* first, std::size_t count, std::size_t stride) {
    for (; count != 0; --count, first += stride) VisitSlot(kind, first);
  }

 protected:
  ~SlotVisitor() = default;
};

// Takes reports of broken invariants: `invariant` names it ("HN-T3 young"), `detail` the edge.
class VerifyReporter {
 public:
  virtual void Report(const char* invariant, const char* detail) = 0;

 protected:
  ~VerifyReporter() = default;
};

class RootProvider {
 public:
  virtual void VisitSlots(SlotSet set, SlotVisitor& visitor) = 0;
  // About how many slots VisitSlots(kYoung) has, of who may have many and knows without looking.
  virtual std::size_t YoungSlots() { return 0; }
  // For marking in slices. BeginSeeing: one begins, in a pause; who has few slots shows all of
  // them. Who may have many shows none then, but about `slots` at each SeeSome, which is called
  // between pauses too, on the mutator's thread; false: it has come to the end. VisitUnseen visits
  // what is left (HO-P3), in a pause.
  virtual void BeginSeeing(SlotVisitor& visitor) { VisitSlots(SlotSet::kAll, visitor); }
  virtual bool SeeSome(SlotVisitor& /*visitor*/, std::size_t /*slots*/) { return false; }
  virtual void VisitUnseen(SlotVisitor& visitor) { VisitSlots(SlotSet::kAll, visitor); }
  // Whether SeeSome shows slots. Else VisitUnseen shows all, and nobody needs to look before that
  // at what minor collections visit.
  virtual bool IsSeenInParts() const { return false; }
  // Checks the provider's own invariants; runs outside a pause's moving part.
  virtual void Verify(VerifyReporter& reporter) const = 0;
  // Gives back to the system what it keeps for later. Never in a pause.
  virtual void GiveBackMemory() {}
  // What its owner calls the slot, for the verifier; empty: nothing, or it is another's.
  virtual std::string NameOf(const ObjectPtr* /*slot*/) { return {}; }

 protected:
  ~RootProvider() = default;
};

class WeakVisitor {
 public:
  // Answers whether the referent lives, and then updates *referent to where it is now.
  // `external` bytes are charged to the referent: the collector moves the charge along with it,
  // or takes it off when the answer is false.
  virtual bool Visit(RootKind kind, ObjectPtr* referent, ByteCount external) = 0;

 protected:
  ~WeakVisitor() = default;
};

class WeakProvider {
 public:
  // Calls the visitor for the weak slots in `set`; where it answers false the provider clears the
  // slot to null and queues what the death entails (a callback). It runs no foreign code.
  virtual void VisitWeak(SlotSet set, WeakVisitor& visitor) = 0;
  // About how many slots VisitWeak(kYoung) has, as above.
  virtual std::size_t YoungSlots() { return 0; }
  // For marking in slices. BeginClearing: it is over, in a pause; what it found dead is there
  // still. Who has few slots asks about all of them. Who may have many asks about none then, but
  // about some `slots` at each ClearSome, which is called between pauses too, on the mutator's
  // thread; false: it has asked about all. Before that it asks the same visitor about a slot that
  // somebody looks at (HO-P4). VisitUncleared visits those that it has still to ask about, for the
  // verifier.
  virtual void BeginClearing(WeakVisitor& visitor) { VisitWeak(SlotSet::kAll, visitor); }
  virtual bool ClearSome(std::size_t /*slots*/) { return false; }
  virtual void VisitUncleared(WeakVisitor& /*visitor*/) {}
  // As a RootProvider's.
  virtual void GiveBackMemory() {}
  virtual void Verify(VerifyReporter& reporter) const = 0;

 protected:
  ~WeakProvider() = default;
};

}  // namespace fart

#endif  // FART_HEAP_OBJECT_PROVIDERS_H_
