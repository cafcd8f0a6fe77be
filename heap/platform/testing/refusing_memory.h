// RefusingMemory -- memory, address space and threads run out at any place a test names.
//
// Besides what refusing_system.h refuses, malloc, calloc and realloc as this program's own objects
// call them (not those of shared libraries), operator new wherever it is called, and
// pthread_create.
//
// SweepFailures runs a scenario again and again. The first run refuses the first call of a kind,
// the second one the second, and so on, once alone and once from there on for good, until a run
// comes to its end before anything is refused. So every place where the scenario asks for memory
// is a place where it was told no. A scenario begins with nothing and leaves nothing; it does its
// work, then calls RefusingMemory::Stop() and looks at what is left (the verifier, counters), and
// says what came of it:
//
//   for (const SystemCall kind : kMemoryCalls) {
//     const SweepResult result = SweepFailures(kind, [] {
//       Thing thing;
//       const bool done = thing.Work();        // or an error, or null ...
//       RefusingMemory::Stop();
//       EXPECT_EQ(thing.Verify(), "");
//       return done ? SweepOutcome::kDone : SweepOutcome::kRefused;
//     });
//     EXPECT_GT(result.refusals, 0u);
//   }
//
// After each refused run the same scenario runs again with nothing refused and must then be done.
// A std::bad_alloc or std::system_error that leaves the scenario counts as kRefused.
//
// A sweep over more calls than `SweepOptions::most` tries the first ones and a part of the others,
// evenly spread. With FART_SWEEP in the environment it tries more: `whole`, the first call from
// each place (the innermost frames of the stack), the second and the last; `every`, every call.
//
// Not under ThreadSanitizer, whose library has an operator new of its own: a test tagged `tsan`
// that names this cannot be linked there (tools/check_layers).
//
// Not here: that a fault in between is none of Fart's (a NotRefused around a test's own work).

#ifndef FART_HEAP_PLATFORM_TESTING_REFUSING_MEMORY_H_
#define FART_HEAP_PLATFORM_TESTING_REFUSING_MEMORY_H_

#include <array>
#include <cstdint>
#include <functional>

#include "heap/platform/testing/refusing_system.h"

namespace fart {

inline constexpr std::array<SystemCall, 8> kAllCalls = {
    SystemCall::kMalloc,  SystemCall::kNew,      SystemCall::kReserve, SystemCall::kCommit,
    SystemCall::kProtect, SystemCall::kGiveBack, SystemCall::kRelease, SystemCall::kThread};
// Those whose refusal says that there is no memory.
inline constexpr std::array<SystemCall, 4> kMemoryCalls = {
    SystemCall::kMalloc, SystemCall::kNew, SystemCall::kReserve, SystemCall::kCommit};
const char* SystemCallName(SystemCall call);

class RefusingMemory {
 public:
  enum class Duration : bool { kOnce, kForGood };
  // From now on calls of this kind are counted, and the `n`th (the first is 1) is refused, or it
  // and all that follow. 0: none is refused.
  static void FailNth(SystemCall kind, std::uint64_t n, Duration duration);
  // Nothing is refused or counted any more. Count and Refused stay until the next FailNth.
  static void Stop();
  static std::uint64_t Count(SystemCall kind);
  static std::uint64_t Refused(SystemCall kind);
};

enum class SweepOutcome {
  kDone,     // the scenario came to its end
  kRefused,  // it was told that there is no memory, as documented
};

struct SweepOptions {
  std::uint64_t most = 80;  // calls that are refused, in each of the two ways
  bool for_good = true;     // refuse also "from the Nth on"
};

struct SweepResult {
  std::uint64_t calls = 0;     // of the kind, in a run with nothing refused
  std::uint64_t refusals = 0;  // runs that met a refusal
  std::uint64_t survived = 0;  // of these, runs that were done all the same
};

// Reports what is wrong as failures of the test that runs.
SweepResult SweepFailures(SystemCall kind, const std::function<SweepOutcome()>& scenario,
                          SweepOptions options = {});

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_TESTING_REFUSING_MEMORY_H_
