#include "vm/port/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <semaphore>
#include <thread>
#include <vector>

namespace fart {
namespace {

class FunctionTask final : public ThreadPool::Task {
 public:
  explicit FunctionTask(std::function<void()> function) : function_(std::move(function)) {}
  void Run(ThreadPool::Tasks&) override { function_(); }

 private:
  const std::function<void()> function_;
};

[[nodiscard]] bool Submit(ThreadPool& pool, std::function<void()> function) {
  return pool.Submit(std::make_shared<FunctionTask>(std::move(function)));
}

bool RefuseThread(ThreadPool::ThreadBody, ThreadPool*, std::thread*) { return false; }

TEST(ThreadPoolTest, RunsEveryTaskOnceOnThreadsOfItsOwn) {
  ThreadPool pool;
  std::atomic<int> runs{0};
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(Submit(pool, [&runs] {
      EXPECT_TRUE(ThreadPool::IsPoolThread());
      ++runs;
    }));
  }
  pool.ShutDown();
  EXPECT_EQ(runs, 1000);
  EXPECT_EQ(pool.threads(), 0u);
  EXPECT_FALSE(ThreadPool::IsPoolThread());
}

TEST(ThreadPoolTest, StartsThreadsOnDemandUpToItsBound) {
  ThreadPool pool({.max_threads = 3});
  EXPECT_EQ(pool.threads(), 0u);
  std::latch all_run(3);
  std::counting_semaphore<> may_end(0);
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(Submit(pool, [&, i] {
      if (i < 3) all_run.count_down();
      may_end.acquire();
    }));
  }
  all_run.wait();  // Three at a time: else this would not end.
  EXPECT_EQ(pool.threads(), 3u);
  EXPECT_EQ(pool.waiting(), 2u);
  may_end.release(5);
  pool.ShutDown();
}

TEST(ThreadPoolTest, IdleThreadsEndExceptTheLast) {
  ThreadPool pool({.max_threads = 4, .idle_time = std::chrono::milliseconds(1)});
  std::latch together(4);
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(Submit(pool, [&] { together.arrive_and_wait(); }));
  }
  while (pool.threads() != 1) std::this_thread::yield();
  std::latch done(1);
  EXPECT_TRUE(Submit(pool, [&] { done.count_down(); }));
  done.wait();
  pool.ShutDown();
}

TEST(ThreadPoolTest, SaysNoIfTheSystemHasNoThread) {
  ThreadPool pool({.start_thread = RefuseThread});
  bool has_run = false;
  EXPECT_FALSE(Submit(pool, [&] { has_run = true; }));
  pool.ShutDown();
  EXPECT_FALSE(has_run);
}

// Starts as many threads as `may_start` says, and counts how often it is asked.
std::atomic<int> may_start{0};
std::atomic<int> asked{0};
bool StartSome(ThreadPool::ThreadBody body, ThreadPool* of, std::thread* thread) {
  if (++asked > may_start) return false;
  *thread = std::thread(body, of, thread);
  return true;
}

TEST(ThreadPoolTest, KeepsATaskForTheThreadsItHasIfTheSystemHasNoMore) {
  may_start = 1;
  asked = 0;
  ThreadPool pool({.start_thread = StartSome});
  std::latch first_runs(1);
  std::binary_semaphore may_end(0);
  std::atomic<int> runs{0};
  EXPECT_TRUE(Submit(pool, [&] {
    first_runs.count_down();
    may_end.acquire();
    ++runs;
  }));
  first_runs.wait();
  EXPECT_TRUE(Submit(pool, [&] { ++runs; }));
  may_end.release();
  pool.ShutDown();
  EXPECT_EQ(runs, 2);
  EXPECT_GE(asked, 2);
}

TEST(ThreadPoolTest, DoesNotAskAtEachTaskForAThreadThatWasRefused_VPT5) {
  may_start = 1;
  asked = 0;
  ThreadPool pool({.patience = std::chrono::hours(1), .start_thread = StartSome});
  std::latch first_runs(1);
  std::binary_semaphore may_end(0);
  std::atomic<int> runs{0};
  EXPECT_TRUE(Submit(pool, [&] {
    first_runs.count_down();
    may_end.acquire();
  }));
  first_runs.wait();
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(Submit(pool, [&] { ++runs; }));
  EXPECT_EQ(asked, 2);
  may_end.release();
  pool.ShutDown();
  EXPECT_EQ(runs, 1000);
  EXPECT_FALSE(Submit(pool, [] {}));  // It has none: so it asks, each time.
  EXPECT_FALSE(Submit(pool, [] {}));
  EXPECT_EQ(asked, 4);
}

