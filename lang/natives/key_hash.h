// KeyHash -- the hashes by which maps keep keys, of numbers and strings.
//
// Not for use outside this package.

#ifndef FART_LANG_NATIVES_KEY_HASH_H_
#define FART_LANG_NATIVES_KEY_HASH_H_

#include <cstddef>
#include <cstdint>

namespace fart::lang {

inline constexpr std::uint64_t kMaxHash = 0x3fffffff;

// The finaliser of MurmurHash3, cut to what every hash of the libraries fits in.
inline std::int64_t MixedHash(std::uint64_t bits) {
  bits = (bits ^ (bits >> 33)) * 0xff51afd7ed558ccdu;
  bits = (bits ^ (bits >> 33)) * 0xc4ceb9fe1a85ec53u;
  return static_cast<std::int64_t>((bits ^ (bits >> 33)) & kMaxHash);
}

// Of what a key's hashCode is, or of the bits of a number: what is small stays as it is, so that
// ints of one neighbourhood are found in one part of the memory. What makes that bear any pattern
// of keys is the way a map looks on (Probe).
inline std::int64_t KeyHashOf(std::uint64_t bits) {
  return bits <= kMaxHash ? static_cast<std::int64_t>(bits) : MixedHash(bits);
}

// The places of a table that a hash is looked for at, one after the other: first those that all its
// bits choose, then, at last, each. (As _find of core/map.dart.)
class Probe {
 public:
  // `size` is a power of two.
  Probe(std::int64_t hash, std::size_t size)
      : rest_(static_cast<std::size_t>(hash)), mask_(size - 1), at_(rest_ & mask_) {}
  std::size_t at() const { return at_; }
  void Next() {
    rest_ >>= 5;
    at_ = (at_ * 5 + rest_ + 1) & mask_;
  }

 private:
  std::size_t rest_;
  const std::size_t mask_;
  std::size_t at_;
};

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_KEY_HASH_H_
