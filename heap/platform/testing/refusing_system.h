// RefusingSystem -- a system that refuses what a test tells it to.
//
// Takes the place of the C library's mmap, munmap, mprotect and madvise in the test that links it.
// A refusal is ENOMEM, but EINVAL of madvise, as for memory that is locked.

#ifndef FART_HEAP_PLATFORM_TESTING_REFUSING_SYSTEM_H_
#define FART_HEAP_PLATFORM_TESTING_REFUSING_SYSTEM_H_

#include <cstdint>
#include <limits>

namespace fart {

enum class SystemCall { kReserve, kRelease, kProtect, kCommit, kGiveBack };
inline constexpr int kSystemCalls = 5;

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

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_TESTING_REFUSING_SYSTEM_H_
