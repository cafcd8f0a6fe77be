// RetainingPath -- the shortest way by which an object is kept, from outside the heap to it.
//
// Invariants
//   VI-G2 shortest  heap_graph.h

#ifndef FART_VM_INSPECT_RETAINING_PATH_H_
#define FART_VM_INSPECT_RETAINING_PATH_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vm/isolate.h"

namespace fart::inspect {

struct PathStep {
  std::string reference;   // from the one before: ".next", "[3]", a handle with its place
  std::string class_name;  // of what it leads to; of the first step, the group of roots, empty
};

// To the object in the slot, of the isolate that this thread is inside of. Nothing: only what is
// weak leads to it, or it is no heap object. The first step says which roots. Throws
// std::bad_alloc.
std::optional<std::vector<PathStep>> FindRetainingPath(Isolate& isolate, ObjectPtr object);

// To the object of the class, or of the shape, that is nearest to the roots; and how many there
// are.
struct ClassPath {
  std::uint64_t objects = 0;
  std::optional<std::vector<PathStep>> path;
};
ClassPath FindRetainingPathOfClass(Isolate& isolate, std::string_view class_name);

// A line for each step.
std::string PathText(const std::vector<PathStep>& path);

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_RETAINING_PATH_H_
