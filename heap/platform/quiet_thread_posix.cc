#include "heap/platform/quiet_thread.h"

#include <signal.h>

#include <algorithm>
#include <climits>
#include <cstddef>

namespace fart {

bool StartQuietThread(pthread_t* thread, const char* name, void* (*main)(void*), void* argument) {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return false;
  constexpr std::size_t kStack = 256 * 1024;
  static_cast<void>(pthread_attr_setstacksize(
      &attributes, std::max(kStack, static_cast<std::size_t>(PTHREAD_STACK_MIN))));
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const bool started = pthread_create(thread, &attributes, main, argument) == 0;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_attr_destroy(&attributes);
  if (started) static_cast<void>(pthread_setname_np(*thread, name));
  return started;
}

}  // namespace fart
