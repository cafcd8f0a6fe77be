// PinTable -- the objects that must stay where they are, and how often each was asked to.
//
// Foreign code that was given the address of an object's bytes reads and writes them while
// everything goes on: allocation, collections, callbacks. Only the pinned objects stay; a
// collection keeps them in place (gc/evacuator.h) and moves all others. A pin is a root, too: the
// bytes must not go back to the system under the foreign code's hands.
//
// Invariants
//   Q1 stays    a pinned object lives, at the address it had when it was pinned.
//   Q2 counted  an object has one entry while its pins outnumber the unpins, else none.
//
// Not here: who pins (api/typed_data.cc).

#ifndef FART_HEAP_PIN_TABLE_H_
#define FART_HEAP_PIN_TABLE_H_

#include <algorithm>
#include <cstdint>

#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/platform/off_heap.h"

namespace fart {

class PinTable {
 public:
  struct Entry {
    Address object;
    std::uint64_t pins;
  };

  void Pin(ObjectPtr object) {
    const Address address = object.address();
    const auto place = PlaceOf(address);
    if (place != entries_.end() && place->object == address) {
      ++place->pins;
    } else {
      entries_.insert(place, {.object = address, .pins = 1});
    }
  }
  // False: it is not pinned.
  [[nodiscard]] bool Unpin(ObjectPtr object) {
    const auto place = PlaceOf(object.address());
    if (place == entries_.end() || place->object != object.address()) return false;
    if (--place->pins == 0) entries_.erase(place);
    return true;
  }

  // By ascending address: an address names its object as long as it is pinned. (Q1)
  const Vector<Entry>& entries() const { return entries_; }

 private:
  Vector<Entry>::iterator PlaceOf(Address object) {
    return std::lower_bound(
        entries_.begin(), entries_.end(), object,
        [](const Entry& entry, Address wanted) { return entry.object < wanted; });
  }

  Vector<Entry> entries_;
};

}  // namespace fart

#endif  // FART_HEAP_PIN_TABLE_H_
