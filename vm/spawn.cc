#include "vm/spawn.h"

#include <memory>
#include <string>
#include <utility>

#include "heap/base/check.h"
#include "vm/isolate.h"
#include "vm/port/thread_pool.h"
#include "vm/spawned_isolate.h"
#include "vm/spawned_list.h"

namespace fart {

void SetSpawnHost(SpawnHost* host) { SpawnedList::OfProcess().SetHost(host); }

bool SpawnIsolate(SpawnRequest request, std::string* error) {
  if (request.parent != nullptr && !request.parent->may_spawn()) {
    *error = "The isolate ends: it makes no others.";
    return false;
  }
  SpawnedList& list = SpawnedList::OfProcess();
  const std::shared_ptr<SpawnedIsolate> isolate = list.Add(std::move(request), error);
  if (isolate == nullptr) return false;
  if (isolate->Start()) return true;
  list.Remove(isolate);
  *error = "The system has no thread for another isolate.";
  return false;
}

void EndSpawning(Isolate& isolate) {
  isolate.ForbidSpawning();
  // One after the other: that needs no memory.
  while (const std::shared_ptr<SpawnedIsolate> child =
             SpawnedList::OfProcess().UnmadeChildOf(isolate)) {
    if (!ThreadPool::IsPoolThread()) {
      child->WaitUntilMade();
      continue;
    }
    // Were all threads of the pool to wait here, there would be none left to make them.
    isolate.Exit();
    child->EnsureMade();
    isolate.Enter();
  }
}

std::size_t SpawnedIsolates() { return SpawnedList::OfProcess().size(); }

void StopSpawnedIsolates() {
  FART_CHECK(!ThreadPool::IsPoolThread() && Isolate::Current() == nullptr);
  SpawnedList::OfProcess().StopAll();
}

void HoldSpawnedForFork() { SpawnedList::OfProcess().Hold(); }
void ReleaseSpawnedInParent() { SpawnedList::OfProcess().ReleaseInParent(); }
void ReleaseSpawnedInChild() { SpawnedList::OfProcess().ReleaseInChild(); }

}  // namespace fart