TEST(ThreadPoolTest, AsksAgainForARefusedThreadAfterAWhile_VPT5) {
  may_start = 1;
  asked = 0;
  ThreadPool pool(
      {.max_threads = 2, .patience = std::chrono::milliseconds(1), .start_thread = StartSome});
  std::binary_semaphore may_end(0);
  EXPECT_TRUE(Submit(pool, [&] { may_end.acquire(); }));
  std::latch runs_beside(1);
  while (asked < 3) EXPECT_TRUE(Submit(pool, [] {}));
  may_start = 1000;
  EXPECT_TRUE(Submit(pool, [&] { runs_beside.count_down(); }));
  while (!runs_beside.try_wait()) EXPECT_TRUE(Submit(pool, [] {}));
  EXPECT_EQ(pool.threads(), 2u);
  may_end.release();
  pool.ShutDown();
}

TEST(ThreadPoolTest, AsksAgainForARefusedThreadWhenOneHasEnded_VPT5) {
  may_start = 2;
  asked = 0;
  ThreadPool pool({.idle_time = std::chrono::milliseconds(1),
                   .patience = std::chrono::hours(1),
                   .start_thread = StartSome});
  std::latch both_run(2);
  std::binary_semaphore first_may_end(0);
  std::binary_semaphore second_may_end(0);
  EXPECT_TRUE(Submit(pool, [&] {
    both_run.count_down();
    first_may_end.acquire();
  }));
  EXPECT_TRUE(Submit(pool, [&] {
    both_run.count_down();
    second_may_end.acquire();
  }));
  both_run.wait();
  EXPECT_TRUE(Submit(pool, [] {}));
  EXPECT_EQ(asked, 3);
  first_may_end.release();
  while (pool.threads() != 1) std::this_thread::yield();
  EXPECT_TRUE(Submit(pool, [] {}));
  EXPECT_EQ(asked, 4);
  second_may_end.release();
  pool.ShutDown();
}

TEST(ThreadPoolTest, TasksMaySubmitTasksAndShutDownRunsWhatWasAccepted) {
  ThreadPool pool({.max_threads = 2});
  std::atomic<int> accepted{0};
  std::atomic<int> runs{0};
  std::function<void(int)> spread = [&](int depth) {
    ++runs;
    for (int i = 0; i < 2 && depth > 0; ++i) {
      if (Submit(pool, [&spread, depth] { spread(depth - 1); })) ++accepted;
    }
  };
  if (Submit(pool, [&] { spread(8); })) ++accepted;
  pool.ShutDown();
  EXPECT_EQ(runs, accepted);
}

// Asks, when it ends, whether the pool can be asked anything. (VP-T3)
class AsksAtItsEnd final : public ThreadPool::Task {
 public:
  AsksAtItsEnd(ThreadPool& pool, std::promise<bool>& could_ask)
      : pool_(pool), could_ask_(could_ask) {}
  ~AsksAtItsEnd() override {
    const auto answered = std::make_shared<std::promise<void>>();
    std::thread([&pool = pool_, answered] {
      static_cast<void>(pool.waiting());
      answered->set_value();
    }).detach();
    could_ask_.set_value(answered->get_future().wait_for(std::chrono::seconds(5)) ==
                         std::future_status::ready);
  }
  void Run(ThreadPool::Tasks&) override {}

 private:
  ThreadPool& pool_;
  std::promise<bool>& could_ask_;
};

TEST(ThreadPoolTest, ATaskEndsWhileThePoolIsNotLocked_VPT3) {
  ThreadPool pool;
  std::promise<bool> could_ask;
  ASSERT_TRUE(pool.Submit(std::make_shared<AsksAtItsEnd>(pool, could_ask)));
  EXPECT_TRUE(could_ask.get_future().get());
  pool.ShutDown();
}

TEST(ThreadPoolTest, IsAsNewAfterShutDown) {
  ThreadPool pool;
  for (int round = 0; round < 3; ++round) {
    std::atomic<int> runs{0};
    EXPECT_TRUE(Submit(pool, [&] { ++runs; }));
    pool.ShutDown();
    EXPECT_EQ(runs, 1);
  }
}

