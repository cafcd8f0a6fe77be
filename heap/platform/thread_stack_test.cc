// Stacks of every kind, and what is said of each: where it ends, and how much of it is kept.

#include "heap/platform/thread_stack.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "heap/base/units.h"

namespace fart {
namespace {

constexpr std::size_t kPage = 4096;

struct Range {
  std::uintptr_t low = 0;
  std::uintptr_t high = 0;
};

// What may be used of [low, high): all but a quarter at its lower end, which is 256 KiB at most.
void ExpectBounds(const StackBounds& bounds, Range stack) {
  const std::size_t size = stack.high - stack.low;
  EXPECT_EQ(bounds.limit, stack.low + std::min<std::size_t>(KiB(256).value(), size / 4));
  EXPECT_EQ(bounds.limit + bounds.room, stack.high);
  EXPECT_TRUE(bounds.HasRoomAt(bounds.limit));
  EXPECT_TRUE(bounds.HasRoomAt(stack.high - 1));
  EXPECT_FALSE(bounds.HasRoomAt(stack.high));
  EXPECT_FALSE(bounds.HasRoomAt(bounds.limit - 1));
}

ucontext_t back;
StackBounds found;

// The bounds as seen from a coroutine that runs on these bytes.
StackBounds BoundsOn(Range stack) {
  ucontext_t there;
  getcontext(&there);
  there.uc_stack.ss_sp = reinterpret_cast<void*>(stack.low);
  there.uc_stack.ss_size = stack.high - stack.low;
  there.uc_link = &back;
  makecontext(
      &there, [] { found = CurrentStackBounds(); }, 0);
  swapcontext(&back, &there);
  return found;
}

// Memory with an inaccessible page on both sides, so that it is a mapping of its own.
class Mapping {
 public:
  explicit Mapping(std::size_t size) : size_(size) {
    whole_ = mmap(nullptr, size + 2 * kPage, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    EXPECT_NE(whole_, MAP_FAILED);
    EXPECT_EQ(mprotect(static_cast<char*>(whole_) + kPage, size, PROT_READ | PROT_WRITE), 0);
  }
  ~Mapping() { munmap(whole_, size_ + 2 * kPage); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  Range range() const {
    const std::uintptr_t low = reinterpret_cast<std::uintptr_t>(whole_) + kPage;
    return {low, low + size_};
  }

 private:
  void* whole_;
  std::size_t size_;
};

// Each test on a thread of its own, which remembers nothing.
class ThreadStackTest : public testing::Test {
 protected:
  template <typename Body>
  void OnAThread(Body&& body) {
    std::thread(body).join();
  }
};

TEST_F(ThreadStackTest, TheSystemKnowsTheThreadsOwn) {
  OnAThread([] {
    pthread_attr_t attributes;
    ASSERT_EQ(pthread_getattr_np(pthread_self(), &attributes), 0);
    void* low = nullptr;
    std::size_t size = 0;
    ASSERT_EQ(pthread_attr_getstack(&attributes, &low, &size), 0);
    pthread_attr_destroy(&attributes);
    const auto start = reinterpret_cast<std::uintptr_t>(low);
    const StackBounds bounds = CurrentStackBounds();
    ExpectBounds(bounds, {start, start + size});
    EXPECT_TRUE(bounds.HasRoomAt(CurrentStackPlace()));
    EXPECT_EQ(NativeStackLimit(), bounds.limit);
  });
}

// So many that the list of mappings is read in pieces, which end anywhere in a line.
TEST_F(ThreadStackTest, AMappingOfItsOwnIsAStackWherever) {
  OnAThread([] {
    std::vector<std::unique_ptr<Mapping>> stacks;
    for (std::size_t i = 0; i < 128; ++i) {
      stacks.push_back(std::make_unique<Mapping>((16 + i % 3 * 100) * kPage));
    }
    const int file_before = open("/dev/null", O_RDONLY);
    close(file_before);
    for (const auto& stack : stacks) ExpectBounds(BoundsOn(stack->range()), stack->range());
    const int file = open("/dev/null", O_RDONLY);
    EXPECT_EQ(file, file_before) << "no file is left open";
    close(file);
  });
}

TEST_F(ThreadStackTest, BehindAMappingWithALongPathThereAreStacksToo) {
  std::string folder = testing::TempDir() + "/thread_stack_XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  std::string path = folder;
  for (int i = 0; i < 12; ++i) path += "/" + std::string(200, 'a');
  std::filesystem::create_directories(path);
  path += "/file";
  std::ofstream(path) << std::string(kPage, 'x');
  const int file = open(path.c_str(), O_RDONLY);
  ASSERT_GE(file, 0);
  const Mapping both(64 * kPage);
  const Range range = both.range();
  ASSERT_NE(
      mmap(reinterpret_cast<void*>(range.low), kPage, PROT_READ, MAP_PRIVATE | MAP_FIXED, file, 0),
      MAP_FAILED);
  const Range stack{range.low + kPage, range.high};
  OnAThread([&] { ExpectBounds(BoundsOn(stack), stack); });
  close(file);
  std::filesystem::remove_all(folder);
}

// In a mapping with other things a stack is taken to go on for 64 KiB below where it was met.
TEST_F(ThreadStackTest, AStackAmongOtherThingsIsNotTakenToBeAllOfThem) {
  alignas(16) static char memory[1024 * 1024] = {1};  // with the program's static objects
  const auto low = reinterpret_cast<std::uintptr_t>(memory);
  OnAThread([&] {
    const StackBounds bounds = BoundsOn({low, low + sizeof(memory)});
    const std::uintptr_t top = low + sizeof(memory);
    EXPECT_GT(bounds.limit, top - KiB(64).value());
    EXPECT_LT(bounds.limit, top);
    EXPECT_TRUE(bounds.HasRoomAt(top - KiB(2).value()));
  });
}

TEST_F(ThreadStackTest, WhatTheHostSaysIsBelieved) {
  OnAThread([] {
    const Mapping mapping(256 * kPage);
    const Range all = mapping.range();
    const Range part{all.low + 64 * kPage, all.high - 64 * kPage};
    ExpectBounds(BoundsOn(part), all);  // Remembered now.
    SetStackBounds(part.low, part.high);
    ExpectBounds(BoundsOn(part), part);
    EXPECT_NE(CurrentStackBounds().limit, found.limit) << "elsewhere it says nothing";
    SetStackBounds(0, 0);
    ExpectBounds(BoundsOn(part), all);
  });
}

// A mapping that has become smaller meanwhile, and the host says so.
TEST_F(ThreadStackTest, WhateverTheHostSaysWhatWasReadIsReadAgain) {
  OnAThread([] {
    const Mapping mapping(256 * kPage);
    const Range all = mapping.range();
    const Range upper{all.low + 128 * kPage, all.high};
    ExpectBounds(BoundsOn(upper), all);
    ASSERT_EQ(mprotect(reinterpret_cast<void*>(all.low), 128 * kPage, PROT_READ), 0);
    SetStackBounds(0, 0);
    ExpectBounds(BoundsOn(upper), upper);
  });
}

TEST_F(ThreadStackTest, ASignalsStackIsWhatTheSystemWasTold) {
  OnAThread([] {
    const Mapping mapping(256 * kPage);
    const Range part{mapping.range().low + 32 * kPage, mapping.range().low + 96 * kPage};
    const stack_t stack{reinterpret_cast<void*>(part.low), 0, part.high - part.low};
    ASSERT_EQ(sigaltstack(&stack, nullptr), 0);
    struct sigaction action = {};
    action.sa_handler = [](int) { found = CurrentStackBounds(); };
    action.sa_flags = SA_ONSTACK;
    struct sigaction before = {};
    ASSERT_EQ(sigaction(SIGUSR1, &action, &before), 0);
    raise(SIGUSR1);
    ExpectBounds(found, part);
    // Outside of the handler the same bytes are but a part of their mapping.
    const stack_t none{nullptr, SS_DISABLE, 0};
    ASSERT_EQ(sigaltstack(&none, nullptr), 0);
    SetStackBounds(0, 0);
    ExpectBounds(BoundsOn(part), mapping.range());
    sigaction(SIGUSR1, &before, nullptr);
  });
}

}  // namespace
}  // namespace fart
