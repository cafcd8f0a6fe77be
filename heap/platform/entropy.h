// Entropy -- bits that nobody can guess, from the operating system.

#ifndef FART_HEAP_PLATFORM_ENTROPY_H_
#define FART_HEAP_PLATFORM_ENTROPY_H_

#include <cstddef>
#include <span>

namespace fart {

// At most 256 bytes at a time.
void FillWithEntropy(std::span<std::byte> bytes);

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_ENTROPY_H_
