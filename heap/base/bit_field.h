// BitField -- one named field of a 64-bit word. A layout is a list of these (heap/object/header.h).

#ifndef FART_HEAP_BASE_BIT_FIELD_H_
#define FART_HEAP_BASE_BIT_FIELD_H_

#include <cstdint>

namespace fart {

template <typename T, int kPosition, int kWidth>
struct BitField {
  static_assert(kPosition >= 0 && kWidth > 0 && kPosition + kWidth <= 64);
  static constexpr int kNext = kPosition + kWidth;
  static constexpr std::uint64_t kMax =
      kWidth == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << kWidth) - 1;
  static constexpr std::uint64_t kMask = kMax << kPosition;

  static constexpr bool Fits(T value) { return static_cast<std::uint64_t>(value) <= kMax; }
  static constexpr std::uint64_t Encode(T value) {
    return static_cast<std::uint64_t>(value) << kPosition;
  }
  static constexpr T Decode(std::uint64_t word) {
    return static_cast<T>((word >> kPosition) & kMax);
  }
  // Whether the field is `value`, or from `first` to `last`: cheaper than to decode and compare.
  static constexpr bool Holds(std::uint64_t word, T value) {
    return (word & kMask) == Encode(value);
  }
  static constexpr bool HoldsOneOf(std::uint64_t word, T first, T last) {
    return (word & kMask) - Encode(first) <= Encode(last) - Encode(first);
  }
  static constexpr std::uint64_t Update(std::uint64_t word, T value) {
    return (word & ~kMask) | Encode(value);
  }
};

}  // namespace fart

#endif  // FART_HEAP_BASE_BIT_FIELD_H_
