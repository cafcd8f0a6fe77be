// Stands for growing_block_posix.cc in a library that was built without looks into the heap
// (FART_LOOKS=OFF of the CMake build) and is to be small: malloc grows all lists there.

#include "heap/platform/growing_block.h"
#include "heap/platform/off_heap.h"

namespace fart {

void* GrowingBlockResize(void* block, ByteCount old_size, ByteCount size) {
  return OffHeapReallocate(block, old_size, size);
}

void GrowingBlockFree(void* block, ByteCount size) { OffHeapFree(block, size); }

}  // namespace fart
