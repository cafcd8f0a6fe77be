#include "tests/memory_sweep.h"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>

namespace fart::tests {

namespace {

constexpr unsigned kLongestRunSeconds = 60;

bool IsAboutMemory(const char* text) {
  return std::strstr(text, "emory") != nullptr || std::strstr(text, "no thread") != nullptr ||
         std::strstr(text, "handle") != nullptr;
}

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

SweepOutcome InIsolate(With what, const std::function<void(Told&)>& work) {
  alarm(kLongestRunSeconds);
  Told told;
  {
    const NotRefused free;
    char* error = nullptr;
    const Fart_Isolate isolate = what == With::kHeap
                                     ? Fart_CreateHeapIsolate(nullptr, &error)
                                     : Fart_CreateIsolate("sweep", "main", nullptr, nullptr,
                                                          nullptr, &error);
    EXPECT_NE(isolate, nullptr) << error;
    Fart_EnterScope();
  }
  work(told);
  StopRefusing();
  EXPECT_EQ(Fart_VerifyHeap(), nullptr);
  EXPECT_FALSE(Fart_IsError(Fart_Collect(Fart_Collection_kEverything)));
  EXPECT_EQ(Fart_VerifyHeap(), nullptr);
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  alarm(0);
  return told.is_refused() ? SweepOutcome::kRefused : SweepOutcome::kDone;
}

void SweepCalls(std::uint64_t most, const std::function<SweepOutcome()>& scenario) {
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
