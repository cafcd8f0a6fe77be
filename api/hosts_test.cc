// What hosts do with threads, stacks and processes.

#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <functional>
#include <memory>
#include <thread>

#include "api/testing/api_test.h"
#include "heap/base/sanitizer.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;
using Ms = std::chrono::milliseconds;

// Frames are larger under AddressSanitizer.
[[maybe_unused]] constexpr std::size_t kFiberSize =
    FART_ADDRESS_SANITIZER ? 4096 * 1024 : 256 * 1024;

std::string Taken(char* error) {
  const std::string text = error == nullptr ? "" : error;
  std::free(error);
  return text;
}

std::atomic<int> told{0};
void CountMisuse(const char*, void*) { ++told; }

enum class End { kReturn, kExit, kCancel };

void EndThread(End end) {
  if (end == End::kExit) pthread_exit(nullptr);
  if (end != End::kCancel) return;
  pthread_cancel(pthread_self());
  pthread_testcancel();
}

// ---- Identity

class HostsTest : public ApiTest {};

TEST_F(HostsTest, AnIsolateThatHasEndedIsNoneHoweverManyWereMadeSince) {
  const Fart_Isolate first = isolate_;
  Fart_ShutdownIsolate();
  for (int i = 0; i < 20; ++i) {
    isolate_ = Fart_CreateHeapIsolate(this, nullptr);
    ASSERT_NE(isolate_, first);
    Fart_ExitIsolate();
    {
      const ExpectMisuse misuse("an isolate that has not been shut down");
      Fart_EnterIsolate(first);
    }
    EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
    Fart_EnterIsolate(isolate_);
    if (i < 19) Fart_ShutdownIsolate();
  }
}

std::atomic<Fart_Port> noticed_port{ILLEGAL_PORT};
std::atomic<int> entered_in_notice{0};

void EnterInNotice(Fart_Isolate isolate) {
  Fart_EnterIsolate(isolate);
  if (Fart_CurrentIsolate() == nullptr) return;
  Fart_EnterScope();
  Fart_HandleMessages();
  ++entered_in_notice;
  Fart_ExitScope();
  Fart_ExitIsolate();
}

TEST_F(HostsTest, NobodyEntersAnIsolateThatIsBeingMade) {
  Fart_ExitIsolate();
  std::atomic<bool> stop{false};
  std::thread poster([&stop] {
    while (!stop) Fart_PostInteger(noticed_port, 1);
  });
  for (int i = 0; i < 100; ++i) {
    const Fart_Isolate made = Fart_CreateHeapIsolate(nullptr, nullptr);
    Fart_SetMessageNotifyCallback(EnterInNotice);
    noticed_port = Fart_GetMainPortId();
    Fart_ExitIsolate();
    std::this_thread::yield();
    do {
      Fart_EnterIsolate(made);
    } while (Fart_CurrentIsolate() != made);
    Fart_ShutdownIsolate();
  }
  stop = true;
  poster.join();
  Fart_EnterIsolate(isolate_);
}

// ---- Threads that end

class EndTest : public HostsTest, public ::testing::WithParamInterface<End> {};

TEST_P(EndTest, InsideAnIsolateHasLeftIt) {
  Fart_ExitIsolate();
  told = 0;
  Fart_SetMisuseCallback(CountMisuse, nullptr);
  RunThread([this] {
    Fart_EnterIsolate(isolate_);
    Fart_EnterScope();
    Fart_NewList(3);
    EndThread(GetParam());
  });
  EXPECT_EQ(told, 1);
  Fart_SetMisuseCallback(nullptr, nullptr);
  const ExpectMisuse misuse("A thread ended inside an isolate");
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
  Fart_ExitScope();
}

INSTANTIATE_TEST_SUITE_P(EveryWay, EndTest,
                         ::testing::Values(End::kReturn, End::kExit, End::kCancel));

// The host's own destructor is as good as a call.
struct LeavesAtEnd {
  ~LeavesAtEnd() { Fart_ExitIsolate(); }
};

