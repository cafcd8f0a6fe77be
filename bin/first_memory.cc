#include "bin/first_memory.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>  // Says whether it is glibc.

#if defined(__GLIBC__)
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace fart::program {

#if defined(__GLIBC__) && defined(MADV_POPULATE_WRITE)

void TakeFirstMemory() {
  constexpr int kTaken = 5 << 19;  // A start without a program holds 2.0 MB.
  // malloc takes as much more than it needs, and keeps it.
  if (::mallopt(M_TOP_PAD, kTaken) == 0 || ::mallopt(M_TRIM_THRESHOLD, 2 * kTaken) == 0) return;
  const auto* const before = static_cast<const std::uint8_t*>(::sbrk(0));
  // Below what malloc maps on its own; of two, one does not fit into what it began with.
  constexpr std::size_t kPiece = 100 << 10;
  void* volatile first = std::malloc(kPiece);  // volatile: what nobody looks at would be left out.
  void* volatile second = std::malloc(kPiece);
  std::free(second);
  std::free(first);
  auto* const after = static_cast<std::uint8_t*>(::sbrk(0));
  // Another malloc than glibc's takes it elsewhere.
  if (after < before || after - before < kTaken) return;
  // In few large pages, if the system has any left; else in small ones.
  ::madvise(after - kTaken, kTaken, MADV_HUGEPAGE);
  ::madvise(after - kTaken, kTaken, MADV_POPULATE_WRITE);
}

#else

void TakeFirstMemory() {}

#endif

}  // namespace fart::program
