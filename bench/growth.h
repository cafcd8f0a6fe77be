// Growth -- the works whose cost `growth` measures: each does something N times.
//
// Not here: measuring (growth.cc).

#ifndef FART_BENCH_GROWTH_H_
#define FART_BENCH_GROWTH_H_

#include <cstddef>
#include <span>

#include "dart_api.h"

namespace fart::bench {

struct Work {
  const char* name;
  std::size_t count;               // N
  void (*run)(std::size_t count);  // Inside an isolate that has loaded kGrowthProgram, and a scope
  // Why it may cost more than in proportion; null: it may not.
  const char* excuse = nullptr;
  std::size_t least = 0;  // For the test: less would fit into the first new space.
};

extern const char kGrowthProgram[];

// What a program does: functions of kGrowthProgram.
std::span<const Work> ProgramWorks();
// What a host does with the API.
std::span<const Work> HostWorks();

// Ends the process.
[[noreturn]] void Fail(const char* what);
Fart_Handle Checked(Fart_Handle handle);
Fart_Handle Text(const char* text);

}  // namespace fart::bench

#endif  // FART_BENCH_GROWTH_H_
