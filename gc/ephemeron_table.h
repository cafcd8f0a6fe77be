// EphemeronTable -- ephemerons whose key has not been reached yet, found by key.
//
// While tracing, an ephemeron with an unreached key is set aside. When tracing runs dry, those
// whose key has been reached meanwhile are taken out (second and last look at each); from then on
// whoever reaches an object asks the table whether it is a key. So each ephemeron is examined at
// most twice, also in long chains (cf. Barros and Ierusalimschy, "Eliminating Cycles in Weak
// Tables", JUCS 2008, section 4, whose quadratic convergence this avoids).
//
// Invariants
//   G-E3 waiting   an ephemeron in the table is reached and its key is not.
//
// Not here: what "reached" means; scavenger and marker answer that.

#ifndef FART_GC_EPHEMERON_TABLE_H_
#define FART_GC_EPHEMERON_TABLE_H_

#include <cstdint>
#include <utility>

#include "heap/base/units.h"
#include "heap/platform/off_heap.h"

namespace fart {

class EphemeronTable {
 public:
  bool is_empty() const { return waiting_ == 0; }
  // True from the end of the first trace on: reaching an object must ask TakeByKey.
  bool is_indexed() const { return indexed_; }

  // `ephemeron` waits for `key`; both are the addresses of their headers.
  void Add(Address ephemeron, Address key);

  // Ends the first phase: calls `is_reached(key)` for each waiting ephemeron; hands those whose
  // key was reached to `resolve(ephemeron)` after the index of the others is complete.
  template <typename IsReached, typename Resolve>
  void Index(IsReached&& is_reached, Resolve&& resolve) {
    Vector<Address> ready;
    Vector<Entry> added = std::move(entries_);
    entries_.clear();
    waiting_ = 0;
    indexed_ = true;
    Rehash(added.size());
    for (const Entry& entry : added) {
      if (is_reached(entry.key)) {
        ready.push_back(entry.ephemeron);
      } else {
        Add(entry.ephemeron, entry.key);
      }
    }
    for (const Address ephemeron : ready) resolve(ephemeron);
  }

  // Takes out the ephemerons that wait for `key` and calls `resolve(ephemeron)` for each.
  template <typename Resolve>
  void TakeByKey(Address key, Resolve&& resolve) {
    Vector<Address> taken;
    for (std::uint32_t index = Unlink(key); index != kNone; index = entries_[index].next) {
      taken.push_back(std::exchange(entries_[index].ephemeron, Address()));
    }
    waiting_ -= taken.size();
    for (const Address ephemeron : taken) resolve(ephemeron);  // may add entries
  }

  // Those whose key was never reached.
  template <typename Visit>
  void VisitWaiting(Visit&& visit) const {
    for (const Entry& entry : entries_) {
      if (!entry.ephemeron.is_null()) visit(entry.ephemeron);
    }
  }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  struct Entry {
    Address ephemeron;  // null: taken out
    Address key;
    std::uint32_t next;  // of the same key
  };
  struct Bucket {
    Address key;  // null: empty
    std::uint32_t first = kNone;
  };

  void Rehash(std::size_t entries);
  void Link(std::uint32_t index);
  std::uint32_t Unlink(Address key);
  Bucket& BucketFor(Address key);

  bool indexed_ = false;
  std::size_t waiting_ = 0;
  Vector<Entry> entries_;
  Vector<Bucket> buckets_;  // a power of two, at most half full; keys stay when taken out
  std::size_t keys_ = 0;
};

}  // namespace fart

#endif  // FART_GC_EPHEMERON_TABLE_H_