TEST_F(HostsTest, AThreadThatLeavesInItsDestructorsHasLeftOrderly) {
  Fart_ExitIsolate();
  told = 0;
  Fart_SetMisuseCallback(CountMisuse, nullptr);
  RunThread([this] {
    static thread_local LeavesAtEnd leaves;
    static_cast<void>(&leaves);
    Fart_EnterIsolate(isolate_);
    pthread_exit(nullptr);
  });
  EXPECT_EQ(told, 0);
  Fart_SetMisuseCallback(nullptr, nullptr);
  Fart_EnterIsolate(isolate_);
}

void ExitThread(Fart_NativeArguments) { pthread_exit(nullptr); }
Fart_NativeFunction FindExitThread(Fart_Handle, int, bool*) { return ExitThread; }

class HostsLanguageTest : public LanguageTest {};

TEST_F(HostsLanguageTest, AThreadEndsInANativeFunctionThroughTheProgram) {
  ExpectSuccess(
      Load("end() native 'x'; f(n) => n == 0 ? end() : f(n - 1) + 1; g() => 7;", FindExitThread));
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(library_);
  Fart_ExitIsolate();
  RunThread([&] {
    Fart_EnterIsolate(isolate_);
    Fart_EnterScope();
    const Fart_Handle depth = Fart_NewInteger(5);
    Fart_Handle arguments[] = {depth};
    Fart_Invoke(kept, Str("f"), 1, arguments);
    ADD_FAILURE() << "it went on";
  });
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(IntOf(Call("g")), 7);
  Collect();
}

void EndInFinalizer(void*, Fart_WeakPersistentHandle, void*) { pthread_exit(nullptr); }

TEST_F(HostsTest, AThreadThatEndsInAFinalizerEndsAfterTheHostsCall) {
  Fart_ExitIsolate();
  std::atomic<bool> went_on{false};
  RunThread([&] {
    Fart_EnterIsolate(isolate_);
    Fart_EnterScope();
    Fart_NewWeakPersistentHandle(Fart_NewList(1), nullptr, 0, EndInFinalizer);
    Fart_ExitScope();
    Fart_Collect(Fart_Collection_kEverything);
    went_on = true;
  });
  EXPECT_FALSE(went_on);
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
  Collect();
}

TEST_F(HostsLanguageTest, AThreadThatEndsInAFinalizerEndsAfterTheCallThatHandlesMessages) {
  ExpectSuccess(
      Load("import 'dart:isolate';\n"
           "make() {\n"
           "  var port = new RawReceivePort();\n"
           "  port.handler = (message) {\n"
           "    port.close();\n"
           "    for (var i = 0; i < 10000; i++) new List(1000);\n"  // until something is collected
           "  };\n"
           "  port.sendPort.send(1);\n"
           "}\n"
           "f() => 7;"));
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(library_);
  Fart_ExitIsolate();
  const std::function<void()> ways[] = {
      [] { Fart_HandleMessage(); },
      [] { Fart_HandleMessages(); },
      [] { Fart_HandleMessagesUpTo(1, 1'000'000, nullptr); },
      [] { Fart_RunLoop(); },
  };
  for (const auto& way : ways) {
    std::atomic<bool> went_on{false};
    RunThread([&] {
      Fart_EnterIsolate(isolate_);
      Fart_EnterScope();
      ExpectSuccess(Fart_Invoke(kept, Str("make"), 0, nullptr));
      Fart_EnterScope();
      Fart_NewWeakPersistentHandle(Fart_NewList(1), nullptr, 0, EndInFinalizer);
      Fart_ExitScope();
      way();
      went_on = true;
    });
    EXPECT_FALSE(went_on) << &way - ways;
  }
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(IntOf(Fart_Invoke(kept, Str("f"), 0, nullptr)), 7);
  Collect();
}

