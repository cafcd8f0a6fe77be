// The collector has its heap looked at, before and after each collection where it is to be.

#include <new>
#include <string>

#include "gc/controller.h"
#include "gc/phase_scope.h"
#include "gc/verifier.h"
#include "heap/base/check.h"

namespace fart {

std::string GcController::Verify() {
  beside_.Stop();
  const std::string finding = Verifier(heap_, roots_, weaks_).Run();
  return finding.empty() ? moving_.Verify() : finding;
}

void GcController::VerifyOrDie(GcPhase phase, GcKind kind) {
  const PhaseScope scope(listener_, phase);
  try {
    const std::string finding = Verify();
    if (finding.empty()) return;
    const std::string text = std::string(GcPhaseName(phase)) +
                             (kind == GcKind::kMinor ? " minor: " : " major: ") + finding;
    FatalError(text.c_str());
  } catch (const std::bad_alloc&) {
    // Without memory to look with this collection goes unverified; nothing inside of one throws.
  }
}

}  // namespace fart
