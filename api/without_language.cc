#include <string>
#include <vector>

#include "api/language.h"

namespace fart::api {

void HoldLanguageForFork() {}
void ReleaseLanguageAfterFork() {}

void PrepareLanguage() {}
void AllowPrograms() {}

void StopPrograms() {}
void ForbidPrograms() {}
void ForgetPrograms() {}

void EndSpawnedBy(Isolate&) {}

std::string NativeLeaksText() { return {}; }
std::vector<inspect::NativeRow> NativeLeaks() { return {}; }

}  // namespace fart::api
