#include "heap/knobs.h"

#include <algorithm>

namespace fart {
namespace {

// Less than this serves no program; where there is no room for it either, a heap says so.
constexpr ByteCount kLeastDefault = MiB(16);

}  // namespace

ByteCount DefaultHeapLimit(const MemoryBounds& bounds) {
  const ByteCount memory = std::min({bounds.physical, bounds.control_group, bounds.data});
  const ByteCount limit = std::min(memory / 4, bounds.addresses / 8);
  const ByteCount whole_mib = limit / MiB(1).value() * MiB(1).value();
  return std::clamp(whole_mib, kLeastDefault, kMaxHeapLimit);
}

}  // namespace fart
