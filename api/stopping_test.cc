// How hosts stop what runs: whatever it is, soon, and nothing else.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;
using Ms = std::chrono::milliseconds;

struct Running {
  const char* name;
  std::function<Fart_Handle()> call;  // answers what the function answered
};

std::atomic<bool> has_begun;

// begun(), of which each program here is given one.
void Begun(Fart_NativeArguments /*args*/) { has_begun = true; }
Fart_NativeFunction Natives(Fart_Handle /*name*/, int /*argument_count*/, bool* auto_setup_scope) {
  *auto_setup_scope = false;
  return Begun;
}

class StoppingTest : public LanguageTest {
 protected:
  void Start(const char* source) {
    StoppingTest::SetUp();
    ExpectSuccess(Load(source, Natives));
  }
  // Calls it while another thread waits until the program says begun() and stops it; again after
  // a second, for a loop of messages begins after the program.
  Fart_Handle StoppedCall(const Running& running, const std::function<void()>& stop) {
    std::chrono::steady_clock::time_point asked;
    std::atomic<bool> has_ended = false;
    has_begun = false;
    stops_ = 0;
    std::thread stopper([&] {
      while (!has_begun && !has_ended) std::this_thread::sleep_for(Ms(1));
      std::this_thread::sleep_for(Ms(5));
      while (!has_ended) {
        asked = std::chrono::steady_clock::now();
        stop();
        ++stops_;
        for (int i = 0; i < 1000 && !has_ended; ++i) std::this_thread::sleep_for(Ms(1));
      }
    });
    const Fart_Handle result = running.call();
    has_ended = true;
    stopper.join();
    EXPECT_LT(std::chrono::steady_clock::now() - asked, Ms(2000)) << running.name;
    return result;
  }
  int stops() const { return stops_; }  // that the last StoppedCall made

 private:
  int stops_ = 0;
};

// ---- What the program does

constexpr const char* kEndless = R"(
  import 'dart:isolate';
  begun() native "Begun";
  loop() { begun(); while (true) {} }
  caught() { try { loop(); } catch (e) { return 1; } finally { while (true) {} } }
  deep(n) { return deep(n) + deep(n); }
  recursion() { begun(); while (true) { try { deep(0); } catch (e) {} } }
  wait() { begun(); new ReceivePort(); }
  fine() => 7;
)";

class StopTest : public StoppingTest {
 protected:
  void SetUp() override { Start(kEndless); }
  std::string Stopped(const char* function, const std::function<void()>& stop) {
    const auto run = [&] {
      const Fart_Handle result = Call(function);
      return Fart_IsError(result) ? result : Fart_RunLoop();
    };
    const Fart_Handle result = StoppedCall({function, run}, stop);
    EXPECT_TRUE(Fart_IsFatalError(result)) << function;
    EXPECT_FALSE(Fart_IsVMRestartRequest(result)) << function;
    return ErrorOf(result);
  }
};

TEST_F(StopTest, AnInterruptEndsWhateverRunsAndNothingElse) {
  for (const char* const function : {"loop", "caught", "recursion", "wait"}) {
    EXPECT_EQ(
        Stopped(function, [this] { Fart_InterruptIsolate(isolate_, Fart_Interrupt_kRunning); }),
        "The program has been interrupted.")
        << function;
    EXPECT_EQ(IntOf(Call("fine")), 7);
  }
}

TEST_F(StopTest, AnInterruptOfWhatRunsIsNothingToWhatRunsNext) {
  EXPECT_TRUE(Fart_InterruptIsolate(isolate_, Fart_Interrupt_kRunning));
  EXPECT_EQ(IntOf(Call("fine")), 7);
  EXPECT_TRUE(Fart_InterruptIsolate(isolate_, Fart_Interrupt_kNext));
  EXPECT_EQ(ErrorOf(Call("fine")), "The program has been interrupted.");
  EXPECT_EQ(IntOf(Call("fine")), 7);
}

