// Fast paths -- what the interpreter's instructions do to objects without collecting.
//
// Each opens a NoSafepointScope of its own, which costs nothing in a release; none can collect, so
// they may be called with or without one (hence no analysis).
//
// Not for use outside this package.

#ifndef FART_LANG_INTERPRETER_FAST_PATHS_H_
#define FART_LANG_INTERPRETER_FAST_PATHS_H_

#include <cstdint>

#include "heap/base/safepoint.h"
#include "heap/object/object_ptr.h"
#include "lang/interpreter/layout.h"
#include "vm/memory/core_shapes.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"

namespace fart::lang {

// The address of the slot at a field's offset, for an object that a cache recognised.
inline ObjectPtr* FieldOf(ObjectPtr object, std::uint32_t offset) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return SlotAt(object, offset, quiet);
}

inline bool AreDoubles(ObjectPtr a, ObjectPtr b, double* x, double* y) FART_NO_SAFEPOINT_ANALYSIS {
  if (!IsDouble(a) || !IsDouble(b)) return false;
  const NoSafepointScope quiet;
  *x = DoubleValue(a, quiet);
  *y = DoubleValue(b, quiet);
  return true;
}

// The elements of a list of a core shape, if `index` is within them.
inline ObjectPtr* ElementOf(ObjectPtr list, ObjectPtr index,
                            ObjectPtr* holder) FART_NO_SAFEPOINT_ANALYSIS {
  if (!index.IsSmi() || !list.IsHeapObject()) return nullptr;
  const NoSafepointScope quiet;
  const ShapeId shape = Header::Of(list).shape();
  std::uint64_t length;
  if (shape == core_shape::kGrowableList) {
    length = GrowableListLengthWord(list, quiet);
    list = GrowableListBacking(list, quiet);
  } else if (shape == core_shape::kArray || shape == core_shape::kImmutableArray) {
    length = LengthWord(list);
  } else {
    return nullptr;
  }
  const auto place = static_cast<std::uint64_t>(index.SmiValue());
  if (place >= length) return nullptr;  // Negative ones are huge here.
  *holder = list;
  return ArrayElements(list, quiet) + place;
}

enum class Equality { kEqual, kDifferent, kAskProgram };

inline Equality FastEqual(ObjectPtr a, ObjectPtr b) FART_NO_SAFEPOINT_ANALYSIS {
  if (a.IsSmi() && b.IsSmi()) return a == b ? Equality::kEqual : Equality::kDifferent;
  if (a.is_null() || b.is_null()) return a == b ? Equality::kEqual : Equality::kDifferent;
  if (!IsString(a)) return Equality::kAskProgram;
  const NoSafepointScope quiet;
  if (!IsString(b)) return Equality::kDifferent;
  return a == b || StringsEqual(a, b, quiet) ? Equality::kEqual : Equality::kDifferent;
}

inline std::int64_t SignedBits(ObjectPtr smi) { return static_cast<std::int64_t>(smi.bits()); }
inline ObjectPtr FromSignedBits(std::int64_t bits) {
  return ObjectPtr::FromBits(static_cast<std::uint64_t>(bits));
}

}  // namespace fart::lang

#endif  // FART_LANG_INTERPRETER_FAST_PATHS_H_
