#include "bin/user_interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <new>
#include <system_error>
#include <thread>

namespace fart::program {

namespace {

std::atomic<bool> is_interrupted{false};

sigset_t OnlyInterrupts() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  return signals;
}

void LetThrough() {
  const sigset_t signals = OnlyInterrupts();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

void WaitForSignal(Fart_Isolate isolate) {
  const sigset_t signals = OnlyInterrupts();
  int signal = 0;
  if (sigwait(&signals, &signal) != 0) return;
  is_interrupted = true;
  Fart_InterruptIsolate(isolate, Fart_Interrupt_kNext);
  LetThrough();  // to this thread: the next one ends the process
  for (;;) pause();
}

}  // namespace

bool HoldUserInterrupts() {
  const sigset_t signals = OnlyInterrupts();
  return pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0;
}

void InterruptByUser(Fart_Isolate isolate) {
  // Without the thread it ends the process, as it does other programs.
  try {
    std::thread(WaitForSignal, isolate).detach();
  } catch (const std::system_error&) {
    LetThrough();
  } catch (const std::bad_alloc&) {
    LetThrough();
  }
}

bool IsInterruptedByUser() { return is_interrupted; }

}  // namespace fart::program
