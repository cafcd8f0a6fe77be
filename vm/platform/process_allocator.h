// ProcessAllocator -- the malloc that C code of this process calls, whoever serves it.
//
// A program that gives memory to C must have it from where C has its own: C may free it, and the
// program what C allocated. So the functions are looked up as the loader would for a library that
// is opened now, once, and all three must come from one library: halves of two allocators are
// refused.

#ifndef FART_VM_PLATFORM_PROCESS_ALLOCATOR_H_
#define FART_VM_PLATFORM_PROCESS_ALLOCATOR_H_

#include <cstddef>
#include <string>

namespace fart {

struct ProcessAllocator {
  void* (*malloc)(std::size_t size) = nullptr;
  void* (*calloc)(std::size_t count, std::size_t size) = nullptr;
  void (*free)(void* block) = nullptr;
  std::string library;  // the file that it is in

  // Null: there is none that is whole.
  static const ProcessAllocator* Get();
};

}  // namespace fart

#endif  // FART_VM_PLATFORM_PROCESS_ALLOCATOR_H_
