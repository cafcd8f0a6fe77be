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
#include "lang/compiler/bytecode.h"
#include "lang/linker/layout.h"
#include "vm/memory/core_shapes.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"

namespace fart::lang {

// Whether an instruction that is never the first of a pair is there.
inline bool IsAt(const CodeWord* pc, Opcode opcode) {
  return (*pc & 0xff) == static_cast<CodeWord>(opcode);
}

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
    const GrowableListExtent extent = GrowableListExtentOf(list, quiet);
    const auto in_list = static_cast<std::uint64_t>(index.SmiValue());
    if (in_list >= extent.length) return nullptr;
    *holder = GrowableListBacking(list, quiet);
    return ArrayElements(*holder, quiet) + extent.start + in_list;
  } else if (shape == core_shape::kArray || shape == core_shape::kImmutableArray) {
    length = LengthWord(list);
  } else if (IsMarkedArray(list)) {
    length = LengthWord(list) - 1;
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

// ---- Small ints: the result where it is one too, else false

inline bool AreSmis(ObjectPtr a, ObjectPtr b) {
  return ((a.bits() | b.bits()) & ObjectPtr::kHeapObjectTag) == 0;
}

// A Smi is its value doubled: sums, differences and comparisons need no untagging.
inline std::int64_t SignedBits(ObjectPtr smi) { return static_cast<std::int64_t>(smi.bits()); }
inline ObjectPtr FromSignedBits(std::int64_t bits) {
  return ObjectPtr::FromBits(static_cast<std::uint64_t>(bits));
}

inline bool TrySmiAdd(ObjectPtr a, ObjectPtr b, ObjectPtr* result) {
  std::int64_t bits;
  if (__builtin_add_overflow(SignedBits(a), SignedBits(b), &bits)) return false;
  *result = FromSignedBits(bits);
  return true;
}

inline bool TrySmiSub(ObjectPtr a, ObjectPtr b, ObjectPtr* result) {
  std::int64_t bits;
  if (__builtin_sub_overflow(SignedBits(a), SignedBits(b), &bits)) return false;
  *result = FromSignedBits(bits);
  return true;
}

inline bool TrySmiMul(ObjectPtr a, ObjectPtr b, ObjectPtr* result) {
  std::int64_t bits;
  if (__builtin_mul_overflow(a.SmiValue(), SignedBits(b), &bits)) return false;
  *result = FromSignedBits(bits);
  return true;
}

// Never negative.
inline bool TrySmiMod(ObjectPtr a, ObjectPtr b, ObjectPtr* result) {
  const std::int64_t divisor = b.SmiValue();
  if (divisor == 0) return false;
  std::int64_t rest = a.SmiValue() % divisor;
  if (rest < 0) rest += divisor < 0 ? -divisor : divisor;
  *result = ObjectPtr::FromSmi(rest);
  return true;
}

// The one quotient that is no Smi is that of the smallest one and -1.
inline bool TrySmiTruncDiv(ObjectPtr a, ObjectPtr b, ObjectPtr* result) {
  const std::int64_t divisor = b.SmiValue();
  if (divisor == 0 || divisor == -1) return false;
  *result = ObjectPtr::FromSmi(a.SmiValue() / divisor);
  return true;
}

inline bool TrySmiAnd(ObjectPtr a, ObjectPtr b, ObjectPtr* result) {
  *result = ObjectPtr::FromBits(a.bits() & b.bits());
  return true;
}

inline bool TrySmiOr(ObjectPtr a, ObjectPtr b, ObjectPtr* result) {
  *result = ObjectPtr::FromBits(a.bits() | b.bits());
  return true;
}

inline bool TrySmiXor(ObjectPtr a, ObjectPtr b, ObjectPtr* result) {
  *result = ObjectPtr::FromBits(a.bits() ^ b.bits());
  return true;
}

inline bool TrySmiShiftLeft(ObjectPtr a, ObjectPtr b, ObjectPtr* result) {
  const std::int64_t count = b.SmiValue();
  const std::int64_t bits = SignedBits(a);
  if (count < 0 || count >= 63) return false;
  const auto shifted = static_cast<std::int64_t>(static_cast<std::uint64_t>(bits) << count);
  if (shifted >> count != bits) return false;
  *result = FromSignedBits(shifted);
  return true;
}

inline bool TrySmiShiftRight(ObjectPtr a, ObjectPtr b, ObjectPtr* result) {
  const std::int64_t count = b.SmiValue();
  if (count < 0) return false;
  *result = ObjectPtr::FromSmi(a.SmiValue() >> (count > 63 ? 63 : count));
  return true;
}

}  // namespace fart::lang

#endif  // FART_LANG_INTERPRETER_FAST_PATHS_H_
