// RefusingSystem -- a system that refuses what a test tells it to.
//
// Takes the place of the C library's mmap, munmap, mprotect and madvise in the test that links it.
// A refusal is ENOMEM, but EINVAL of madvise, as for memory that is locked. With refusing_memory.h
// linked, too, malloc, operator new and pthread_create can be refused.

#ifndef FART_HEAP_PLATFORM_TESTING_REFUSING_SYSTEM_H_
#define FART_HEAP_PLATFORM_TESTING_REFUSING_SYSTEM_H_

#include <cstdint>
#include <limits>

namespace fart {

enum class SystemCall {
  kReserve,
  kRelease,
  kProtect,
  kCommit,
  kGiveBack,
  // Only where refusing_memory.h is linked.
  kMalloc,  // calloc and realloc, too
  kNew,     // operator new
  kThread,  // pthread_create
};
inline constexpr int kSystemCalls = 8;

// While it lives, calls of this kind fail: from the `from`th, the first being 1, to the `to`th.
class RefusingSystem {
 public:
  explicit RefusingSystem(SystemCall call, std::uint64_t from = 1,
                          std::uint64_t to = std::numeric_limits<std::uint64_t>::max());
  ~RefusingSystem();
  RefusingSystem(const RefusingSystem&) = delete;
  RefusingSystem& operator=(const RefusingSystem&) = delete;

  // Calls of this kind since it was made.
  std::uint64_t calls() const;

 private:
  SystemCall call_;
};

// For what takes the place of a function: counts a call, and answers whether to refuse it.
bool IsRefused(SystemCall call);

// Told of each call that is counted, and which of its kind it is, by the thread that makes it; as
// if in a NotRefused. Null: nobody is.
using CallWatcher = void (*)(std::uint64_t number);
void WatchCalls(CallWatcher watcher);

// What is done on this thread while one lives is neither counted nor refused: a test's own
// bookkeeping.
class NotRefused {
 public:
  NotRefused();
  ~NotRefused();
  NotRefused(const NotRefused&) = delete;
  NotRefused& operator=(const NotRefused&) = delete;
};

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_TESTING_REFUSING_SYSTEM_H_