// Whose isolate hears of a message is told on the thread that posts it.
TEST_F(HostsTest, AThreadThatEndsInANotifyCallbackEndsAfterThePost) {
  Fart_SetMessageNotifyCallback([](Fart_Isolate) { pthread_exit(nullptr); });
  const Fart_Port port = Fart_GetMainPortId();
  Fart_ExitIsolate();
  const std::function<void()> ways[] = {
      [port] { Fart_PostInteger(port, 1); },
      [port] {
        Fart_CObject message{};
        message.type = Fart_CObject_kNull;
        Fart_PostCObject(port, &message);
      },
      [this, port] {
        Fart_EnterIsolate(isolate_);
        Fart_EnterScope();
        Fart_Post(port, Fart_Null());
      },
  };
  for (const std::function<void()>& post : ways) {
    std::atomic<bool> went_on{false};
    RunThread([&] {
      post();
      went_on = true;
    });
    EXPECT_FALSE(went_on) << &post - ways;
  }
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
  Fart_SetMessageNotifyCallback(nullptr);
}

std::atomic<int> handled{0};

void EndFirst(Fart_Port, Fart_CObject*) {
  if (++handled == 1) pthread_exit(nullptr);
}

TEST_F(HostsTest, APortGoesOnWhenItsHandlerEndsItsThread) {
  handled = 0;
  const Fart_Port port = Fart_NewConcurrentNativePort("ends", EndFirst, 1);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(Fart_PostInteger(port, i));
  EXPECT_TRUE(Fart_CloseNativePortAndWait(port));
  EXPECT_EQ(handled, 20);
}

// ---- Waiting

TEST_F(HostsTest, ClosingAndWaitingIsRefusedToTheHandler) {
  static std::atomic<int> refused;
  refused = 0;
  const auto close = [](Fart_Port port, Fart_CObject*) {
    if (!Fart_CloseNativePortAndWait(port)) ++refused;
  };
  const Fart_Port port = Fart_NewConcurrentNativePort("closes", close, 1);
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  EXPECT_TRUE(Fart_CloseNativePortAndWait(port));
  EXPECT_EQ(refused, 1);
  EXPECT_FALSE(Fart_CloseNativePortAndWait(port));
}

// ---- Misuse callbacks

std::atomic<Fart_Isolate> to_enter{nullptr};
std::atomic<int> refusals{0};

void DoesWhatIsRefused(const char*, void*) {
  const std::uint64_t before = Fart_MisuseCount();
  Fart_EnterIsolate(to_enter);
  refusals += static_cast<int>(Fart_MisuseCount() - before);
  EXPECT_EQ(Fart_CreateHeapIsolate(nullptr, nullptr), nullptr);
  EXPECT_THAT(Taken(Fart_Cleanup()), HasSubstr("Fart_Cleanup: "));
}

TEST_F(HostsTest, AMisuseCallbackEntersNothing) {
  Fart_ExitIsolate();
  to_enter = isolate_;
  refusals = 0;
  Fart_SetMisuseCallback(DoesWhatIsRefused, nullptr);
  Fart_ExitIsolate();  // the misuse
  Fart_SetMisuseCallback(nullptr, nullptr);
  EXPECT_EQ(refusals, 1);
  EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
  Fart_EnterIsolate(isolate_);
}

// ---- Native calls

Fart_NativeArguments kept_arguments = nullptr;
std::string said_of_kept;

void KeepArguments(Fart_NativeArguments arguments) {
  if (kept_arguments == nullptr) {
    kept_arguments = arguments;
  } else {
    said_of_kept = ErrorOf(Fart_GetNativeArgument(kept_arguments, 0));
  }
}
Fart_NativeFunction FindKeep(Fart_Handle, int, bool*) { return KeepArguments; }

TEST_F(HostsLanguageTest, ArgumentsKeptForTheNextCallAreNone) {
  kept_arguments = nullptr;
  said_of_kept.clear();
  ExpectSuccess(Load("keep(a) native 'x'; f() { keep(1); keep(2); }", FindKeep));
  ExpectSuccess(Call("f"));
  EXPECT_THAT(said_of_kept, HasSubstr("the arguments of a running native call"));
}

