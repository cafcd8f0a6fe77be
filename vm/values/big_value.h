// BigValue -- an integer of any size, outside the heap: sign and magnitude.
//
// What a big integer object holds is copied to one of these, computed with, and copied back: so GMP
// (limbs.h) never sees memory that the collector moves. Operations are exact. Division follows the
// language: towards zero, and a modulo that is never negative; bit operators see two's complement
// with endless sign bits.
//
// Invariants
//   VV-B1 tight  the highest limb is not zero; zero has no limbs and no sign.
//
// Not here: the objects (big_integers.h).

#ifndef FART_VM_VALUES_BIG_VALUE_H_
#define FART_VM_VALUES_BIG_VALUE_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heap/platform/off_heap.h"

namespace fart {

class BigValue {
 public:
  using Limb = std::uint64_t;
  static constexpr std::size_t kLimbBits = 64;
  // Of the largest integer: 8 MiB of magnitude. GMP ends the process when memory is used up, so
  // results above this are refused before they are computed.
  static constexpr std::size_t kMaxLimbs = std::size_t{1} << 20;

  BigValue() = default;  // 0
  explicit BigValue(std::int64_t value);
  static BigValue FromUint64(std::uint64_t value);
  // `limbs` from the lowest on.
  static BigValue FromLimbs(bool is_negative, std::span<const Limb> limbs);
  // Of a finite one, cut off towards zero.
  static BigValue FromDouble(double value);
  // Digits without sign or prefix; radix 2 to 36. Nothing: not digits, none, or too many.
  static std::optional<BigValue> Parse(std::string_view digits, int radix);
  // Many digits take seconds: nothing also if IsToStop has answered that it is enough.
  using IsToStop = std::function<bool()>;
  static std::optional<BigValue> Parse(std::string_view digits, int radix,
                                       const IsToStop& is_to_stop);

  bool is_negative() const { return is_negative_; }
  bool is_zero() const { return limbs_.empty(); }
  std::span<const Limb> limbs() const { return limbs_; }
  // Of the magnitude.
  std::size_t BitLength() const;
  // Whether it has more limbs than an integer may have.
  bool IsTooLarge() const { return limbs_.size() > kMaxLimbs; }

  std::optional<std::int64_t> ToInt64() const;
  std::optional<std::uint64_t> ToUint64() const;
  // The nearest one, to even in the middle; infinite when too large.
  double ToDouble() const;
  // With '-' if negative; lower-case letters.
  std::string ToText(int radix) const;
  // Empty if it is to stop.
  std::string ToText(int radix, const IsToStop& is_to_stop) const;

  BigValue Negated() const;
  BigValue Complement() const;  // -1 - this
  friend BigValue operator+(const BigValue& a, const BigValue& b);
  friend BigValue operator-(const BigValue& a, const BigValue& b);
  // Nothing: too large.
  static std::optional<BigValue> Multiply(const BigValue& a, const BigValue& b);
  std::optional<BigValue> ShiftedLeft(std::uint64_t bits) const;
  BigValue ShiftedRight(std::uint64_t bits) const;  // towards minus infinity
  // The divisor is not zero.
  static BigValue Quotient(const BigValue& a, const BigValue& b);
  static BigValue Remainder(const BigValue& a, const BigValue& b);  // of a's sign
  static BigValue Modulo(const BigValue& a, const BigValue& b);     // 0 <= result < |b|
  friend BigValue operator&(const BigValue& a, const BigValue& b);
  friend BigValue operator|(const BigValue& a, const BigValue& b);
  friend BigValue operator^(const BigValue& a, const BigValue& b);

  friend std::strong_ordering operator<=>(const BigValue& a, const BigValue& b);
  friend bool operator==(const BigValue& a, const BigValue& b) { return (a <=> b) == 0; }

 private:
  using Limbs = Vector<Limb>;

  BigValue(bool is_negative, Limbs limbs);

  // Values, below the radix, from the highest on.
  using Digits = Vector<unsigned char>;
  // False: there are none, or too many. Takes zeros in front off.
  static bool MayBeRead(std::string_view* digits, int radix);
  // Behind those that are there. False: not all are digits.
  static bool ReadDigits(std::string_view digits, int radix, Digits* values);
  static BigValue FromDigits(std::span<const unsigned char> digits, int radix);
  // Without sign, with zeros in front up to the least number of digits.
  void AppendMagnitude(int radix, std::size_t least, std::string* text) const;

  // ---- big_value_pieces.cc
  // Texts are cut into pieces of kPiece digits. The powers of the radix that pieces, two, four, ...
  // of them are worth.
  using Powers = std::vector<BigValue>;
  static constexpr std::size_t kPiece = std::size_t{1} << 15;
  // Squares the last one if `wants_more` of it.
  template <typename WantsMore>
  static Powers PowersOf(int radix, const IsToStop& is_to_stop, WantsMore&& wants_more);
  static std::optional<BigValue> FromPieces(std::span<const unsigned char> digits, int radix,
                                            const Powers& powers, const IsToStop& is_to_stop);
  // What is below the square of powers[count - 1], or one piece. Behind other digits zeros too.
  // False: it is to stop.
  bool AppendPieces(int radix, const Powers& powers, std::size_t count, const IsToStop& is_to_stop,
                    std::string* text) const;

  static std::strong_ordering CompareMagnitudes(const BigValue& a, const BigValue& b);
  static BigValue AddMagnitudes(bool is_negative, const BigValue& a, const BigValue& b);
  // |a| >= |b|.
  static BigValue SubtractMagnitudes(bool is_negative, const BigValue& a, const BigValue& b);
  static BigValue SumWithSign(const BigValue& a, const BigValue& b, bool b_is_negative);
  static void Divide(const BigValue& a, const BigValue& b, BigValue* quotient, BigValue* remainder);
  // `count` limbs of two's complement, which must be enough, and back.
  Limbs TwosComplement(std::size_t count) const;
  static BigValue FromTwosComplement(Limbs limbs);
  template <typename Operation>
  static BigValue Bitwise(const BigValue& a, const BigValue& b, Operation&& operation);

  Limbs limbs_;
  bool is_negative_ = false;
};

}  // namespace fart

#endif  // FART_VM_VALUES_BIG_VALUE_H_
