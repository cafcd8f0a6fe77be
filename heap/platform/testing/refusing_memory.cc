#include "heap/platform/testing/refusing_memory.h"

#include <dlfcn.h>
#include <errno.h>
#include <gtest/gtest.h>
#include <pthread.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <optional>
#include <string>
#include <system_error>

namespace fart {
namespace {

constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

// What the last FailNth asked for; Stop leaves the counts.
struct Now {
  std::optional<RefusingSystem> refusing;
  SystemCall kind = SystemCall::kMalloc;
  std::uint64_t from = kNever;
  std::uint64_t to = kNever;
  std::uint64_t calls = 0;
};

Now& TheNow() {
  static Now now;
  return now;
}

}  // namespace

const char* SystemCallName(SystemCall call) {
  switch (call) {
    case SystemCall::kReserve:
      return "reserve";
    case SystemCall::kRelease:
      return "release";
    case SystemCall::kProtect:
      return "protect";
    case SystemCall::kCommit:
      return "commit";
    case SystemCall::kGiveBack:
      return "give back";
    case SystemCall::kMalloc:
      return "malloc";
    case SystemCall::kNew:
      return "operator new";
    case SystemCall::kThread:
      return "pthread_create";
  }
  return "?";
}

void RefusingMemory::FailNth(SystemCall kind, std::uint64_t n, Duration duration) {
  Now& now = TheNow();
  now.refusing.reset();
  now.kind = kind;
  now.from = n == 0 ? kNever : n;
  now.to = duration == Duration::kOnce ? now.from : kNever;
  now.calls = 0;
  now.refusing.emplace(kind, now.from, now.to);
}

void RefusingMemory::Stop() {
  Now& now = TheNow();
  if (!now.refusing.has_value()) return;
  now.calls = now.refusing->calls();
  now.refusing.reset();
}

std::uint64_t RefusingMemory::Count(SystemCall kind) {
  const Now& now = TheNow();
  if (kind != now.kind) return 0;
  return now.refusing.has_value() ? now.refusing->calls() : now.calls;
}

std::uint64_t RefusingMemory::Refused(SystemCall kind) {
  const std::uint64_t calls = Count(kind);
  const Now& now = TheNow();
  if (kind != now.kind || calls < now.from) return 0;
  return std::min(calls, now.to) - now.from + 1;
}

namespace {

using Duration = RefusingMemory::Duration;

SweepOutcome RunOnce(SystemCall kind, std::uint64_t n, Duration duration,
                     const std::function<SweepOutcome()>& scenario) {
  RefusingMemory::FailNth(kind, n, duration);
  SweepOutcome outcome = SweepOutcome::kRefused;
  try {
    outcome = scenario();
  } catch (const std::bad_alloc&) {
  } catch (const std::system_error&) {
  }
  RefusingMemory::Stop();
  return outcome;
}

bool WantsEveryCall() {
  const char* const wanted = std::getenv("FART_SWEEP");
  return wanted != nullptr && std::strcmp(wanted, "whole") == 0;
}

// The next call to refuse after the `n`th.
std::uint64_t Next(std::uint64_t n, std::uint64_t calls, std::uint64_t most) {
  if (n < most / 2 || calls <= most || WantsEveryCall()) return n + 1;
  return n + (calls - most / 2 + most / 2 - 1) / (most / 2);
}

void SweepOneWay(SystemCall kind, Duration duration, const std::function<SweepOutcome()>& scenario,
                 const SweepOptions& options, SweepResult* result) {
  for (std::uint64_t n = 1;; n = Next(n, result->calls, options.most)) {
    const std::string where = std::string(SystemCallName(kind)) + " number " + std::to_string(n) +
                              (duration == Duration::kOnce ? "" : " and all that follow");
    const testing::ScopedTrace trace(__FILE__, __LINE__, where + " refused");
    const SweepOutcome outcome = RunOnce(kind, n, duration, scenario);
    if (testing::Test::HasFailure()) return;
    if (RefusingMemory::Refused(kind) == 0) {
      EXPECT_EQ(outcome, SweepOutcome::kDone) << "nothing was refused";
      return;
    }
    ++result->refusals;
    result->survived += outcome == SweepOutcome::kDone ? 1 : 0;
    const testing::ScopedTrace after(__FILE__, __LINE__, "the run after the refusal");
    EXPECT_EQ(RunOnce(kind, 0, duration, scenario), SweepOutcome::kDone);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace

SweepResult SweepFailures(SystemCall kind, const std::function<SweepOutcome()>& scenario,
                          SweepOptions options) {
  SweepResult result;
  // Twice: the first run may set up what lives as long as the process does.
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(RunOnce(kind, 0, Duration::kOnce, scenario), SweepOutcome::kDone)
        << "with nothing refused";
    if (testing::Test::HasFailure()) return result;
  }
  result.calls = RefusingMemory::Count(kind);
  SweepOneWay(kind, Duration::kOnce, scenario, options, &result);
  if (options.for_good && !testing::Test::HasFailure()) {
    SweepOneWay(kind, Duration::kForGood, scenario, options, &result);
  }
  return result;
}

}  // namespace fart

// malloc: the linker turns this program's calls of the one into calls of the other
// (--wrap=malloc).
extern "C" {

void* __real_malloc(std::size_t size);
void* __real_calloc(std::size_t count, std::size_t size);
void* __real_realloc(void* block, std::size_t size);

void* __wrap_malloc(std::size_t size) {
  if (fart::IsRefused(fart::SystemCall::kMalloc)) return nullptr;
  return __real_malloc(size);
}

void* __wrap_calloc(std::size_t count, std::size_t size) {
  if (fart::IsRefused(fart::SystemCall::kMalloc)) return nullptr;
  return __real_calloc(count, size);
}

void* __wrap_realloc(void* block, std::size_t size) {
  if (fart::IsRefused(fart::SystemCall::kMalloc)) return nullptr;
  return __real_realloc(block, size);
}

// A sanitizer's, if there is one.
[[gnu::weak]] int __interceptor_pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                                               void* (*start)(void*), void* argument);

// Of the whole process: std::thread calls it in the C++ library.
[[gnu::visibility("default")]] int pthread_create(pthread_t* thread,
                                                  const pthread_attr_t* attributes,
                                                  void* (*start)(void*), void* argument) noexcept {
  if (fart::IsRefused(fart::SystemCall::kThread)) return EAGAIN;
  using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static Create const create = __interceptor_pthread_create != nullptr
                                   ? &__interceptor_pthread_create
                                   : reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
  return create(thread, attributes, start, argument);
}

}  // extern "C"

namespace fart {
namespace {

// Not by the wrapped malloc: this is another kind.
void* AllocateForNew(std::size_t size) {
  if (IsRefused(SystemCall::kNew)) return nullptr;
  return __real_malloc(std::max<std::size_t>(size, 1));
}

void* AllocateAlignedForNew(std::size_t size, std::align_val_t alignment) {
  if (IsRefused(SystemCall::kNew)) return nullptr;
  const auto multiple = static_cast<std::size_t>(alignment);
  return std::aligned_alloc(multiple, (size + multiple - 1) / multiple * multiple);
}

void* OrThrow(void* block) {
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

}  // namespace
}  // namespace fart

// operator new, of the whole process. The others call these.
void* operator new(std::size_t size) { return fart::OrThrow(fart::AllocateForNew(size)); }
void* operator new[](std::size_t size) { return fart::OrThrow(fart::AllocateForNew(size)); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return fart::AllocateForNew(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return fart::AllocateForNew(size);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return fart::OrThrow(fart::AllocateAlignedForNew(size, alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return fart::OrThrow(fart::AllocateAlignedForNew(size, alignment));
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
void operator delete[](void* block, std::size_t) noexcept { std::free(block); }
void operator delete(void* block, std::align_val_t) noexcept { std::free(block); }
void operator delete[](void* block, std::align_val_t) noexcept { std::free(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { std::free(block); }
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept { std::free(block); }
