// FartProgram -- the language as an isolate's program (vm/program.h): loads scripts and calls them.

#ifndef FART_LANG_FART_PROGRAM_H_
#define FART_LANG_FART_PROGRAM_H_

#include <memory>
#include <string>

#include "heap/base/safepoint.h"
#include "vm/isolate.h"
#include "vm/program.h"
#include "vm/roots/rooted.h"

namespace fart::lang {

// A ProgramFactory (IsolateOptions::program).
std::unique_ptr<Program> MakeFartProgram(Isolate& isolate, std::string* error) FART_MAY_COLLECT;

// What programs share is kept for the next one, even when there is no isolate, until this is
// called.
void ForgetSharedLibraries();
// For a process that ends, whose memory the system takes back sooner than all parts are freed.
void LeaveSharedLibrariesToSystem();

// For fork: no other thread makes, drops or compiles them in between.
void HoldSharedLibrariesForFork();
void ReleaseSharedLibrariesAfterFork();

// Calls the script's `main` with a list, if it takes an argument, or without. For isolates with a
// FartProgram whose script is loaded.
Outcome InvokeMain(Isolate& isolate, Rooted arguments) FART_MAY_COLLECT;

}  // namespace fart::lang

#endif  // FART_LANG_FART_PROGRAM_H_
