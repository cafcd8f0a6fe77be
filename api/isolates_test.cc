#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using IsolatesTest = ApiTest;

std::string Taken(char* error) {
  const std::string text = error == nullptr ? "" : error;
  std::free(error);
  return text;
}

TEST_F(IsolatesTest, KeepsWhatTheHostAttached) {
  EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
  EXPECT_EQ(Fart_CurrentIsolateData(), this);
  EXPECT_EQ(Fart_IsolateData(isolate_), this);
  Fart_ExitIsolate();
  EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
  EXPECT_EQ(Fart_IsolateData(isolate_), this);
  {
    const ExpectMisuse misuse("Fart_CurrentIsolateData");
    EXPECT_EQ(Fart_CurrentIsolateData(), nullptr);
  }
  Fart_EnterIsolate(isolate_);
  const ExpectMisuse misuse("Fart_IsolateData expects argument 'isolate'");
  EXPECT_EQ(Fart_IsolateData(nullptr), nullptr);
}

TEST_F(IsolatesTest, ScopesAreOpenAgainAfterReentry) {
  const Fart_Handle text = Str("still here");
  Fart_ExitIsolate();
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(TextOf(text), "still here");
}

TEST_F(IsolatesTest, RefusesToEnterTwiceOrWhatIsNone) {
  {
    const ExpectMisuse misuse("inside an isolate already");
    Fart_EnterIsolate(isolate_);
  }
  Fart_ExitIsolate();
  int no_isolate = 0;
  for (void* const wild : {static_cast<void*>(nullptr), static_cast<void*>(&no_isolate)}) {
    const ExpectMisuse misuse("an isolate that has not been shut down");
    Fart_EnterIsolate(static_cast<Fart_Isolate>(wild));
  }
  for (void (*const call)() : {Fart_ExitIsolate, Fart_ShutdownIsolate}) {
    const ExpectMisuse misuse("This thread has not entered an isolate.");
    call();
  }
  Fart_EnterIsolate(isolate_);
}

