// Language -- what the machine asks of what lies above a heap: programs, and their calls of C.
//
// Made twice: with_language.cc for the whole of Fart; without_language.cc for the library of the
// heap alone (//:fartheap), where there is nothing to do. Who links a product chooses.
//
// Not here: what an isolate asks of its program (vm/program.h).

#ifndef FART_API_LANGUAGE_H_
#define FART_API_LANGUAGE_H_

#include <string>
#include <vector>

#include "heap/base/safepoint.h"
#include "vm/inspect/leak_report.h"

namespace fart {
class Isolate;
}

namespace fart::api {

// Around a fork: locks that are taken before those of vm.
void HoldLanguageForFork();
void ReleaseLanguageAfterFork();

// In Fart_Initialize. Throws std::bad_alloc; the others need no memory then.
void PrepareLanguage();
// Programs may ask for isolates of their own.
void AllowPrograms();

// In Fart_Cleanup: those isolates end, none is made afterwards; and what programs share is left.
void StopPrograms() FART_MAY_COLLECT;
void ForbidPrograms();
void ForgetPrograms();

// Before the host hears that an isolate ends, whose program may have asked for others (V-G3).
void EndSpawnedBy(Isolate& isolate) FART_MAY_COLLECT;

// Native memory of programs that has not been freed, where that is noted (--ffi-checked).
std::string NativeLeaksText();
std::vector<inspect::NativeRow> NativeLeaks();

}  // namespace fart::api

#endif  // FART_API_LANGUAGE_H_
