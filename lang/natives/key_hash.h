// KeyHash -- the hashes by which maps keep keys, of numbers and strings.
//
// Not for use outside this package.

#ifndef FART_LANG_NATIVES_KEY_HASH_H_
#define FART_LANG_NATIVES_KEY_HASH_H_

#include <cstdint>

namespace fart::lang {

inline constexpr std::uint64_t kMaxHash = 0x3fffffff;

// The finaliser of MurmurHash3, cut to what every hash of the libraries fits in.
inline std::int64_t MixedHash(std::uint64_t bits) {
  bits = (bits ^ (bits >> 33)) * 0xff51afd7ed558ccdu;
  bits = (bits ^ (bits >> 33)) * 0xc4ceb9fe1a85ec53u;
  return static_cast<std::int64_t>((bits ^ (bits >> 33)) & kMaxHash);
}

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_KEY_HASH_H_
