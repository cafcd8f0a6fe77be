// Numbers -- ints of 64 bits (a Smi, or a Mint where 63 bits are too few) and doubles.
//
// An int that needs more bits is a big integer. Whoever has any int asks IsInt64 before reading it
// with IntegerValue, or reads it with the functions of big_integers.h.
//
// Invariants
//   VV-N1 canonical  an int that fits into a Smi is one; a Mint is never in a Smi's range.
//
// Constructors answer a null FreshObject when the heap limit is reached.

#ifndef FART_VM_VALUES_NUMBERS_H_
#define FART_VM_VALUES_NUMBERS_H_

#include <cstdint>
#include <string>

#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/object_ptr.h"
#include "vm/memory/core_shapes.h"

namespace fart {

// Out of line: a value that is no Smi.
FreshObject NewMint(Mutator& mutator, std::int64_t value) FART_MAY_COLLECT;
// Collects only for a value that is no Smi.
inline FreshObject NewInteger(Mutator& mutator, std::int64_t value) FART_MAY_COLLECT {
  if (ObjectPtr::IsSmiValue(value)) [[likely]]
    return FreshObject(ObjectPtr::FromSmi(value));
  return NewMint(mutator, value);
}

// A header and the number.
inline constexpr ByteCount kDoubleSize = kNumberOffset + ByteCount(sizeof(double));
// What is written behind the header of a new double.
struct DoubleWords {
  double value;
  void operator()(ObjectPtr* words, const NoSafepointScope&) const {
    *reinterpret_cast<double*>(words) = value;
  }
};
inline FreshObject NewDouble(Mutator& mutator, double value) FART_MAY_COLLECT {
  return mutator.AllocateInitialised(core_shape::kDouble, kDoubleSize, DoubleWords{value});
}

inline bool IsMint(ObjectPtr object) { return HasShape(object, core_shape::kMint); }
inline bool IsBigInteger(ObjectPtr object) { return HasShape(object, core_shape::kBigInteger); }
inline bool IsInt64(ObjectPtr object) { return object.IsSmi() || IsMint(object); }
// Of any size.
inline bool IsInteger(ObjectPtr object) { return IsInt64(object) || IsBigInteger(object); }
inline bool IsDouble(ObjectPtr object) { return HasShape(object, core_shape::kDouble); }
inline bool IsNumber(ObjectPtr object) { return IsInteger(object) || IsDouble(object); }

inline std::int64_t MintValue(ObjectPtr mint, const NoSafepointScope&) {
  FART_DCHECK(IsMint(mint));
  return *(mint.address() + kNumberOffset).As<std::int64_t>();
}
// Of an int of 64 bits.
inline std::int64_t IntegerValue(ObjectPtr integer, const NoSafepointScope& quiet) {
  return integer.IsSmi() ? integer.SmiValue() : MintValue(integer, quiet);
}
inline double DoubleValue(ObjectPtr object, const NoSafepointScope&) {
  FART_DCHECK(IsDouble(object));
  return *(object.address() + kNumberOffset).As<double>();
}

// The shortest text that reads back as `value`: "1.0", "0.1", "1e+21", "-0.0", "NaN", "Infinity".
std::string DoubleToText(double value);

}  // namespace fart

#endif  // FART_VM_VALUES_NUMBERS_H_
