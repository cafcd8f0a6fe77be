// Steps: looking into the heap, and what callbacks do that are called meanwhile.

#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/api_steps.h"

namespace fart::fuzz {
namespace {

// A callback runs inside no isolate; it may do whatever it likes there.
void BeInside(void* data) {
  auto& world = *static_cast<ApiWorld*>(data);
  world.Expect(Fart_CurrentIsolate() == nullptr, "a callback of a look is inside no isolate");
  if (world.OneIn(64)) world.RunNested();
}

void SeeClass(const Fart_HeapClass* row, void* data) {
  BeInside(data);
  static_cast<ApiWorld*>(data)->Expect(row->class_name != nullptr, "a row has a name");
}
void SeeHandle(const Fart_HandleInfo* info, void* data) {
  BeInside(data);
  static_cast<ApiWorld*>(data)->Expect(info->place != nullptr, "a handle has a place");
}
void SeeStep(const Fart_PathStep* step, void* data) {
  BeInside(data);
  static_cast<ApiWorld*>(data)->Expect(step->reference != nullptr, "a step has a reference");
}
bool Write(const char* bytes, std::size_t length, void* data) {
  auto& world = *static_cast<ApiWorld*>(data);
  BeInside(data);
  world.Expect(bytes != nullptr && length != 0, "something is written");
  return !world.OneIn(64);
}
bool Go(std::uint64_t done, std::uint64_t total, void* data) {
  auto& world = *static_cast<ApiWorld*>(data);
  world.Expect(done <= total, "no more is done than there is");
  return !world.OneIn(64);
}

void Classes(ApiWorld& world) {
  const Fart_HeapHistogram taken = FUZZ_CALL(Fart_TakeHeapHistogram);
  const Fart_HeapHistogram since =
      world.OneIn(8) ? reinterpret_cast<Fart_HeapHistogram>(world.program.Word()) : taken;
  const auto callback = world.OneIn(16) ? nullptr : SeeClass;
  FUZZ_CALL(Fart_VisitHeapClasses, since, callback, &world);
  FUZZ_CALL(Fart_DeleteHeapHistogram, taken);
}

void Handles(ApiWorld& world) {
  const auto callback = world.OneIn(16) ? nullptr : SeeHandle;
  FUZZ_CALL(Fart_VisitHandles, callback, &world);
}

void NewAt(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  const char* const file = world.OneIn(16) ? nullptr : "file.cc";
  const int line = static_cast<int>(world.Number());
  world.Keep(FUZZ_CALL(Fart_NewPersistentHandleAt, object, file, line), Kind::kAny);
}

void Label(ApiWorld& world) {
  const std::string text = world.Text();
  const char* const label = world.OneIn(16) ? nullptr : text.c_str();
  const void* handle = world.Any();
  if (world.OneIn(2))
    handle = world.OneIn(2) ? static_cast<const void*>(world.AnyWeak()) : world.AnyFinalizable();
  FUZZ_CALL(Fart_SetHandleLabel, handle, label);
}

void Provenance(ApiWorld& world) {
  static constexpr const char* kFlags[] = {"--handle-provenance", "--handle-provenance=false",
                                           "--handle-provenance=sample:3"};
  FUZZ_CALL(Fart_SetFlag, kFlags[world.Below(3)]);
}

void Leaks(ApiWorld& world) {
  const auto format = static_cast<Fart_LeakReport>(world.Below(2));
  const auto write = world.OneIn(16) ? nullptr : Write;
  FUZZ_CALL(Fart_WriteLeakReport, format, write, &world);
}

void Snapshot(ApiWorld& world) {
  const auto write = world.OneIn(16) ? nullptr : Write;
  const auto progress = world.OneIn(2) ? nullptr : Go;
  FUZZ_CALL(Fart_WriteHeapSnapshot, write, progress, &world);
}

void Request(ApiWorld& world) {
  const Fart_Isolate isolate =
      world.OneIn(8) ? reinterpret_cast<Fart_Isolate>(&world) : Fart_CurrentIsolate();
  FUZZ_CALL(Fart_RequestHeapSnapshot, isolate);
}

void Path(ApiWorld& world) {
  const Fart_Handle object =
      world.OneIn(4) ? reinterpret_cast<Fart_Handle>(world.AnyWeak()) : world.Any();
  const auto callback = world.OneIn(16) ? nullptr : SeeStep;
  FUZZ_CALL(Fart_VisitRetainingPath, object, callback, &world);
}

}  // namespace

std::span<const ApiStep> InspectSteps() {
  static constexpr ApiStep kSteps[] = {Classes,    Handles, NewAt,    NewAt,   Label,
                                       Provenance, Leaks,   Snapshot, Request, Path};
  return kSteps;
}

}  // namespace fart::fuzz
