#include "heap/platform/testing/refusing_system.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

namespace fart {
namespace {

struct State {
  std::atomic<std::uint64_t> refused_from{0};  // 0: nothing is refused
  std::atomic<std::uint64_t> refused_to{0};
  std::atomic<std::uint64_t> calls{0};
};
constinit State states[kSystemCalls];

constinit thread_local int exempt = 0;
constinit std::atomic<CallWatcher> call_watcher{nullptr};

State& Of(SystemCall call) { return states[static_cast<int>(call)]; }

}  // namespace

bool IsRefused(SystemCall call) {
  State& state = Of(call);
  const std::uint64_t from = state.refused_from.load();
  if (from == 0 || exempt != 0) return false;
  const std::uint64_t call_number = state.calls.fetch_add(1) + 1;
  if (const CallWatcher watcher = call_watcher.load(); watcher != nullptr) {
    const NotRefused own;
    watcher(call_number);
  }
  return from <= call_number && call_number <= state.refused_to.load();
}

void WatchCalls(CallWatcher watcher) { call_watcher = watcher; }

NotRefused::NotRefused() { ++exempt; }
NotRefused::~NotRefused() { --exempt; }

RefusingSystem::RefusingSystem(SystemCall call, std::uint64_t from, std::uint64_t to)
    : call_(call) {
  Of(call).calls = 0;
  Of(call).refused_to = to;
  Of(call).refused_from = from;
}

RefusingSystem::~RefusingSystem() { Of(call_).refused_from = 0; }

std::uint64_t RefusingSystem::calls() const { return Of(call_).calls.load(); }

namespace {

template <typename Result>
Result Refuse(int error, Result result) {
  errno = error;
  return result;
}

}  // namespace
}  // namespace fart

// The C library's names, for the linker takes these first.
extern "C" {

void* mmap(void* at, size_t size, int protection, int flags, int file, off_t offset) noexcept {
  // Memory of no access: what reservations ask for.
  if (protection == PROT_NONE && fart::IsRefused(fart::SystemCall::kReserve)) {
    return fart::Refuse(ENOMEM, MAP_FAILED);
  }
  return reinterpret_cast<void*>(syscall(SYS_mmap, at, size, protection, flags, file, offset));
}

int munmap(void* at, size_t size) noexcept {
  if (fart::IsRefused(fart::SystemCall::kRelease)) return fart::Refuse(ENOMEM, -1);
  return static_cast<int>(syscall(SYS_munmap, at, size));
}

int mprotect(void* at, size_t size, int protection) noexcept {
  const auto call =
      protection == PROT_NONE ? fart::SystemCall::kProtect : fart::SystemCall::kCommit;
  if (fart::IsRefused(call)) return fart::Refuse(ENOMEM, -1);
  return static_cast<int>(syscall(SYS_mprotect, at, size, protection));
}

int madvise(void* at, size_t size, int advice) noexcept {
  constexpr int kDiscardLocked = 24;
  const bool gives_back = advice == MADV_DONTNEED || advice == kDiscardLocked;
  if (gives_back && fart::IsRefused(fart::SystemCall::kGiveBack)) return fart::Refuse(EINVAL, -1);
  return static_cast<int>(syscall(SYS_madvise, at, size, advice));
}

}  // extern "C"
