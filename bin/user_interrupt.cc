#include "bin/user_interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <new>
#include <system_error>
#include <thread>

#include "api/include/fart_tools_api.h"
#include "bin/run_main.h"

namespace fart::program {

namespace {

std::atomic<bool> is_interrupted{false};

sigset_t SetOf(int signal) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, signal);
  return signals;
}

void LetThrough(int signal) {
  const sigset_t signals = SetOf(signal);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

// `wake`: null where the first SIGINT is the last one.
void WaitForSignals(Fart_Isolate isolate, bool takes_snapshots, void (*wake)()) {
  sigset_t signals = SetOf(SIGINT);
  if (takes_snapshots) sigaddset(&signals, SIGUSR1);
  int signal = 0;
  do {
    if (sigwait(&signals, &signal) != 0) return;
    if (signal == SIGUSR1) {
      Fart_RequestHeapSnapshot(isolate);
      continue;
    }
    is_interrupted = true;
    Fart_InterruptIsolate(isolate, Fart_Interrupt_kNext);
    if (wake != nullptr) wake();
  } while (signal != SIGINT || wake != nullptr);
  LetThrough(SIGINT);  // to this thread: the next one ends the process
  for (;;) pause();
}

void StartWaiting(Fart_Isolate isolate, void (*wake)()) {
  const bool takes_snapshots = Fart_GetFlag("heap-snapshot")[0] != '\0' ||
                               std::strcmp(Fart_GetFlag("gc-histogram"), "true") == 0;
  if (!takes_snapshots) LetThrough(SIGUSR1);  // as if nobody had held it
  // Without the thread they end the process, as they do other programs.
  try {
    std::thread(WaitForSignals, isolate, takes_snapshots, wake).detach();
  } catch (const std::system_error&) {
    LetThrough(SIGINT);
  } catch (const std::bad_alloc&) {
    LetThrough(SIGINT);
  }
}

}  // namespace

bool HoldUserInterrupts() {
  sigset_t signals = SetOf(SIGINT);
  sigaddset(&signals, SIGUSR1);
  return pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0;
}

void InterruptByUser(Fart_Isolate isolate) { StartWaiting(isolate, nullptr); }

void InterruptInputs(Fart_Isolate isolate, void (*wake)()) { StartWaiting(isolate, wake); }

bool IsInterruptedByUser() { return is_interrupted; }

void ForgetInterrupts() {
  is_interrupted = false;
  ForgetStops();
}

}  // namespace fart::program
