// Limbs -- arithmetic on naturals that are arrays of 64-bit limbs, from the lowest on.
//
// Declared once, made twice: limbs_gmp.cc is GMP's and fast at any size; limbs_plain.cc is ours,
// for the library of the heap alone, which takes in no code of others. Who links a product chooses
// (//vm/values:limbs_gmp, :limbs_plain); both give the same results.
//
// Results may lie where the first operand lies, but in Multiply, Divide and texts.
//
// Not here: signs, memory, and whether a result is too large (big_value.h).

#ifndef FART_VM_VALUES_LIMBS_H_
#define FART_VM_VALUES_LIMBS_H_

#include <cstddef>
#include <cstdint>

namespace fart::limbs {

using Limb = std::uint64_t;
inline constexpr std::size_t kLimbBits = 64;

// Of `count` limbs each, at least one. Negative, zero or positive.
int Compare(const Limb* a, const Limb* b, std::size_t count);

// As many limbs as `a`, which has at least as many as `b`, and that one at least one. What is
// returned is carried or borrowed.
Limb Add(Limb* sum, const Limb* a, std::size_t a_count, const Limb* b, std::size_t b_count);
Limb Subtract(Limb* difference, const Limb* a, std::size_t a_count, const Limb* b,
              std::size_t b_count);

// Of the same number of limbs; 1 to 63 bits. Left: what is returned is shifted out.
Limb ShiftLeft(Limb* result, const Limb* limbs, std::size_t count, unsigned bits);
void ShiftRight(Limb* result, const Limb* limbs, std::size_t count, unsigned bits);

// Two's complement, in place.
void Negate(Limb* limbs, std::size_t count);

// `product` has room for the limbs of both; a_count >= b_count >= 1.
void Multiply(Limb* product, const Limb* a, std::size_t a_count, const Limb* b,
              std::size_t b_count);

// The highest limb of b is not zero; a_count >= b_count. The quotient has a_count - b_count + 1
// limbs, the remainder b_count.
void Divide(Limb* quotient, Limb* remainder, const Limb* a, std::size_t a_count, const Limb* b,
            std::size_t b_count);

// Digits are numbers below the radix, 2 to 36, from the highest on; at least one, and the first is
// not zero. Answers how many limbs there are.
std::size_t FromDigits(Limb* limbs, const unsigned char* digits, std::size_t count, int radix);
// Answers how many digits there are; the first ones may be zero. The limbs are overwritten; the
// highest is not zero.
std::size_t ToDigits(unsigned char* digits, int radix, Limb* limbs, std::size_t count);

}  // namespace fart::limbs

#endif  // FART_VM_VALUES_LIMBS_H_
