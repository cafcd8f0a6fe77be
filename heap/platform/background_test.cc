// Jobs are done by whoever has them, a step at a time.

#include "heap/platform/background.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "heap/base/sanitizer.h"

namespace fart {
namespace {

constexpr bool kUnderThreadSanitizer = FART_THREAD_SANITIZER;

// Counts up to `end`, without a lock: who counts has it alone.
class Counting final : public BackgroundJob {
 public:
  explicit Counting(std::uint64_t end) : end_(end) {}
  ~Counting() {
    if (is_away()) TakeBack();
  }

  std::uint64_t count = 0;
  std::atomic<std::uint64_t> seen{0};
  std::atomic<bool> is_in_step{false};
  std::chrono::microseconds pause{0};
  std::chrono::microseconds work{0};

  void WaitFor(std::uint64_t least) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (seen < least) {
      if (std::chrono::steady_clock::now() > end) {
        ADD_FAILURE() << "no step in 20 seconds";
        return;
      }
      std::this_thread::yield();
    }
  }

 private:
  bool Step() override {
    is_in_step = true;
    ++count;
    if (pause.count() != 0) std::this_thread::sleep_for(pause);
    const auto end = std::chrono::steady_clock::now() + work;
    while (work.count() != 0 && std::chrono::steady_clock::now() < end) {
    }
    is_in_step = false;
    seen = count;
    return count < end_;
  }
  const std::uint64_t end_;
};

constexpr std::uint64_t kEndless = ~std::uint64_t{0};

TEST(BackgroundTest, StepsAreDoneUntilOneWasTheLast) {
  Counting job(1000);
  ASSERT_TRUE(job.HandOver());
  job.WaitFor(1000);
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  job.TakeBack();
  EXPECT_EQ(job.count, 1000u);
}

// Both on one processor: how many steps are done between two looks of the owner's. Who gives way
// does a turn of them, who waits to be preempted some milliseconds' worth.
TEST(BackgroundTest, WhereItsOwnerRunsTheThreadGivesWayBehindEachTurn_HPB4) {
  cpu_set_t before;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  if (sched_setaffinity(0, sizeof one, &one) != 0) GTEST_SKIP() << "no choice of processors";
  constexpr std::uint64_t kTurn = 64;
  constexpr std::uint64_t kSteps = 1000 * kTurn;
  Counting job(kSteps);
  job.work = std::chrono::microseconds(1);
  ASSERT_TRUE(job.HandOver());  // The thread inherits the processor, for it is the first job.
  std::vector<std::uint64_t> between;
  for (std::uint64_t last = 0; last < kSteps;) {
    const std::uint64_t now = job.seen;
    if (now != last) between.push_back(now - std::exchange(last, now));
  }
  job.TakeBack();
  sched_setaffinity(0, sizeof before, &before);
  std::nth_element(between.begin(),
                   between.begin() + static_cast<std::ptrdiff_t>(between.size() / 2),
                   between.end());
  EXPECT_LE(between[between.size() / 2], 8 * kTurn);
}

TEST(BackgroundTest, NoStepRunsWhileTheOwnerHasIt_HPB1) {
  Counting job(kEndless);
  std::uint64_t count = 0;
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(job.HandOver());
    if (i % 3 == 0) job.WaitFor(count + 1);
    job.TakeBack();
    ASSERT_FALSE(job.is_in_step);
    count = job.count;
    ++job.count;  // Under ThreadSanitizer a race, if it were not the owner's alone.
    if (i % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    ASSERT_EQ(job.count, count + 1);
    count = job.count;
  }
  EXPECT_GT(count, 300u) << "inconclusive: the thread did nothing";
}

TEST(BackgroundTest, TakingBackWaitsForOneStepAtMost_HPB2) {
  Counting job(kEndless);
  job.pause = std::chrono::milliseconds(20);
  ASSERT_TRUE(job.HandOver());
  job.WaitFor(1);
  while (!job.is_in_step) std::this_thread::yield();
  const std::uint64_t before = job.seen;
  job.TakeBack();
  EXPECT_LE(job.count, before + 1);
}

bool PinTo(int processor) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<std::size_t>(processor), &one);
  return sched_setaffinity(0, sizeof one, &one) == 0;
}

