#include <unistd.h>

#include "heap/base/check.h"
#include "heap/platform/entropy.h"

namespace fart {

void FillWithEntropy(std::span<std::byte> bytes) {
  FART_CHECK(::getentropy(bytes.data(), bytes.size()) == 0);
}

}  // namespace fart
