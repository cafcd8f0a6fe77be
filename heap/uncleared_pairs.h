// UnclearedPairs -- is asked about an ephemeron before its key and value are read or replaced,
// while keys that have been found dead are there still.
//
// Marking in slices finds keys dead by the hundred thousand. Their ephemerons are cleared a part at
// a time, and each before anybody looks at it (Mutator::LoadPaired, H-M3).
//
// Not here: which keys are dead (gc/sliced_marking.h).

#ifndef FART_HEAP_UNCLEARED_PAIRS_H_
#define FART_HEAP_UNCLEARED_PAIRS_H_

#include "heap/base/units.h"
#include "heap/platform/off_heap.h"

namespace fart {

class UnclearedPairs {
 public:
  // Key and value are null if the key is dead. Never fails.
  virtual void ClearIfDead(Address ephemeron) = 0;
  // The same for all that are left.
  virtual void ClearAll() = 0;
  // Those that are left, for the verifier. Throws std::bad_alloc.
  virtual void List(Vector<Address>& ephemerons) const = 0;

 protected:
  ~UnclearedPairs() = default;
};

}  // namespace fart

#endif  // FART_HEAP_UNCLEARED_PAIRS_H_
