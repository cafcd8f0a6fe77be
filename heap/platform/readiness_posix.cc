#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>

#include "heap/platform/readiness.h"

namespace fart {

bool WakeSignal::Open() {
  if (descriptor_ < 0) descriptor_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return descriptor_ >= 0;
}

void WakeSignal::Close() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}

void WakeSignal::Raise() const {
  const std::uint64_t one = 1;
  // Refused only where it is raised already.
  if (descriptor_ >= 0) static_cast<void>(!write(descriptor_, &one, sizeof(one)));
}

void WakeSignal::Lower() const {
  std::uint64_t count = 0;
  if (descriptor_ >= 0) static_cast<void>(!read(descriptor_, &count, sizeof(count)));
}

void WaitUntilReady(std::vector<Awaited>* all, std::int64_t milliseconds) {
  std::vector<pollfd> polled;
  polled.reserve(all->size());
  for (const Awaited& each : *all) {
    const auto events = static_cast<short>(each.is_for_writing ? POLLOUT : POLLIN);
    polled.push_back({.fd = each.descriptor, .events = events, .revents = 0});
  }
  const auto most =
      static_cast<int>(std::min<std::int64_t>(milliseconds, std::numeric_limits<int>::max()));
  if (poll(polled.data(), polled.size(), most < 0 ? -1 : most) <= 0) return;
  for (std::size_t i = 0; i < polled.size(); ++i) (*all)[i].is_ready = polled[i].revents != 0;
}

int OpenChild(int child) {
#ifdef SYS_pidfd_open
  return static_cast<int>(syscall(SYS_pidfd_open, child, 0));  // It closes at exec.
#else
  static_cast<void>(child);
  return -1;
#endif
}

void CloseDescriptor(int descriptor) {
  if (descriptor >= 0) close(descriptor);
}

bool TakeEndOfChild(int child, int* code) {
  int status = 0;
  pid_t ended = 0;
  do {
    ended = waitpid(child, &status, WNOHANG);
  } while (ended < 0 && errno == EINTR);
  if (ended == 0) return false;
  if (ended < 0) {
    *code = kUnknownEnd;
  } else {
    *code = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }
  return true;
}

bool SendSignal(int process, int signal) { return kill(process, signal) == 0; }

int OwnProcess() { return getpid(); }

}  // namespace fart
