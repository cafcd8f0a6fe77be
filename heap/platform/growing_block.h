// GrowingBlock -- memory that grows without being copied, for lists of the collector's own.
//
// realloc has the system move the pages of a block that is a mapping of its own. But glibc makes
// one such block for the next only until it has been free once: from then on blocks up to that size
// (32 MiB at most) are malloc's, and growing one copies it, in a pause or in what a pause waits
// for. So the choice is made here, by size alone: from kMappedBlock on each is a mapping.
//
// Leak checkers do not look into mappings: nothing that malloc gave may be held by such a block
// alone.
//
// Not here: what a list is (row.h, gc/mark_stack.h).

#ifndef FART_HEAP_PLATFORM_GROWING_BLOCK_H_
#define FART_HEAP_PLATFORM_GROWING_BLOCK_H_

#include <cstdint>

#include "heap/base/units.h"

namespace fart {

inline constexpr ByteCount kMappedBlock = MiB(1);

// Makes a block of `old_size` bytes one of `size`, which is not 0, and keeps what both have; null
// is a block of 0. Null: there is no memory, and the old block is as it was.
[[nodiscard]] void* GrowingBlockResize(void* block, ByteCount old_size, ByteCount size);
// Null is allowed.
void GrowingBlockFree(void* block, ByteCount size);

// For tests: in mappings, of the process. What is smaller is counted where malloc's blocks are.
std::int64_t GrowingBlockBytesMapped();

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_GROWING_BLOCK_H_
