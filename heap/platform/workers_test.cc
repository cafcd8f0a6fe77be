// Work is done by its owner and whoever else comes, and is over when that is said.

#include "heap/platform/workers.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "heap/base/sanitizer.h"

namespace fart {
namespace {

constexpr bool kUnderThreadSanitizer = FART_THREAD_SANITIZER;

// Counts who comes. The owner waits for so many others, a while at most.
class Counting final : public SharedWork {
 public:
  explicit Counting(int others = 0) : others_(others) {}

  std::array<std::atomic<int>, Workers::kMost> calls{};
  std::atomic<int> inside{0};
  int plain = 0;  // Under ThreadSanitizer a race, if it were touched by one when Run is over.
  void (*meanwhile)() = nullptr;

  int others() const {
    int sum = 0;
    for (std::size_t i = 1; i < calls.size(); ++i) sum += calls[i];
    return sum;
  }

 private:
  void Work(int number) override {
    ++inside;
    ++calls[static_cast<std::size_t>(number)];
    if (number == 0) {
      owner_ = std::this_thread::get_id();
      const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
      while (others() < others_ && std::chrono::steady_clock::now() < end) {
        std::this_thread::yield();
      }
      if (meanwhile != nullptr) meanwhile();
    } else {
      EXPECT_NE(std::this_thread::get_id(), owner_);
      // It stays behind the owner.
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (number == 1) ++plain;
    }
    --inside;
  }
  const int others_;
  std::atomic<std::thread::id> owner_{};
};

TEST(WorkersTest, EachNumberComesOnce_HPW3) {
  Workers workers;
  Counting work(3);
  workers.Run(work, 4);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(work.calls[i], 1) << i;
  EXPECT_EQ(work.others(), 3);
}

TEST(WorkersTest, WhenRunReturnsNobodyIsInside_HPW1) {
  Workers workers;
  int plain = 0;
  for (int i = 0; i < 400; ++i) {
    Counting work(i % 2);
    workers.Run(work, 3);
    ASSERT_EQ(work.inside, 0);
    const int calls = work.others();
    plain += work.plain;
    if (i % 10 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    ASSERT_EQ(work.others(), calls) << "one came late";
  }
  EXPECT_GT(plain, 160) << "inconclusive: nobody came";
}

TEST(WorkersTest, OneAloneNeedsNoThread) {
  Workers workers;
  Counting work;
  workers.Run(work, 1);
  EXPECT_EQ(work.calls[0], 1);
  EXPECT_EQ(Workers::ThreadCount(), 0);
}

TEST(WorkersTest, MoreThanThereMayBeAreNotHad) {
  Workers workers;
  Counting work(Workers::kMost - 1);
  workers.Run(work, 1000);
  EXPECT_EQ(Workers::ThreadCount(), Workers::kMost - 1);
  EXPECT_EQ(work.others(), Workers::kMost - 1);
}

TEST(WorkersTest, FewerAreCalledThanThereAre_HPW3) {
  Workers workers;
  Counting many(5);
  workers.Run(many, 6);
  Counting few(1);
  workers.Run(few, 2);
  EXPECT_EQ(few.others(), 1);
  EXPECT_EQ(Workers::ThreadCount(), 5);
}

TEST(WorkersTest, WhoFindsThemBusyWorksAlone) {
  Workers workers;
  Counting work(1);
  work.meanwhile = [] {
    Workers others_workers;
    Counting others_work;
    // Long enough for a thread that would come to it.
    others_work.meanwhile = [] { std::this_thread::sleep_for(std::chrono::milliseconds(50)); };
    others_workers.Run(others_work, 2);
    EXPECT_EQ(others_work.calls[0], 1);
    EXPECT_EQ(others_work.others(), 0);
  };
  workers.Run(work, 2);
  EXPECT_EQ(work.others(), 1);
}

TEST(WorkersTest, ThreadsEndWithTheLastWhoHadHelp) {
  auto first = std::make_unique<Workers>();
  auto second = std::make_unique<Workers>();
  Counting work;
  first->Run(work, 2);
  second->Run(work, 3);
  EXPECT_EQ(Workers::ThreadCount(), 2);
  first.reset();
  EXPECT_EQ(Workers::ThreadCount(), 2);
  second.reset();
  EXPECT_EQ(Workers::ThreadCount(), 0);
  Workers third;
  Counting again(1);
  third.Run(again, 2);
  EXPECT_EQ(again.others(), 1);
}

TEST(WorkersTest, ManyOwnersAtOnce_HPW1) {
  std::atomic<int> helped{0};
  std::vector<std::thread> owners;
  for (int i = 0; i < 4; ++i) {
    owners.emplace_back([&helped] {
      for (int k = 0; k < 100; ++k) {
        Workers workers;
        Counting work;
        workers.Run(work, 3);
        EXPECT_EQ(work.calls[0], 1);
        EXPECT_EQ(work.inside, 0);
        helped += work.others();
      }
    });
  }
  for (std::thread& owner : owners) owner.join();
  EXPECT_EQ(Workers::ThreadCount(), 0);
}

TEST(WorkersTest, ToolsSeeTheirName) {
  Workers workers;
  Counting work(1);
  work.meanwhile = [] {
    int named = 0;
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
      std::string name;
      std::getline(std::ifstream(task.path() / "comm"), name);
      named += name == "fart-worker";
    }
    EXPECT_EQ(named, 1);
  };
  workers.Run(work, 2);
}

TEST(WorkersTest, AChildStartsItsOwn_HPW4) {
  if (kUnderThreadSanitizer) GTEST_SKIP() << "it starts no threads in a child";
  Workers workers;
  Counting work(2);
  // The child is another thread's, while work goes on here.
  work.meanwhile = [] {
    std::thread([] {
      const pid_t child = fork();
      ASSERT_GE(child, 0);
      if (child == 0) {
        if (Workers::ThreadCount() != 0) _exit(1);
        {
          Workers own;
          Counting again(2);
          own.Run(again, 3);
          if (again.others() != 2) _exit(2);
        }
        _exit(0);
      }
      int status = 0;
      ASSERT_EQ(waitpid(child, &status, 0), child);
      EXPECT_EQ(status, 0) << "exit code " << WEXITSTATUS(status);
    }).join();
  };
  workers.Run(work, 3);
  EXPECT_EQ(work.others(), 2) << "the parent goes on";
}

}  // namespace
}  // namespace fart
