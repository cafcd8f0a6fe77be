// Our heap, directly.

#ifndef FART_BENCH_DIRECT_HEAP_FART_H_
#define FART_BENCH_DIRECT_HEAP_FART_H_

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fart_direct_api.h"
#include "fart_tools_api.h"

namespace fart::bench {

inline constexpr char kHeapName[] = "fart";
inline constexpr bool kHasFrames = true;

struct Heap {
  Fart_Direct* direct;
  std::uint32_t first;  // the number of kPair
};
using Value = Fart_Ref;
using Slot = Fart_Slot;

[[noreturn]] inline void Fail(const char* what) {
  std::fprintf(stderr, "bench/direct: %s\n", what);
  std::abort();
}

inline Heap OpenHeap() {
  Fart_InitializeParams params{};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  if (Fart_Initialize(&params) != nullptr) Fail("no machine");
  if (Fart_CreateHeapIsolate(nullptr, nullptr) == nullptr) Fail("no isolate");
  Fart_EnterScope();
  static const char* const kNames[kShapes] = {"Pair", "Symbol", "Primitive", "Closure", "Binding",
                                              "Node", "Entry",  "Array",     "Bytes"};
  Fart_ShapeDescription shapes[kShapes] = {};
  for (unsigned i = 0; i < kShapes; ++i) {
    shapes[i].struct_size = sizeof shapes[i];
    shapes[i].name = kNames[i];
    shapes[i].reference_count = kLayouts[i].references;
    shapes[i].byte_count = kLayouts[i].raw_words * 8;
  }
  shapes[kArray].variable_part = Fart_VariablePart_kReferences;
  shapes[kBytes].variable_part = Fart_VariablePart_kBytes;
  const Fart_DirectAbi abi = FART_DIRECT_ABI;
  Heap heap{};
  char* error = nullptr;
  heap.direct = Fart_DirectAttach(
      &abi, shapes, kShapes, &heap.first, [](void*) { Fail("no room"); }, nullptr, &error);
  if (heap.direct == nullptr) Fail(error);
  return heap;
}
inline void CloseHeap(Heap) {
  if (Fart_MisuseCount() != 0) Fail(Fart_GetMisuse());
  Fart_ShutdownIsolate();
  if (Fart_Cleanup() != nullptr) Fail("not cleaned up");
}

inline Value Nil(Heap heap) { return Fart_NullRef(heap.direct); }
inline bool IsNil(Value value) { return Fart_IsNullRef(value); }
inline Value Immediate(Heap heap, unsigned number) {
  return Fart_HostImmediate(heap.direct, number);
}
inline bool IsInteger(Value value) { return Fart_IsSmi(value); }
inline std::int64_t ToInteger(Value value) { return Fart_SmiValue(value); }
inline Value FromInteger(Heap heap, std::int64_t value) { return Fart_FromSmi(heap.direct, value); }
inline bool IsObject(Value value) { return Fart_IsObject(value); }
inline bool IsSame(Value a, Value b) { return Fart_IsSame(a, b); }
inline Shape ShapeOf(Heap heap, Value object) {
  return static_cast<Shape>(Fart_ShapeNumber(heap.direct, object) - heap.first);
}

template <Shape kShape>
inline Value New(Heap heap, const Value* init) {
  constexpr Fart_Layout kLayout = {kLayouts[kShape].references, 0, kLayouts[kShape].raw_words};
  return Fart_New(heap.direct, heap.first + kShape, kLayout, init);
}
inline Value NewReferences(Heap heap, std::intptr_t count) {
  return Fart_NewVariable(heap.direct, heap.first + kArray, count);
}
inline Value NewBytes(Heap heap, std::intptr_t size) {
  return Fart_NewVariable(heap.direct, heap.first + kBytes, size);
}
inline Value Load(Heap heap, Value object, unsigned word) {
  return Fart_Load(heap.direct, object, word);
}
inline void Store(Heap heap, Value object, unsigned word, Value value) {
  Fart_Store(heap.direct, object, word, value);
}
inline std::uint64_t* Raw(Heap heap, Value object, unsigned word) {
  return Fart_Word(heap.direct, object, word);
}

inline Value Get(Heap heap, const Slot& slot) { return Fart_GetSlot(heap.direct, &slot); }
inline void Set(Heap heap, Slot& slot, Value value) { Fart_SetSlot(heap.direct, &slot, value); }

#define BENCH_ROOTS(heap, name, number) FART_ROOTS((heap).direct, name, number)

}  // namespace fart::bench

#endif  // FART_BENCH_DIRECT_HEAP_FART_H_
