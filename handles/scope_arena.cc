#include "handles/scope_arena.h"

#include <algorithm>

#include "handles/verify_text.h"

namespace fart {

void* ScopeArena::AllocateSlow(ByteCount size) {
  // Sizes that rounding would wrap are larger than any area.
  if (size > area_.end() - top_) return nullptr;
  const ByteCount wanted = std::max(size, ByteCount(1));
  if (!area_.Grow(top_, wanted.RoundedUpTo(kWordSize))) return nullptr;
  return Bump(wanted);
}

bool ScopeArena::IsSound() const { return HasNothingToReport(*this); }

}  // namespace fart
