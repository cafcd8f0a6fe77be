#include "heap/platform/thread_end.h"

#include <pthread.h>

#include <cstdint>

#include "heap/base/check.h"

namespace fart {

namespace {

// Which of the system's rounds of destructors is ours: there are at least four.
constexpr std::uint8_t kOurRound = 2;

// Nothing here has a destructor: it is there for as long as the thread runs anything.
struct Actions {
  ThreadEndAction wanted[kThreadEndActions];
  std::uint8_t count;
  std::uint8_t round;
};
constinit thread_local Actions actions{};

// Never deleted: the library stays in the process.
struct Key {
  pthread_key_t key;
  bool exists;
};
constinit Key the_key{};
constinit pthread_once_t key_once = PTHREAD_ONCE_INIT;

void RunRound(void*);

bool Arm() {
  pthread_once(&key_once, [] { the_key.exists = pthread_key_create(&the_key.key, RunRound) == 0; });
  return the_key.exists && pthread_setspecific(the_key.key, &actions) == 0;
}

void RunRound(void*) {
  if (++actions.round < kOurRound && Arm()) return;
  const Actions due = actions;
  actions = {};
  for (int i = 0; i < due.count; ++i) due.wanted[i]();
}

}  // namespace

bool AtThreadEnd(ThreadEndAction action) {
  for (int i = 0; i < actions.count; ++i) {
    if (actions.wanted[i] == action) return true;
  }
  FART_CHECK(actions.count < kThreadEndActions);
  if (!Arm()) return false;
  actions.wanted[actions.count++] = action;
  return true;
}

void EndThisThread() { pthread_exit(nullptr); }

}  // namespace fart