// Whoever handles its messages on a thread of his own looks at it, and finds it stopped.
TEST_F(StopTest, WhoHandlesMessagesElsewhereHearsOfAKill) {
  static std::atomic<int> notices;
  notices = 0;
  Fart_SetMessageNotifyCallback([](Fart_Isolate) { ++notices; });
  EXPECT_TRUE(Fart_KillIsolate(isolate_));
  EXPECT_EQ(notices, 1);
  Fart_SetMessageNotifyCallback(nullptr);
}

// ---- Each function of the interface that runs code of a program

constexpr const char* kSlow = R"(
  begun() native "Begun";
  forever() { begun(); while (true) {} }
  class Slow {
    toString() => forever();
    operator ==(other) => forever();
  }
  // A list whose length or elements take for ever, or not.
  class SlowList implements List {
    var hasLength, hasElements;
    SlowList(this.hasLength, this.hasElements);
    get length => hasLength ? 1 << 40 : forever();
    operator [](index) { step(index); return 7; }
    operator []=(index, value) { step(index); }
    step(index) {
      if (!hasElements) forever();
      if (index == 0) begun();
    }
    noSuchMethod(invocation) => null;
  }
  object() => new Slow();
  thrown() { throw new Slow(); }
  withoutLength() => new SlowList(false, false);
  withoutElements() => new SlowList(true, false);
  list() => new SlowList(true, true);
  fine() => 7;
)";

class StopEachTest : public StoppingTest {
 protected:
  void SetUp() override { Start(kSlow); }
  std::vector<Running> All() {
    return {
        {"Fart_ToString", [this] { return Fart_ToString(Call("object")); }},
        {"Fart_ObjectEquals",
         [this] {
           bool equal = false;
           return Fart_ObjectEquals(Call("object"), Call("object"), &equal);
         }},
        {"Fart_ListLength", [this] { return Fart_ListLength(Call("withoutLength"), &length_); }},
        {"Fart_ListGetAt", [this] { return Fart_ListGetAt(Call("withoutElements"), 3); }},
        {"Fart_ListSetAt",
         [this] { return Fart_ListSetAt(Call("withoutElements"), 3, Fart_True()); }},
        {"Fart_ListGetRange: length",
         [this] { return Fart_ListGetRange(Call("withoutLength"), 0, 2, handles_); }},
        {"Fart_ListGetRange",
         [this] { return Fart_ListGetRange(Call("withoutElements"), 0, 2, handles_); }},
        {"Fart_ListGetAsBytes",
         [this] { return Fart_ListGetAsBytes(Call("withoutElements"), 0, bytes_.get(), 2); }},
        {"Fart_ListSetAsBytes",
         [this] { return Fart_ListSetAsBytes(Call("withoutElements"), 0, bytes_.get(), 2); }},
    };
  }
  // Each element is quick: nothing of the program runs between one and the next.
  std::vector<Running> Ranges() {
    return {
        {"Fart_ListGetAsBytes: many",
         [this] { return Fart_ListGetAsBytes(Call("list"), 0, bytes_.get(), kMany); }},
        {"Fart_ListSetAsBytes: many",
         [this] { return Fart_ListSetAsBytes(Call("list"), 0, bytes_.get(), kMany); }},
    };
  }
  void ExpectEndsAtOneInterrupt(const Running& running) {
    const Fart_Handle result =
        StoppedCall(running, [this] { Fart_InterruptIsolate(isolate_, Fart_Interrupt_kRunning); });
    EXPECT_TRUE(Fart_IsFatalError(result)) << running.name;
    EXPECT_THAT(ErrorOf(result), HasSubstr("The program has been interrupted.")) << running.name;
    EXPECT_EQ(stops(), 1) << running.name;
    EXPECT_EQ(IntOf(Call("fine")), 7) << running.name;
  }

