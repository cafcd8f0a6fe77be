#include "fuzz/api_machine.h"

#include <cstdlib>
#include <iterator>

#include "dart_api.h"
#include "fart_tools_api.h"
#include "fuzz/api_steps.h"
#include "fuzz/api_world.h"

namespace fart::fuzz {
namespace {

constexpr std::size_t kStepsBetweenVerifications = 64;

// ---- What an isolate leaves open

struct Counted {
  std::uint64_t local;
  std::uint64_t persistent;
  std::uint64_t weak;
  std::uint64_t finalizable;
};
// As the shutdown callback counted it, last before the report.
Counted counted{};

void OnShutdown(void* data) {
  ApiWorld& world = *static_cast<ApiWorld*>(data);
  world.RunNested();
  world.is_ending = true;
  std::erase_if(world.acquired, [](const ApiWorld::Acquired& acquired) {
    return acquired.isolate == Fart_CurrentIsolate();
  });
  Fart_HandleStatistics statistics{};
  statistics.struct_size = sizeof(statistics);
  Fart_GetHandleStatistics(&statistics);
  counted = {statistics.local_live, statistics.persistent_live, statistics.weak_live,
             statistics.finalizable_live};
}

void OnReport(const Fart_ShutdownReport* report, void* data) {
  ApiWorld& world = *static_cast<ApiWorld*>(data);
  world.Expect(report->struct_size == sizeof(*report), "a report has its size");
  world.Expect(report->isolate_callback_data == &world, "a report is of an isolate");
  // The local handles that the shutdown callback made have ended with it.
  world.Expect(
      report->local_open <= counted.local && report->persistent_open == counted.persistent &&
          report->weak_open == counted.weak && report->finalizable_open == counted.finalizable,
      "a report counts what was open");
  world.RunNested();
}

// ---- Flags, which stay with the process

class FlagsKept {
 public:
  FlagsKept() {
    for (std::size_t i = 0; i < std::size(kNames); ++i) values_[i] = Fart_GetFlag(kNames[i]);
  }
  ~FlagsKept() {
    for (std::size_t i = 0; i < std::size(kNames); ++i) {
      Fart_SetFlag((std::string("--") + kNames[i] + "=" + values_[i]).c_str());
    }
  }
  FlagsKept(const FlagsKept&) = delete;
  FlagsKept& operator=(const FlagsKept&) = delete;

 private:
  static constexpr const char* kNames[] = {"gc-stress",       "gc-stress-seed", "verify-heap",
                                           "checked-handles", "max-heap",       "forgotten-scope"};
  std::string values_[std::size(kNames)];
};

std::string Begin(const ApiMachineOptions& options) {
  Fart_InitializeParams params{};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  params.shutdown = OnShutdown;
  if (char* const error = Fart_Initialize(&params)) {
    const std::string text = error;
    std::free(error);
    return text;
  }
  bool are_set = true;
  if (options.gc_stress != nullptr) {
    are_set &= Fart_SetFlag((std::string("--gc-stress=") + options.gc_stress).c_str());
  }
  if (options.checked_handles) are_set &= Fart_SetFlag("--checked-handles");
  if (options.forgotten_scope) are_set &= Fart_SetFlag("--forgotten-scope=20");
  if (options.verify_heap) are_set &= Fart_SetFlag("--verify-heap");
  are_set &= Fart_SetFlag(options.small_heap ? "--max-heap=8m" : "--max-heap=32m");
  return are_set ? "" : Fart_GetMisuse();
}

void Verify(ApiWorld& world) {
  if (Fart_CurrentIsolate() == nullptr) return;
  Fart_Collect(Fart_Collection_kEverything);
  const char* const complaint = Fart_VerifyHeap();
  if (complaint != nullptr) world.Fail(complaint);
}

// Every isolate that is left, or some: Fart_Cleanup ends the others.
void ShutDownIsolates(ApiWorld& world) {
  if (Fart_CurrentIsolate() != nullptr) Fart_ExitIsolate();
  for (std::size_t i = 0; i < world.isolates.size(); ++i) {
    if (i % 2 == 1) continue;
    Fart_EnterIsolate(world.isolates[i]);
    if (Fart_CurrentIsolate() == nullptr) continue;
    Verify(world);
    Fart_ShutdownIsolate();
    world.Expect(Fart_CurrentIsolate() == nullptr, "an isolate can be shut down at the end");
  }
}

// Collections until the one that interrupts what runs.
int collections_left = 0;

void InterruptAtCollection() {
  if (collections_left-- == 0) {
    Fart_InterruptIsolate(Fart_CurrentIsolate(), Fart_Interrupt_kRunning);
  }
}

std::string End(ApiWorld& world) {
  ShutDownIsolates(world);
  if (char* const error = Fart_Cleanup()) {
    world.Fail(error);
    std::free(error);
  }
  Fart_SetShutdownReportCallback(nullptr, nullptr);
  const std::string audit = world.ledger.Audit();
  if (!audit.empty()) world.Fail(audit);
  return world.failure;
}

}  // namespace

std::string RunLoopsAfterInterruptedCalls() {
  constexpr int kMostCollections = 40;  // of opening a port and handling its message
  const FlagsKept flags;
  const std::string problem = Begin({.gc_stress = "1"});
  if (!problem.empty()) return problem;
  ApiWorld world(nullptr, 0);
  MakeIsolate(world, false);
  Fart_EnterScope();
  collections_left = -1;
  world.WentWell(Fart_SetGcCallbacks(InterruptAtCollection, [] {}));
  for (int at = 0; at < kMostCollections; ++at) {
    collections_left = at;
    RunLoop(world);
  }
  world.Expect(collections_left >= 0, "a loop is interrupted at each of its collections");
  return End(world);
}

std::string RunApiProgram(const std::uint8_t* bytes, std::size_t size,
                          const ApiMachineOptions& options) {
  const FlagsKept flags;
  const std::string problem = Begin(options);
  if (!problem.empty()) return problem;
  ApiWorld world(bytes, size);
  FUZZ_CALL(Fart_SetShutdownReportCallback, OnReport, &world);
  MakeIsolate(world, options.heap_only);
  std::size_t next_verification = kStepsBetweenVerifications;
  while (!world.program.AtEnd()) {
    world.RunStep();
    world.Expect(world.depth == 0, "callbacks are nested");
    if (world.step < next_verification) continue;
    Verify(world);
    next_verification = world.step + kStepsBetweenVerifications;
  }
  return End(world);
}

}  // namespace fart::fuzz
