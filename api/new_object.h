// NewObject -- an object of a registered shape whose first references are given as words.
//
// Not here: whether the caller may (heap_objects.cc, direct.cc).

#ifndef FART_API_NEW_OBJECT_H_
#define FART_API_NEW_OBJECT_H_

#include <cstdint>

#include "heap/mutator.h"
#include "heap/object/shape.h"
#include "vm/isolate.h"

namespace fart::api {

struct WantedObject {
  std::uint32_t shape;
  std::intptr_t length;       // of the variable part
  std::intptr_t count;        // references that are given, MostReferences at most
  const std::uint64_t* init;  // their words
};

// How many references an object of this length can be given.
inline std::uint64_t MostReferences(const Shape& shape, std::intptr_t length) {
  const bool has_more = shape.variable_part() == VariablePart::kReferences;
  return shape.references() + (has_more ? static_cast<std::uint64_t>(length) : 0);
}

// Null if there is no room. The words are roots meanwhile. Throws std::bad_alloc.
FreshObject NewObject(Isolate& isolate, const WantedObject& wanted) FART_MAY_COLLECT;

}  // namespace fart::api

#endif  // FART_API_NEW_OBJECT_H_
