// Census -- tells of every object that can be reached, once; what for is its taker's business.
//
// Nothing moves and nothing dies. The taker may hold roots back and add them later: what a root
// keeps may depend on what else is reached. Mark bits serve as the set of objects that were met, as
// they do for the verifier, and are cleared again.
//
// Invariants
//   G-Z1 all    every object that a collection would keep is told of; and, where weak references
//               count, every object that a program or a host can still get hold of.
//   G-Z2 once   no object is told of twice.
//   G-K1 clean  marker.h
//
// Limit: of ephemerons whose keys are reached by way of each other's values, each takes a look at
// all that wait.
//
// Not here: what may die (marker.h).

#ifndef FART_GC_CENSUS_H_
#define FART_GC_CENSUS_H_

#include "heap/heap.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/platform/off_heap.h"

namespace fart {

// Whether weak handles and weak references lead anywhere.
enum class CensusWeaks { kIgnored, kCount };

// Neither function allocates in the heap or throws.
class CensusTaker {
 public:
  virtual void VisitObject(ObjectPtr object) = 0;
  // All that is reached has been told of: visits the roots that were held back and count now.
  // False: there are none.
  virtual bool VisitMore(SlotVisitor& visitor) = 0;

 protected:
  ~CensusTaker() = default;
};

class Census final : private SlotVisitor, private WeakVisitor {
 public:
  Census(Heap& heap, const Vector<RootProvider*>& roots, const Vector<WeakProvider*>& weaks,
         CensusWeaks mode, CensusTaker& taker)
      : heap_(heap),
        regions_(heap.regions()),
        roots_(roots),
        weaks_(weaks),
        mode_(mode),
        taker_(taker) {}

  // False: there was no memory for it, and what was told is not all.
  [[nodiscard]] bool Run();

 private:
  void VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) override;
  bool Visit(RootKind kind, ObjectPtr* referent, ByteCount external) override;
  void Reach(ObjectPtr value);
  void Scan(ObjectPtr object);
  void Drain();
  // True: values of ephemerons whose keys have been reached were reached now.
  bool ReachValues();
  void ClearMarks();

  Heap& heap_;
  RegionSpace& regions_;
  const Vector<RootProvider*>& roots_;
  const Vector<WeakProvider*>& weaks_;
  const CensusWeaks mode_;
  CensusTaker& taker_;
  Vector<ObjectPtr> waiting_;     // met, and not looked into
  Vector<ObjectPtr> ephemerons_;  // whose keys have not been met
  bool is_whole_ = true;
};

}  // namespace fart

#endif  // FART_GC_CENSUS_H_
