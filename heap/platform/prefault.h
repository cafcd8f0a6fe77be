// Prefault -- has pages backed by memory before they are written, on a thread of its own.
//
// The first write to a page waits until the system has found memory and cleared it; for a large
// page on a machine that is lent its memory that takes milliseconds. Whoever knows what is written
// next asks here. One thread serves the process; it exists while there are users who have asked.
//
// Invariants
//   HP-F1 hint   whether a request is served, and when, changes nothing but speed: where there is
//                no thread, or too many wait, it is dropped.
//   HP-F2 over   when a user has ended nothing of its addresses is touched any more, and with the
//                last one the thread has ended.
//   HP-F3 gone   a mapping that it has taken is unmapped, at the latest when the thread ends.
//   HP-F4 brief  the thread keeps a processor that somebody else wants for some ten microseconds:
//                behind pages that took as long it gives way. A system that preempts rarely would
//                else hold up whoever has asked for as long as that, though another processor is
//                idle.
//
// The other way, giving back many pages takes as long: the thread does that, too.
//
// While the system looks for a page it lets nobody change the mappings of the process: to find a
// large one takes milliseconds where memory is scattered. So what is to be made accessible soon,
// the thread makes accessible, between two pieces: it waits for nobody but itself.
//
// Not here: which pages (heap/region_space.h, off_heap.h).

#ifndef FART_HEAP_PLATFORM_PREFAULT_H_
#define FART_HEAP_PLATFORM_PREFAULT_H_

#include <cstdint>

#include "heap/base/units.h"
#include "heap/platform/virtual_memory.h"

namespace fart {

class PrefaultUser {
 public:
  PrefaultUser() = default;
  ~PrefaultUser();
  PrefaultUser(const PrefaultUser&) = delete;
  PrefaultUser& operator=(const PrefaultUser&) = delete;

  // Asks for these pages of `range`, which outlives this. Waits for nothing. (HP-F1)
  void Ask(const VirtualMemory& range, Address start, ByteCount size);
  // Asks for this part of `range`, which outlives this, to be made accessible
  // (VirtualMemory::Commit), before any more is backed. Waits for nothing. False: there is no
  // thread, or it has been asked already, by whomever, and has not done it. (HP-F1)
  [[nodiscard]] bool AskToCommit(const VirtualMemory& range, Address start, ByteCount size);
  // What has become of it. kWaits only if `waits` is false. kNot: the system refused, a fork came
  // between, or nobody asked.
  enum class Committed : std::uint8_t { kWaits, kIs, kNot };
  Committed HasCommitted(bool waits) const;
  // Waits until all of it is.
  void Wait() const;

  // Has the thread give back what malloc holds and nobody uses, where there is one; false: there is
  // none. Waits for nothing.
  [[nodiscard]] static bool AskToGiveBack();

  // Unmaps a mapping. A long one the thread does, where there is one with nothing else to do: then
  // this waits for nothing. (HP-F3)
  static void Unmap(void* mapping, ByteCount size);

  // Whether there is a thread now: for tests.
  static bool HasThread();

 private:
  // Under the lock of all: counts this user, and starts the thread. False: there is none.
  bool HasThreadFor();

  bool has_asked_ = false;
  bool is_committed_ = false;  // under the lock of all
};

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_PREFAULT_H_
