#include "heap/platform/at_fork.h"

#include <pthread.h>

namespace fart {

bool AtFork(const ForkActions& actions) {
  return pthread_atfork(actions.before, actions.in_parent, actions.in_child) == 0;
}

}  // namespace fart
