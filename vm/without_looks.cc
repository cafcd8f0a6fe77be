// Stands for places.cc and roots/host_roots_verify.cc in a library that was built without looks
// into the heap (FART_LOOKS=OFF of the CMake build): no place is found, nothing is verified.

#include <string>

#include "vm/places.h"
#include "vm/roots/host_roots.h"

namespace fart {

const HandlePlace* Places::FindPlaceBehind(const void*, std::span<const void* const>,
                                           HandleNotes&) {
  return nullptr;
}
const HandlePlace* Places::FindLine(const char*, int, HandleNotes&) { return nullptr; }
std::uint64_t Places::Collections() const { return 0; }

void HostRoots::Verify(VerifyReporter&) const {}
std::string HostRoots::NameOf(const ObjectPtr*) { return {}; }

}  // namespace fart
