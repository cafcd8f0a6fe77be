// StoreObserver -- is told of references to what is being marked, or may be moved, when old objects
// are given them.
//
// While old space is marked in slices, or parts of it are to be emptied, the regions concerned
// carry kVisitPointersTo, so that the barrier that finds young referents finds these too
// (Mutator::StoreField). It is asked to stand still before anything but slots and headers' bits
// changes, for it may go on beside the mutator.
//
// Not here: what marking is (gc/sliced_marking.h), and moving (gc/sliced_evacuation.h).

#ifndef FART_HEAP_STORE_OBSERVER_H_
#define FART_HEAP_STORE_OBSERVER_H_

#include "heap/object/object_ptr.h"

namespace fart {

class StoreObserver {
 public:
  // `value`, an old object, has been stored into `slot` of `holder`, or is there. Never fails.
  virtual void NoteStored(ObjectPtr holder, const ObjectPtr* slot, ObjectPtr value) = 0;
  // An object of old space is about to be given another shape, or a shape to be registered.
  virtual void StandStill() {}

 protected:
  ~StoreObserver() = default;
};

}  // namespace fart

#endif  // FART_HEAP_STORE_OBSERVER_H_
