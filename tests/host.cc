#include "tests/host.h"

#include "fart_heap_api.h"

namespace fart::tests {

void StartMachine() {
  static const bool started = [] {
    Fart_InitializeParams params{};
    params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
    char* const error = Fart_Initialize(&params);
    EXPECT_EQ(error, nullptr) << error;
    return true;
  }();
  static_cast<void>(started);
}

void HeapTest::SetUp() {
  StartMachine();
  char* error = nullptr;
  ASSERT_NE(Fart_CreateHeapIsolate(nullptr, &error), nullptr) << error;
  Fart_EnterScope();
}

void HeapTest::TearDown() {
  EXPECT_EQ(Fart_VerifyHeap(), nullptr);
  Fart_ExitScope();
  Fart_ShutdownIsolate();
}

Fart_HeapStatistics HeapTest::HeapNow() {
  Fart_HeapStatistics heap{};
  heap.struct_size = sizeof(heap);
  Checked(Fart_GetHeapStatistics(&heap));
  return heap;
}

Fart_Handle Checked(Fart_Handle handle) {
  EXPECT_FALSE(Fart_IsError(handle)) << Fart_GetError(handle);
  return handle;
}

}  // namespace fart::tests
