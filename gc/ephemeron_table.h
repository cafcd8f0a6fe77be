// EphemeronTable -- ephemerons whose key has not been reached yet, found by key.
//
// While tracing, an ephemeron with an unreached key is set aside. When tracing runs dry, those
// whose key has been reached meanwhile are taken out, in rounds: where one finds none the keys of
// the others are dead. As a rule that is the second, for the keys of most are reached by another
// way. Where a round finds few there are chains; an index is made then, and from then on whoever
// reaches an object asks the table whether it is a key. So all rounds together take no longer than
// a few looks at each, also in long chains (cf. Barros and Ierusalimschy, "Eliminating Cycles in
// Weak Tables", JUCS 2008, section 4, whose quadratic convergence this avoids), and who has no
// chains pays for no index, which takes several times as long as a round.
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

#include <cstddef>
#include <cstdint>
#include <utility>

#include "heap/base/units.h"
#include "heap/platform/row.h"

namespace fart {

class EphemeronTable {
 public:
  // Nothing waits and nothing is ready.
  bool is_empty() const { return waiting_ == 0 && ready_ == kNone; }
  // From then on reaching an object must say so to NoteReached.
  bool is_indexed() const { return indexed_; }
  bool has_overflowed() const { return has_overflowed_; }

  // `ephemeron` waits for `key`; both are the addresses of their headers.
  void Add(Address ephemeron, Address key);

  // Forgets all it has, for good: here, or with whoever collected ephemerons for it, there was no
  // memory.
  void Overflow();

  // A round: asks `is_reached(key)` for each that waits, and passes those with a reached one to
  // `on_ready(ephemeron)`, which adds none; `prefetch(key)` is for one whose turn it will be. True:
  // there were some, so what they reach is to be traced; then another round, unless there is an
  // index now, is next.
  template <typename Prefetch, typename IsReached, typename OnReady>
  [[nodiscard]] bool TakeReached(Prefetch&& prefetch, IsReached&& is_reached, OnReady&& on_ready) {
    const std::size_t looked_at = entries_.size();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < looked_at; ++i) {
      if (i + kAhead < looked_at) prefetch(entries_[i + kAhead].key);
      if (!is_reached(entries_[i].key)) std::swap(entries_[kept++], entries_[i]);
    }
    const std::size_t taken = looked_at - kept;
    if (taken == 0) return false;
    waiting_ = kept;
    if (taken * kWorthShare < looked_at && !TryIndex()) {  // Before anything more is reached.
      Overflow();
      return true;
    }
    for (std::size_t i = kept; i < looked_at; ++i) {
      if (i + kAhead < looked_at) __builtin_prefetch(entries_[i + kAhead].ephemeron.As<void>());
      on_ready(entries_[i].ephemeron);  // G-E4
    }
    entries_.Truncate(kept);
    return true;
  }

  // Those that wait for `key` are ready.
  void NoteReached(Address key);

  // Null: none is ready. (G-E4)
  Address TakeReady() {
    if (ready_ == kNone) return Address();
    const std::uint32_t taken = std::exchange(ready_, next_[ready_]);
    return std::exchange(entries_[taken].ephemeron, Address());
  }

  // Those whose key was never reached.
  template <typename Visit>
  void VisitWaiting(Visit&& visit) const {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (i + kAhead < entries_.size()) {
        __builtin_prefetch(entries_[i + kAhead].ephemeron.As<void>(), 1);
      }
      if (!entries_[i].key.is_null()) visit(entries_[i].ephemeron);
    }
  }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  // So many entries before its turn.
  static constexpr std::size_t kAhead = 16;
  // A round that takes out less than one of so many found few.
  static constexpr std::size_t kWorthShare = 8;
  struct Entry {
    Address ephemeron;
    Address key;  // null: the ephemeron is ready, or taken out
  };
  struct Bucket {
    Address key;  // null: empty
    std::uint32_t first = kNone;
  };

  // Makes an index of all that wait, which lie in front. False: there is no memory.
  bool TryIndex();
  void Link(std::uint32_t index);
  void MakeReady(std::uint32_t index);
  Bucket& BucketFor(Address key);

  bool indexed_ = false;
  bool has_overflowed_ = false;
  std::size_t waiting_ = 0;
  std::uint32_t ready_ = kNone;  // the last that became so
  Row<Entry> entries_;
  // With an index: of each entry the next one of the same key, or of those that are ready.
  Row<std::uint32_t> next_;
  Row<Bucket> buckets_;  // a power of two, at most half full; keys stay when taken out
  std::size_t keys_ = 0;
};

}  // namespace fart

#endif  // FART_GC_EPHEMERON_TABLE_H_
