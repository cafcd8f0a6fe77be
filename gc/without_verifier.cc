// Stands for verifier.cc in a library that was built without looks into the heap (FART_LOOKS=OFF of
// the CMake build): whoever asks for a heap to be verified is told that nobody does.

#include "gc/sliced_evacuation.h"
#include "gc/verifier.h"

namespace fart {

Verifier::Verifier(Heap& heap, const Vector<RootProvider*>& roots,
                   const Vector<WeakProvider*>& weaks)
    : heap_(heap), regions_(heap.regions()), roots_(roots), weaks_(weaks) {}

std::string Verifier::Run() {
  return "this library was built without the verifier (FART_LOOKS=OFF)";
}

std::string SlicedEvacuation::Verify() const { return {}; }

// Run visits nothing.
void Verifier::Report(const char*, const char*) {}
void Verifier::VisitSlots(RootKind, ObjectPtr*, ObjectPtr*) {}
bool Verifier::Visit(RootKind, ObjectPtr*, ByteCount) { return true; }

}  // namespace fart
