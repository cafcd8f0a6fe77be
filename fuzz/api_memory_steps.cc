// Steps: peers, callbacks around collections, room, and looking into the heap.

#include <chrono>

#include "fuzz/api_steps.h"

namespace fart::fuzz {
namespace {

void SetPeer(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  void* const peer = world.OneIn(4) ? nullptr : &world;
  const Fart_Handle result = FUZZ_CALL(Fart_SetPeer, object, peer);
  if (!world.WentWell(result)) return;
  void* found = nullptr;
  Fart_GetPeer(object, &found);
  // A String that is external has the peer that it was given with its memory.
  if (!Fart_IsString(object)) world.Expect(found == peer, "a peer is found again");
}

void GetPeer(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  void* peer = nullptr;
  void** const place = world.Place(&peer);
  world.WentWell(FUZZ_CALL(Fart_GetPeer, object, place), {place});
}

void OnGc() { ApiWorld::current->RunNested(); }

void SetGcCallbacks(ApiWorld& world) {
  const std::size_t choice = world.Below(8);
  FUZZ_CALL(Fart_SetGcCallbacks, choice % 4 == 1 ? nullptr : OnGc,
            choice % 4 == 1 || choice == 2 ? nullptr : OnGc);
}

constexpr std::size_t kHighestLimit = std::size_t{48} << 20;

std::size_t OnNearLimit(void* data, std::size_t limit) {
  ApiWorld& world = *static_cast<ApiWorld*>(data);
  world.RunNested();
  return world.OneIn(4) && limit < kHighestLimit ? limit * 2 : limit;
}

void SetNearHeapLimit(ApiWorld& world) {
  const bool nobody = world.OneIn(4);
  FUZZ_CALL(Fart_SetNearHeapLimitCallback, nobody ? nullptr : OnNearLimit, &world);
}

void NotifyIdle(ApiWorld& world) {
  // Whether a deadline suffices is a matter of the clock; these do not depend on it.
  const std::int64_t deadline = world.OneIn(2) ? INT64_MAX : world.OneIn(2) ? INT64_MIN : 0;
  FUZZ_CALL(Fart_NotifyIdle, deadline);
}

void NotifyLowMemory(ApiWorld& world) { FUZZ_CALL(Fart_NotifyLowMemory); }

void Collect(ApiWorld& world) {
  const auto kind = static_cast<Fart_Collection>(world.Below(4));  // 3 is none
  FUZZ_CALL(Fart_Collect, kind);
}

void Look(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  const bool is_old = FUZZ_CALL(Fart_IsInOldSpace, object);
  const std::uintptr_t address = FUZZ_CALL(Fart_ObjectAddress, object);
  world.Expect(!is_old || address != 0, "what is in old space has an address");
}

void Verify(ApiWorld& world) {
  const char* const complaint = FUZZ_CALL(Fart_VerifyHeap);
  if (Fart_CurrentIsolate() != nullptr && complaint != nullptr) world.Fail(complaint);
}

void HeapStatistics(ApiWorld& world) {
  Fart_HeapStatistics statistics{};
  statistics.struct_size = world.OneIn(8) ? world.Below(300) : sizeof(statistics);
  Fart_HeapStatistics* const place = world.Place(&statistics);
  if (world.WentWell(FUZZ_CALL(Fart_GetHeapStatistics, place), {place})) {
    world.Expect(statistics.heap_limit_bytes > 0, "a heap has a limit");
  }
}

void HandleStatistics(ApiWorld& world) {
  Fart_HandleStatistics statistics{};
  statistics.struct_size = world.OneIn(8) ? world.Below(300) : sizeof(statistics);
  Fart_HandleStatistics* const place = world.Place(&statistics);
  if (world.WentWell(FUZZ_CALL(Fart_GetHandleStatistics, place), {place})) {
    world.Expect(statistics.persistent_made >= statistics.persistent_live, "what lives was made");
  }
}

}  // namespace

std::span<const ApiStep> MemorySteps() {
  static constexpr ApiStep kSteps[] = {
      SetPeer, GetPeer, SetGcCallbacks, SetNearHeapLimit, NotifyIdle,     NotifyLowMemory,
      Collect, Collect, Look,           Verify,           HeapStatistics, HandleStatistics,
  };
  return kSteps;
}

}  // namespace fart::fuzz
