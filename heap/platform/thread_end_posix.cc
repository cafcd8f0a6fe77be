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

void RunRound(void*);

class Key {
 public:
  Key() : is_made_(pthread_key_create(&key_, RunRound) == 0) {}
  // When the process ends, or this library is unloaded: threads may outlive both.
  ~Key() {
    if (is_made_) pthread_key_delete(key_);
    is_made_ = false;
  }
  bool Arm() const { return is_made_ && pthread_setspecific(key_, &actions) == 0; }

 private:
  pthread_key_t key_{};
  bool is_made_;
};

Key& TheKey() {
  static Key key;
  return key;
}

void RunRound(void*) {
  if (++actions.round < kOurRound && TheKey().Arm()) return;
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
  if (!TheKey().Arm()) return false;
  actions.wanted[actions.count++] = action;
  return true;
}

void EndThisThread() { pthread_exit(nullptr); }

}  // namespace fart
