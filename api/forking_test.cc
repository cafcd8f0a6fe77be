// What a process that forks holds meanwhile: no other thread is in the middle of anything that the
// child would wait for.

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <string>
#include <thread>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

// A call that another thread makes while this one forks.
struct Other {
  std::string name;
  std::function<void()> prepare;  // on the other thread, before
  std::function<void()> call;
  std::atomic<bool> is_ready{false};
  std::atomic<bool> is_over{false};
};

std::list<Other> others;
std::atomic<bool> may_call{false};
std::vector<std::string> not_held_up;

// Registered before the library's own actions: runs when it holds everything.
void WhileAllIsHeld() {
  if (others.empty()) return;
  may_call = true;
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  for (const Other& other : others) {
    if (other.is_over) not_held_up.push_back(other.name);
  }
}

// Of a test case, from the beginning to the end of the machine.
class ForkingTest : public ::testing::Test {
 protected:
  ForkingTest() {
    static const bool is_registered = pthread_atfork(WhileAllIsHeld, nullptr, nullptr) == 0;
    EXPECT_TRUE(is_registered);
    StartOnce();
  }
};

constexpr const char* kScript =
    "import 'dart:isolate';\n"
    "compiles() => [3, 1, 2].map((x) => x + 1).toList().length;\n"
    "makesOne() => new Capability();\n";

Fart_Isolate NewScriptIsolate() {
  char* error = nullptr;
  const Fart_Isolate isolate =
      Fart_CreateIsolate("test.dart", "main", nullptr, nullptr, nullptr, &error);
  EXPECT_NE(isolate, nullptr) << error;
  Fart_EnterScope();
  ExpectSuccess(Fart_LoadScript(Str("test.dart"), Str("/nowhere/test.dart"), Str(kScript), 0, 0));
  return isolate;
}

void Invoke(const char* name) {
  ExpectSuccess(Fart_Invoke(Fart_RootLibrary(), Str(name), 0, nullptr));
}

void Ignore(Fart_Port, Fart_CObject*) {}

// What a child does that goes on with everything.
int UseEverything(Fart_Port port) {
  Fart_SetShutdownReportCallback(nullptr, nullptr);
  if (!Fart_IsError(Fart_NewInteger(1))) return 2;
  NewScriptIsolate();
  Invoke("compiles");
  Invoke("makesOne");
  if (!Fart_PostInteger(port, 1)) return 3;
  Fart_ShutdownIsolate();
  return ::testing::Test::HasFailure() ? 4 : 0;
}

TEST_F(ForkingTest, EveryOtherThreadIsHeldUp) {
  const Fart_Port port = Fart_NewConcurrentNativePort("ignores", Ignore, 1);
  const OwnIsolate left;
  Fart_ExitIsolate();
  const auto add = [](const char* name, std::function<void()> call,
                      std::function<void()> prepare = nullptr) {
    Other& other = others.emplace_back();
    other.name = name;
    other.prepare = std::move(prepare);
    other.call = std::move(call);
  };
  add("who hears of a shutdown", [] { Fart_SetShutdownReportCallback(nullptr, nullptr); });
  add("errors without an isolate", [] { EXPECT_TRUE(Fart_IsError(Fart_NewDouble(1))); });
  add("the table of isolates", [&left] { Fart_IsolateData(left.get()); });
  add("the table of ports", [port] { EXPECT_TRUE(Fart_PostInteger(port, 1)); });
  add("shared libraries", [] {
    NewScriptIsolate();
    Fart_ShutdownIsolate();
  });
  add(
      "compiling them", [] { Invoke("compiles"); }, NewScriptIsolate);
  add(
      "numbers of capabilities", [] { Invoke("makesOne"); },
      [] {
        NewScriptIsolate();
        Invoke("makesOne");  // It is compiled then.
      });
  std::list<std::thread> threads;
  for (Other& other : others) {
    threads.emplace_back([&other] {
      if (other.prepare != nullptr) other.prepare();
      other.is_ready = true;
      while (!may_call) std::this_thread::yield();
      other.call();
      other.is_over = true;
      if (Fart_CurrentIsolate() != nullptr) Fart_ShutdownIsolate();
    });
  }
  for (const Other& other : others) {
    while (!other.is_ready) std::this_thread::yield();
  }
  const pid_t child = fork();
  if (child == 0) {
    alarm(20);
    _exit(UseEverything(port));
  }
  for (std::thread& thread : threads) thread.join();
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0) << "the child";
  EXPECT_THAT(not_held_up, ::testing::IsEmpty());
  for (const Other& other : others) EXPECT_TRUE(other.is_over) << other.name;
  others.clear();
  EXPECT_TRUE(Fart_CloseNativePortAndWait(port));
}

}  // namespace
}  // namespace fart::api
