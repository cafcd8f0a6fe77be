// Workers -- threads that help whoever has work for several, for as long as that takes.
//
// All owners of the process share them, and they serve one at a time: who finds them busy, or finds
// that there are none, does its work alone. They sleep between two pieces of work, and exist while
// there are owners that have had help once.
//
// Invariants
//   HP-W1 over     when Run returns nobody is in the work any more, and nobody comes.
//   HP-W2 no wait  for a thread that has not begun yet nobody waits: work comes to its end with
//                  those who came, with its owner alone if need be.
//   HP-W3 once     each number is given to one thread at most, and 0 to the owner.
//   HP-W4 fork     the child has no such threads, and starts its own when it wants some.
//
// Not here: what the work is, and how it is divided (gc/parallel_marking.h).

#ifndef FART_HEAP_PLATFORM_WORKERS_H_
#define FART_HEAP_PLATFORM_WORKERS_H_

namespace fart {

class SharedWork {
 public:
  // What one of them does; `number` is its own. Does not throw.
  virtual void Work(int number) = 0;

 protected:
  ~SharedWork() = default;
};

class Workers {
 public:
  // With the owner; what is asked for above it is not had.
  static constexpr int kMost = 16;

  Workers() = default;
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // work.Work(0) here, and on other threads, as they come, Work of the numbers below `count`.
  void Run(SharedWork& work, int count);

  // How many threads there are now: for tests.
  static int ThreadCount();

 private:
  bool is_known_ = false;  // has had help once
};

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_WORKERS_H_
