#include "vm/unwind/foreign_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pthread.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "vm/unwind/foreign_program_test.h"
#include "vm/unwind/test_host.h"
#include "vm/unwind/unwind.h"

namespace fart {
namespace {

using testing::ElementsAre;
using ForeignCallTest = ForeignProgramTest;

ForeignMark Target() { return ForeignMark(ForeignKind::kTarget, {}); }

TEST_F(ForeignCallTest, PassesArgumentsAndReturnsTheResult) {
  const auto add = ForeignLibrary::Cpp().Find<int (*)(int, int)>("Add");
  ForeignMark mark = Target();
  int sum = 0;
  EXPECT_EQ(CallForeign(mark, sum, add, 40, 2), ForeignOutcome::kReturned);
  EXPECT_EQ(sum, 42);
}

// -- Without a mark ------------------------------------------------------------------------------

TEST_F(ForeignCallTest, UnmarkedCallLinksNothingAndCatches) {
  ForeignMark* const before = ForeignMark::Innermost();
  EXPECT_EQ(CallUnmarked([&] { EXPECT_EQ(ForeignMark::Innermost(), before); }),
            ForeignOutcome::kReturned);
  EXPECT_EQ(CallUnmarked([] { throw std::runtime_error("a text"); }),
            ForeignOutcome::kCppException);
  EXPECT_STREQ(CaughtExceptionText(), "std::runtime_error: a text");
  EXPECT_EQ(CallUnmarked([] { throw 7; }), ForeignOutcome::kCppException);
  EXPECT_EQ(ForeignMark::Innermost(), before);
}

#if FART_UNWIND_HAS_CXXABI
TEST_F(ForeignCallTest, UnmarkedCallSeesNoExceptionOfItsCallers_VUU2) {
  try {
    throw std::runtime_error("the caller's");
  } catch (const std::runtime_error&) {
    EXPECT_EQ(CallUnmarked([] { EXPECT_EQ(std::current_exception(), nullptr); }),
              ForeignOutcome::kReturned);
    EXPECT_EQ(CallUnmarked([] { throw 7; }), ForeignOutcome::kCppException);
    EXPECT_NE(std::current_exception(), nullptr);  // It is the caller's again.
  }
}
#endif

#ifdef __GLIBCXX__
TEST_F(ForeignCallTest, ThreadEndsThroughAnUnmarkedCall) {
  bool is_destroyed = false;
  bool has_returned = false;
  std::thread([&] {
    struct NotesItsEnd {
      bool& noted;
      ~NotesItsEnd() { noted = true; }
    } const end{is_destroyed};
    static_cast<void>(CallUnmarked([] { pthread_exit(nullptr); }));
    has_returned = true;
  }).join();
  EXPECT_TRUE(is_destroyed);
  EXPECT_FALSE(has_returned);
}
#endif

TEST_F(ForeignCallTest, FrameThatReturnsIsNotDisturbed) {
  Run({Add(kFrame, 2)});
  EXPECT_THAT(log(), ElementsAre("enter 2", "end 2", "~ 2", "returned 1"));
}

TEST_F(ForeignCallTest, MarkGivesItsOwnerBackWhatItWasGiven) {
  ForeignMark mark(ForeignKind::kBarrier, {.isolate = &host_, .entry_serial = 3});
  EXPECT_EQ(mark.kind(), ForeignKind::kBarrier);
  EXPECT_EQ(mark.owner().isolate, &host_);
  EXPECT_EQ(mark.owner().entry_serial, 3U);
}

// -- Where an unwind ends ------------------------------------------------------------------------

TEST_F(ForeignCallTest, UnwindEndsAtTheMarkWithItsError) { EXPECT_EQ(Run({Add(kUnwind, 5)}), 5U); }

TEST_F(ForeignCallTest, UnwindEndsAtTheInnermostOfNestedMarks) {
  Run({Add(kNative, 2, {Add(kUnwind, 5)}), Add(kFrame, 3)});
  EXPECT_THAT(log(),
              ElementsAre("unwound 2 with 5" + std::string(FART_UNWIND_BY_JUMP ? " jumping" : ""),
                          "enter 3", "end 3", "~ 3", "returned 1"));
}

TEST_F(ForeignCallTest, ErrorPassedOnUnwindsTheOuterCallToo) {
  const Node inner = program_.AddPassingErrorOn(kNative, 2, {Add(kUnwind, 5)});
  EXPECT_EQ(Run({inner, Add(kFrame, 3)}), 5U);
}

TEST_F(ForeignCallTest, UnwindIsRefusedOutsideForeignCode) {
  EXPECT_EQ(UnwindToInnermostMark(nullptr, 0, 5), UnwindRefusal::kNoMark);
}

TEST_F(ForeignCallTest, UnwindIsRefusedAtABarrierAndTheCallGoesOn) {
  Run({Add(kBarrierNative, 2, {Add(kUnwind, 5), Add(kFrame, 3)})});
  EXPECT_THAT(log(), ElementsAre("refused: barrier", "enter 3", "end 3", "~ 3", "returned 2",
                                 "returned 1"));
}

TEST_F(ForeignCallTest, TargetInsideABarrierCanBeUnwoundTo) {
  Run({Add(kBarrierNative, 2, {Add(kNative, 3, {Add(kUnwind, 5)}), Add(kFrame, 4)})});
  EXPECT_THAT(log(), testing::Contains("returned 2"));
  EXPECT_THAT(log(), testing::Contains(testing::StartsWith("unwound 3 with 5")));
}

TEST_F(ForeignCallTest, UnwindIsRefusedInAnotherEntry) {
  Run({Add(kOtherEntryNative, 2, {Add(kUnwind, 5)})});
  EXPECT_THAT(log(), ElementsAre("refused: other entry", "returned 2", "returned 1"));
}

TEST_F(ForeignCallTest, UnwindIsRefusedForAnotherIsolate) {
  static std::uintptr_t refusal = 0;
  const auto ask = [](const void* isolate) {
    refusal = static_cast<std::uintptr_t>(
        UnwindToInnermostMark(static_cast<const char*>(isolate) + 1, 0, 5));
  };
  ForeignMark mark(ForeignKind::kTarget, {.isolate = this});
  void (*const function)(const void*) = ask;
  EXPECT_EQ(CallForeign(mark, function, this), ForeignOutcome::kReturned);
  EXPECT_EQ(refusal, static_cast<std::uintptr_t>(UnwindRefusal::kOtherIsolate));
}

// The isolate is what is said first: its entries are counted by itself.
TEST_F(ForeignCallTest, AnEntryOfAnotherIsolateIsRefusedForTheIsolate) {
  static std::uintptr_t refusal = 0;
  const auto ask = [](const void* isolate) {
    refusal = static_cast<std::uintptr_t>(
        UnwindToInnermostMark(static_cast<const char*>(isolate) + 1, 8, 5));
  };
  ForeignMark mark(ForeignKind::kTarget, {.isolate = this, .entry_serial = 7});
  void (*const function)(const void*) = ask;
  EXPECT_EQ(CallForeign(mark, function, this), ForeignOutcome::kReturned);
  EXPECT_EQ(refusal, static_cast<std::uintptr_t>(UnwindRefusal::kOtherIsolate));
}

TEST_F(ForeignCallTest, RegistersOfTheCallerSurviveAnUnwind) {
  const auto run = ForeignLibrary::Cpp().Find<ForeignLibrary::RunFunction>("RunChildren");
  const Node node = Add(kNative, 1, {Add(kFrame, 2, {Add(kUnwind, 5)})});
  long a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7;
  ForeignHost* const host = &host_;
  for (long i = 0; i < 100; i++) {
    ForeignMark mark(ForeignKind::kTarget,
                     {.isolate = host, .entry_serial = TestHost::kEntrySerial});
    ASSERT_EQ(CallForeign(mark, run, host, node), ForeignOutcome::kUnwound);
    a += i, b += a, c ^= b, d += c, e ^= d, f += e, g ^= f;
  }
  long a2 = 1, b2 = 2, c2 = 3, d2 = 4, e2 = 5, f2 = 6, g2 = 7;
  for (long i = 0; i < 100; i++) {
    a2 += i, b2 += a2, c2 ^= b2, d2 += c2, e2 ^= d2, f2 += e2, g2 ^= f2;
  }
  EXPECT_THAT((std::vector<long>{a, b, c, d, e, f, g}), ElementsAre(a2, b2, c2, d2, e2, f2, g2));
}

TEST_F(ForeignCallTest, ManyThreadsUnwindAtOnce) {
  std::vector<std::thread> threads;
  std::vector<int> unwound(8, 0);
  for (int& count : unwound) {
    threads.emplace_back([&count] {
      ForeignProgram program;
      for (int i = 0; i < 300; i++) {
        TestHost host;
        const Node inner = program.AddPassingErrorOn(
            kNative, 2, {program.Add(kSwallow, 3, {program.Add(kUnwind, i + 1)})});
        const std::uintptr_t error =
            host.CallNative(program.Add(kNative, 1, {program.Add(kFrame, 4, {inner})}));
        if (error == static_cast<std::uintptr_t>(i + 1)) count++;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(unwound, testing::Each(300));
}

// -- C++ exceptions that escape ------------------------------------------------------------------

TEST_F(ForeignCallTest, EscapingExceptionBecomesItsTypeAndText) {
  EXPECT_EQ(Run({Add(kFrame, 2, {Add(kThrow, 3)})}), TestHost::kExceptionError);
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 3", "~ 3", "~ 2",
                                 "exception 1: (anonymous namespace)::ForeignError: thrown 3"));
}

TEST_F(ForeignCallTest, EscapingExceptionWithoutTextBecomesItsType) {
  Run({Add(kThrowInt, 2)});
  EXPECT_THAT(log(), ElementsAre("enter 2", "~ 2", "exception 1: int"));
}

TEST_F(ForeignCallTest, ExceptionEscapesFramesWithoutExceptions) {
  Run({Add(kFrame, 2, {Add(kThrow, 3)}, ForeignLibrary::NoExceptions())});
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 3", "~ 3",
                                 "exception 1: (anonymous namespace)::ForeignError: thrown 3"));
}

// -- The C++ runtime's state (VU-U2) -------------------------------------------------------------

TEST_F(ForeignCallTest, ForeignCodeStartsWithNoExceptionCaughtOrInFlight) {
  const auto count = ForeignLibrary::Cpp().Find<int (*)()>("CountCaughtAndUncaught");
  struct CallsInDestructor {
    int (*count)();
    int& seen;
    ~CallsInDestructor() {
      ForeignMark mark = Target();
      EXPECT_EQ(CallForeign(mark, seen, count), ForeignOutcome::kReturned);
      EXPECT_EQ(std::uncaught_exceptions(), 1);
    }
  };
  int seen_in_flight = -1, seen_in_handler = -1;
  try {
    const CallsInDestructor calls{count, seen_in_flight};
    throw std::runtime_error("outer");
  } catch (const std::exception&) {
    ForeignMark mark = Target();
    EXPECT_EQ(CallForeign(mark, seen_in_handler, count), ForeignOutcome::kReturned);
    EXPECT_NE(std::current_exception(), nullptr);
  }
  EXPECT_EQ(seen_in_flight, 0);
  EXPECT_EQ(seen_in_handler, 0);
}

TEST_F(ForeignCallTest, HandlerOfTheCallerIsStillActiveAfterAnUnwind) {
  try {
    throw std::runtime_error("outer");
  } catch (const std::exception&) {
    Run({Add(kSwallow, 2, {Add(kUnwindInstead, 3, {Add(kUnwind, 5)})})});
    EXPECT_NE(std::current_exception(), nullptr);
  }
  EXPECT_EQ(std::current_exception(), nullptr);
}

// -- Thread cancellation -------------------------------------------------------------------------

class CancellationTest : public ForeignProgramTest {
 protected:
  // Runs `frames` on a thread of its own, in an owner's frame that has a destructor, and answers
  // what the thread returned.
  void* RunOnAThread(const std::vector<Node>& frames, void (*meanwhile)(pthread_t)) {
    native_ = Add(kNative, 1, frames);
    pthread_t thread;
    EXPECT_EQ(pthread_create(&thread, nullptr, ThreadMain, this), 0);
    meanwhile(thread);
    void* result = this;
    EXPECT_EQ(pthread_join(thread, &result), 0);
    return result;
  }

