// SpawnedList -- all spawned isolates of the process that have not ended.
//
// Not here: what one of them does (spawned_isolate.h).

#ifndef FART_VM_SPAWNED_LIST_H_
#define FART_VM_SPAWNED_LIST_H_

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

#include "heap/base/safepoint.h"
#include "vm/spawn.h"

namespace fart {

class SpawnedIsolate;

// Any thread, but where something else is said.
class SpawnedList {
 public:
  static SpawnedList& OfProcess();
  SpawnedList(const SpawnedList&) = delete;
  SpawnedList& operator=(const SpawnedList&) = delete;

  // As SetSpawnHost.
  void SetHost(SpawnHost* host);
  // Null: none can be made; *error says why.
  [[nodiscard]] std::shared_ptr<SpawnedIsolate> Add(SpawnRequest request, std::string* error);
  void Remove(const std::shared_ptr<SpawnedIsolate>& isolate);
  // Null: there is none.
  [[nodiscard]] std::shared_ptr<SpawnedIsolate> UnmadeChildOf(const Isolate& isolate);
  [[nodiscard]] std::size_t size();
  // As StopSpawnedIsolates.
  void StopAll() FART_MAY_COLLECT;

  // ---- For fork
  void Hold();
  void ReleaseInParent();
  void ReleaseInChild();

 private:
  SpawnedList() = default;

  // One that nobody ends. The list is locked.
  [[nodiscard]] std::shared_ptr<SpawnedIsolate> WithoutTurn() const;

  std::mutex lock_;
  std::condition_variable ended_;
  SpawnHost* host_ = nullptr;
  bool are_stopping_ = false;
  std::unordered_set<std::shared_ptr<SpawnedIsolate>> isolates_;
};

}  // namespace fart

#endif  // FART_VM_SPAWNED_LIST_H_
