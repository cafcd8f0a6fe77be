// MemoryReport -- what `--ffi-checked` adds to the table of blocks: where each was allocated and
// released, a quarantine for what is freed, and what was never freed.
//
// It watches while an isolate that was made with the flag lives, and keeps texts of stacks, each
// once. What is freed then is filled with kFreedByte and stays out of malloc's hands for a while,
// so that an address means one block for longer, and writes of C behind the free are found.
//
// Invariants
//   VF-R1 told     of a block that was allocated under watch there is a history as long as it
//                  lives, and afterwards until kMostDead others have died.
//   VF-R2 bounded  at most kMostQuarantined bytes are in quarantine; all go back when nobody
//                  watches any more.
//
// Any thread may call. Not here: which blocks live (native_memory.h); stacks (lang/interpreter).

#ifndef FART_VM_FFI_MEMORY_REPORT_H_
#define FART_VM_FFI_MEMORY_REPORT_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "vm/ffi/native_memory.h"

namespace fart::ffi {

inline constexpr std::size_t kMostDead = 4096;
inline constexpr std::size_t kMostQuarantined = std::size_t{1} << 20;
inline constexpr std::uint8_t kFreedByte = 0xDD;

namespace memory_report_internal {
extern constinit std::atomic<int> watchers;
}  // namespace memory_report_internal

inline bool IsWatchingMemory() {
  return memory_report_internal::watchers.load(std::memory_order_relaxed) != 0;
}

// As long as one lives, memory is watched. The last one says on the standard error stream what was
// not freed; so it ends when no finalizer of its isolate is left to run.
class MemoryWatch {
 public:
  MemoryWatch();
  ~MemoryWatch();
  MemoryWatch(const MemoryWatch&) = delete;
  MemoryWatch& operator=(const MemoryWatch&) = delete;
};

// A stack is lines that end in newlines; empty: nothing is known.
void NoteAllocation(BlockId block, const std::string& stack);
// `how`: "Freed", "Disowned".
void NoteRelease(BlockId block, const char* how, const std::string& stack);
// Lines that go on after a sentence about the block, each with a newline before it; empty: nothing
// is known.
std::string HistoryOf(BlockId block);

// Frees the block of malloc later. Fills it now.
void Quarantine(std::uintptr_t address, std::size_t size);

// What of the blocks that were allocated under watch is live, grouped by where, most bytes first;
// empty: nothing.
std::string LeaksText();
struct Leak {
  std::size_t blocks = 0;
  std::size_t bytes = 0;
  std::string stack;
};
std::vector<Leak> Leaks();

// For fork, before the table of blocks is held and after it is released.
void HoldMemoryReportForFork();
void ReleaseMemoryReport();

}  // namespace fart::ffi

#endif  // FART_VM_FFI_MEMORY_REPORT_H_
