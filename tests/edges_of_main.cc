// Calls before main, after it, and while threads end. Each is a misuse or works; none uses what is
// gone. A program without a test framework, so that nothing of one lies around main.

#include <pthread.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

namespace {

void Expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "not so: %s\n", what);
  _exit(1);
}

// Functions of every kind that a host may call where there is no isolate.
void CallWithoutIsolate(const char* where) {
  const std::uint64_t count = Fart_MisuseCount();
  Fart_DeletePersistentHandle(reinterpret_cast<Fart_PersistentHandle>(0x77));
  Fart_DeleteWeakPersistentHandle(nullptr, nullptr);
  Fart_EnterScope();
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  Fart_ExitIsolate();
  Expect(Fart_CurrentIsolate() == nullptr, where);
  Expect(Fart_IsError(Fart_NewList(1)), where);
  Expect(Fart_IsError(Fart_NewStringFromCString("x")), where);
  Expect(Fart_GetError(Fart_NewList(1)) != nullptr, where);
  Expect(Fart_VerifyHeap() != nullptr, where);
  Expect(!Fart_Post(77, Fart_Null()), where);
  Fart_CObject message;
  message.type = Fart_CObject_kNull;
  Expect(!Fart_PostCObject(77, &message), where);
  Expect(!Fart_CloseNativePort(77), where);
  Fart_NotifyLowMemory();
  Expect(Fart_GetFlag("max-heap") != nullptr, where);
  Expect(Fart_GetFlag("no-such-flag") == nullptr, where);
  Expect(Fart_MisuseCount() > count, where);
  const char* const text = Fart_GetMisuse();
  Expect(text != nullptr && std::strstr(text, "Fart_GetFlag") != nullptr, where);
}

void RunMachine(const char* where) {
  Fart_InitializeParams params = {};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  Expect(Fart_Initialize(&params) == nullptr, where);
  Expect(Fart_CreateIsolate("edge", "main", nullptr, nullptr, nullptr, nullptr) != nullptr, where);
  Fart_EnterScope();
  // The scanner's and the compiler's tables.
  const Fart_Handle url = Fart_NewStringFromCString("edge.dart");
  const Fart_Handle library = Fart_LoadScript(
      url, url,
      Fart_NewStringFromCString("class A {} class B extends A { B() { x = 1 << 2; } var x; }\n"
                                "run() { try { throw new B().x; } catch (e) { return e; } }\n"),
      0, 0);
  std::int64_t value = 0;
  const Fart_Handle run = Fart_NewStringFromCString("run");
  Fart_IntegerToInt64(Fart_Invoke(library, run, 0, nullptr), &value);
  Expect(value == 4, where);
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  Expect(Fart_Cleanup() == nullptr, where);
}

Fart_PersistentHandle forgotten = nullptr;

// Made before anything else of the program and destroyed last: after function-local statics of
// ours.
struct Outermost {
  Outermost() {
    CallWithoutIsolate("before main");
    RunMachine("before main");
  }
  ~Outermost() {
    Fart_DeletePersistentHandle(forgotten);
    Fart_DeletePersistentHandle(forgotten);
    const char* const text = Fart_GetMisuse();
    Expect(text != nullptr && std::strstr(text, "Fart_DeletePersistentHandle") != nullptr,
           "a handle is deleted after main");
    CallWithoutIsolate("after main");
    RunMachine("after main");
    std::puts("held at every edge");
    std::fflush(stdout);
  }
};
[[gnu::init_priority(101)]] Outermost outermost;

struct OfThread {
  ~OfThread() { CallWithoutIsolate("in the destructor of a thread-local object"); }
};
thread_local OfThread of_thread;

pthread_key_t key;
int rounds = 0;

void AtKey(void* value) {
  CallWithoutIsolate("in the destructor of a key");
  if (++rounds < 3) pthread_setspecific(key, value);
}

void CountMisuse(const char* message, void*) { Expect(std::strlen(message) > 0, "it has a text"); }

}  // namespace

int main() {
  Expect(pthread_key_create(&key, AtKey) == 0, "a key is made");
  const OfThread* const here = &of_thread;  // Makes the main thread's too.
  Expect(here != nullptr, "it is there");
  // A thread that has texts of ours before its own objects, and one that has not.
  for (const bool first : {true, false}) {
    rounds = 0;
    std::thread([first] {
      if (first) CallWithoutIsolate("in a thread");
      const OfThread* const there = &of_thread;
      pthread_setspecific(key, const_cast<OfThread*>(there));
      if (!first) CallWithoutIsolate("in a thread");
    }).join();
    Expect(rounds == 3, "the key's destructor ran");
  }
  std::atexit([] { CallWithoutIsolate("in a function of atexit"); });
  Fart_SetMisuseCallback(CountMisuse, nullptr);
  Fart_InitializeParams params = {};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  Expect(Fart_Initialize(&params) == nullptr, "it starts");
  Expect(Fart_CreateHeapIsolate(nullptr, nullptr) != nullptr, "an isolate is made");
  Fart_EnterScope();
  forgotten = Fart_NewPersistentHandle(Fart_NewDouble(1));
  Fart_ShutdownIsolate();
  Expect(Fart_Cleanup() == nullptr, "it ends");
  return 0;
}
