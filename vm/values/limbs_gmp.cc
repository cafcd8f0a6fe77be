#include <gmp.h>

#include <type_traits>

#include "vm/values/limbs.h"

namespace fart::limbs {

static_assert(std::is_same_v<mp_limb_t, Limb> && GMP_NAIL_BITS == 0);

namespace {

mp_size_t Size(std::size_t count) { return static_cast<mp_size_t>(count); }

}  // namespace

int Compare(const Limb* a, const Limb* b, std::size_t count) { return mpn_cmp(a, b, Size(count)); }

Limb Add(Limb* sum, const Limb* a, std::size_t a_count, const Limb* b, std::size_t b_count) {
  return mpn_add(sum, a, Size(a_count), b, Size(b_count));
}

Limb Subtract(Limb* difference, const Limb* a, std::size_t a_count, const Limb* b,
              std::size_t b_count) {
  return mpn_sub(difference, a, Size(a_count), b, Size(b_count));
}

Limb ShiftLeft(Limb* result, const Limb* limbs, std::size_t count, unsigned bits) {
  return mpn_lshift(result, limbs, Size(count), bits);
}

void ShiftRight(Limb* result, const Limb* limbs, std::size_t count, unsigned bits) {
  mpn_rshift(result, limbs, Size(count), bits);
}

void Negate(Limb* limbs, std::size_t count) { mpn_neg(limbs, limbs, Size(count)); }

void Multiply(Limb* product, const Limb* a, std::size_t a_count, const Limb* b,
              std::size_t b_count) {
  mpn_mul(product, a, Size(a_count), b, Size(b_count));
}

void Divide(Limb* quotient, Limb* remainder, const Limb* a, std::size_t a_count, const Limb* b,
            std::size_t b_count) {
  mpn_tdiv_qr(quotient, remainder, 0, a, Size(a_count), b, Size(b_count));
}

std::size_t FromDigits(Limb* limbs, const unsigned char* digits, std::size_t count, int radix) {
  return static_cast<std::size_t>(mpn_set_str(limbs, digits, count, radix));
}

std::size_t ToDigits(unsigned char* digits, int radix, Limb* limbs, std::size_t count) {
  return mpn_get_str(digits, radix, limbs, Size(count));
}

}  // namespace fart::limbs
