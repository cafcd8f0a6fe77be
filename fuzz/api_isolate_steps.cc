// Steps: isolates, flags, and the beginning and end of the machine, which a running one refuses.

#include <cstdlib>
#include <string_view>

#include "fuzz/api_steps.h"

namespace fart::fuzz {
namespace {

constexpr std::size_t kMaxIsolates = 4;  // that a program makes

Fart_Isolate AnyIsolate(ApiWorld& world) {
  const std::size_t choice = world.Below(16);
  if (choice == 0 || world.isolates.empty()) return nullptr;
  if (choice == 1) return reinterpret_cast<Fart_Isolate>(&world);
  if (choice == 2) return reinterpret_cast<Fart_Isolate>(world.program.Word());
  return world.isolates[choice % world.isolates.size()];
}

// What is said on failure is the host's.
void CheckRefusal(ApiWorld& world, char* text) {
  world.Expect(text != nullptr && text[0] != '\0', "a refusal has a text");
  std::free(text);
}

void CreateIsolate(ApiWorld& world) {
  if (world.isolates_made >= kMaxIsolates && Fart_CurrentIsolate() == nullptr) return;
  const bool heap_only = world.OneIn(2);
  MakeIsolate(world, heap_only);
}

void Shutdown(ApiWorld& world) {
  const Fart_Isolate isolate = Fart_CurrentIsolate();
  const std::uint64_t misuses = Fart_MisuseCount();
  FUZZ_CALL(Fart_ShutdownIsolate);
  if (isolate == nullptr || Fart_CurrentIsolate() == isolate) {
    return world.Expect(Fart_MisuseCount() > misuses, "what is not shut down says why");
  }
  world.is_ending = false;
  world.Expect(Fart_CurrentIsolate() == nullptr, "no isolate is current after a shutdown");
}

void MakeRunnable(ApiWorld& world) {
  const Fart_Isolate isolate = AnyIsolate(world);
  const bool is_runnable = FUZZ_CALL(Fart_IsolateMakeRunnable, isolate);
  world.Expect(!is_runnable || Fart_CurrentIsolate() == nullptr,
               "an isolate is made runnable from outside");
}

void Enter(ApiWorld& world) {
  const Fart_Isolate isolate = AnyIsolate(world);
  if (FUZZ_CALL(Fart_TryEnterIsolate, isolate, 0)) {
    world.Expect(Fart_CurrentIsolate() == isolate, "an isolate that could be entered is current");
    FUZZ_CALL(Fart_ExitIsolate);
  }
  const std::uint64_t misuses = Fart_MisuseCount();
  FUZZ_CALL(Fart_EnterIsolate, isolate);
  if (Fart_MisuseCount() == misuses) {
    world.Expect(Fart_CurrentIsolate() == isolate, "an isolate that is entered is current");
  }
}

void Exit(ApiWorld& world) { FUZZ_CALL(Fart_ExitIsolate); }

void AskIsolate(ApiWorld& world) {
  const Fart_Isolate isolate = FUZZ_CALL(Fart_CurrentIsolate);
  void* const data = FUZZ_CALL(Fart_CurrentIsolateData);
  world.Expect(data == (isolate != nullptr ? &world : nullptr), "an isolate has its data");
  const Fart_Isolate other = AnyIsolate(world);
  void* const others_data = FUZZ_CALL(Fart_IsolateData, other);
  world.Expect(others_data == nullptr || others_data == &world, "an isolate has its data");
  world.Keep(FUZZ_CALL(Fart_DebugName), Kind::kString);
}

// ---- Stopping

// What runs next is stopped, and what comes after that goes on as if nothing had been.
void InterruptNext(ApiWorld& world, Fart_Isolate isolate) {
  if (isolate == nullptr) return;
  Fart_EnterScope();
  world.Expect(FUZZ_CALL(Fart_InterruptIsolate, isolate, Fart_Interrupt_kNext),
               "who is inside of an isolate can stop it");
  const std::size_t nested = world.nested;
  const Fart_Handle stopped = FUZZ_CALL(Fart_HandleMessage);
  if (nested == world.nested) {
    world.Expect(Fart_IsError(stopped), "what runs next is stopped");
  }
  world.Keep(stopped, Kind::kError);
  Fart_ExitScope();
}

void Interrupt(ApiWorld& world, Fart_Isolate isolate) {
  const bool is_told = FUZZ_CALL(Fart_InterruptIsolate, isolate, Fart_Interrupt_kRunning);
  world.Expect(is_told || isolate == nullptr, "who is inside of an isolate can stop it");
}

// Nothing of its program runs any more; all else goes on.
void Kill(ApiWorld& world, Fart_Isolate isolate) {
  const bool is_told = FUZZ_CALL(Fart_KillIsolate, isolate);
  world.Expect(is_told || isolate == nullptr, "who is inside of an isolate can stop it");
  if (isolate == nullptr || world.depth > 0) return;
  Fart_EnterScope();
  const Fart_Handle stopped = FUZZ_CALL(Fart_HandleMessage);
  world.Expect(Fart_IsError(stopped), "a killed isolate runs nothing");
  Fart_ExitScope();
}

void StopAnyOther(ApiWorld& world) {
  const Fart_Isolate isolate = AnyIsolate(world);
  const auto nobody = reinterpret_cast<Fart_Isolate>(&world);
  FUZZ_CALL(Fart_InterruptIsolate, isolate, Fart_Interrupt_kRunning);
  world.Expect(!FUZZ_CALL(Fart_InterruptIsolate, nobody, Fart_Interrupt_kNext),
               "an address is no isolate");
  world.Expect(!FUZZ_CALL(Fart_KillIsolate, nobody), "an address is no isolate");
}

void Stop(ApiWorld& world) {
  const Fart_Isolate isolate = Fart_CurrentIsolate();
  switch (world.Below(8)) {
    case 0:
    case 1:
      return StopAnyOther(world);
    case 2:
      return world.OneIn(4) ? Kill(world, isolate) : StopAnyOther(world);
    case 3:
    case 4:
      return Interrupt(world, isolate);
    default:
      if (world.depth == 0) InterruptNext(world, isolate);
  }
}

void StackBounds(ApiWorld& world) {
  char* const place = reinterpret_cast<char*>(&world);
  void* const low = world.OneIn(2) ? nullptr : place;
  void* const high = world.OneIn(2) ? nullptr : place + world.Below(64);
  const bool is_set = FUZZ_CALL(Fart_SetStackBounds, low, high);
  world.Expect(is_set == ((low == nullptr) == (high == nullptr)), "bounds are two or none");
  Fart_SetStackBounds(nullptr, nullptr);
}

// ---- Flags

void SetFlag(ApiWorld& world) {
  // A limit that is set here would stay for the isolates to come, and some would be too small.
  static constexpr const char* kFlags[] = {
      "--gc-stress=0",      "--gc-stress=3", "--gc-stress=50", "--gc-stress-seed=5",
      "--verify-heap",      "--gc-stress=x", "--no-such-flag", "",
      "--verify-heap=false"};
  const std::string_view chosen = kFlags[world.Below(std::size(kFlags))];
  const bool begins_stress = chosen == "--gc-stress=3" || chosen == "--gc-stress=50";
  if (begins_stress && world.made_long) return;  // see Length
  const char* const flag = world.Place(chosen.data());
  const bool is_set = FUZZ_CALL(Fart_SetFlag, flag);
  world.Expect(!is_set || flag != nullptr, "NULL is no flag");
}

void GetFlag(ApiWorld& world) {
  static constexpr const char* kNames[] = {"gc-stress", "max-heap", "checked-handles", "none", ""};
  const char* const name = world.Place(kNames[world.Below(std::size(kNames))]);
  const char* const value = FUZZ_CALL(Fart_GetFlag, name);
  world.Expect(value == nullptr || name != nullptr, "NULL is no flag");
  const char* const switch_name = world.Place("verify-heap");
  FUZZ_CALL(Fart_IsVMFlagSet, switch_name);
}

void SetVmFlags(ApiWorld& world) {
  const char* flags[] = {"--gc-stress=0", "--no-such-flag"};
  const int count = static_cast<int>(world.LengthIn(2) % 3);
  const char** const place = world.Place(flags);
  const bool are_set = FUZZ_CALL(Fart_SetVMFlags, count, place);
  world.Expect(!are_set || (count >= 0 && count < 2), "an unknown flag is refused");
}

// ---- Beginning and end

void Version(ApiWorld& world) {
  const char* const version = FUZZ_CALL(Fart_VersionString);
  world.Expect(version != nullptr && version[0] != '\0', "there is a version");
  world.Expect(FUZZ_CALL(Fart_VersionNumber) == FART_VERSION, "it is that of the headers");
}

void InitializeAgain(ApiWorld& world) {
  Fart_InitializeParams params{};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  Fart_InitializeParams* const place = world.Place(&params);
  CheckRefusal(world, FUZZ_CALL(Fart_Initialize, place));
}

// Refused inside an isolate; from outside the program ends with it.
void CleanupInside(ApiWorld& world) {
  if (Fart_CurrentIsolate() == nullptr || world.depth > 0) return;
  CheckRefusal(world, FUZZ_CALL(Fart_Cleanup));
}

}  // namespace

void MakeIsolate(ApiWorld& world, bool heap_only) {
  const Fart_Isolate before = Fart_CurrentIsolate();
  char* error = nullptr;
  Fart_IsolateFlags flags{};
  flags.version = world.OneIn(16) ? 7 : DART_FLAGS_CURRENT_VERSION;
  const std::uint8_t snapshot = 0;
  const std::uint8_t* const snapshot_place = world.OneIn(16) ? &snapshot : nullptr;
  const Fart_Isolate made = heap_only ? FUZZ_CALL(Fart_CreateHeapIsolate, &world, &error)
                                      : FUZZ_CALL(Fart_CreateIsolate, "api", "main", snapshot_place,
                                                  &flags, &world, &error);
  if (made == nullptr) return CheckRefusal(world, error);
  world.Expect(before == nullptr, "an isolate is made outside of others");
  world.Expect(Fart_CurrentIsolate() == made, "an isolate that is made is current");
  ++world.isolates_made;
  world.isolates.Add(made);
  world.is_ending = false;
  // One that has ended may have been at the same address.
  std::erase_if(world.acquired, [&](const auto& acquired) { return acquired.isolate == made; });
  Fart_EnterScope();
  if (heap_only) return;
  const Fart_Handle library = LoadApiScript();
  // A small heap may be full already.
  if (Fart_IsCompilationError(library)) world.Fail(Fart_GetError(library));
  world.Keep(library, Kind::kLibrary);
}

std::span<const ApiStep> IsolateSteps() {
  static constexpr ApiStep kSteps[] = {
      CreateIsolate, Shutdown, MakeRunnable, Enter,       Enter,   Exit,
      AskIsolate,    SetFlag,  GetFlag,      SetVmFlags,  Version, InitializeAgain,
      CleanupInside, Enter,    Stop,         StackBounds,
  };
  return kSteps;
}

}  // namespace fart::fuzz
