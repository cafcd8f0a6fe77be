#include "vm/isolate_registry.h"

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <mutex>

#include "heap/base/check.h"
#include "heap/platform/off_heap.h"
#include "vm/isolate.h"

namespace fart {

namespace {

constexpr std::size_t kIds = static_cast<std::size_t>(IsolateId::kProcess);

struct Registry {
  std::mutex lock;
  std::vector<Isolate*> isolates;
  std::bitset<kIds> ids_in_use;
  std::size_t last_id = 0;  // given most recently
};

// Never destroyed: threads may still ask while the process ends.
Registry& TheRegistry() {
  static auto* const registry = new Registry;
  return *registry;
}

Isolate* FindLocked(const Registry& registry, const void* candidate) {
  for (Isolate* const isolate : registry.isolates) {
    if (isolate == candidate) return isolate;
  }
  return nullptr;
}

}  // namespace

bool IsolateRegistry::TakeId(IsolateId* id) {
  Registry& registry = TheRegistry();
  const std::lock_guard<std::mutex> guard(registry.lock);
  for (std::size_t tried = 1; tried < kIds; ++tried) {
    const std::size_t number = (registry.last_id + tried - 1) % (kIds - 1) + 1;  // R1: onwards
    if (registry.ids_in_use[number]) continue;
    registry.ids_in_use[number] = true;
    registry.last_id = number;
    *id = static_cast<IsolateId>(number);
    return true;
  }
  return false;
}

void IsolateRegistry::GiveBackId(IsolateId id) {
  Registry& registry = TheRegistry();
  const std::lock_guard<std::mutex> guard(registry.lock);
  registry.ids_in_use[static_cast<std::size_t>(id)] = false;
}

void IsolateRegistry::Add(Isolate* isolate) {
  Registry& registry = TheRegistry();
  const std::lock_guard<std::mutex> guard(registry.lock);
  registry.isolates.push_back(isolate);
}

void IsolateRegistry::Remove(Isolate* isolate) {
  Registry& registry = TheRegistry();
  const std::lock_guard<std::mutex> guard(registry.lock);
  const auto place = std::find(registry.isolates.begin(), registry.isolates.end(), isolate);
  FART_CHECK(place != registry.isolates.end());
  registry.isolates.erase(place);
}

Isolate* IsolateRegistry::Find(const void* candidate) {
  Registry& registry = TheRegistry();
  const std::lock_guard<std::mutex> guard(registry.lock);
  return FindLocked(registry, candidate);
}

EnterResult IsolateRegistry::TryEnter(const void* candidate) {
  Registry& registry = TheRegistry();
  // Held until it is entered: so it cannot end in between.
  const std::lock_guard<std::mutex> guard(registry.lock);
  Isolate* const isolate = FindLocked(registry, candidate);
  if (isolate == nullptr) return EnterResult::kNoSuchIsolate;
  if (Isolate::Current() != nullptr) return EnterResult::kOtherIsolate;
  return isolate->TryEnter() ? EnterResult::kEntered : EnterResult::kOtherThread;
}

void IsolateRegistry::NotifyLowMemory() {
  Registry& registry = TheRegistry();
  {
    const std::lock_guard<std::mutex> guard(registry.lock);  // None of them ends meanwhile.
    for (Isolate* const isolate : registry.isolates) isolate->heap().NotifyLowMemory();
  }
  OffHeapGiveBack();  // What no isolate has to be asked for.
}

std::vector<Isolate*> IsolateRegistry::All() {
  Registry& registry = TheRegistry();
  const std::lock_guard<std::mutex> guard(registry.lock);
  return registry.isolates;
}

}  // namespace fart