// On another processor than the owner's, where it gives way to nobody.
TEST(BackgroundTest, JobsTakeTurns) {
  cpu_set_t before;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  std::vector<int> processors;
  for (int i = 0; i < CPU_SETSIZE; ++i) {
    if (CPU_ISSET(static_cast<std::size_t>(i), &before)) processors.push_back(i);
  }
  if (processors.size() < 2 || !PinTo(processors[0])) GTEST_SKIP() << "there is one processor";
  Counting first(kEndless);
  Counting second(kEndless);
  ASSERT_TRUE(first.HandOver());  // The thread inherits the processor.
  first.TakeBack();
  ASSERT_TRUE(PinTo(processors[1]));
  ASSERT_TRUE(first.HandOver());
  first.WaitFor(1);
  ASSERT_TRUE(second.HandOver());
  second.WaitFor(1);
  const std::uint64_t begin = first.seen;
  second.WaitFor(second.seen + 1000);
  const std::uint64_t so_far = first.seen;
  EXPECT_GE(so_far - begin, 500u) << "a turn is 64 steps of each";
  first.WaitFor(so_far + 1000);
  sched_setaffinity(0, sizeof before, &before);
}

TEST(BackgroundTest, WhatWaitsBehindAnotherIsTakenBackAtOnce) {
  Counting busy(kEndless);
  busy.pause = std::chrono::milliseconds(1);
  Counting middle(kEndless);
  Counting last(kEndless);
  ASSERT_TRUE(busy.HandOver());
  busy.WaitFor(1);
  ASSERT_TRUE(middle.HandOver());
  ASSERT_TRUE(last.HandOver());
  middle.TakeBack();
  last.WaitFor(1);
  last.TakeBack();
  ASSERT_TRUE(middle.HandOver());
  middle.WaitFor(1);
}

TEST(BackgroundTest, TheThreadEndsWithTheLastJob) {
  EXPECT_FALSE(BackgroundJob::HasThread());
  auto first = std::make_unique<Counting>(10);
  auto second = std::make_unique<Counting>(10);
  EXPECT_FALSE(BackgroundJob::HasThread()) << "nothing was handed over";
  ASSERT_TRUE(first->HandOver());
  ASSERT_TRUE(second->HandOver());
  first.reset();
  EXPECT_TRUE(BackgroundJob::HasThread());
  second.reset();
  EXPECT_FALSE(BackgroundJob::HasThread());
  Counting third(10);
  ASSERT_TRUE(third.HandOver());
  third.WaitFor(10);
}

TEST(BackgroundTest, ManyOwnersAtOnce) {
  std::vector<std::thread> owners;
  for (int i = 0; i < 4; ++i) {
    owners.emplace_back([] {
      for (int k = 0; k < 50; ++k) {
        Counting job(20);
        if (!job.HandOver()) return;
        if (k % 2 == 0) job.WaitFor(20);
        job.TakeBack();
        EXPECT_LE(job.count, 20u);
      }
    });
  }
  for (std::thread& owner : owners) owner.join();
  EXPECT_FALSE(BackgroundJob::HasThread());
}

TEST(BackgroundTest, AChildHasJobsBetweenSteps_HPB3) {
  if (kUnderThreadSanitizer) GTEST_SKIP() << "it starts no threads in a child";
  Counting job(kEndless);
  Counting another(kEndless);
  ASSERT_TRUE(job.HandOver());
  ASSERT_TRUE(another.HandOver());
  job.WaitFor(1);
  for (int i = 0; i < 20; ++i) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      if (BackgroundJob::HasThread() || job.is_in_step || job.count != job.seen) _exit(1);
      const std::uint64_t count = job.count;
      job.TakeBack();
      if (job.count != count) _exit(2);
      if (!job.HandOver()) _exit(3);
      job.WaitFor(count + 1);
      const std::uint64_t others = another.seen;
      job.TakeBack();
      if (another.count != others) _exit(4);  // Its owner might not be there.
      _exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_EQ(status, 0) << "exit code " << WEXITSTATUS(status);
  }
  const std::uint64_t so_far = job.seen;
  job.WaitFor(so_far + 1);
}

TEST(BackgroundTest, ProcessorsThatMayNotBeUsedDoNotCount) {
  cpu_set_t before;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  EXPECT_EQ(UsableProcessors(), CPU_COUNT(&before));
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  EXPECT_EQ(UsableProcessors(), 1);
  ASSERT_EQ(sched_setaffinity(0, sizeof before, &before), 0);
}

}  // namespace
}  // namespace fart
