// Threads that take turns in an isolate, and frames that say whose turn cannot be.

#include "vm/entry/enterable.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "vm/entry/callback_frame.h"
#include "vm/entry/foreign_frame.h"
#include "vm/entry/misuse.h"
#include "vm/forking.h"
#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

std::unique_ptr<Isolate> NewIsolate() FART_NO_SAFEPOINT_ANALYSIS {
  std::string error;
  std::unique_ptr<Isolate> isolate = Isolate::Create({}, &error);
  FART_CHECK(isolate != nullptr);
  return isolate;
}

// A thread that does one thing after the other, as it is told.
class Worker {
 public:
  ~Worker() {
    Do([] {});
    next_.set_value({});
    thread_.join();
  }
  void Do(std::function<void()> work) {
    std::promise<void> done;
    next_.set_value([&] {
      work();
      next_ = std::promise<std::function<void()>>();
      done.set_value();
    });
    done.get_future().wait();
  }

 private:
  std::promise<std::function<void()>> next_;
  std::thread thread_{[this] {
    while (const std::function<void()> work = next_.get_future().get()) work();
  }};
};

// Anew each time: whoever waits first finds nobody who has waited before.
TEST(EnterableTest, EachThreadThatWaitsHasItsTurn) {
  for (int round = 0; round < 12; ++round) {
    const std::unique_ptr<Isolate> isolate = NewIsolate();
    const int count = 1 + round % 3;
    std::atomic<int> turns{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) {
      threads.emplace_back([&] {
        isolate->Enter();
        ++turns;
        isolate->Exit();
      });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // They wait, or soon will.
    EXPECT_EQ(turns, 0);
    isolate->Exit();
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(turns, count);
    isolate->Enter();
  }
}

// VE-I2
TEST(EnterableTest, EachEntryHasASerialOfItsOwnAndAFrameRestoresIts) {
  const std::unique_ptr<Isolate> isolate = NewIsolate();
  const std::uint64_t first = isolate->entry_serial();
  {
    const ForeignFrame frame(*isolate, ForeignKind::kBarrier);
    isolate->Exit();
    isolate->Enter();
    EXPECT_GT(isolate->entry_serial(), first);
  }
  EXPECT_EQ(isolate->entry_serial(), first);
  isolate->Exit();
  isolate->Enter();
  EXPECT_GT(isolate->entry_serial(), first + 1) << "none is given again";
}

TEST(EnterableTest, AThreadWhoseFrameIsCoveredWaitsUntilItIsUncovered) {
  const std::unique_ptr<Isolate> isolate = NewIsolate();
  Worker other;
  std::optional<ForeignFrame> mine(std::in_place, *isolate, ForeignKind::kBarrier);
  std::optional<ForeignFrame> its;
  EXPECT_FALSE(isolate->NeedsOtherThreads());
  other.Do([&] { EXPECT_TRUE(isolate->NeedsOtherThreads()) << "I am inside"; });
  isolate->Exit();
  EXPECT_FALSE(isolate->IsLeft()) << "there is a frame to come back to";
  other.Do([&] {
    EXPECT_TRUE(isolate->NeedsOtherThreads()) << "for my frame";
    ASSERT_TRUE(isolate->TryEnter());
    its.emplace(*isolate, ForeignKind::kBarrier);
    isolate->Exit();
  });
  EXPECT_FALSE(isolate->TryEnter()) << "my frame is covered";
  EXPECT_TRUE(isolate->NeedsOtherThreads());
  std::thread([&] {
    EXPECT_TRUE(isolate->TryEnter()) << "who has no frame waits for none";
    isolate->Exit();
  }).join();
  other.Do([&] {
    ASSERT_TRUE(isolate->TryEnter()) << "the innermost frame is its own";
    its.reset();
    isolate->Exit();
  });
  ASSERT_TRUE(isolate->TryEnter());
  EXPECT_FALSE(isolate->NeedsOtherThreads());
  mine.reset();
  isolate->Exit();
  EXPECT_TRUE(isolate->IsLeft());
  isolate->LoseInFork();
  EXPECT_TRUE(isolate->NeedsOtherThreads()) << "of a thread that is not here";
  isolate->Enter();
}

TEST(EnterableTest, AThreadThatEndsInsideLeavesAndItIsNoted) {
  const std::unique_ptr<Isolate> isolate = NewIsolate();
  isolate->Exit();
  std::thread([&] {
    isolate->Enter();
    EXPECT_FALSE(isolate->TakeThreadEndedInside());
  }).join();
  ASSERT_TRUE(isolate->TryEnter());
  EXPECT_TRUE(isolate->TakeThreadEndedInside());
  EXPECT_FALSE(isolate->TakeThreadEndedInside()) << "it is told once";
}

// Whoever leaves wakes all that wait: the one that has waited longest may be one that cannot enter.
TEST(EnterableTest, AThreadThatHasToWaitForAFrameKeepsNobodyElseOut) {
  const std::unique_ptr<Isolate> isolate = NewIsolate();
  isolate->Exit();
  Worker covering;
  std::promise<void> framed;
  std::promise<void> covered;
  std::thread waits_for_frame([&] {
    isolate->Enter();
    {
      const ForeignFrame frame(*isolate, ForeignKind::kBarrier);
      isolate->Exit();
      framed.set_value();
      covered.get_future().wait();
      isolate->Enter();
    }
    isolate->Exit();
  });
  framed.get_future().wait();
  std::optional<ForeignFrame> on_top;
  covering.Do([&] {
    isolate->Enter();
    on_top.emplace(*isolate, ForeignKind::kBarrier);
    isolate->Exit();
  });
  ASSERT_TRUE(isolate->TryEnter());
  covered.set_value();
  std::this_thread::sleep_for(std::chrono::milliseconds(100));  // It waits.
  std::atomic<bool> given_up{false};
  std::promise<bool> entered;
  std::thread other([&] {
    const bool has_entered = isolate->EnterUnless(given_up);
    if (has_entered) isolate->Exit();
    entered.set_value(has_entered);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));  // It waits, too.
  isolate->Exit();
  std::future<bool> answer = entered.get_future();
  const bool was_woken = answer.wait_for(std::chrono::seconds(5)) == std::future_status::ready;
  EXPECT_TRUE(was_woken);
  given_up = true;
  isolate->WakeWaiting();
  EXPECT_TRUE(answer.get() || !was_woken);
  other.join();
  covering.Do([&] {
    isolate->Enter();
    on_top.reset();
    isolate->Exit();
  });
  waits_for_frame.join();
  isolate->Enter();
}

TEST(EnterableTest, AllThatWaitForAnIsolateInVainAreWoken) {
  const std::unique_ptr<Isolate> isolate = NewIsolate();
  std::atomic<bool> given_up{false};
  std::atomic<int> has_given_up{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      if (isolate->EnterUnless(given_up)) {
        isolate->Exit();
      } else {
        ++has_given_up;
      }
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(100));  // They wait.
  given_up = true;
  isolate->WakeWaiting();
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (has_given_up != 3 && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  EXPECT_EQ(has_given_up, 3);
  isolate->Exit();  // For those who have not heard of it.
  for (std::thread& thread : threads) thread.join();
  isolate->Enter();
}

// Who waited at the fork is not in the child, and nothing there waits for him.
TEST(EnterableTest, AChildEndsAnIsolateThatAnotherThreadWaitedFor) FART_MAY_COLLECT {
  std::unique_ptr<Isolate> isolate = NewIsolate();
  ASSERT_TRUE(PrepareForForks());
  std::thread waiting([&] {
    isolate->Enter();
    isolate->Exit();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));  // It waits.
  const pid_t child = fork();
  if (child == 0) {
    alarm(30);
    isolate.reset();
    _exit(0);
  }
  ASSERT_GT(child, 0);
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  isolate->Exit();
  waiting.join();
  isolate->Enter();
}

// ---- Callbacks that end elsewhere than they began

TEST(CallbackFrameTest, InsideNoneACallbackLeavesWhatItHasEntered) {
  const std::unique_ptr<Isolate> isolate = NewIsolate();
  isolate->Exit();
  const std::uint64_t before = MisuseCount();
  { const CallbackFrame frame; }
  EXPECT_EQ(MisuseCount(), before);
  {
    const CallbackFrame frame;
    isolate->Enter();
  }
  EXPECT_EQ(MisuseCount(), before + 1);
  EXPECT_EQ(Isolate::Current(), nullptr);
  ASSERT_TRUE(isolate->TryEnter());
}

TEST(CallbackFrameTest, InsideOneACallbackComesBackToIt) {
  const std::unique_ptr<Isolate> other = NewIsolate();
  other->Exit();
  const std::unique_ptr<Isolate> isolate = NewIsolate();
  const std::uint64_t before = MisuseCount();
  {
    const CallbackFrame frame;
    EXPECT_TRUE(isolate->IsInCallback());
  }
  EXPECT_FALSE(isolate->IsInCallback());
  EXPECT_EQ(MisuseCount(), before);
  {
    const CallbackFrame frame;
    isolate->Exit();
    other->Enter();
  }
  EXPECT_EQ(MisuseCount(), before + 1);
  EXPECT_EQ(Isolate::Current(), isolate.get());
  EXPECT_TRUE(other->IsLeft());
  EXPECT_FALSE(isolate->IsInCallback());
  isolate->Exit();
  other->Enter();  // To end it.
  other->Exit();
  isolate->Enter();
}

}  // namespace
}  // namespace fart
