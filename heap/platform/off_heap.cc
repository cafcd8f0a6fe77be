#include "heap/platform/off_heap.h"

#include <cstdlib>

#ifndef FART_OFF_HEAP_IS_MALLOC
#include <mimalloc.h>
#endif

namespace fart {

#ifdef FART_OFF_HEAP_IS_MALLOC
void* OffHeapAllocate(ByteCount size) { return std::malloc(size.value()); }
void* OffHeapAllocateZeroed(ByteCount size) { return std::calloc(1, size.value()); }
void* OffHeapReallocate(void* block, ByteCount size) { return std::realloc(block, size.value()); }
void OffHeapFree(void* block) { std::free(block); }
#else
void* OffHeapAllocate(ByteCount size) { return mi_malloc(size.value()); }
void* OffHeapAllocateZeroed(ByteCount size) { return mi_zalloc(size.value()); }
void* OffHeapReallocate(void* block, ByteCount size) { return mi_realloc(block, size.value()); }
void OffHeapFree(void* block) { mi_free(block); }
#endif

}  // namespace fart
