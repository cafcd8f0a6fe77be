#include "heap/platform/testing/refusing_memory.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <gtest/gtest.h>
#include <pthread.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <map>
#include <mutex>
#include <new>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <vector>

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

bool Wants(const char* what) {
  const char* const wanted = std::getenv("FART_SWEEP");
  return wanted != nullptr && std::strcmp(wanted, what) == 0;
}

// ---- Which calls to refuse

// Where the calls of a run came from: their numbers, by what lay above them on the stack.
struct Places {
  std::mutex lock;
  std::map<std::uint64_t, std::vector<std::uint64_t>> calls;
};
Places& ThePlaces() {
  static Places places;
  return places;
}

void NotePlace(std::uint64_t number) {
  // Those of the functions here, and as many of whoever asks as tell one use of it from another.
  constexpr int kFrames = 12;
  void* frames[kFrames];
  const int count = backtrace(frames, kFrames);
  std::uint64_t place = 0;
  for (int i = 0; i < count; ++i) {
    place = (place ^ reinterpret_cast<std::uintptr_t>(frames[i])) * 0x9e3779b97f4a7c15;
    place ^= place >> 32;
  }
  Places& places = ThePlaces();
  const std::lock_guard<std::mutex> guard(places.lock);
  places.calls[place].push_back(number);
}

// Of each place the first call, the second, which finds what the first has made, and the last.
std::vector<std::uint64_t> CallsOfPlaces(SystemCall kind,
                                         const std::function<SweepOutcome()>& scenario) {
  Places& places = ThePlaces();
  places.calls.clear();
  WatchCalls(NotePlace);
  static_cast<void>(RunOnce(kind, 0, Duration::kOnce, scenario));
  WatchCalls(nullptr);
  std::set<std::uint64_t> chosen;
  for (const auto& [place, calls] : places.calls) {
    chosen.insert({calls.front(), calls[std::min<std::size_t>(1, calls.size() - 1)], calls.back()});
  }
  return {chosen.begin(), chosen.end()};
}

// In rising order.
std::vector<std::uint64_t> CallsToRefuse(SystemCall kind, std::uint64_t calls, std::uint64_t most,
                                         const std::function<SweepOutcome()>& scenario) {
  if (Wants("whole") && calls > most) return CallsOfPlaces(kind, scenario);
  std::vector<std::uint64_t> chosen;
  const std::uint64_t half = most / 2;
  const bool is_every = calls <= most || Wants("every");
  const std::uint64_t step = is_every ? 1 : (calls - half + half - 1) / half;
  for (std::uint64_t n = 1; n <= calls; n += n < half ? 1 : step) chosen.push_back(n);
  return chosen;
}

void SweepOneWay(SystemCall kind, Duration duration, const std::function<SweepOutcome()>& scenario,
                 const std::vector<std::uint64_t>& chosen, SweepResult* result) {
  // Behind them the calls that a run may have more than the one that was counted.
  for (std::size_t i = 0;; ++i) {
    const std::uint64_t n = i < chosen.size() ? chosen[i] : result->calls + 1 + (i - chosen.size());
    const std::string where = std::string(SystemCallName(kind)) + " number " + std::to_string(n) +
                              (duration == Duration::kOnce ? "" : " and all that follow");
    const testing::ScopedTrace trace(__FILE__, __LINE__, where + " refused");
    const SweepOutcome outcome = RunOnce(kind, n, duration, scenario);
    if (testing::Test::HasFailure()) return;
    if (RefusingMemory::Refused(kind) == 0) {
      EXPECT_EQ(outcome, SweepOutcome::kDone) << "nothing was refused";
      if (i < chosen.size()) continue;  // Threads: this run had fewer.
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
  const std::vector<std::uint64_t> chosen =
      CallsToRefuse(kind, result.calls, options.most, scenario);
  SweepOneWay(kind, Duration::kOnce, scenario, chosen, &result);
  if (options.for_good && !testing::Test::HasFailure()) {
    SweepOneWay(kind, Duration::kForGood, scenario, chosen, &result);
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
