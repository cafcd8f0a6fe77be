#include <string>
#include <utility>
#include <vector>

#include "api/language.h"
#include "api/spawn_host.h"
#include "lang/fart_program.h"
#include "vm/ffi/memory_report.h"
#include "vm/ffi/native_memory.h"
#include "vm/spawn.h"

namespace fart::api {

void HoldLanguageForFork() {
  lang::HoldSharedLibrariesForFork();
  ffi::HoldNativeMemoryForFork();
}

void ReleaseLanguageAfterFork() {
  ffi::ReleaseNativeMemory();
  lang::ReleaseSharedLibrariesAfterFork();
}

void PrepareLanguage() { PrepareSpawning(); }
void AllowPrograms() { AllowSpawning(); }

void StopPrograms() { StopSpawnedIsolates(); }
void ForbidPrograms() { ForbidSpawning(); }
void ForgetPrograms() { lang::ForgetSharedLibraries(); }

void EndSpawnedBy(Isolate& isolate) { EndSpawning(isolate); }

std::string NativeLeaksText() { return ffi::LeaksText(); }
std::vector<inspect::NativeRow> NativeLeaks() {
  std::vector<inspect::NativeRow> rows;
  for (ffi::Leak& leak : ffi::Leaks())
    rows.push_back({leak.blocks, leak.bytes, std::move(leak.stack)});
  return rows;
}

}  // namespace fart::api
