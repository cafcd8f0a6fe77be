// PinTable -- the objects that must stay where they are, and how often each was asked to.
//
// Foreign code that was given the address of an object's bytes reads and writes them while
// everything goes on: allocation, collections, callbacks. Only the pinned objects stay; a
// collection keeps them in place (gc/evacuator.h) and moves all others. A pin is a root, too: the
// bytes must not go back to the system under the foreign code's hands.
//
// Invariants
//   H-Q1 stays    a pinned object lives, at the address it had when it was pinned.
//   H-Q2 counted  an object has one entry while its pins outnumber the unpins, else none.
//
// Not here: who pins (api/typed_data.cc).

#ifndef FART_HEAP_PIN_TABLE_H_
#define FART_HEAP_PIN_TABLE_H_

#include <cstdint>
#include <functional>
#include <set>

#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/platform/off_heap.h"

namespace fart {

class PinTable {
 public:
  struct Entry {
    Address object;
    mutable std::uint64_t pins;  // no part of the order

    bool operator<(const Entry& other) const { return object < other.object; }
  };
  // A tree: a host may pin a hundred thousand objects, and give them back in any order.
  using Entries = std::set<Entry, std::less<>, OffHeapAllocator<Entry>>;

  void Pin(ObjectPtr object) {
    ++entries_.insert({.object = object.address(), .pins = 0}).first->pins;
  }
  // False: it is not pinned.
  [[nodiscard]] bool Unpin(ObjectPtr object) {
    const auto place = entries_.find({.object = object.address(), .pins = 0});
    if (place == entries_.end()) return false;
    if (--place->pins == 0) entries_.erase(place);
    return true;
  }

  // By ascending address: an address names its object as long as it is pinned. (H-Q1)
  const Entries& entries() const { return entries_; }

 private:
  Entries entries_;
};

}  // namespace fart

#endif  // FART_HEAP_PIN_TABLE_H_