TEST_F(IsolatesTest, AThreadMayTryToEnterAndWaitUntilItCan) {
  const std::uint64_t misuses = Fart_MisuseCount();
  std::thread([this] {
    EXPECT_FALSE(Fart_TryEnterIsolate(isolate_, 0));
    EXPECT_FALSE(Fart_TryEnterIsolate(isolate_, 1));
    EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
  }).join();
  std::atomic<int> entries{0};
  std::vector<std::thread> waiting;
  for (const std::int64_t most : {-1, 60'000}) {
    waiting.emplace_back([this, most, &entries] {
      EXPECT_TRUE(Fart_TryEnterIsolate(isolate_, most)) << most;
      if (Fart_CurrentIsolate() == nullptr) return;
      ++entries;
      Fart_ExitIsolate();
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(entries, 0);
  Fart_ExitIsolate();
  for (std::thread& thread : waiting) thread.join();
  EXPECT_EQ(entries, 2);
  EXPECT_TRUE(Fart_TryEnterIsolate(isolate_, 0));
  EXPECT_EQ(Fart_MisuseCount(), misuses);
  const ExpectMisuse misuse("inside an isolate already");
  EXPECT_FALSE(Fart_TryEnterIsolate(isolate_, 10));
}

TEST_F(IsolatesTest, WhoWaitsForAnIsolateIsSentAwayWhenItEnds) {
  Fart_ExitIsolate();
  const Fart_Isolate other = Fart_CreateHeapIsolate(nullptr, nullptr);
  const std::uint64_t misuses = Fart_MisuseCount();
  // Long enough to see it, not for ever: who is not sent away fails.
  static constexpr std::chrono::seconds kLong(20);
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::thread> waiting;
  for (int i = 0; i < 4; ++i) {
    waiting.emplace_back([other] {
      EXPECT_FALSE(Fart_TryEnterIsolate(other, std::chrono::milliseconds(kLong).count()));
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  Fart_ShutdownIsolate();
  for (std::thread& thread : waiting) thread.join();
  EXPECT_LT(std::chrono::steady_clock::now() - start, kLong);
  EXPECT_EQ(Fart_MisuseCount(), misuses);
  Fart_EnterIsolate(isolate_);
}

TEST_F(IsolatesTest, OneThreadIsInside) {
  std::thread([this] {
    const ExpectMisuse misuse("another thread is inside");
    Fart_EnterIsolate(isolate_);
    EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
  }).join();
  const Fart_Handle text = Str("handed over");
  Fart_ExitIsolate();
  std::thread([&] {
    Fart_EnterIsolate(isolate_);
    EXPECT_EQ(TextOf(text), "handed over");
    Collect();
    Fart_ExitIsolate();
  }).join();
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(TextOf(text), "handed over");
}

TEST_F(IsolatesTest, CreationSaysWhatIsWrong) {
  char* error = nullptr;
  EXPECT_EQ(Fart_CreateIsolate("x", "main", nullptr, nullptr, nullptr, &error), nullptr);
  EXPECT_EQ(Taken(error), "Fart_CreateIsolate: this thread is inside another isolate.");
  EXPECT_EQ(Fart_CreateIsolate("x", "main", nullptr, nullptr, nullptr, nullptr), nullptr);
  EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
  Fart_ExitIsolate();
  const std::uint8_t snapshot = 0;
  EXPECT_EQ(Fart_CreateIsolate("x", "main", &snapshot, nullptr, nullptr, &error), nullptr);
  EXPECT_THAT(Taken(error), ::testing::HasSubstr("snapshot"));
  Fart_IsolateFlags flags = {};
  flags.version = 77;
  EXPECT_EQ(Fart_CreateIsolate("x", "main", nullptr, &flags, nullptr, &error), nullptr);
  EXPECT_THAT(Taken(error), ::testing::HasSubstr("version"));
  Fart_EnterIsolate(isolate_);
}

TEST_F(IsolatesTest, ManyThreadsRunAndCollectSideBySide) {
  Fart_ExitIsolate();
  std::vector<std::thread> threads;
  std::atomic<int> done{0};
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([number, &done] {
      for (int round = 0; round < 2; ++round) {
        const OwnIsolate own;
        const Fart_Handle list = Fart_NewList(100);
        for (int i = 0; i < 500; ++i) {
          Fart_EnterScope();
          Fart_ListSetAt(list, i % 100, Fart_NewDouble(number + i));
          Fart_ExitScope();
        }
        Collect();
        double value = 0;
        ExpectSuccess(Fart_DoubleValue(Fart_ListGetAt(list, 99), &value));
        EXPECT_EQ(value, number + 499);
      }
      ++done;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(done, 4);
  Fart_EnterIsolate(isolate_);
}

TEST_F(IsolatesTest, LocalHandlesAreForeignInAnotherIsolate) {
  const Fart_Handle ours = Str("ours");
  Fart_ExitIsolate();
  {
    const OwnIsolate other;
    EXPECT_THAT(TextOf(ours), ::testing::HasSubstr("to be a live handle"));
    EXPECT_EQ(TextOf(Fart_EmptyString()), "");  // a constant is everybody's
  }
  Fart_EnterIsolate(isolate_);
}

// ---- Of the whole machine: these end it and start it again.

Fart_InitializeParams Params() {
  Fart_InitializeParams params = {};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  return params;
}

class MachineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    StartOnce();
    ASSERT_EQ(Taken(Fart_Cleanup()), "");
  }
  void TearDown() override {
    Taken(Fart_Cleanup());
    Fart_InitializeParams params = Params();
    EXPECT_EQ(Taken(Fart_Initialize(&params)), "");
  }
};

TEST_F(MachineTest, StartsOnceAndEndsOnce) {
  Fart_InitializeParams params = Params();
  EXPECT_EQ(Taken(Fart_Initialize(&params)), "");
  EXPECT_NE(Taken(Fart_Initialize(&params)), "");
  EXPECT_EQ(Taken(Fart_Cleanup()), "");
  EXPECT_NE(Taken(Fart_Cleanup()), "");
  char* error = nullptr;
  EXPECT_EQ(Fart_CreateHeapIsolate(nullptr, &error), nullptr);
  EXPECT_EQ(Taken(error), "Fart_CreateHeapIsolate: call Fart_Initialize first.");
}

TEST_F(MachineTest, NamesTheVersionOfTheHeaders) {
  const std::string text = std::to_string(FART_VERSION_MAJOR) + "." +
                           std::to_string(FART_VERSION_MINOR) + "." +
                           std::to_string(FART_VERSION_PATCH);
  EXPECT_EQ(Fart_VersionString(), text);
  EXPECT_EQ(Fart_VersionNumber(), FART_VERSION);
}

TEST_F(MachineTest, RefusesParametersItDoesNotKnow) {
  EXPECT_NE(Taken(Fart_Initialize(nullptr)), "");
  Fart_InitializeParams params = Params();
  params.version = 9;
  EXPECT_THAT(Taken(Fart_Initialize(&params)), ::testing::HasSubstr("version"));
  params = Params();
  const std::uint8_t snapshot = 0;
  params.data_snapshot = &snapshot;
  EXPECT_THAT(Taken(Fart_Initialize(&params)), ::testing::HasSubstr("snapshot"));
}

TEST_F(MachineTest, RefusesFlagsOfTheEnvironmentThatDoNotExist) {
  const char* const set = std::getenv("FART_FLAGS");
  const std::string before = set == nullptr ? "" : set;
  ASSERT_EQ(setenv("FART_FLAGS", "--gc-stress=many", 1), 0);
  Fart_InitializeParams params = Params();
  EXPECT_THAT(Taken(Fart_Initialize(&params)), ::testing::HasSubstr("gc-stress"));
  ASSERT_EQ(setenv("FART_FLAGS", before.c_str(), 1), 0);
}

struct Ends {
  int shutdowns = 0;
  int finalizers = 0;
  bool could_be_used = false;
  std::uint64_t misuses = 0;
};

void OnShutdown(void* data) {
  auto* const ends = static_cast<Ends*>(data);
  ++ends->shutdowns;
  ends->could_be_used = TextOf(Str("usable")) == "usable";
  const std::uint64_t before = Fart_MisuseCount();
  Fart_ExitIsolate();
  Fart_ShutdownIsolate();
  Fart_EnterIsolate(Fart_CurrentIsolate());
  ends->misuses = Fart_MisuseCount() - before;
}

void OnDeath(void* isolate_data, Fart_WeakPersistentHandle, void*) {
  ++static_cast<Ends*>(isolate_data)->finalizers;
}

TEST_F(MachineTest, ShutdownCallbackRunsWhileTheIsolateIsUsable) {
  Fart_InitializeParams params = Params();
  params.shutdown = OnShutdown;
  ASSERT_EQ(Taken(Fart_Initialize(&params)), "");
  Ends ends;
  ASSERT_NE(Fart_CreateHeapIsolate(&ends, nullptr), nullptr);
  Fart_ShutdownIsolate();
  EXPECT_EQ(ends.shutdowns, 1);
  EXPECT_TRUE(ends.could_be_used);
  EXPECT_EQ(ends.misuses, 3u);
  EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
}

TEST_F(MachineTest, AShutdownCallbackRunsCodeOfAnIsolateThatWasKilled) {
  static std::string said;
  Fart_InitializeParams params = Params();
  params.shutdown = [](void*) {
    Fart_EnterScope();
    said = TextOf(Fart_Invoke(Fart_RootLibrary(), Str("lastWords"), 0, nullptr));
    Fart_ExitScope();
  };
  ASSERT_EQ(Taken(Fart_Initialize(&params)), "");
  const Fart_Isolate isolate =
      Fart_CreateIsolate("test.dart", "main", nullptr, nullptr, nullptr, nullptr);
  ASSERT_NE(isolate, nullptr);
  Fart_EnterScope();
  ExpectSuccess(Fart_LoadScript(Str("test.dart"), Str("/nowhere/test.dart"),
                                Str("lastWords() => 'farewell';"), 0, 0));
  EXPECT_TRUE(Fart_KillIsolate(isolate));
  EXPECT_THAT(ErrorOf(Fart_Invoke(Fart_RootLibrary(), Str("lastWords"), 0, nullptr)),
              ::testing::HasSubstr("has been stopped"));
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  EXPECT_EQ(said, "farewell");
}

TEST_F(MachineTest, CleanupShutsDownIsolatesThatNobodyIsInside) {
  Fart_InitializeParams params = Params();
  params.shutdown = OnShutdown;
  ASSERT_EQ(Taken(Fart_Initialize(&params)), "");
  Ends ends;
  const Fart_Isolate isolate = Fart_CreateHeapIsolate(&ends, nullptr);
  Fart_EnterScope();
  Fart_NewWeakPersistentHandle(Fart_NewList(1), nullptr, 0, OnDeath);
  EXPECT_NE(Taken(Fart_Cleanup()), "");  // this thread is inside
  Fart_ExitIsolate();
  std::thread([&] {
    Fart_EnterIsolate(isolate);
    std::thread([] { EXPECT_NE(Taken(Fart_Cleanup()), ""); }).join();  // another is
    Fart_ExitIsolate();
  }).join();
  EXPECT_EQ(ends.shutdowns, 0);
  EXPECT_EQ(Taken(Fart_Cleanup()), "");
  EXPECT_EQ(ends.shutdowns, 1);
  EXPECT_EQ(ends.finalizers, 1);
}

// ---- Callbacks that end badly

void ThrowAtShutdown(void* data) {
  ++*static_cast<int*>(data);
  throw std::runtime_error("bad end");
}
void ThrowAtReport(const Fart_ShutdownReport*, void* data) {
  ++*static_cast<int*>(data);
  throw std::runtime_error("bad report");
}

TEST_F(MachineTest, AnExceptionOutOfAShutdownCallbackIsAMisuseAndTheIsolateEnds) {
  Fart_InitializeParams params = Params();
  params.shutdown = ThrowAtShutdown;
  ASSERT_EQ(Taken(Fart_Initialize(&params)), "");
  int calls = 0;
  const Fart_Isolate isolate = Fart_CreateHeapIsolate(&calls, nullptr);
  ASSERT_NE(isolate, nullptr);
  const std::uint64_t before = Fart_MisuseCount();
  Fart_ShutdownIsolate();
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(Fart_MisuseCount(), before + 1);
  EXPECT_THAT(Fart_GetMisuse(),
              ::testing::HasSubstr("A shutdown callback let a C++ exception out"));
  EXPECT_THAT(Fart_GetMisuse(), ::testing::HasSubstr("bad end"));
  EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
  EXPECT_EQ(Fart_IsolateData(isolate), nullptr);
}

TEST_F(MachineTest, AnExceptionOutOfAReportIsAMisuseAndTheIsolateEnds) {
  Fart_InitializeParams params = Params();
  ASSERT_EQ(Taken(Fart_Initialize(&params)), "");
  int calls = 0;
  Fart_SetShutdownReportCallback(ThrowAtReport, &calls);
  ASSERT_NE(Fart_CreateHeapIsolate(nullptr, nullptr), nullptr);
  const std::uint64_t before = Fart_MisuseCount();
  Fart_ShutdownIsolate();
  Fart_SetShutdownReportCallback(nullptr, nullptr);
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(Fart_MisuseCount(), before + 1);
  EXPECT_THAT(Fart_GetMisuse(), ::testing::HasSubstr("A shutdown report callback let"));
  EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
}

// ---- What is left of a machine that has ended

std::ptrdiff_t Threads() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return std::distance(begin(tasks), end(tasks));
}

TEST_F(MachineTest, AnIsolateChecksTypesIfItsFlagsSaySo) {
  Fart_InitializeParams params = Params();
  ASSERT_EQ(Taken(Fart_Initialize(&params)), "");
  for (const bool checks : {false, true}) {
    Fart_IsolateFlags flags = {};
    flags.version = DART_FLAGS_CURRENT_VERSION;
    flags.enable_type_checks = checks;
    ASSERT_NE(Fart_CreateIsolate("t", "main", nullptr, &flags, nullptr, nullptr), nullptr);
    Fart_EnterScope();
    const Fart_Handle library =
        Fart_LoadScript(Str("t.dart"), Str("/t.dart"),
                        Str("class C { int x; } var c = new C(); main() => c;"), 0, 0);
    ExpectSuccess(library);
    const Fart_Handle object = Fart_Invoke(library, Str("main"), 0, nullptr);
    const Fart_Handle set = Fart_SetField(object, Str("x"), Str("a"));
    EXPECT_EQ(Fart_IsUnhandledExceptionError(set), checks);
    ExpectSuccess(Fart_SetField(object, Str("x"), Fart_NewInteger(1)));
    EXPECT_STREQ(Fart_GetFlag("checked"), checks ? "true" : "false");
    Fart_ExitScope();
    Fart_ShutdownIsolate();
  }
  EXPECT_EQ(Taken(Fart_Cleanup()), "");
}

TEST_F(MachineTest, AnIsolateRunsAssertsIfItsFlagsSaySo) {
  Fart_InitializeParams params = Params();
  ASSERT_EQ(Taken(Fart_Initialize(&params)), "");
  for (const bool asserts : {false, true}) {
    Fart_IsolateFlags flags = {};
    flags.version = DART_FLAGS_CURRENT_VERSION;
    flags.enable_asserts = asserts;
    ASSERT_NE(Fart_CreateIsolate("t", "main", nullptr, &flags, nullptr, nullptr), nullptr);
    Fart_EnterScope();
    const Fart_Handle library =
        Fart_LoadScript(Str("t.dart"), Str("/t.dart"), Str("main() { assert(1 > 2); }"), 0, 0);
    ExpectSuccess(library);
    const Fart_Handle result = Fart_Invoke(library, Str("main"), 0, nullptr);
    EXPECT_EQ(Fart_IsUnhandledExceptionError(result), asserts);
    EXPECT_STREQ(Fart_GetFlag("enable-asserts"), asserts ? "true" : "false");
    Fart_ExitScope();
    Fart_ShutdownIsolate();
  }
  EXPECT_EQ(Taken(Fart_Cleanup()), "");
}

std::string refused_in_handler;
void EndTheMachine(Fart_Port, Fart_CObject*) { refused_in_handler = Taken(Fart_Cleanup()); }

TEST_F(MachineTest, AfterItsEndNoThreadOfItIsLeft) {
  const std::ptrdiff_t before = Threads();
  Fart_InitializeParams params = Params();
  ASSERT_EQ(Taken(Fart_Initialize(&params)), "");
  ASSERT_NE(Fart_CreateIsolate("t", "main", nullptr, nullptr, nullptr, nullptr), nullptr);
  Fart_EnterScope();
  const Fart_Handle library = Fart_LoadScript(Str("t.dart"), Str("/t.dart"),
                                              Str("import 'dart:async';\nimport 'dart:io';\n"
                                                  "main() {\n"
                                                  "  new Timer(new Duration(hours: 1), () => 1);\n"
                                                  "  return Process.start('true', []);\n"
                                                  "}"),
                                              0, 0);
  ExpectSuccess(library);
  ExpectSuccess(Fart_Invoke(library, Str("main"), 0, nullptr));
  const Fart_Port port = Fart_NewConcurrentNativePort("ends", EndTheMachine, 1);
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  EXPECT_TRUE(Fart_CloseNativePortAndWait(port));
  EXPECT_EQ(refused_in_handler, "Fart_Cleanup: this thread is one of the VM's own.");
  EXPECT_GE(Threads(), before + 3);  // one for timers, one for watches, one for handlers
  Fart_ExitIsolate();
  EXPECT_EQ(Taken(Fart_Cleanup()), "");
  EXPECT_EQ(Threads(), before);
}

}  // namespace
}  // namespace fart::api
