// Invariants
//   VV-P1 as taught   every method is the one that is done by hand. Products, quotients and texts
//   of
//                     n limbs take time with the square of n, but texts of a radix that is a power
//                     of two.

#include <algorithm>
#include <bit>

#include "heap/base/check.h"
#include "heap/platform/off_heap.h"
#include "vm/values/limbs.h"

namespace fart::limbs {

namespace {

__extension__ using Double = unsigned __int128;

Limb Low(Double value) { return static_cast<Limb>(value); }
Limb High(Double value) { return static_cast<Limb>(value >> kLimbBits); }
Double Join(Limb high, Limb low) { return Double{high} << kLimbBits | low; }

// limbs = limbs * factor + addend; what is returned is carried.
Limb MultiplyAndAdd(Limb* limbs, std::size_t count, Limb factor, Limb addend) {
  for (std::size_t i = 0; i < count; ++i) {
    const Double product = Double{limbs[i]} * factor + addend;
    limbs[i] = Low(product);
    addend = High(product);
  }
  return addend;
}

// Where quotient and dividend may be the same; the remainder.
Limb DivideByOne(Limb* quotient, const Limb* a, std::size_t count, Limb divisor) {
  Limb rest = 0;
  while (count > 0) {
    --count;
    const Double dividend = Join(rest, a[count]);
    quotient[count] = Low(dividend / divisor);
    rest = Low(dividend % divisor);
  }
  return rest;
}

// a -= b * factor, from a[0] on; a has one limb more than b. True: that was too much.
bool SubtractProduct(Limb* a, const Limb* b, std::size_t b_count, Limb factor) {
  Limb carry = 0;
  Limb borrow = 0;
  for (std::size_t i = 0; i < b_count; ++i) {
    const Double product = Double{b[i]} * factor + carry;
    carry = High(product);
    const Double difference = Double{a[i]} - Low(product) - borrow;
    a[i] = Low(difference);
    borrow = High(difference) & 1;
  }
  const Double difference = Double{a[b_count]} - carry - borrow;
  a[b_count] = Low(difference);
  return High(difference) != 0;
}

// As many digits as fit into a limb, and the radix to that power.
struct Chunk {
  explicit Chunk(Limb radix) {
    for (; power <= ~Limb{0} / radix; ++digits) power *= radix;
  }
  std::size_t digits = 0;
  Limb power = 1;
};

// Zero: the radix is no power of two.
unsigned BitsOfDigit(int radix) {
  const auto value = static_cast<unsigned>(radix);
  return std::has_single_bit(value) ? static_cast<unsigned>(std::countr_zero(value)) : 0;
}

std::size_t FromBits(Limb* limbs, const unsigned char* digits, std::size_t count, unsigned bits) {
  const std::size_t most = (count * bits + kLimbBits - 1) / kLimbBits;
  std::fill_n(limbs, most, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const Limb digit = digits[count - 1 - i];
    const std::size_t at = i * bits;
    const auto shift = static_cast<unsigned>(at % kLimbBits);
    limbs[at / kLimbBits] |= digit << shift;
    const Limb above = shift == 0 ? 0 : digit >> (kLimbBits - shift);
    if (above != 0) limbs[at / kLimbBits + 1] |= above;
  }
  return limbs[most - 1] != 0 ? most : most - 1;
}

std::size_t ToBits(unsigned char* digits, unsigned bits, const Limb* limbs, std::size_t count) {
  const std::size_t used =
      count * kLimbBits - static_cast<std::size_t>(std::countl_zero(limbs[count - 1]));
  const std::size_t digit_count = (used + bits - 1) / bits;
  for (std::size_t i = 0; i < digit_count; ++i) {
    const std::size_t at = i * bits;
    const auto shift = static_cast<unsigned>(at % kLimbBits);
    const std::size_t limb = at / kLimbBits;
    Limb digit = limbs[limb] >> shift;
    if (shift + bits > kLimbBits && limb + 1 < count)
      digit |= limbs[limb + 1] << (kLimbBits - shift);
    digits[digit_count - 1 - i] = static_cast<unsigned char>(digit & ((Limb{1} << bits) - 1));
  }
  return digit_count;
}

}  // namespace

int Compare(const Limb* a, const Limb* b, std::size_t count) {
  while (count > 0) {
    --count;
    if (a[count] != b[count]) return a[count] < b[count] ? -1 : 1;
  }
  return 0;
}

Limb Add(Limb* sum, const Limb* a, std::size_t a_count, const Limb* b, std::size_t b_count) {
  FART_DCHECK(a_count >= b_count);
  Limb carry = 0;
  for (std::size_t i = 0; i < a_count; ++i) {
    const Double total = Double{a[i]} + (i < b_count ? b[i] : 0) + carry;
    sum[i] = Low(total);
    carry = High(total);
  }
  return carry;
}

Limb Subtract(Limb* difference, const Limb* a, std::size_t a_count, const Limb* b,
              std::size_t b_count) {
  FART_DCHECK(a_count >= b_count);
  Limb borrow = 0;
  for (std::size_t i = 0; i < a_count; ++i) {
    const Double rest = Double{a[i]} - (i < b_count ? b[i] : 0) - borrow;
    difference[i] = Low(rest);
    borrow = High(rest) & 1;
  }
  return borrow;
}

Limb ShiftLeft(Limb* result, const Limb* limbs, std::size_t count, unsigned bits) {
  FART_DCHECK(bits > 0 && bits < kLimbBits);
  const Limb out = limbs[count - 1] >> (kLimbBits - bits);
  for (std::size_t i = count - 1; i > 0; --i) {
    result[i] = limbs[i] << bits | limbs[i - 1] >> (kLimbBits - bits);
  }
  result[0] = limbs[0] << bits;
  return out;
}

void ShiftRight(Limb* result, const Limb* limbs, std::size_t count, unsigned bits) {
  FART_DCHECK(bits > 0 && bits < kLimbBits);
  for (std::size_t i = 0; i + 1 < count; ++i) {
    result[i] = limbs[i] >> bits | limbs[i + 1] << (kLimbBits - bits);
  }
  result[count - 1] = limbs[count - 1] >> bits;
}

void Negate(Limb* limbs, std::size_t count) {
  bool carry = true;
  for (std::size_t i = 0; i < count; ++i) {
    limbs[i] = ~limbs[i] + (carry ? 1 : 0);
    carry = carry && limbs[i] == 0;
  }
}

void Multiply(Limb* product, const Limb* a, std::size_t a_count, const Limb* b,
              std::size_t b_count) {
  std::fill_n(product, a_count + b_count, 0);
  for (std::size_t j = 0; j < b_count; ++j) {
    Limb carry = 0;
    for (std::size_t i = 0; i < a_count; ++i) {
      const Double sum = Double{a[i]} * b[j] + product[i + j] + carry;
      product[i + j] = Low(sum);
      carry = High(sum);
    }
    product[j + a_count] = carry;
  }
}

// Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D.
void Divide(Limb* quotient, Limb* remainder, const Limb* a, std::size_t a_count, const Limb* b,
            std::size_t b_count) {
  FART_DCHECK(a_count >= b_count && b[b_count - 1] != 0);
  if (b_count == 1) {
    remainder[0] = DivideByOne(quotient, a, a_count, b[0]);
    return;
  }
  // Both shifted until the highest bit of the divisor is set.
  const auto bits = static_cast<unsigned>(std::countl_zero(b[b_count - 1]));
  Vector<Limb> rest(a, a + a_count);
  Vector<Limb> divisor(b, b + b_count);
  Limb out = 0;
  if (bits != 0) {
    out = ShiftLeft(rest.data(), a, a_count, bits);
    ShiftLeft(divisor.data(), b, b_count, bits);
  }
  rest.push_back(out);
  const Limb first = divisor[b_count - 1];
  const Limb second = divisor[b_count - 2];
  for (std::size_t j = a_count - b_count + 1; j-- > 0;) {
    Limb* const window = rest.data() + j;  // b_count + 1 limbs
    // A guess from the two highest limbs, too large by two at most; the third makes it one.
    const Double highest = Join(window[b_count], window[b_count - 1]);
    Double guess = window[b_count] >= first ? Double{~Limb{0}} : highest / first;
    Double left = highest - guess * first;
    while (High(left) == 0 && guess * second > Join(Low(left), window[b_count - 2])) {
      --guess;
      left += first;
    }
    Limb digit = Low(guess);
    if (SubtractProduct(window, divisor.data(), b_count, digit)) {
      --digit;
      window[b_count] += Add(window, window, b_count, divisor.data(), b_count);
    }
    quotient[j] = digit;
  }
  if (bits != 0) ShiftRight(rest.data(), rest.data(), b_count, bits);
  std::copy_n(rest.begin(), b_count, remainder);
}

std::size_t FromDigits(Limb* limbs, const unsigned char* digits, std::size_t count, int radix) {
  if (const unsigned bits = BitsOfDigit(radix); bits != 0) {
    return FromBits(limbs, digits, count, bits);
  }
  const Chunk whole(static_cast<Limb>(radix));
  std::size_t used = 0;
  for (std::size_t i = 0; i < count;) {
    Limb power = 1;
    Limb value = 0;
    for (const std::size_t end = std::min(count, i + whole.digits); i < end; ++i) {
      power *= static_cast<Limb>(radix);
      value = value * static_cast<Limb>(radix) + digits[i];
    }
    const Limb carry = MultiplyAndAdd(limbs, used, power, value);
    if (carry != 0) limbs[used++] = carry;
  }
  return used;
}

std::size_t ToDigits(unsigned char* digits, int radix, Limb* limbs, std::size_t count) {
  if (const unsigned bits = BitsOfDigit(radix); bits != 0) {
    return ToBits(digits, bits, limbs, count);
  }
  // From the lowest on, and turned round.
  const Chunk whole(static_cast<Limb>(radix));
  std::size_t made = 0;
  while (count > 0) {
    Limb value = DivideByOne(limbs, limbs, count, whole.power);
    while (count > 0 && limbs[count - 1] == 0) --count;
    for (std::size_t i = 0; count > 0 ? i < whole.digits : value != 0; ++i) {
      digits[made++] = static_cast<unsigned char>(value % static_cast<Limb>(radix));
      value /= static_cast<Limb>(radix);
    }
  }
  std::reverse(digits, digits + made);
  return made;
}

}  // namespace fart::limbs
