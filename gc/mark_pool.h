// MarkPool -- what is left to scan, between threads that mark together.
//
// Each works at a short stack of its own; what does not fit there lies here, in portions: objects
// that are marked and not scanned, or a part of a long row of references. Who has nothing left
// takes one; where there are few, each gives of the little it has. So a thread that the system does
// not let run keeps little from the others. A lock is enough, for a portion is some hundred
// objects, and only pointers change hands under it.
//
// Invariants
//   G-W1 once   what has been marked and not scanned is with one thread, or in the pool once, or
//               in a region that was noted.
//   G-W2 over   marking is over when the pool is empty and nobody works: who works has been counted
//               from before it took a portion until it has nothing left.
//
// Not here: who they are (mark_worker.h).

#ifndef FART_GC_MARK_POOL_H_
#define FART_GC_MARK_POOL_H_

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "gc/grey_regions.h"
#include "heap/base/units.h"
#include "heap/object/object_ptr.h"

namespace fart {

class MarkPool {
 public:
  struct Portion {
    static constexpr std::size_t kMostObjects = 252;

    Portion* next = nullptr;
    ObjectPtr* first = nullptr;  // a row of references; empty: none
    ObjectPtr* last = nullptr;
    std::size_t count = 0;  // of the objects
    std::array<Address, kMostObjects> objects;
  };

  // For so many threads, of which one works already. What finds no room goes to `noted`.
  MarkPool(GreyRegions& noted, int threads) : noted_(noted), few_(threads) {}
  ~MarkPool();
  MarkPool(const MarkPool&) = delete;
  MarkPool& operator=(const MarkPool&) = delete;

  // An empty one; null: there is no memory. It is its owner's until he gives it or puts it back.
  static Portion* NewPortion();
  void PutBack(Portion* portion);

  // Whoever is not counted as working begins so.
  void Join();
  // For who works and has nothing left. Null: it is over. (G-W2)
  [[nodiscard]] Portion* Take();
  // Answers an empty one, if there is any.
  Portion* Give(Portion* portion);
  // Whether there are few, as far as one can see.
  bool IsWanted() const { return is_wanted_.load(std::memory_order_relaxed); }

  void NoteUnscanned(Address object);

 private:
  void LookAgain() { is_wanted_.store(count_ < few_, std::memory_order_relaxed); }

  GreyRegions& noted_;
  const int few_;
  std::mutex lock_;
  std::condition_variable changed_;
  Portion* first_ = nullptr;
  Portion* empty_ = nullptr;
  int count_ = 0;  // of those with something in them
  int working_ = 1;
  int waiting_ = 0;
  std::atomic<bool> is_wanted_{true};
};

}  // namespace fart

#endif  // FART_GC_MARK_POOL_H_
