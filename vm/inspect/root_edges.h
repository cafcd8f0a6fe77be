// RootEdges -- what leads into the heap from outside, with names: handles with the place that made
// them, static variables, frames, what a host registered.
//
// A copy, made before anything else is looked at. Its size goes with the number of handles and
// other roots, not with that of objects.
//
// Invariants
//   VI-R1 every   each root that a collection visits, and each pinned object, is in one group.

#ifndef FART_VM_INSPECT_ROOT_EDGES_H_
#define FART_VM_INSPECT_ROOT_EDGES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "handles/handle_notes.h"
#include "heap/object/providers.h"
#include "vm/inspect/edges.h"
#include "vm/isolate.h"

namespace fart::inspect {

// How a handle's place is told: "cache.cc:88", or the innermost function that is not the house's
// own; empty: nothing is known. Looks symbols up.
std::string PlaceText(const HandlePlace& place);
// All of its frames, a line each.
std::string PlaceLines(const HandlePlace& place);
// "persistent handle", "weak handle", ...
const char* HandleKindText(HandleKind kind);

// What a handle is called where it leads: "(persistent handle cache.cc:88, 41 collections old)".
// `note` may be null.
std::string HandleText(const Isolate& isolate, HandleKind kind, const HandleNote* note);
// The same for a local one: "scope 2"; where more is known "(local handle cache.cc:88, 41
// collections old) in scope 2, opened at cache.cc:80".
std::string LocalHandleText(const Isolate& isolate, std::size_t depth, const HandleNote* note,
                            const HandleNote* scope_note);

// What the group of acquired data is called of which a place has been noted; empty: none was.
std::string AcquiredGroup(const std::string& place);

struct RootGroup {
  std::uint32_t name;  // of Texts
  std::vector<Edge> edges;
};

// How handles are told apart.
enum class HandleGroups : std::uint8_t {
  kByKind,   // one group for all persistent ones
  kByPlace,  // one for each place that made some
};

// Of the isolate that this thread is inside of.
std::vector<RootGroup> FindRootGroups(Isolate& isolate, Texts& texts, HandleGroups groups);

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_ROOT_EDGES_H_
