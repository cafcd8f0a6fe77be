#include "vm/forking.h"

#include "heap/platform/at_fork.h"
#include "vm/entry/place_errors.h"
#include "vm/isolate_registry.h"
#include "vm/message/message_ledger.h"
#include "vm/port/ports.h"
#include "vm/port/thread_pool.h"
#include "vm/port/timers.h"
#include "vm/port/watches.h"
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
  HoldWatchesForFork();
  MessageLedger::BeforeFork();
  HoldPlaceErrorsForFork();
  HoldReleases();
}

void AfterForkInParent() {
  LetReleasesGoOn();
  ReleasePlaceErrors();
  MessageLedger::AfterFork();
  ReleaseWatchesInParent();
  ReleaseTimersInParent();
  ThreadPool::OfProcess().AfterForkInParent();
  Ports::AfterForkInParent();
  IsolateRegistry::AfterForkInParent();
  ReleaseSpawnedInParent();
}

// The registry takes the ports of lost isolates out of the table; then it is known whose timers are
// lost.
void AfterForkInChild() {
  LetReleasesGoOn();
  ReleasePlaceErrors();
  MessageLedger::AfterFork();
  ReleaseWatchesInChild();
  ReleaseTimersInChild();
  ThreadPool::OfProcess().AfterForkInChild();
  Ports::AfterForkInChild();
  ReleaseSpawnedInChild();
  IsolateRegistry::AfterForkInChild();
  DropLostTimers();
  DropLostWatches();
}

}  // namespace

bool PrepareForForks() {
  static constinit bool is_prepared = false;
  if (is_prepared) return true;
  // What is held exists from now on: holding it needs no memory.
  static_cast<void>(SpawnedIsolates());
  static_cast<void>(IsolateRegistry::Count());
  static_cast<void>(Ports::Count());
  static_cast<void>(ThreadPool::OfProcess());
  static_cast<void>(WaitingTimers());
  static_cast<void>(WaitingWatches());
  static_cast<void>(MessageLedger::Totals());
  is_prepared =
      AtFork({.before = BeforeFork, .in_parent = AfterForkInParent, .in_child = AfterForkInChild});
  return is_prepared;
}

}  // namespace fart
