#include "lang/compiler/set_lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

namespace fart::lang {
namespace {

TEST(SetLockTest, IsGivenUpAsOftenAsItWasTaken) {
  SetLock lock;
  std::atomic<bool> has_it = false;
  lock.lock();
  lock.lock();
  std::thread other([&] {
    const std::lock_guard<SetLock> guard(lock);
    has_it = true;
  });
  lock.unlock();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(has_it);
  lock.unlock();
  other.join();
  EXPECT_TRUE(has_it);
  const std::lock_guard<SetLock> again(lock);
}

TEST(SetLockTest, InTheChildOfAForkWhoHeldItHoldsIt_LCO1) {
  SetLock lock;
  lock.lock();
  lock.lock();
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    alarm(20);  // Ends a child that waits for ever.
    lock.lock();
    for (int i = 0; i < 3; ++i) lock.unlock();
    std::thread([&] { const std::lock_guard<SetLock> guard(lock); }).join();
    _exit(0);
  }
  lock.unlock();
  lock.unlock();
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace fart::lang