TEST(ThreadPoolTest, EachThreadCallsTheExitCallbackOnce) {
  static std::atomic<int> exits;
  exits = 0;
  ThreadPool pool({.max_threads = 3});
  pool.SetThreadExit([] { ++exits; });
  std::latch together(3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(Submit(pool, [&] { together.arrive_and_wait(); }));
  }
  pool.ShutDown();
  EXPECT_EQ(exits, 3);
}

// VP-T4: also one that takes long to end, after others have.
TEST(ThreadPoolTest, ShutDownWaitsForEveryThreadsEnd_VPT4) {
  static std::atomic<int> ending;
  static std::atomic<int> ended;
  ending = ended = 0;
  ThreadPool pool;
  pool.SetThreadExit([] {
    if (ending++ == 0) std::this_thread::sleep_for(std::chrono::milliseconds(200));
    ++ended;
  });
  std::latch all_run(3);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(Submit(pool, [&all_run] { all_run.arrive_and_wait(); }));
  pool.ShutDown();
  EXPECT_EQ(ended, 3);
}

// Foreign code, which may ask what it likes: no lock is held around it, at whatever thread's end.
TEST(ThreadPoolTest, TheExitCallbackMayUseThePool) {
  static ThreadPool* asked;
  static std::atomic<int> answered;
  ThreadPool pool({.max_threads = 3, .idle_time = std::chrono::milliseconds(1)});
  asked = &pool;
  answered = 0;
  pool.SetThreadExit([] {
    std::promise<void> has_asked;
    std::future<void> asking = has_asked.get_future();
    std::thread([&has_asked] {
      static_cast<void>(asked->threads());
      has_asked.set_value();
    }).detach();
    if (asking.wait_for(std::chrono::seconds(10)) != std::future_status::ready) std::abort();
    ++answered;
  });
  std::latch together(3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(Submit(pool, [&] { together.arrive_and_wait(); }));
  }
  while (pool.threads() != 1) std::this_thread::yield();
  pool.ShutDown();
  EXPECT_EQ(answered, 3);
}

TEST(ThreadPoolTest, IsNotIdleWhileATaskRuns) {
  ThreadPool pool;
  std::binary_semaphore has_begun(0);
  std::binary_semaphore may_end(0);
  EXPECT_TRUE(Submit(pool, [&] {
    has_begun.release();
    may_end.acquire();
  }));
  has_begun.acquire();
  EXPECT_EQ(pool.waiting(), 0u);
  std::atomic<bool> is_idle{false};
  std::thread waits([&] {
    pool.WaitUntilIdle();
    is_idle = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_FALSE(is_idle);
  may_end.release();
  waits.join();
  pool.ShutDown();
}

TEST(ThreadPoolTest, IsIdleWhenTheLastTaskHasEndedAndNoneWaits) {
  ThreadPool pool({.max_threads = 2});
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> runs{0};
    for (int i = 0; i < 5; ++i) {
      EXPECT_TRUE(Submit(pool, [&] {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        ++runs;
      }));
    }
    pool.WaitUntilIdle();
    EXPECT_EQ(runs, 5);
    EXPECT_EQ(pool.waiting(), 0u);
  }
  pool.WaitUntilIdle();
  pool.ShutDown();
}

TEST(ThreadPoolTest, AThreadThatIsWokenStays) {
  ThreadPool pool({.max_threads = 2, .idle_time = std::chrono::hours(1)});
  std::latch together(2);
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(Submit(pool, [&] { together.arrive_and_wait(); }));
  }
  for (int i = 0; i < 200; ++i) {
    std::latch done(1);
    EXPECT_TRUE(Submit(pool, [&] { done.count_down(); }));
    done.wait();
    EXPECT_EQ(pool.threads(), 2u);
  }
  pool.WaitUntilIdle();
  EXPECT_EQ(pool.threads(), 2u);
  pool.ShutDown();
}

TEST(ThreadPoolTest, ManyThreadsSubmitAtOnce) {
  ThreadPool pool({.max_threads = 3, .idle_time = std::chrono::milliseconds(1)});
  std::atomic<int> runs{0};
  std::vector<std::thread> submitters;
  for (int i = 0; i < 4; ++i) {
    submitters.emplace_back([&] {
      for (int j = 0; j < 500; ++j) EXPECT_TRUE(Submit(pool, [&] { ++runs; }));
    });
  }
  for (std::thread& thread : submitters) thread.join();
  pool.ShutDown();
  EXPECT_EQ(runs, 2000);
}

}  // namespace
}  // namespace fart
