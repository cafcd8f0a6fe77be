// Isolates that Fart code asks for, as the host that makes them sees it; the machine's end.

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <string>
#include <thread>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

constexpr char kScript[] =
    "import 'dart:isolate';\n"
    "var log = '';\n"
    "tryAll() native 'TryAll';\n"
    "answer(reply) { reply.send('from the other'); }\n"
    "attempt(reply) { reply.send(tryAll()); }\n"
    "forEver(reply) { reply.send('running'); for (;;) {} }\n"
    "recurse(reply) { reply.send('running'); down(0); }\n"
    "down(n) { for (var i = 0; i < 2; i = 0) { deeper(n); } }\n"
    "deeper(n) => n + 1;\n"
    "spawn(entry) {\n"
    "  var port = new RawReceivePort();\n"
    "  port.handler = (m) { log = '$log$m'; port.close(); };\n"
    "  Isolate.spawn(entry, port.sendPort).then((i) {}, onError: (e) {\n"
    "    log = '$log$e';\n"
    "    port.close();\n"
    "  });\n"
    "}\n"
    "endThread() native 'EndThread';\n"
    "end(reply) { endThread(); }\n"
    "spawnEnd() {\n"
    "  var port = new RawReceivePort();\n"
    "  port.handler = (m) { log = '${log}ended with $m.'; port.close(); };\n"
    "  Isolate.spawn(end, null, onExit: port.sendPort);\n"
    "}\n"
    "first(message) { message[0].send('has run'); }\n"
    "spawnWithMuch() {\n"
    "  var port = new RawReceivePort();\n"
    "  port.handler = (m) {\n"
    "    log = '$log${m is List ? m[0] : m};';\n"
    "    if (m is! List) port.close();\n"
    "  };\n"
    "  var message = [port.sendPort, new List(3000000)];\n"
    "  Isolate.spawn(first, message, onError: port.sendPort, onExit: port.sendPort);\n"
    "}\n"
    "spawnAnswer() { spawn(answer); }\n"
    "spawnAttempt() { spawn(attempt); }\n"
    "spawnForEver() { spawn(forEver); }\n"
    "spawnRecurse() { spawn(recurse); }\n"
    "getLog() => log;\n";

// What the VM refuses in an isolate that it runs by itself.
void TryAll(Fart_NativeArguments arguments) {
  {
    const ExpectMisuse misuse("the VM handles the messages of this isolate");
    Fart_SetMessageNotifyCallback([](Fart_Isolate) {});
  }
  EXPECT_EQ(Fart_GetMessageNotifyCallback(), nullptr);
  EXPECT_THAT(ErrorOf(Fart_RunLoop()), ::testing::HasSubstr("Fart_RunLoop: "));
  Fart_SetReturnValue(arguments, Str("tried"));
}

void EndThread(Fart_NativeArguments) { pthread_exit(nullptr); }

Fart_NativeFunction Resolve(Fart_Handle name, int, bool*) {
  return TextOf(name) == "EndThread" ? EndThread : TryAll;
}

Fart_Handle LoadScript() {
  const Fart_Handle library =
      Fart_LoadScript(Str("test.dart"), Str("/nowhere/test.dart"), Str(kScript), 0, 0);
  ExpectSuccess(library);
  ExpectSuccess(Fart_SetNativeResolver(library, Resolve, nullptr));
  return library;
}

int parent_data;
std::atomic<int> created{0};

// How a test's host makes isolates.
enum class Way { kExited, kCurrent, kRunnable, kRefused, kWithoutScript, kNoIsolate, kThrows };
Way way;

