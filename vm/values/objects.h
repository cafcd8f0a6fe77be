// Objects -- questions that can be asked of any value, whatever its shape.

#ifndef FART_VM_VALUES_OBJECTS_H_
#define FART_VM_VALUES_OBJECTS_H_

#include <cstdint>

#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/object_ptr.h"
#include "vm/memory/core_shapes.h"
#include "vm/values/big_integers.h"  // IWYU pragma: export
#include "vm/values/lists.h"         // IWYU pragma: export
#include "vm/values/numbers.h"       // IWYU pragma: export
#include "vm/values/strings.h"       // IWYU pragma: export
#include "vm/values/typed_data.h"    // IWYU pragma: export

namespace fart {

// The same object; ints of the same value; doubles of the same bits.
bool AreIdentical(ObjectPtr a, ObjectPtr b, const NoSafepointScope&);

// Equal for what AreIdentical calls equal (and for equal strings); stays the same for an object's
// whole life; at least 1. Of any value but null.
std::uint32_t IdentityHashOf(Mutator& mutator, ObjectPtr object, const NoSafepointScope&);

// Whether a program can have it as a value other than null.
bool IsInstance(const ShapeRegistry& shapes, ObjectPtr object);

}  // namespace fart

#endif  // FART_VM_VALUES_OBJECTS_H_
