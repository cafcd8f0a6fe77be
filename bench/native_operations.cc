// A Fart program that calls native functions in a loop, and the functions, in a shared library as
// an extension's are.

#include <string.h>

#include "bench/operations.h"
#include "bench/program_operations.h"
#include "dart_api.h"

namespace fart::bench {
namespace {

constexpr size_t kBatch = 10000;

constexpr char kProgram[] =
    "nothing() native \"Nothing\";\n"
    "add(a, b) native \"Add\";\n"
    "emptyLoop(n) { for (var i = 0; i < n; i = i + 1) {} }\n"
    "callNothing(n) { for (var i = 0; i < n; i = i + 1) nothing(); }\n"
    "callAdd(n) { for (var i = 0; i < n; i = i + 1) add(i, 2); }\n";

void Nothing(Fart_NativeArguments) {}

void Add(Fart_NativeArguments arguments) {
  int64_t a = 0;
  int64_t b = 0;
  Fart_GetNativeIntegerArgument(arguments, 0, &a);
  Fart_GetNativeIntegerArgument(arguments, 1, &b);
  Fart_SetIntegerReturnValue(arguments, a + b);
}

Fart_NativeFunction Resolve(Fart_Handle name, int, bool*) {
  const char* text = "";
  DART_CHECK_VALID(Fart_StringToCString(name, &text));
  return strcmp(text, "Nothing") == 0 ? Nothing : Add;
}

void LoadLoops() { LoadProgram(kProgram, Resolve); }

void EmptyLoop(size_t batch) { Invoke("emptyLoop", batch); }
void CallNothing(size_t batch) { Invoke("callNothing", batch); }
void CallAdd(size_t batch) { Invoke("callAdd", batch); }

const Operation kOperations[] = {
    // What a round of the loop costs without a call: part of the two figures below.
    {"BM_InterpretedLoop/fart", kBatch, EmptyLoop, LoadLoops, nullptr, nullptr, nullptr},
    {"BM_NativeCall/fart", kBatch, CallNothing, LoadLoops, nullptr, nullptr, nullptr},
    {"BM_NativeCallTwoInts/fart", kBatch, CallAdd, LoadLoops, nullptr, nullptr, nullptr},
};

}  // namespace

DART_EXPORT OperationList FartBenchListOperations(bool);
OperationList FartBenchListOperations(bool) {
  return {kOperations, sizeof(kOperations) / sizeof(kOperations[0])};
}

// For comparison: functions of a shared library called through pointers, without a VM.
DART_EXPORT void FartBenchPlainNothing(void);
void FartBenchPlainNothing(void) {}
DART_EXPORT int64_t FartBenchPlainAdd(int64_t a, int64_t b);
int64_t FartBenchPlainAdd(int64_t a, int64_t b) { return a + b; }

}  // namespace fart::bench
