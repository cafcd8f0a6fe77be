// A host built with AddressSanitizer, on a library built without: errors leave deep stacks of it,
// and no report comes of what was on them.

#include <alloca.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

#include "dart_api.h"
#include "fart_tools_api.h"

namespace {

Fart_Handle Text(const char* text) { return Fart_NewStringFromCString(text); }

// Its destructor's frame lies where those of deeper frames were, which have been left by then.
struct Guard {
  __attribute__((noinline)) ~Guard() {
    char bytes[400];
    std::memset(bytes, 4, sizeof bytes);
    asm volatile("" ::"r"(bytes) : "memory");
    ++ended;
  }
  static int ended;
};
int Guard::ended = 0;

enum class Way { kThrow, kPropagate, kReturn };
Way way;

void End() {
  switch (way) {
    case Way::kThrow:
      Fart_ThrowException(Text("deep"));
      break;
    case Way::kPropagate:
      Fart_PropagateError(Fart_NewApiError("deep"));
      break;
    case Way::kReturn:
      break;
  }
}

// Its frame has variables with poison around them.
void Deep(int depth) {
  char bytes[100];
  const Guard guard;
  std::memset(bytes, 1, sizeof bytes);
  asm volatile("" ::"r"(bytes) : "memory");
  if (depth == 0) {
    End();
  } else {
    Deep(depth - 1);
  }
  asm volatile("" ::"r"(bytes) : "memory");
}

// The same in a frame whose error passes through a handler.
void Caught(int depth) {
  try {
    Deep(depth);
  } catch (...) {
    char bytes[64];
    std::memset(bytes, 2, sizeof bytes);
    asm volatile("" ::"r"(bytes) : "memory");
  }
}

void CallDeep(Fart_NativeArguments) { Deep(50); }
void CallCaught(Fart_NativeArguments) { Caught(50); }

Fart_NativeFunction Resolve(Fart_Handle name, int, bool*) {
  const char* text = nullptr;
  if (Fart_IsError(Fart_StringToCString(name, &text))) std::abort();
  return std::strcmp(text, "Deep") == 0 ? CallDeep : CallCaught;
}

// Instrumented code on the stack that was left, at every place of it.
void __attribute__((noinline)) Reuse(int depth) {
  char bytes[48];
  std::memset(bytes, 3, sizeof bytes);
  asm volatile("" ::"r"(bytes) : "memory");
  if (depth > 0) Reuse(depth - 1);
  asm volatile("" ::"r"(bytes) : "memory");
}

__attribute__((no_sanitize("address"))) void CollectAt(int place) {
  volatile char* const room = static_cast<volatile char*>(alloca(place * 32 + 1));
  room[0] = 1;
  Fart_Collect(Fart_Collection_kMinor);
}

void Check(Fart_Handle result) {
  if (!Fart_IsError(result)) return;
  std::puts(Fart_GetError(result));
  std::exit(1);
}

}  // namespace

int main() {
  Fart_InitializeParams params = {};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  if (Fart_Initialize(&params) != nullptr) return 1;
  if (Fart_CreateIsolate("asan", "main", nullptr, nullptr, nullptr, nullptr) == nullptr) return 1;
  Fart_EnterScope();
  const Fart_Handle library = Fart_LoadScript(Text("asan.dart"), Text("asan.dart"),
                                              Text("deep() native 'Deep';\n"
                                                   "caught() native 'Caught';\n"
                                                   "run(f) { try { f(); } catch (e) {} }\n"
                                                   "runDeep() => run(deep);\n"
                                                   "runCaught() => run(caught);\n"),
                                              0, 0);
  Check(library);
  Check(Fart_SetNativeResolver(library, Resolve, nullptr));
  for (const Way tried : {Way::kThrow, Way::kPropagate, Way::kReturn}) {
    way = tried;
    for (const char* const function : {"runDeep", "runCaught"}) {
      Guard::ended = 0;
      Fart_Invoke(library, Text(function), 0, nullptr);  // An api error comes out of it.
      if (Guard::ended != 51) {
        std::printf("%d of 51 destructors ran\n", Guard::ended);
        return 1;
      }
      Reuse(100);
      for (int place = 0; place < 200; ++place) CollectAt(place);
    }
  }
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  if (Fart_Cleanup() != nullptr) return 1;
  std::puts("no report");
}
