#include <dlfcn.h>

#include "vm/platform/process_allocator.h"

namespace fart {

namespace {

struct FoundSymbol {
  void* address = nullptr;
  const void* library = nullptr;
  const char* file = nullptr;
};

FoundSymbol FindGlobal(const char* name) {
  FoundSymbol found;
  found.address = dlsym(RTLD_DEFAULT, name);
  Dl_info info;
  if (found.address == nullptr || dladdr(found.address, &info) == 0) return {};
  found.library = info.dli_fbase;
  found.file = info.dli_fname;
  return found;
}

ProcessAllocator* Find() {
  const FoundSymbol malloc = FindGlobal("malloc");
  const FoundSymbol calloc = FindGlobal("calloc");
  const FoundSymbol free = FindGlobal("free");
  if (malloc.address == nullptr || malloc.library != calloc.library ||
      malloc.library != free.library) {
    return nullptr;
  }
  auto* const allocator = new ProcessAllocator;
  allocator->malloc = reinterpret_cast<void* (*)(std::size_t)>(malloc.address);
  allocator->calloc = reinterpret_cast<void* (*)(std::size_t, std::size_t)>(calloc.address);
  allocator->free = reinterpret_cast<void (*)(void*)>(free.address);
  if (malloc.file != nullptr) allocator->library = malloc.file;
  return allocator;
}

}  // namespace

const ProcessAllocator* ProcessAllocator::Get() {
  static const ProcessAllocator* const allocator = Find();
  return allocator;
}

}  // namespace fart