 private:
  static void* ThreadMain(void* test_word) {
    CancellationTest& test = *static_cast<CancellationTest*>(test_word);
    struct OwnerFrame {
      TestHost& host;
      ~OwnerFrame() {
        host.Write(ForeignMark::Innermost() == nullptr ? "owner without mark" : "owner with mark");
      }
    } const owner_frame{test.host_};
    test.host_.CallNative(test.native_);
    return nullptr;
  }

  Node native_ = nullptr;
};

TEST_F(CancellationTest, ThreadExitPassesThroughTheMark) {
  void* const result =
      RunOnAThread({Add(kNative, 2, {Add(kExitThread, 3)}), Add(kFrame, 4)}, [](pthread_t) {});
  EXPECT_EQ(result, nullptr);
  EXPECT_THAT(log(), ElementsAre("enter 3", "~ 3", "owner without mark"));
}

TEST_F(CancellationTest, ThreadExitInABarriersCallIsLeftToTheVm) {
  const auto take = [](pthread_t) {};
  void* const result =
      RunOnAThread({Add(kBarrierNative, 2, {Add(kExitThread, 3)}), Add(kFrame, 4)}, take);
  EXPECT_EQ(result, nullptr);
  EXPECT_THAT(log(), ElementsAre("enter 3", "~ 3", "thread end 2", "enter 4", "end 4", "~ 4",
                                 "returned 1", "owner without mark"));
}

TEST_F(CancellationTest, CancellationPassesThroughTheMark) {
  void* const result = RunOnAThread({Add(kAwaitCancel, 2)},
                                    [](pthread_t thread) { EXPECT_EQ(pthread_cancel(thread), 0); });
  EXPECT_EQ(result, PTHREAD_CANCELED);
  EXPECT_THAT(log(), ElementsAre("enter 2", "~ 2", "owner without mark"));
}

}  // namespace
}  // namespace fart