  static constexpr std::intptr_t kMany = 100'000'000;
  std::intptr_t length_ = 0;
  Fart_Handle handles_[2] = {};
  const std::unique_ptr<std::uint8_t[]> bytes_{new std::uint8_t[kMany]};  // untouched
};

TEST_F(StopEachTest, AnInterruptEndsEachFunctionThatRunsTheProgram) {
  for (const Running& running : All()) ExpectEndsAtOneInterrupt(running);
}

// Whatever it meets of a range, an element or what is between two: hence again and again.
TEST_F(StopEachTest, AnInterruptOfARangeIsOneOfAllElements) {
  for (int i = 0; i < 20; ++i) {
    for (const Running& running : Ranges()) ExpectEndsAtOneInterrupt(running);
    if (HasFailure()) break;
  }
}

TEST_F(StopEachTest, AKilledIsolateEndsEachFunctionThatRunsTheProgram) {
  for (const Running& running : All()) {
    const Fart_Handle result = StoppedCall(running, [this] { Fart_KillIsolate(isolate_); });
    EXPECT_TRUE(Fart_IsFatalError(result)) << running.name;
    EXPECT_THAT(ErrorOf(result), HasSubstr("The isolate has been stopped.")) << running.name;
    Fart_ShutdownIsolate();
    SetUp();
  }
}

// An error's text is no handle: it says what it can without the program.
TEST_F(StopEachTest, AnErrorsTextDoesWithoutAProgramThatIsStopped) {
  std::string text;
  const Running asking{"Fart_GetError", [this, &text] {
                         const Fart_Handle error = Call("thrown");
                         text = Fart_GetError(error);
                         return error;
                       }};
  StoppedCall(asking, [this] { Fart_InterruptIsolate(isolate_, Fart_Interrupt_kRunning); });
  EXPECT_THAT(text, HasSubstr("Instance of 'Slow'"));
  EXPECT_EQ(IntOf(Call("fine")), 7);
  StoppedCall(asking, [this] { Fart_KillIsolate(isolate_); });
  EXPECT_THAT(text, HasSubstr("Instance of 'Slow'"));
}

// Also what looks at nothing on its way: a native of the libraries.
TEST_F(StopEachTest, AnInterruptOfWhatRunsNextEndsThatAndNothingElse) {
  ASSERT_TRUE(Fart_InterruptIsolate(isolate_, Fart_Interrupt_kNext));
  EXPECT_TRUE(Fart_IsFatalError(Fart_ToString(Fart_NewInteger(5))));
  EXPECT_EQ(TextOf(Fart_ToString(Fart_NewInteger(5))), "5");
  EXPECT_EQ(IntOf(Call("fine")), 7);
}

// ---- What was in the middle of something

constexpr const char* kOnce = R"(
  var isFirst = true;
  begun() native "Begun";
  once() { if (isFirst) { isFirst = false; begun(); while (true) {} } return 5; }
  var late = once();
  readLate() => late;
  class Shown { toString() => "${once()}"; }
  var shown = [{1: [new Shown()]}];
  show() => "$shown";
  var text = "a" * (1 << 25);  // to its end a search takes a tenth of a second, not for ever
  var never = "a" * (1 << 24) + "b";
  var isOver = false;
  search(text, find) { begun(); find(text, never); isOver = true; }
  make() => never.length + text.length;  // else it is these that take long
  first() => search(text, (t, n) => t.indexOf(n));
  last() => search(text, (t, n) => t.lastIndexOf(n));
  wide() => search("\u1234$text", (t, n) => t.indexOf(n));
  over() => isOver ? 1 : 0;
)";

class StopInTheMiddleTest : public StopTest {
 protected:
  void SetUp() override { Start(kOnce); }
  std::string Interrupted(const char* function) {
    return Stopped(function, [this] { Fart_InterruptIsolate(isolate_, Fart_Interrupt_kRunning); });
  }
};

