#include <pthread.h>

#include <algorithm>
#include <cstddef>

#include "heap/platform/thread_stack.h"

namespace fart {

namespace {

// For what runs below the last question: a native function's own frames, the collector, the
// unwinder.
constexpr std::size_t kReserve = 256 * 1024;

std::uintptr_t FindLimit() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  void* lowest = nullptr;
  std::size_t size = 0;
  const int failed = pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  if (failed != 0) return 0;
  return reinterpret_cast<std::uintptr_t>(lowest) + std::min(kReserve, size / 4);
}

}  // namespace

std::uintptr_t NativeStackLimit() {
  static thread_local const std::uintptr_t limit = FindLimit();
  return limit;
}

}  // namespace fart
