#include "vm/isolate_registry.h"

#include <mutex>
#include <unordered_map>

#include "heap/platform/off_heap.h"
#include "vm/entry/misuse.h"
#include "vm/isolate.h"
#include "vm/port/ports.h"

namespace fart {

namespace {

constexpr std::size_t kIds = static_cast<std::size_t>(IsolateId::kProcess);

// What a name ends in: no address of anything does, and no handle is as small.
constexpr std::uint64_t kNameMark = 0xA;
constexpr int kNameShift = 4;

struct Id {
  std::uint32_t next_generation = 0;
  std::uint16_t round = 0;
  bool is_in_use = false;
  bool rests = false;  // its generations are used up
};

// Zeros of the program's image: of a table for all numbers only those that are given are touched.
constinit Id the_ids[kIds];

struct Registry {
  std::mutex lock;
  std::unordered_map<ForeignIsolate, Isolate*> isolates;
  Id* const ids = the_ids;
  std::size_t last_id = 0;  // given most recently
  std::uint64_t last_serial = 0;
  bool is_closed = false;
};

// Never destroyed: threads may still ask while the process ends.
Registry& TheRegistry() {
  static auto* const registry = new Registry;
  return *registry;
}

using Guard = std::lock_guard<std::mutex>;

Isolate* FindLocked(const Registry& registry, ForeignIsolate name) {
  const auto place = registry.isolates.find(name);
  return place == registry.isolates.end() ? nullptr : place->second;
}

// 0: there is none.
std::size_t NextFreeId(const Registry& registry, bool also_resting) {
  for (std::size_t tried = 1; tried < kIds; ++tried) {
    const std::size_t number = (registry.last_id + tried - 1) % (kIds - 1) + 1;  // V-R1: onwards
    const Id& id = registry.ids[number];
    if (!id.is_in_use && (also_resting || !id.rests)) return number;
  }
  return 0;
}

}  // namespace

bool IsolateRegistry::TakeNumber(IsolateNumber* number) {
  bool has_come_round = false;
  {
    Registry& registry = TheRegistry();
    const Guard guard(registry.lock);
    std::size_t free = NextFreeId(registry, false);
    has_come_round = free == 0;
    if (has_come_round) free = NextFreeId(registry, true);
    if (free == 0) return false;
    Id& id = registry.ids[free];
    if (id.rests) id.next_generation = 0;
    id.is_in_use = true;
    id.rests = false;
    registry.last_id = free;
    const std::uint64_t name = ++registry.last_serial << kNameShift | kNameMark;
    *number = {.id = static_cast<IsolateId>(free),
               .first_generation = id.next_generation,
               .id_and_round = static_cast<std::uint32_t>(free << 16) | id.round++,
               .foreign = reinterpret_cast<ForeignIsolate>(name)};
  }
  if (has_come_round) {
    RecordMisuse(
        "The numbers of isolates have come round: a handle kept from one that has ended "
        "may be taken for one of the new isolate.");
  }
  return true;
}

void IsolateRegistry::GiveBackNumber(const IsolateNumber& number, std::uint32_t next_generation) {
  Registry& registry = TheRegistry();
  const Guard guard(registry.lock);
  Id& id = registry.ids[static_cast<std::size_t>(number.id)];
  id.is_in_use = false;
  id.next_generation = next_generation;
  id.rests = next_generation >= HandleValue::kMaxGeneration;
}

bool IsolateRegistry::Add(Isolate* isolate) {
  Registry& registry = TheRegistry();
  const Guard guard(registry.lock);
  if (registry.is_closed) return false;
  registry.isolates.emplace(isolate->foreign(), isolate);
  return true;
}

void IsolateRegistry::Remove(Isolate* isolate) {
  Registry& registry = TheRegistry();
  const Guard guard(registry.lock);
  registry.isolates.erase(isolate->foreign());
}

EnterResult IsolateRegistry::TryEnter(ForeignIsolate name) {
  Registry& registry = TheRegistry();
  // Held until it is entered: so it cannot end in between.
  const Guard guard(registry.lock);
  Isolate* const isolate = FindLocked(registry, name);
  if (isolate == nullptr) return EnterResult::kNoSuchIsolate;
  if (Isolate::Current() != nullptr) return EnterResult::kOtherIsolate;
  if (registry.is_closed) return EnterResult::kOtherThread;
  return isolate->TryEnter() ? EnterResult::kEntered : EnterResult::kOtherThread;
}

EnterResult IsolateRegistry::EnterWhenLeft(
    ForeignIsolate name, std::optional<std::chrono::steady_clock::time_point> until) {
  Registry& registry = TheRegistry();
  Isolate* isolate = nullptr;
  {
    const Guard guard(registry.lock);
    isolate = FindLocked(registry, name);
    if (isolate == nullptr) return EnterResult::kNoSuchIsolate;
    if (Isolate::Current() != nullptr) return EnterResult::kOtherIsolate;
    if (registry.is_closed) return EnterResult::kOtherThread;
    isolate->AnnounceGuest();  // Until then it cannot end.
  }
  return isolate->EnterAsGuest(until) ? EnterResult::kEntered : EnterResult::kOtherThread;
}

bool IsolateRegistry::With(ForeignIsolate name, const std::function<void(Isolate&)>& use) {
  Registry& registry = TheRegistry();
  const Guard guard(registry.lock);
  Isolate* const isolate = FindLocked(registry, name);
  if (isolate == nullptr) return false;
  use(*isolate);
  return true;
}

ForeignIsolate IsolateRegistry::NameOfOwner(HandleValue value) {
  Registry& registry = TheRegistry();
  const Guard guard(registry.lock);
  const Id& id = registry.ids[static_cast<std::size_t>(value.isolate())];
  if (value.generation() < id.next_generation) return nullptr;  // V-R1
  for (const auto& [name, isolate] : registry.isolates) {
    if (isolate->id() == value.isolate()) return name;
  }
  return nullptr;
}

bool IsolateRegistry::WithMainPort(PortId port, const std::function<void(Isolate&)>& use) {
  Registry& registry = TheRegistry();
  const Guard guard(registry.lock);
  for (const auto& [name, isolate] : registry.isolates) {
    if (isolate->main_port() != port) continue;
    use(*isolate);
    return true;
  }
  return false;
}

void IsolateRegistry::NotifyLowMemory() {
  Registry& registry = TheRegistry();
  {
    const Guard guard(registry.lock);  // None of them ends meanwhile.
    for (const auto& [name, isolate] : registry.isolates) isolate->heap().NotifyLowMemory();
  }
  OffHeapGiveBack();  // What no isolate has to be asked for.
}

std::size_t IsolateRegistry::Count() {
  Registry& registry = TheRegistry();
  const Guard guard(registry.lock);
  return registry.isolates.size();
}

// ---- The end of the machine

bool IsolateRegistry::TryClose() {
  Registry& registry = TheRegistry();
  const Guard guard(registry.lock);
  for (const auto& [name, isolate] : registry.isolates) {
    if (!isolate->IsLeft()) return false;
  }
  registry.is_closed = true;
  return true;
}

void IsolateRegistry::Open() {
  Registry& registry = TheRegistry();
  const Guard guard(registry.lock);
  registry.is_closed = false;
}

Isolate* IsolateRegistry::AnyOfClosed() {
  Registry& registry = TheRegistry();
  const Guard guard(registry.lock);
  return registry.isolates.empty() ? nullptr : registry.isolates.begin()->second;
}

// ---- fork

void IsolateRegistry::BeforeFork() {
  Registry& registry = TheRegistry();
  registry.lock.lock();
  for (const auto& [name, isolate] : registry.isolates) isolate->BeforeFork();
}

void IsolateRegistry::AfterForkInParent() {
  Registry& registry = TheRegistry();
  for (const auto& [name, isolate] : registry.isolates) isolate->AfterForkInParent();
  registry.lock.unlock();
}

void IsolateRegistry::AfterForkInChild() {
  Registry& registry = TheRegistry();
  for (const auto& [name, isolate] : registry.isolates) isolate->AfterForkInChild();
  std::erase_if(registry.isolates, [](const auto& entry) {
    Isolate* const isolate = entry.second;
    const bool is_lost = isolate->NeedsOtherThreads();
    if (is_lost) Ports::Forget(&isolate->messages());
    return is_lost;
  });
  registry.lock.unlock();
}

}  // namespace fart
