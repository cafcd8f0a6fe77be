// Stands for verifier.cc and controller_verify.cc in a library that was built without looks into
// the heap (FART_LOOKS=OFF of the CMake build): whoever asks for a heap to be verified is told that
// nobody does.

#include <string>

#include "gc/controller.h"
#include "heap/base/check.h"

namespace fart {
namespace {

constexpr const char* kNobodyDoes = "this library was built without the verifier (FART_LOOKS=OFF)";

}  // namespace

std::string GcController::Verify() { return kNobodyDoes; }

void GcController::VerifyOrDie(GcPhase, GcKind) { FatalError(kNobodyDoes); }

}  // namespace fart