TEST_F(StopInTheMiddleTest, AVariableIsInitialisedTheNextTime) {
  EXPECT_EQ(Interrupted("readLate"), "The program has been interrupted.");
  EXPECT_EQ(IntOf(Call("readLate")), 5);
}

TEST_F(StopInTheMiddleTest, WhatWasBeingPrintedIsPrintedTheNextTime) {
  EXPECT_EQ(Interrupted("show"), "The program has been interrupted.");
  EXPECT_EQ(TextOf(Call("show")), "[{1: [5]}]");
}

TEST_F(StopInTheMiddleTest, ALongSearchEnds) {
  EXPECT_GT(IntOf(Call("make")), 0);
  for (const char* const function : {"first", "last", "wide"}) {
    EXPECT_EQ(Interrupted(function), "The program has been interrupted.");
    EXPECT_EQ(IntOf(Call("over")), 0) << function << " went on to its end";
  }
}

// ---- What waits for the system

constexpr const char* kWaiting = R"(
  import 'dart:io';
  begun() native "Begun";
  slept() { begun(); sleep(const Duration(hours: 1)); }
  ran() { begun(); Process.runSync("sleep", ["3600"]); }
  started() { begun(); Process.start("sleep", ["3600"]).then((process) => process.exitCode); }
  opened() {
    var files = [new File("/dev/null").openSync()];
    begun();
    Process.start("cat", []).then((process) => process.stdout.listen((_) => files));
  }
  fine() => 7;
)";

class StopWaitingTest : public StopTest {
 protected:
  void SetUp() override { Start(kWaiting); }
};

TEST_F(StopWaitingTest, AnInterruptEndsAWaitAtOnce) {
  for (const char* const function : {"slept", "ran", "started"}) {
    const auto asked = std::chrono::steady_clock::now();
    EXPECT_EQ(
        Stopped(function, [this] { Fart_InterruptIsolate(isolate_, Fart_Interrupt_kRunning); }),
        "The program has been interrupted.")
        << function;
    // It begins, and is asked 5 ms later.
    EXPECT_LT(std::chrono::steady_clock::now() - asked, Ms(1000)) << function;
    EXPECT_EQ(IntOf(Call("fine")), 7);
  }
}

TEST_F(StopWaitingTest, AKilledIsolateWaitsForNothing) {
  EXPECT_EQ(Stopped("ran", [this] { Fart_KillIsolate(isolate_); }),
            "The isolate has been stopped.");
}

// The process that it has started ends when its input does, and is no zombie then.
TEST_F(StopWaitingTest, NothingStaysOpenOfAKilledIsolate) {
  const auto count = [] {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return std::distance(begin(all), end(all));
  };
  std::ptrdiff_t before = 0;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Stopped("opened", [this] { Fart_KillIsolate(isolate_); }),
              "The isolate has been stopped.");
    EXPECT_TRUE(i == 0 || count() > before);
    Fart_ShutdownIsolate();
    // The first time what wakes the thread that waits for all stays.
    if (i == 0) std::this_thread::sleep_for(Ms(500));
    for (int waited = 0; i != 0 && waited < 2000 && count() != before; ++waited) {
      std::this_thread::sleep_for(Ms(1));
    }
    if (i == 0) before = count();
    EXPECT_EQ(count(), before);
    SetUp();
  }
}

TEST_F(StopTest, AKilledIsolateRunsNothingAnyMoreAndCanBeShutDown) {
  EXPECT_EQ(Stopped("loop", [this] { Fart_KillIsolate(isolate_); }),
            "The isolate has been stopped.");
  EXPECT_EQ(ErrorOf(Call("fine")), "The isolate has been stopped.");
  EXPECT_EQ(ErrorOf(Fart_HandleMessage()), "The isolate has been stopped.");
  Fart_ShutdownIsolate();
  EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
}

}  // namespace
}  // namespace fart::api
