#include "tests/memory_sweep.h"

#include <execinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace fart::tests {

bool IsAboutMemory(const char* text) {
  return std::strstr(text, "emory") != nullptr || std::strstr(text, "no thread") != nullptr ||
         std::strstr(text, "handle") != nullptr;
}

namespace {

constexpr unsigned kLongestRunSeconds = 60;

std::mutex stopping;

}  // namespace

void StopRefusing() {
  const NotRefused free;
  const std::lock_guard<std::mutex> guard(stopping);
  RefusingMemory::Stop();
}

bool Told::Ok(Fart_Handle handle) {
  if (!Fart_IsError(handle)) return true;
  is_refused_ = true;
  const char* const text = Fart_GetError(handle);
  const NotRefused free;
  EXPECT_TRUE(IsAboutMemory(text)) << text;
  return false;
}

MemoryComesBack::MemoryComesBack() {
  const NotRefused free;
  thread_ = std::thread([this] {
    constexpr std::chrono::milliseconds kLack{100};
    std::unique_lock<std::mutex> guard(lock_);
    if (!changed_.wait_for(guard, kLack, [this] { return is_over_; })) StopRefusing();
  });
}

MemoryComesBack::~MemoryComesBack() {
  const NotRefused free;
  {
    const std::lock_guard<std::mutex> guard(lock_);
    is_over_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

Machine::Machine(Fart_IsolateCreateCallback create) {
  const NotRefused free;
  Fart_InitializeParams params{};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  params.create = create;
  char* const error = Fart_Initialize(&params);
  EXPECT_EQ(error, nullptr) << error;
}

Machine::~Machine() {
  StopRefusing();
  char* const error = Fart_Cleanup();
  EXPECT_EQ(error, nullptr) << error;
  std::free(error);
}

namespace {

void ExpectSound() {
  const char* const finding = Fart_VerifyHeap();
  EXPECT_EQ(finding, nullptr) << finding;
}

}  // namespace

SweepOutcome InIsolate(With what, const std::function<void(Told&)>& work) {
  alarm(kLongestRunSeconds);
  Told told;
  {
    const NotRefused free;
    char* error = nullptr;
    const Fart_Isolate isolate = what == With::kHeap ? Fart_CreateHeapIsolate(nullptr, &error)
                                                     : Fart_CreateIsolate("sweep", "main", nullptr,
                                                                          nullptr, nullptr, &error);
    EXPECT_NE(isolate, nullptr) << error;
    Fart_EnterScope();
  }
  work(told);
  StopRefusing();
  ExpectSound();
  EXPECT_FALSE(Fart_IsError(Fart_Collect(Fart_Collection_kEverything)));
  ExpectSound();
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  alarm(0);
  return told.is_refused() ? SweepOutcome::kRefused : SweepOutcome::kDone;
}

namespace {

using Duration = RefusingMemory::Duration;

// In the child of a survey: where it ends.
void PrintPlace(int signal) {
  void* frames[64];
  const int count = backtrace(frames, 64);
  backtrace_symbols_fd(frames, count, STDERR_FILENO);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

// A run in a process of its own. 0: as it should be; 1: not; 2 and 3 the same with nothing refused.
int RunInChild(SystemCall kind, std::uint64_t n, Duration duration,
               const std::function<SweepOutcome()>& scenario) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    for (const int signal : {SIGABRT, SIGSEGV, SIGALRM, SIGBUS}) std::signal(signal, PrintPlace);
    RefusingMemory::FailNth(kind, n, duration);
    scenario();
    RefusingMemory::Stop();
    const bool is_refused = RefusingMemory::Refused(kind) != 0;
    RefusingMemory::FailNth(kind, 0, duration);
    EXPECT_EQ(scenario(), SweepOutcome::kDone) << "the run after the refusal";
    std::fflush(nullptr);
    _exit((testing::Test::HasFailure() ? 1 : 0) + (is_refused ? 0 : 2));
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

// FART_SWEEP=survey: every run in a process of its own, so that one that ends does not end the
// others; FART_SWEEP_STEP skips calls.
void Survey(const std::function<SweepOutcome()>& scenario) {
  const char* const step = std::getenv("FART_SWEEP_STEP");
  const std::uint64_t by = step == nullptr ? 1 : std::strtoull(step, nullptr, 10);
  for (const SystemCall kind : kAllCalls) {
    for (const Duration duration : {Duration::kOnce, Duration::kForGood}) {
      std::uint64_t points = 0;
      std::uint64_t ended = 0;
      std::uint64_t wrong = 0;
      for (std::uint64_t n = 1;; n += n < 40 ? 1 : by) {
        const int result = RunInChild(kind, n, duration, scenario);
        if (result == 2 || result == 3) break;
        ++points;
        ended += result >= 100 ? 1 : 0;
        wrong += result == 1 ? 1 : 0;
        if (result != 0) {
          std::printf("SURVEY %s %s %llu: %d\n", SystemCallName(kind),
                      duration == Duration::kOnce ? "once" : "for good",
                      static_cast<unsigned long long>(n), result);
        }
      }
      std::printf("SURVEY %s %s: %llu points, %llu ended the process, %llu wrong\n",
                  SystemCallName(kind), duration == Duration::kOnce ? "once" : "for good",
                  static_cast<unsigned long long>(points), static_cast<unsigned long long>(ended),
                  static_cast<unsigned long long>(wrong));
    }
  }
}

}  // namespace

void SweepCalls(std::uint64_t most, const std::function<SweepOutcome()>& scenario) {
  const char* const wanted = std::getenv("FART_SWEEP");
  if (wanted != nullptr && std::strcmp(wanted, "survey") == 0) return Survey(scenario);
  for (const SystemCall kind : kAllCalls) {
    const SweepResult result = SweepFailures(kind, scenario, {.most = most});
    std::printf("%s: %llu calls, %llu refused, %llu of these not noticed\n", SystemCallName(kind),
                static_cast<unsigned long long>(result.calls),
                static_cast<unsigned long long>(result.refusals),
                static_cast<unsigned long long>(result.survived));
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace fart::tests
