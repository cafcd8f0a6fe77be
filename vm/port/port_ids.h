// PortIds -- numbers for ports that are never given twice and that nobody can guess.
//
// A counter goes through a block cipher (XTEA: 64-bit blocks) under a secret key. A permutation
// cannot repeat itself, which random numbers only rarely do, and without the key neither the next
// number nor any other follows from those that are known.
//
// Invariants
//   VP-D1 once       no number comes twice from one object.
//   VP-D2 positive   every number is above 0, so that it fits whoever stores it, and 0 names no
//                    port.
//
// Not here: which numbers name a port now (ports.h).

#ifndef FART_VM_PORT_PORT_IDS_H_
#define FART_VM_PORT_PORT_IDS_H_

#include <array>
#include <cstdint>

#include "vm/values/send_port.h"

namespace fart {

class PortIds {
 public:
  using Key = std::array<std::uint32_t, 4>;

  explicit PortIds(const Key& key) : key_(key) {}
  // With a key that only this process knows.
  static PortIds WithSecretKey();

  PortId Next();

 private:
  const Key key_;
  std::uint64_t counter_ = 0;
};

// A number that no port of the process has or will have: for what has to be as hard to guess.
PortId TakePortId();

// The cipher; here for its test.
std::uint64_t EncryptXtea(std::uint64_t block, const PortIds::Key& key);

}  // namespace fart

#endif  // FART_VM_PORT_PORT_IDS_H_
