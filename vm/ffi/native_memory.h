// NativeMemory -- blocks that programs allocate for C: which are there, how long each is, and
// whether a pointer still points into one.
//
// Memory comes from the process's malloc (vm/platform/process_allocator.h), so C may free what a
// program allocated. Every block that a program allocates has a slot in one table of the process;
// a pointer derived from it carries the slot's number and generation, its BlockId. An access asks
// the slot: three loads and two compares, without a lock.
//
// A slot belongs to an address, and stays with it when the block there is freed: malloc soon gives
// the address again. So an allocation looks up its slot, a free has its number, and each changes
// the slot's generation by one atomic operation; there is a lock for addresses that are new, for
// lists, and for addresses that C frees. Slots of dead blocks are taken for other addresses when
// the table would have to grow.
//
// Invariants
//   VF-M1 live     a BlockId is live from the allocation that made it until the block is freed,
//                  given away or found to have been freed by C; and never again.
//   VF-M2 one      of an address at most one block is live. When malloc returns one that is listed,
//                  C has freed it: the old block is dead. So nothing is ever said of a block that
//                  is not true of it.
//   VF-M3 within   IsWithin answers yes only for bytes that lie in the live block.
//   VF-M4 seen     what a list of a program sees stays allocated as long as that list may be read:
//                  a block that is freed before is dead to pointers at once (VF-M1), and its
//                  memory goes back with the last list.
//   VF-M5 owned    a slot's address changes only under the lock, and only of a slot that is marked
//                  as free. A slot that is so marked is given no block without the lock.
//
// Any thread may call. An access that races with the free of its block is as good as one that came
// before or after, as far as the table knows: two isolates that share memory agree on that
// themselves.
//
// Not here: pointers that C gave (they carry no id and are checked for null only); what an error
// says to a program (lang/natives); who allocated a block where (memory_report.h).

#ifndef FART_VM_FFI_NATIVE_MEMORY_H_
#define FART_VM_FFI_NATIVE_MEMORY_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace fart::ffi {

// 0: none. Otherwise below 2^62, so that it is an int of a program that takes no memory.
using BlockId = std::uint64_t;
inline constexpr BlockId kNoBlock = 0;

struct Allocation {
  std::uintptr_t address = 0;  // 0: there is no memory for it.
  BlockId block = kNoBlock;
};
// Zeroed: as calloc; of 0 bytes: a block that may be freed and not accessed.
Allocation AllocateNative(std::size_t size, bool is_zeroed);

enum class FreeOutcome : std::uint8_t {
  kFreed,
  kKept,      // Freed, but lists see it: its memory goes back with the last of them (VF-M4).
  kDead,      // The block of that id had been freed (or given away) before; nothing has happened.
  kInterior,  // The address lies within the block, behind its beginning; nothing has happened.
  kOutside,   // It lies elsewhere; nothing has happened.
};
// Without an id (kNoBlock) the address is C's: freed, and the block that is listed there with it.
FreeOutcome FreeNative(std::uintptr_t address, BlockId block);
// C takes over: the block is listed no longer, and not freed. As FreeNative.
FreeOutcome DisownNative(std::uintptr_t address, BlockId block);

// A list that sees bytes of the block begins to live, and ends. False: the block is dead, or there
// is no memory to note it. As often ended as begun.
[[nodiscard]] bool BeginView(BlockId block);
void EndView(BlockId block);
bool IsSeen(BlockId block);

struct BlockRange {
  std::uintptr_t address = 0;
  std::size_t size = 0;
  bool is_live = false;
  bool is_known = false;  // Whether the above is the block's: its slot has not been used again.
};
BlockRange RangeOf(BlockId block);
// How many are live. Counts them.
std::size_t LiveBlocks();
// Whether anything at all may be allocated: the process has a malloc that is whole.
bool HasNativeMemory();

// For fork: nobody changes the table in between.
void HoldNativeMemoryForFork();
void ReleaseNativeMemory();

// ---- The access check

namespace native_memory_internal {

struct Slot {
  std::atomic<std::uint32_t> generation{0};  // Odd: live. Otherwise it may be marked as free.
  std::atomic<std::uint32_t> seen{0};        // How many of its blocks there are lists of (VF-M4).
  std::atomic<std::uintptr_t> address{0};
  std::atomic<std::size_t> size{0};
  std::uint32_t next_free = 0;
};
inline constexpr int kChunkShift = 12;
inline constexpr std::uint32_t kSlotsPerChunk = 1u << kChunkShift;
inline constexpr std::uint32_t kChunks = 1u << 16;
extern constinit std::atomic<Slot*> chunks[kChunks];

inline std::uint32_t IndexOf(BlockId block) { return static_cast<std::uint32_t>(block); }
inline std::uint32_t GenerationOf(BlockId block) { return static_cast<std::uint32_t>(block >> 32); }

}  // namespace native_memory_internal

// VF-M1. `block` is an id that was given out.
inline bool IsLive(BlockId block) {
  using namespace native_memory_internal;  // NOLINT: its own
  const std::uint32_t index = IndexOf(block);
  const Slot& slot =
      chunks[index >> kChunkShift].load(std::memory_order_acquire)[index & (kSlotsPerChunk - 1)];
  return slot.generation.load(std::memory_order_acquire) == GenerationOf(block);
}

// VF-M3. `block` is an id that was given out.
inline bool IsWithin(BlockId block, std::uintptr_t address, std::size_t size) {
  using namespace native_memory_internal;  // NOLINT: its own
  const std::uint32_t index = IndexOf(block);
  const Slot& slot =
      chunks[index >> kChunkShift].load(std::memory_order_acquire)[index & (kSlotsPerChunk - 1)];
  const std::uintptr_t offset = address - slot.address.load(std::memory_order_relaxed);
  const std::size_t whole = slot.size.load(std::memory_order_relaxed);
  return slot.generation.load(std::memory_order_acquire) == GenerationOf(block) && size <= whole &&
         offset <= whole - size;
}

}  // namespace fart::ffi

#endif  // FART_VM_FFI_NATIVE_MEMORY_H_