Fart_Isolate Create(const char* script_uri, const char* main, const char*, const char*,
                    Fart_IsolateFlags* flags, void* callback_data, char** error) {
  EXPECT_STREQ(script_uri, "test.dart");
  EXPECT_STREQ(main, "main");
  EXPECT_EQ(callback_data, &parent_data);
  EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
  ++created;
  if (way == Way::kThrows) throw std::runtime_error("no isolates today");
  if (way == Way::kNoIsolate) return reinterpret_cast<Fart_Isolate>(&parent_data);
  if (way == Way::kRefused) {
    *error = ::strdup("refused");
    return nullptr;
  }
  const Fart_Isolate isolate =
      Fart_CreateIsolate(script_uri, main, nullptr, flags, callback_data, error);
  EXPECT_NE(isolate, nullptr);
  if (way != Way::kWithoutScript) {
    Fart_EnterScope();
    LoadScript();
    Fart_ExitScope();
  }
  if (way == Way::kCurrent) return isolate;
  Fart_ExitIsolate();
  if (way == Way::kRunnable) {
    EXPECT_TRUE(Fart_IsolateMakeRunnable(isolate));
  }
  return isolate;
}

std::atomic<int> thread_exits{0};
std::atomic<int> shutdowns{0};
std::atomic<int> created_at_first_shutdown{0};

class SpawnTest : public ::testing::TestWithParam<Way> {
 protected:
  void Start(Fart_IsolateCreateCallback create = Create, Fart_IsolateFlags* flags = nullptr) {
    created = 0;
    thread_exits = 0;
    shutdowns = 0;
    Fart_InitializeParams params = {};
    params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
    params.create = create;
    params.thread_exit = [] { ++thread_exits; };
    params.shutdown = [](void*) {
      if (shutdowns++ == 0) created_at_first_shutdown = created.load();
    };
    ASSERT_STREQ(Fart_Initialize(&params), nullptr);
    char* error = nullptr;
    ASSERT_NE(Fart_CreateIsolate("test.dart", "main", nullptr, flags, &parent_data, &error),
              nullptr);
    Fart_EnterScope();
    library_ = LoadScript();
  }
  // Runs what spawns, and the loop until it has heard of the other isolate.
  std::string Spawn(const char* function) {
    ExpectSuccess(Fart_Invoke(library_, Str(function), 0, nullptr));
    ExpectSuccess(Fart_RunLoop());
    return TextOf(Fart_Invoke(library_, Str("getLog"), 0, nullptr));
  }
  void End() {
    Fart_ShutdownIsolate();
    EXPECT_STREQ(Fart_Cleanup(), nullptr);
  }

  Fart_Handle library_ = nullptr;
};

INSTANTIATE_TEST_SUITE_P(Ways, SpawnTest,
                         ::testing::Values(Way::kExited, Way::kCurrent, Way::kRunnable));

TEST_P(SpawnTest, TheHostMakesTheIsolateAndTheVmRunsIt) {
  way = GetParam();
  Start();
  EXPECT_EQ(Spawn("spawnAnswer"), "from the other");
  End();
  EXPECT_EQ(created, 1);
  EXPECT_EQ(shutdowns, 2);
  EXPECT_GE(thread_exits, 1);
}

TEST_F(SpawnTest, WhoAskedHearsThatItCouldNotBeMade) {
  const struct {
    Way way;
    const char* text;
  } kCases[] = {{Way::kRefused, "refused"},
                {Way::kWithoutScript, "has loaded no script"},
                {Way::kNoIsolate, "returned what is no isolate"},
                {Way::kThrows, "no isolates today"}};
  for (const auto& [failing_way, text] : kCases) {
    way = failing_way;
    Start();
    EXPECT_THAT(Spawn("spawnAnswer"), ::testing::HasSubstr(text));
    End();
  }
}

std::atomic<bool> asked_for_asserts;
std::atomic<bool> asked_for_checks;

Fart_Isolate CreateAsAsked(const char* script_uri, const char* main, const char* package_root,
                           const char* package_config, Fart_IsolateFlags* flags,
                           void* callback_data, char** error) {
  asked_for_asserts = flags->enable_asserts;
  asked_for_checks = flags->enable_type_checks;
  return Create(script_uri, main, package_root, package_config, flags, callback_data, error);
}

