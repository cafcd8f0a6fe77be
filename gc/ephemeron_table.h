// EphemeronTable -- ephemerons whose key has not been reached yet, found by key.
//
// While tracing, an ephemeron with an unreached key is set aside. When tracing runs dry, those
// whose key has been reached meanwhile are taken out (second and last look at each); from then on
// whoever reaches an object asks the table whether it is a key. So each ephemeron is examined at
// most twice, also in long chains (cf. Barros and Ierusalimschy, "Eliminating Cycles in Weak
// Tables", JUCS 2008, section 4, whose quadratic convergence this avoids).
//
// A table that finds no memory overflows: it forgets all it has, for good. Whoever uses it then
// looks for ephemerons by walking the heap, again and again until nothing more is reached.
//
// Invariants
//   G-E3 waiting   an ephemeron that waits in the table is reached and its key is not.
//   G-E4 ready   one that is ready was waiting, and its key has been reached since.
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
  // Nothing waits and nothing is ready.
  bool is_empty() const { return waiting_ == 0 && ready_ == kNone; }
  // True from the end of the first trace on: reaching an object must say so to NoteReached.
  bool is_indexed() const { return indexed_; }
  bool has_overflowed() const { return has_overflowed_; }

  // `ephemeron` waits for `key`; both are the addresses of their headers.
  void Add(Address ephemeron, Address key);

  // Forgets all it has, for good: here, or with whoever collected ephemerons for it, there was no
  // memory.
  void Overflow();

  // Ends the first phase: asks `is_reached(key)` for each waiting ephemeron.
  template <typename IsReached>
  void Index(IsReached&& is_reached) {
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
      if (is_reached(entries_[i].key)) MakeReady(i);
    }
    indexed_ = true;
    if (!Rehash(waiting_)) Overflow();
  }

  // Those that wait for `key` are ready.
  void NoteReached(Address key);

  // Null: none is ready. (G-E4)
  Address TakeReady() {
    if (ready_ == kNone) return Address();
    Entry& entry = entries_[ready_];
    ready_ = entry.next;
    return std::exchange(entry.ephemeron, Address());
  }

  // Those whose key was never reached.
  template <typename Visit>
  void VisitWaiting(Visit&& visit) const {
    for (const Entry& entry : entries_) {
      if (!entry.key.is_null()) visit(entry.ephemeron);
    }
  }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  struct Entry {
    Address ephemeron;
    Address key;         // null: the ephemeron is ready, or taken out
    std::uint32_t next;  // of the same key, or of those that are ready
  };
  struct Bucket {
    Address key;  // null: empty
    std::uint32_t first = kNone;
  };

  // Makes the index anew, with room for so many entries. False: there is no memory.
  bool Rehash(std::size_t entries);
  void Link(std::uint32_t index);
  void MakeReady(std::uint32_t index);
  Bucket& BucketFor(Address key);

  bool indexed_ = false;
  bool has_overflowed_ = false;
  std::size_t waiting_ = 0;
  std::uint32_t ready_ = kNone;  // the last that became so
  Vector<Entry> entries_;
  Vector<Bucket> buckets_;  // a power of two, at most half full; keys stay when taken out
  std::size_t keys_ = 0;
};

}  // namespace fart

#endif  // FART_GC_EPHEMERON_TABLE_H_
