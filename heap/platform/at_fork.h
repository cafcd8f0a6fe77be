// At fork -- what is to be done around a `fork` of the process.

#ifndef FART_HEAP_PLATFORM_AT_FORK_H_
#define FART_HEAP_PLATFORM_AT_FORK_H_

namespace fart {

struct ForkActions {
  void (*before)() = nullptr;  // these run on the thread that forks
  void (*in_parent)() = nullptr;
  void (*in_child)() = nullptr;
};

// From here on, until this library is unloaded. False: the system has no memory for it.
[[nodiscard]] bool AtFork(const ForkActions& actions);

// What this room itself locks: no other thread releases a range of memory in between.
void HoldReleases();
void LetReleasesGoOn();

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_AT_FORK_H_