// The process's flags ask for neither, so that what is asked for is what the one that spawns has.
TEST_F(SpawnTest, TheHostIsAskedForTheFlagsOfWhoSpawns) {
  way = Way::kExited;
  for (const bool asserts : {false, true}) {
    for (const bool checks : {false, true}) {
      Fart_IsolateFlags flags = {};
      flags.version = DART_FLAGS_CURRENT_VERSION;
      flags.enable_asserts = asserts;
      flags.enable_type_checks = checks;
      Start(CreateAsAsked, &flags);
      EXPECT_EQ(Spawn("spawnAnswer"), "from the other");
      End();
      EXPECT_EQ(asked_for_asserts, asserts);
      EXPECT_EQ(asked_for_checks, checks);
    }
  }
}

Fart_Isolate CreateSmall(const char* script_uri, const char* main, const char* package_root,
                         const char* package_config, Fart_IsolateFlags* flags, void* callback_data,
                         char** error) {
  const std::string limit = std::string("--max-heap=") + Fart_GetFlag("max-heap");
  EXPECT_TRUE(Fart_SetFlag("--max-heap=8m"));
  const Fart_Isolate isolate =
      Create(script_uri, main, package_root, package_config, flags, callback_data, error);
  EXPECT_TRUE(Fart_SetFlag(limit.c_str()));
  return isolate;
}

TEST_F(SpawnTest, OneThatHasNoRoomForWhatItIsGivenDoesNotBegin) {
  way = Way::kExited;
  Start(CreateSmall);
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(Spawn("spawnWithMuch"), "null;") << "its end";
  EXPECT_EQ(::testing::internal::GetCapturedStderr(),
            "Unhandled exception in isolate 'test.dart$main':\n"
            "Out of memory: the heap limit is reached.\n");
  End();
}

TEST_F(SpawnTest, AnEndThatIsRefusedLeavesSpawningAsItWas) {
  way = Way::kExited;
  Start();
  std::thread([] {
    char* const error = Fart_Cleanup();
    EXPECT_NE(error, nullptr) << "another thread is inside an isolate";
    std::free(error);
  }).join();
  EXPECT_EQ(Spawn("spawnAnswer"), "from the other");
  End();
}

TEST_F(SpawnTest, AHostWithoutACreateCallbackMakesNone) {
  Start(nullptr);
  EXPECT_THAT(Spawn("spawnAnswer"), ::testing::HasSubstr("makes no isolates"));
  End();
}

TEST_F(SpawnTest, TheVmHandlesMessagesOfSpawnedIsolatesItself) {
  way = Way::kExited;
  Start();
  EXPECT_EQ(Spawn("spawnAttempt"), "tried");
  End();
}

std::atomic<int> told;

TEST_F(SpawnTest, WhoWouldEndTheThreadOfASpawnedIsolateEndsTheIsolate) {
  way = Way::kExited;
  Start();
  told = 0;
  Fart_SetMisuseCallback(
      [](const char* text, void*) {
        EXPECT_THAT(text, ::testing::HasSubstr("its isolate ends instead"));
        ++told;
      },
      nullptr);
  EXPECT_EQ(Spawn("spawnEnd"), "ended with null.");
  EXPECT_EQ(told, 1);
  Fart_SetMisuseCallback(nullptr, nullptr);
  EXPECT_EQ(Spawn("spawnAnswer"), "ended with null.from the other");  // Others do not mind.
  End();
}

TEST_F(SpawnTest, CleanupStopsCodeThatWouldNotEnd) {
  way = Way::kExited;
  for (const char* const function : {"spawnForEver", "spawnRecurse"}) {
    Start();
    EXPECT_EQ(Spawn(function), "running");
    End();
    EXPECT_EQ(shutdowns, 2);
  }
}