// ---- Scopes

TEST_F(HostsTest, AForgottenScopeIsRecordedOnceWithWhere) {
  Fart_ShutdownIsolate();
  ASSERT_TRUE(Fart_SetFlag("--forgotten-scope=100000"));
  {
    const OwnIsolate own;
    const Fart_Handle list = Fart_NewList(1);
    ExpectSuccess(Fart_ListSetAt(list, 0, list));        // Null would need no handle.
    const ExpectMisuse misuse("Fart_ListGetAt: 99998");  // A scope takes two places.
    for (int i = 0; i < 300'000; ++i) Fart_ListGetAt(list, 0);
    EXPECT_THAT(Fart_GetMisuse(), HasSubstr("local handles are open"));
  }
  ASSERT_TRUE(Fart_SetFlag("--forgotten-scope=1000000"));
}

// A scavenge looks at them in one pause: it comes while they are few, though next to nothing is
// allocated. Without that it comes when new space is full, and looks at all of them.
TEST_F(HostsTest, LocalHandlesBringAScavengeThoughLittleIsAllocated) {
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=0"));
  const Fart_Handle list = Fart_NewList(1);
  ExpectSuccess(Fart_ListSetAt(list, 0, list));
  const std::uint64_t before = HeapStatistics().minor_collections;
  for (int i = 0; i < 300'000; ++i) {
    Fart_ListGetAt(list, 0);
    if (i % 1000 == 0) Fart_NewList(1);
  }
  EXPECT_GT(HeapStatistics().minor_collections, before);
}

// ---- Messages

TEST_F(HostsLanguageTest, MessagesAreHandledWithinBounds) {
  ExpectSuccess(
      Load("import 'dart:isolate';"
           "var port; var sum = 0; total() => sum;"
           "open() { port = new RawReceivePort((m) { sum += m; });"
           "  return port.sendPort; }"));
  Fart_Port port = ILLEGAL_PORT;
  ExpectSuccess(Fart_SendPortGetId(Call("open"), &port));
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(Fart_PostInteger(port, 1));
  std::intptr_t count = -1;
  ExpectSuccess(Fart_HandleMessagesUpTo(4, INT64_MAX, &count));
  EXPECT_EQ(count, 4);
  EXPECT_EQ(IntOf(Call("total")), 4);
  ExpectSuccess(Fart_HandleMessagesUpTo(INTPTR_MAX, 0, &count));
  EXPECT_EQ(count, 0);
  ExpectSuccess(Fart_HandleMessagesUpTo(INTPTR_MAX, 10'000, &count));
  EXPECT_EQ(count, 6);
}

// The one that failed has been handled, too.
TEST_F(HostsLanguageTest, MessagesUpToAnErrorAreCounted) {
  ExpectSuccess(
      Load("import 'dart:isolate';"
           "open() => new RawReceivePort((m) { if (m == 3) throw m; }).sendPort;"));
  Fart_Port port = ILLEGAL_PORT;
  ExpectSuccess(Fart_SendPortGetId(Call("open"), &port));
  for (int i = 1; i <= 5; ++i) EXPECT_TRUE(Fart_PostInteger(port, i));
  std::intptr_t count = -1;
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Fart_HandleMessagesUpTo(10, INT64_MAX, &count)));
  EXPECT_EQ(count, 3);
  ExpectSuccess(Fart_HandleMessagesUpTo(10, INT64_MAX, &count));
  EXPECT_EQ(count, 2);
}

// An error that nobody waits for comes first; what was put off behind it is not lost.
TEST_F(HostsLanguageTest, MicrotasksStayThroughAnErrorOfAnotherOne) {
  ExpectSuccess(
      Load("import 'dart:async'; import 'dart:isolate'; var log = []; text() => log.join(' ');"
           "open() => new RawReceivePort((m) {"
           "  if (m == 2) return log.add('later');"
           "  scheduleMicrotask(() {"
           "    new Completer.sync().completeError('lost');"
           "    scheduleMicrotask(() => log.add('behind'));"
           "    scheduleMicrotask(() => log.add('and behind'));"
           "  });"
           "}).sendPort;"));
  Fart_Port port = ILLEGAL_PORT;
  ExpectSuccess(Fart_SendPortGetId(Call("open"), &port));
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  EXPECT_THAT(ErrorOf(Fart_HandleMessages()), HasSubstr("lost"));
  EXPECT_TRUE(Fart_PostInteger(port, 2));
  ExpectSuccess(Fart_HandleMessages());
  EXPECT_EQ(TextOf(Call("text")), "behind and behind later");
}

// ---- Stacks

struct Fiber {
  ucontext_t host{};
  ucontext_t own{};
  std::function<void()> body;
};
Fiber* running_fiber = nullptr;

void RunFiber() { running_fiber->body(); }

// Runs `body` on a stack of its own, with an inaccessible page below it.
[[maybe_unused]] void OnFiber(std::size_t size, bool says_bounds,
                              const std::function<void()>& body) {
  constexpr std::size_t kGuard = 4096;
  void* const memory =
      mmap(nullptr, size + kGuard, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(memory, MAP_FAILED);
  ASSERT_EQ(mprotect(memory, kGuard, PROT_NONE), 0);
  char* const low = static_cast<char*>(memory) + kGuard;
  if (says_bounds) {
    EXPECT_TRUE(Fart_SetStackBounds(low, low + size));
  }
  Fiber fiber;
  fiber.body = body;
  running_fiber = &fiber;
  getcontext(&fiber.own);
  fiber.own.uc_stack.ss_sp = low;
  fiber.own.uc_stack.ss_size = size;
  fiber.own.uc_link = &fiber.host;
  makecontext(&fiber.own, RunFiber, 0);
  swapcontext(&fiber.host, &fiber.own);
  if (says_bounds) {
    EXPECT_TRUE(Fart_SetStackBounds(nullptr, nullptr));
  }
  munmap(memory, size + kGuard);
}

void CallAgain(Fart_NativeArguments arguments) {
  const Fart_Handle result = Fart_Invoke(Fart_RootLibrary(), Str("again"), 0, nullptr);
  if (Fart_IsError(result)) Fart_PropagateError(result);
  Fart_SetReturnValue(arguments, result);
}
[[maybe_unused]] Fart_NativeFunction FindCallAgain(Fart_Handle, int, bool*) { return CallAgain; }

#if !FART_THREAD_SANITIZER

TEST_F(HostsLanguageTest, AFibersStackIsOneLikeAnyOther) {
  ExpectSuccess(
      Load("var depth = 0; nat() native 'x'; again() { depth++; return nat(); }"
           "deep() { depth = 0; try { again(); } catch (e) { return depth; } }",
           FindCallAgain));
  const std::int64_t on_thread = IntOf(Call("deep"));
  EXPECT_GT(on_thread, 10);
  for (const bool says_bounds : {false, true}) {
    std::int64_t small = 0;
    std::int64_t large = 0;
    OnFiber(kFiberSize, says_bounds, [&] { small = IntOf(Call("deep")); });
    OnFiber(4 * kFiberSize, says_bounds, [&] { large = IntOf(Call("deep")); });
    EXPECT_GT(small, 2);
    // It may lie where the small one was, and is taken for that one if nobody says otherwise.
    EXPECT_GT(large, says_bounds ? 2 * small : 2);
    EXPECT_EQ(IntOf(Call("deep")), on_thread);
  }
}

// ---- fork

std::atomic<int> answered{0};
void CountAnswers(Fart_Port, Fart_CObject*) { ++answered; }

// In the child: what it comes to, as the exit code.
template <typename Child>
int InChild(Child child) {
  std::fflush(nullptr);
  const pid_t id = fork();
  if (id == 0) {
    alarm(20);
    _exit(child());
  }
  int status = -1;
  waitpid(id, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

TEST_F(HostsTest, AChildGoesOnWithItsHeapAndEndsTheMachine) {
  answered = 0;
  const Fart_Port port = Fart_NewConcurrentNativePort("counts", CountAnswers, 2);
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  while (answered == 0) std::this_thread::yield();
  std::atomic<bool> stop{false};
  std::atomic<bool> is_inside{false};
  std::thread other([&] {
    const OwnIsolate own;
    is_inside = true;
    while (!stop) {
      Fart_EnterScope();
      Fart_NewList(100);
      Fart_ExitScope();
    }
  });
  while (!is_inside) std::this_thread::yield();
  const Fart_Handle list = Fart_NewList(10);
  const int code = InChild([&] {
    for (int i = 0; i < 100; ++i) Fart_ListSetAt(list, 0, Fart_NewList(100));
    Fart_Collect(Fart_Collection_kEverything);
    answered = 0;
    if (!Fart_PostInteger(port, 2)) return 2;  // on a thread of the child's own
    Fart_CloseNativePortAndWait(port);
    if (answered != 1) return 3;
    Fart_ShutdownIsolate();
    return Taken(Fart_Cleanup()).empty() ? 0 : 4;
  });
  EXPECT_EQ(code, 0);
  stop = true;
  other.join();
  EXPECT_TRUE(Fart_CloseNativePortAndWait(port));
}

// A timer of an isolate that is lost is due first, and holds up none of those that are not.
TEST_F(HostsLanguageTest, AChildsTimersDoNotWaitForThoseOfLostIsolates) {
  constexpr const char* kTimer =
      "import 'dart:async'; start(n) { new Timer(new Duration(milliseconds: n), () {}); }";
  ExpectSuccess(Load(kTimer));
  const auto start = [](std::int64_t milliseconds) {
    Fart_Handle argument = Fart_NewInteger(milliseconds);
    ExpectSuccess(Fart_Invoke(Fart_RootLibrary(), Str("start"), 1, &argument));
  };
  // Let no thread be starting when this process forks: AddressSanitizer holds a lock while one
  // does, for ever in the child. The thread of timers is the only one that StartTimer makes.
  start(1);
  ExpectSuccess(Fart_RunLoop());
  std::atomic<bool> is_inside{false};
  std::atomic<bool> may_end{false};
  std::thread other([&] {
    ASSERT_NE(Fart_CreateIsolate("other.dart", "main", nullptr, nullptr, nullptr, nullptr),
              nullptr);
    Fart_EnterScope();
    ExpectSuccess(Fart_LoadScript(Str("x.dart"), Str("/nowhere/x.dart"), Str(kTimer), 0, 0));
    start(100);
    is_inside = true;
    while (!may_end) std::this_thread::sleep_for(Ms(1));
    Fart_ShutdownIsolate();
  });
  while (!is_inside) std::this_thread::yield();
  const int code = InChild([&] {
    std::this_thread::sleep_for(Ms(150));
    start(1);
    return Fart_IsError(Fart_RunLoop()) ? 2 : 0;
  });
  EXPECT_EQ(code, 0);
  may_end = true;
  other.join();
}

bool is_forked_child = false;
void Fork(Fart_NativeArguments arguments) {
  std::fflush(nullptr);
  const pid_t id = fork();
  is_forked_child = id == 0;
  if (is_forked_child) alarm(20);
  Fart_SetIntegerReturnValue(arguments, id);
}
Fart_NativeFunction FindFork(Fart_Handle, int, bool*) { return Fork; }

// The loop that is running goes on in both, and so do timers that were started before.
TEST_F(HostsLanguageTest, ALoopThatForksHasTimersInTheChildToo) {
  ExpectSuccess(
      Load("import 'dart:async'; forks() native 'x'; var id;"
           "after(n, f) => new Timer(new Duration(milliseconds: n), f);"
           "main() { after(1, () { id = forks(); }); after(100, () {}); } child() => id;",
           FindFork));
  ExpectSuccess(Call("main"));
  const Fart_Handle looped = Fart_RunLoop();
  if (is_forked_child) _exit(Fart_IsError(looped) ? 2 : 0);
  ExpectSuccess(looped);
  int status = -1;
  const auto id = static_cast<pid_t>(IntOf(Call("child")));
  EXPECT_EQ(waitpid(id, &status, 0), id);
  EXPECT_EQ(status, 0);
}

// ---- After main

struct DeletesTooLate {
  Fart_PersistentHandle handle = nullptr;
  ~DeletesTooLate() {
    Fart_DeletePersistentHandle(handle);
    Fart_DeletePersistentHandle(handle);
    const char* const text = Fart_GetMisuse();
    if (std::strstr(text, "Fart_DeletePersistentHandle") == nullptr) _exit(5);
  }
};

#if !FART_ADDRESS_SANITIZER  // It asks what the child has leaked, which is all.
TEST_F(HostsTest, AMisuseInTheDestructorOfAStaticObjectIsOne) {
  const auto run = [] {
    static DeletesTooLate late;
    late.handle = Fart_NewPersistentHandle(Fart_NewList(1));
    Fart_ShutdownIsolate();
    Fart_ShutdownIsolate();  // a misuse
    std::exit(0);
  };
  EXPECT_EXIT(run(), ::testing::ExitedWithCode(0), "");
}
#endif

#endif  // !FART_THREAD_SANITIZER

// ---- The whole machine

class HostsMachineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    StartOnce();
    ASSERT_EQ(Taken(Fart_Cleanup()), "");
  }
  void TearDown() override {
    Taken(Fart_Cleanup());
    Start(nullptr);
  }
  static void Start(Fart_ThreadExitCallback thread_exit) {
    Fart_InitializeParams params = {};
    params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
    params.thread_exit = thread_exit;
    ASSERT_EQ(Taken(Fart_Initialize(&params)), "");
  }
};

std::atomic<int> messages{0};
void CountMessages(Fart_Port, Fart_CObject*) { ++messages; }
void StaysInside() { Fart_CreateHeapIsolate(nullptr, nullptr); }

TEST_F(HostsMachineTest, AThreadExitCallbackThatStaysInsideHoldsUpNothing) {
  Start(StaysInside);
  EXPECT_TRUE(Fart_PostInteger(Fart_NewConcurrentNativePort("x", CountMessages, 1), 1));
  EXPECT_EQ(Taken(Fart_Cleanup()), "");
}

std::atomic<bool> is_handler_inside{false};

void StayInsideForAWhile(Fart_Port, Fart_CObject*) {
  const OwnIsolate own;
  is_handler_inside = true;
  std::this_thread::sleep_for(Ms(50));
}

TEST_F(HostsMachineTest, TheEndWaitsForHandlersInsideIsolates) {
  Start(nullptr);
  is_handler_inside = false;
  const Fart_Port port = Fart_NewConcurrentNativePort("x", StayInsideForAWhile, 1);
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  while (!is_handler_inside) std::this_thread::yield();
  EXPECT_EQ(Taken(Fart_Cleanup()), "");
}

TEST_F(HostsMachineTest, AnEndThatIsRefusedLeavesNativePortsOpen) {
  Start(nullptr);
  handled = 1;
  const Fart_Port port = Fart_NewConcurrentNativePort("x", EndFirst, 1);
  {
    const OwnIsolate own;
    std::thread([] { EXPECT_THAT(Taken(Fart_Cleanup()), HasSubstr("inside an isolate")); }).join();
  }
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  EXPECT_EQ(Taken(Fart_Cleanup()), "");
  EXPECT_EQ(handled, 2);
}

}  // namespace
}  // namespace fart::api
