// The steps of an API program by topic. Each makes at least one call; together they make every call
// there is, which api_functions_called_test holds.

#ifndef FART_FUZZ_API_STEPS_H_
#define FART_FUZZ_API_STEPS_H_

#include <span>

#include "fuzz/api_world.h"

namespace fart::fuzz {

using ApiStep = void (*)(ApiWorld& world);

std::span<const ApiStep> HandleSteps();  // scopes and handles of all kinds
std::span<const ApiStep> MemorySteps();  // peers, callbacks around collections, statistics
std::span<const ApiStep> ErrorSteps();   // errors, misuse, throwing
std::span<const ApiStep> ValueSteps();   // objects and numbers
std::span<const ApiStep> StringSteps();
std::span<const ApiStep> ListSteps();
std::span<const ApiStep> TypedDataSteps();
std::span<const ApiStep> ShapeSteps();    // objects of registered shapes
std::span<const ApiStep> ClassSteps();    // types, instances, native fields
std::span<const ApiStep> ProgramSteps();  // loading and calling
std::span<const ApiStep> NativeSteps();   // what native functions ask
std::span<const ApiStep> PortSteps();
std::span<const ApiStep> InspectSteps();  // looking into the heap
std::span<const ApiStep> IsolateSteps();  // isolates, flags, beginning and end

// Loads the script into the current isolate; what was loaded, or an error.
Fart_Handle LoadApiScript();
// Waits until every open native port has handled what it has accepted.
void DrainNativePorts(ApiWorld& world);
void RunLoop(ApiWorld& world);
// Makes an isolate, with the script loaded if it is not one of a heap alone.
void MakeIsolate(ApiWorld& world, bool heap_only);

}  // namespace fart::fuzz

#endif  // FART_FUZZ_API_STEPS_H_