Fart_Isolate CreateSlowly(const char* script_uri, const char* main, const char* package_root,
                          const char* package_config, Fart_IsolateFlags* flags, void* callback_data,
                          char** error) {
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return Create(script_uri, main, package_root, package_config, flags, callback_data, error);
}

// A host frees the data in its shutdown callback.
TEST_F(SpawnTest, TheDataOfWhoAskedLastUntilTheOtherIsMade) {
  way = Way::kExited;
  Start(CreateSlowly);
  ExpectSuccess(Fart_Invoke(library_, Str("spawnAnswer"), 0, nullptr));
  End();
  EXPECT_EQ(created_at_first_shutdown, 1);
}

// ---- Beginning and end

TEST_F(SpawnTest, MakingRunnableSaysWhatIsWrong) {
  way = Way::kExited;
  Start();
  const Fart_Isolate isolate = Fart_CurrentIsolate();
  {
    const ExpectMisuse misuse("this thread is inside an isolate");
    EXPECT_FALSE(Fart_IsolateMakeRunnable(isolate));
  }
  Fart_ExitIsolate();
  EXPECT_TRUE(Fart_IsolateMakeRunnable(isolate));
  {
    const ExpectMisuse misuse("is runnable already");
    EXPECT_FALSE(Fart_IsolateMakeRunnable(isolate));
  }
  for (const Fart_Isolate wild : {Fart_Isolate{}, reinterpret_cast<Fart_Isolate>(&parent_data)}) {
    const ExpectMisuse misuse("Fart_IsolateMakeRunnable expects argument 'isolate'");
    EXPECT_FALSE(Fart_IsolateMakeRunnable(wild));
  }
  char* error = nullptr;
  const Fart_Isolate empty = Fart_CreateHeapIsolate(nullptr, &error);
  ASSERT_NE(empty, nullptr);
  Fart_ExitIsolate();
  {
    const ExpectMisuse misuse("has loaded no script");
    EXPECT_FALSE(Fart_IsolateMakeRunnable(empty));
  }
  Fart_EnterIsolate(isolate);
  End();
}

void OpenNothing(Fart_Port, Fart_Port, Fart_CObject*) {}

TEST_F(SpawnTest, NativePortsNeedTheMachine) {
  {
    const ExpectMisuse misuse("Fart_NewNativePort: call Fart_Initialize first.");
    EXPECT_EQ(Fart_NewNativePort("early", OpenNothing, false), ILLEGAL_PORT);
  }
  Start();
  const Fart_Port port = Fart_NewNativePort("in time", OpenNothing, false);
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  End();
  EXPECT_FALSE(Fart_PostInteger(port, 1));
}

std::string open_while_ending;
std::string end_from_handler;
void EndFromHere(Fart_Port, Fart_Port, Fart_CObject*) {
  char* const error = Fart_Cleanup();
  end_from_handler = error == nullptr ? "" : error;
  std::free(error);
}

TEST_F(SpawnTest, AHandlerCannotEndTheMachineThatRunsIt) {
  Start();
  const Fart_Port port = Fart_NewNativePort("ending", EndFromHere, false);
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  End();
  EXPECT_EQ(end_from_handler, "Fart_Cleanup: this thread is one of the VM's own.");
}

void OpenUntilRefused(Fart_Port, Fart_Port, Fart_CObject*) {
  const std::uint64_t before = Fart_MisuseCount();
  while (Fart_MisuseCount() == before) {
    Fart_CloseNativePort(Fart_NewNativePort("one more", OpenNothing, false));
  }
  open_while_ending = Fart_GetMisuse();
}

TEST_F(SpawnTest, NoNativePortOpensWhileTheMachineEnds) {
  Start();
  const Fart_Port port = Fart_NewNativePort("opening", OpenUntilRefused, false);
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  End();
  EXPECT_EQ(open_while_ending, "Fart_NewNativePort: Fart_Cleanup is running.");
}

}  // namespace
}  // namespace fart::api
