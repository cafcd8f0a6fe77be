#include "vm/forking.h"

#include <vector>

#include "heap/platform/at_fork.h"
#include "vm/entry/place_errors.h"
#include "vm/isolate_registry.h"
#include "vm/message/message_ledger.h"
#include "vm/port/ports.h"
#include "vm/port/thread_pool.h"
#include "vm/port/timers.h"
#include "vm/spawn.h"

namespace fart {

namespace {

// In the order in which locks are taken one inside the other.
void BeforeFork() {
  HoldSpawnedForFork();
  IsolateRegistry::BeforeFork();
  Ports::BeforeFork();
  ThreadPool::OfProcess().BeforeFork();
  HoldTimersForFork();
  MessageLedger::BeforeFork();
  HoldPlaceErrorsForFork();
  HoldReleases();
}

void AfterForkInParent() {
  LetReleasesGoOn();
  ReleasePlaceErrors();
  MessageLedger::AfterFork();
  ReleaseTimersInParent();
  ThreadPool::OfProcess().AfterForkInParent();
  Ports::AfterForkInParent();
  IsolateRegistry::AfterForkInParent();
  ReleaseSpawnedInParent();
}

// The registry last: it takes the ports of lost isolates out of the table.
void AfterForkInChild() {
  LetReleasesGoOn();
  ReleasePlaceErrors();
  MessageLedger::AfterFork();
  ReleaseTimersInChild();
  ThreadPool::OfProcess().AfterForkInChild();
  Ports::AfterForkInChild();
  IsolateRegistry::AfterForkInChild(ReleaseSpawnedInChild());
}

}  // namespace

bool PrepareForForks() {
  static const bool is_prepared =
      AtFork({.before = BeforeFork, .in_parent = AfterForkInParent, .in_child = AfterForkInChild});
  return is_prepared;
}

}  // namespace fart
