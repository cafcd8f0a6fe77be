// WaitingEphemerons -- ephemerons that marking in slices has met before their keys.
//
// Most of the keys are met later. So when nothing else is left to scan the list is gone through, a
// part at a time, and whose key has been marked meanwhile is taken out; again when that was worth
// it, or when the list has grown. All rounds together take no longer than a few looks at each. What
// is left when marking ends is those whose keys are dead, and a few more. A chain of them, each
// found by the one before, is not followed here: that is what a table is for (ephemeron_table.h).
// Those whose keys are dead stay in the list until they are cleared, the last one first.
//
// A list that finds no memory overflows: it forgets all it has, for good.
//
// Invariants
//   G-E5 listed   an ephemeron in the list is marked, and its key was not when it was looked at
//                 last. The program may have given it another key since.
//
// Not here: what marked means, and what becomes of them in the end (sliced_marking.h).

#ifndef FART_GC_WAITING_EPHEMERONS_H_
#define FART_GC_WAITING_EPHEMERONS_H_

#include <algorithm>
#include <cstddef>

#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/platform/row.h"

namespace fart {

class WaitingEphemerons {
 public:
  struct Entry {
    Address ephemeron;
    Address key;
    ObjectPtr value;  // of one whose pair has been cleared at once: both can be put back
  };

  bool is_empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.size(); }
  bool has_overflowed() const { return has_overflowed_; }

  void Add(Entry entry) {
    if (!has_overflowed_ && !entries_.TryAppend(entry)) Overflow();
  }

  // Whether a round goes on, or another one is worth it.
  bool IsLookDue() const { return is_looking_ || entries_.size() > due_size_; }
  // Goes on with a round, or begins one: for so many entries asks `stays(entry)`, which may change
  // the key, and add others; `prefetch(entry)` is for one whose turn it will be.
  template <typename Prefetch, typename Stays>
  void LookAtSome(std::size_t count, Prefetch&& prefetch, Stays&& stays) {
    if (!is_looking_) kept_ = at_ = 0;
    is_looking_ = true;
    for (; count != 0 && at_ < entries_.size(); --count) {
      if (at_ + kAhead < entries_.size()) prefetch(entries_[at_ + kAhead]);
      Entry entry = entries_[at_++];
      if (stays(entry) && is_looking_) entries_[kept_++] = entry;
    }
    // Overflowing meanwhile has ended the round, and left nothing.
    if (is_looking_ && at_ >= entries_.size()) EndRound();
  }
  // The same for all, from the first one on.
  template <typename Prefetch, typename Stays>
  void LookAtAll(Prefetch&& prefetch, Stays&& stays) {
    if (is_looking_) {
      entries_.Erase(kept_, at_);
      is_looking_ = false;
    }
    LookAtSome(~std::size_t{0}, prefetch, stays);
  }
  bool is_looking() const { return is_looking_; }
  // Another round is worth it: so much is known.
  void LookAgain() { due_size_ = 0; }

  // The others when no round goes on.
  // Whether is_so(entry) is true of one; `prefetch` as above.
  template <typename Prefetch, typename IsSo>
  bool IsAny(Prefetch&& prefetch, IsSo&& is_so) const {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (i + kAhead < entries_.size()) prefetch(entries_[i + kAhead]);
      if (is_so(entries_[i])) return true;
    }
    return false;
  }
  template <typename Visit>
  void ForEach(Visit&& visit) const {
    for (const Entry& entry : entries_) visit(entry);
  }
  // Takes out so many, if there are so many, from the end; calls visit(entry) for each.
  template <typename Visit>
  void TakeSome(std::size_t count, Visit&& visit) {
    std::size_t left = entries_.size();
    for (; count != 0 && left != 0; --count) {
      --left;
      if (left >= kAhead) __builtin_prefetch(entries_[left - kAhead].ephemeron.As<void>(), 1);
      visit(entries_[left]);
    }
    entries_.Truncate(left);
    // A little at a time: the system takes a millisecond and more for the memory of a million.
    if (entries_.unused() > kMostUnused) entries_.GiveBackUnused();
  }

 private:
  static constexpr std::size_t kMostUnused = MiB(1).value() / sizeof(Entry);
  // So many entries before its turn.
  static constexpr std::size_t kAhead = 16;
  // A round was worth it that took out one of so many, and is when the list has grown by one of so
  // many, and by a few.
  static constexpr std::size_t kWorthShare = 8;
  static constexpr std::size_t kGrowthShare = 4;
  static constexpr std::size_t kFew = 64;

  void EndRound() {
    is_looking_ = false;
    const std::size_t taken = at_ - kept_;
    const bool was_worth_it = taken * kWorthShare > at_;
    entries_.Truncate(kept_);
    due_size_ = was_worth_it ? 0 : kept_ + kept_ / kGrowthShare + kFew;
  }
  void Overflow() {
    *this = WaitingEphemerons();
    has_overflowed_ = true;
  }

  Row<Entry> entries_;
  bool has_overflowed_ = false;
  // Of the round that goes on: before kept_ are those that stay, from at_ on those to be looked at.
  bool is_looking_ = false;
  std::size_t kept_ = 0;
  std::size_t at_ = 0;
  std::size_t due_size_ = 0;  // More than that are worth a round.
};

}  // namespace fart

#endif  // FART_GC_WAITING_EPHEMERONS_H_
