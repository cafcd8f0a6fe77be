#include "handles/linear_area.h"

#include <algorithm>

#include "heap/base/check.h"

namespace fart {
namespace {

ByteCount Granule() { return std::max(LinearArea::kGranule, VirtualMemory::PageSize()); }

}  // namespace

LinearArea::LinearArea(ByteCount size) {
  if (size.is_zero()) return;
  memory_ = VirtualMemory::Reserve(size.RoundedUpTo(Granule().value()), VirtualMemory::PageSize());
  limit_ = memory_.start();
  if (memory_.is_empty()) return;
  if (memory_.size() <= kSmall) {
    memory_.PreferSmallPages(memory_.start(), memory_.size());
    is_accessible_ = memory_.Commit(memory_.start(), memory_.size());
  }
  // A refusal shows at the first use: Grow tries again.
  if (Commit(memory_.start(), Granule())) limit_ = limit_ + Granule();
}

bool LinearArea::Commit(Address first, ByteCount size) {
  return is_accessible_ || memory_.Commit(first, size);
}

bool LinearArea::Grow(Address top, ByteCount size) {
  if (size > memory_.end() - top) return false;
  if (size <= limit_ - std::min(top, limit_)) return true;
  const ByteCount needed = (top - memory_.start() + size).RoundedUpTo(Granule().value());
  const ByteCount doubled = std::min(committed() * 2, memory_.size());
  for (const ByteCount wanted : {std::max(needed, doubled), needed}) {
    if (Commit(limit_, wanted - committed())) {
      limit_ = memory_.start() + wanted;
      return true;
    }
  }
  return false;
}

void LinearArea::ShrinkByHalf(Address top) {
  const ByteCount kept = std::max(kKept, (top - memory_.start()).RoundedUpTo(Granule().value()));
  if (committed() <= kept) return;
  GiveBackFrom(limit_ - ((committed() - kept) / 2).RoundedUpTo(Granule().value()));
}

void LinearArea::ShrinkTo(Address top) {
  const ByteCount kept = std::max(kKept, (top - memory_.start()).RoundedUpTo(Granule().value()));
  if (committed() > kept) GiveBackFrom(memory_.start() + kept);
}

void LinearArea::GiveBackFrom(Address first) {
  // What the system refuses to take stays until it is used again.
  if (is_accessible_) {
    memory_.Discard(first, limit_ - first);
  } else {
    memory_.Decommit(first, limit_ - first);
  }
  limit_ = first;
}

bool LinearArea::IsSound() const {
  return memory_.start() <= limit_ && limit_ <= memory_.end();  // HN-N1
}

}  // namespace fart
