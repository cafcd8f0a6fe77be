#include "vm/port/port_ids.h"

#include <span>

#include "heap/platform/entropy.h"

namespace fart {

// Needham and Wheeler, "Tea extensions" (1997): 64 Feistel rounds in pairs. The block's high half
// is the first word.
std::uint64_t EncryptXtea(std::uint64_t block, const PortIds::Key& key) {
  constexpr std::uint32_t kDelta = 0x9E3779B9;
  constexpr int kPairsOfRounds = 32;
  auto left = static_cast<std::uint32_t>(block >> 32);
  auto right = static_cast<std::uint32_t>(block);
  std::uint32_t sum = 0;
  for (int pair = 0; pair < kPairsOfRounds; ++pair) {
    left += (((right << 4) ^ (right >> 5)) + right) ^ (sum + key[sum & 3]);
    sum += kDelta;
    right += (((left << 4) ^ (left >> 5)) + left) ^ (sum + key[(sum >> 11) & 3]);
  }
  return std::uint64_t{left} << 32 | right;
}

PortIds PortIds::WithSecretKey() {
  Key key{};
  FillWithEntropy(std::as_writable_bytes(std::span(key)));
  return PortIds(key);
}

PortId PortIds::Next() {
  // Every other block or so is negative: skipped (VP-D2).
  for (;;) {
    const auto id = static_cast<PortId>(EncryptXtea(counter_++, key_));
    if (id > 0) return id;
  }
}

}  // namespace fart
