// Heaps that move nothing: bdwgc, whose roots are whatever the stack holds, and mimalloc without
// ever freeing. An object has a word for its shape in front, as ours has its header.

#ifndef FART_BENCH_DIRECT_HEAP_PLAIN_H_
#define FART_BENCH_DIRECT_HEAP_PLAIN_H_

#if defined(FART_BENCH_BDWGC)
#include <gc/gc.h>
#else
#include <mimalloc.h>
#endif

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace fart::bench {

struct Heap {};
inline constexpr bool kHasFrames = false;

// Integers are odd, so that references are addresses for a conservative collector.
struct Value {
  std::uint64_t bits;
};
using Slot = Value;
inline constexpr std::uint64_t kFirstObject = 256;

[[noreturn]] inline void Fail(const char* what) {
  std::fprintf(stderr, "bench/direct: %s\n", what);
  std::abort();
}

// Cleared, for references are null at first; `is_atomic`: no references are in it.
#if defined(FART_BENCH_BDWGC)
inline constexpr char kHeapName[] = "bdwgc";
inline Heap OpenHeap() {
  GC_INIT();
  return {};
}
inline void* Allocate(std::size_t size) { return GC_MALLOC(size); }
inline void* AllocateAtomic(std::size_t size) {
  return std::memset(GC_MALLOC_ATOMIC(size), 0, size);
}
#else
inline constexpr char kHeapName[] = "mimalloc";
inline Heap OpenHeap() { return {}; }
inline void* Allocate(std::size_t size) { return mi_malloc(size); }
inline void* AllocateAtomic(std::size_t size) { return mi_zalloc(size); }
#endif
inline void CloseHeap(Heap) {}

inline Value Nil(Heap) { return {0}; }
inline bool IsNil(Value value) { return value.bits == 0; }
inline Value Immediate(Heap, unsigned number) { return {(number + 1) * 8}; }
inline bool IsInteger(Value value) { return (value.bits & 1) != 0; }
inline std::int64_t ToInteger(Value value) { return static_cast<std::int64_t>(value.bits) >> 1; }
inline Value FromInteger(Heap, std::int64_t value) {
  return {static_cast<std::uint64_t>(value) << 1 | 1};
}
inline bool IsObject(Value value) { return (value.bits & 1) == 0 && value.bits >= kFirstObject; }
inline bool IsSame(Value a, Value b) { return a.bits == b.bits; }

inline std::uint64_t* Words(Value object) { return reinterpret_cast<std::uint64_t*>(object.bits); }
inline Shape ShapeOf(Heap, Value object) { return static_cast<Shape>(*Words(object)); }

template <Shape kShape>
inline Value New(Heap, const Value* init) {
  constexpr std::size_t kReferences = kLayouts[kShape].references;
  constexpr std::size_t kRaw = kLayouts[kShape].raw_words;
  auto* const words = static_cast<std::uint64_t*>(Allocate((1 + kReferences + kRaw) * 8));
  words[0] = kShape;
  for (std::size_t i = 0; i < kReferences; ++i) words[1 + i] = init == nullptr ? 0 : init[i].bits;
  for (std::size_t i = 0; i < kRaw; ++i) words[1 + kReferences + i] = 0;
  return {reinterpret_cast<std::uint64_t>(words)};
}
inline Value NewReferences(Heap, std::intptr_t count) {
  const std::size_t size = (2 + static_cast<std::size_t>(count)) * 8;
  auto* const words = static_cast<std::uint64_t*>(std::memset(Allocate(size), 0, size));
  words[0] = kArray;
  words[1] = static_cast<std::uint64_t>(count);
  return {reinterpret_cast<std::uint64_t>(words)};
}
inline Value NewBytes(Heap, std::intptr_t size) {
  auto* const words =
      static_cast<std::uint64_t*>(AllocateAtomic(16 + static_cast<std::size_t>(size)));
  words[0] = kBytes;
  words[1] = static_cast<std::uint64_t>(size);
  return {reinterpret_cast<std::uint64_t>(words)};
}
inline Value Load(Heap, Value object, unsigned word) { return {Words(object)[word]}; }
inline void Store(Heap, Value object, unsigned word, Value value) {
  Words(object)[word] = value.bits;
}
inline std::uint64_t* Raw(Heap, Value object, unsigned word) { return Words(object) + word; }

inline Value Get(Heap, const Slot& slot) { return slot; }
inline void Set(Heap, Slot& slot, Value value) { slot = value; }

#define BENCH_ROOTS(heap, name, number) \
  struct {                              \
    ::fart::bench::Slot at[number];     \
  } name

}  // namespace fart::bench

#endif  // FART_BENCH_DIRECT_HEAP_PLAIN_H_
