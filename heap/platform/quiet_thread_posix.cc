#include "heap/platform/quiet_thread.h"

#include <signal.h>

#include <cstring>

namespace fart {

bool StartQuietThread(pthread_t* thread, const char* name, void* (*main)(void*), void* argument) {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return false;
  // Where that is too little for a thread it has as much as others.
  static_cast<void>(pthread_attr_setstacksize(&attributes, 256 * 1024));
  sigset_t all;  // sigfillset asks the C library for one more name.
  sigset_t before;
  std::memset(&all, 0xFF, sizeof all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const bool started = pthread_create(thread, &attributes, main, argument) == 0;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_attr_destroy(&attributes);
  if (started) static_cast<void>(pthread_setname_np(*thread, name));
  return started;
}

}  // namespace fart
