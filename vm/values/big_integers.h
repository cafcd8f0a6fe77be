// Big integers -- ints that need more than 64 bits, and questions about ints of every size.
//
// A big integer object is header | length in bytes | sign (0 or 1) | limbs, from the lowest on.
//
// Invariants
//   VV-N2 canonical  an int that fits into 64 bits is a Smi or a Mint (VV-N1), never a big integer;
//                    its highest limb is not zero. So equal ints have equal shapes.
//
// Not here: computing with them (big_value.h).

#ifndef FART_VM_VALUES_BIG_INTEGERS_H_
#define FART_VM_VALUES_BIG_INTEGERS_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/object_ptr.h"
#include "vm/memory/core_shapes.h"
#include "vm/values/big_value.h"
#include "vm/values/numbers.h"

namespace fart {

// An int of the smallest shape that does (VV-N2). Null when the heap limit is reached, or the value
// IsTooLarge.
FreshObject NewInteger(Mutator& mutator, const BigValue& value) FART_MAY_COLLECT;
FreshObject NewIntegerFromUint64(Mutator& mutator, std::uint64_t value) FART_MAY_COLLECT;

// ---- Readers of big integer objects. Into the heap: good while nothing collects.
inline bool IsNegativeBigInteger(ObjectPtr big, const NoSafepointScope&) {
  FART_DCHECK(IsBigInteger(big));
  return *(big.address() + kVariablePartOffset).As<std::uint64_t>() != 0;
}
std::span<const BigValue::Limb> LimbsOf(ObjectPtr big, const NoSafepointScope&);

// ---- Readers of ints of every size
BigValue ReadInteger(ObjectPtr integer, const NoSafepointScope&);
// Nothing: it does not fit.
std::optional<std::int64_t> IntegerToInt64(ObjectPtr integer, const NoSafepointScope&);
std::optional<std::uint64_t> IntegerToUint64(ObjectPtr integer, const NoSafepointScope&);
// The lowest 64 bits of two's complement.
std::uint64_t LowBitsOfInteger(ObjectPtr integer, const NoSafepointScope&);
// The nearest double.
double IntegerToDouble(ObjectPtr integer, const NoSafepointScope&);
std::string IntegerToText(ObjectPtr integer, int radix, const NoSafepointScope&);
// Of equal ints the same.
std::uint64_t HashBitsOfBigInteger(ObjectPtr big, const NoSafepointScope&);

// By value, whatever their shapes, and exactly: an int is not rounded to compare it with a double.
// Unordered if one is NaN.
std::partial_ordering CompareNumbers(ObjectPtr a, ObjectPtr b, const NoSafepointScope&);

}  // namespace fart

#endif  // FART_VM_VALUES_BIG_INTEGERS_H_
