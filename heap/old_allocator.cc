#include "heap/old_allocator.h"

#include <algorithm>

#include "heap/base/check.h"
#include "heap/object/header.h"
#include "heap/shape_table.h"

namespace fart {

void FillDeadSpace(Address from, Address to) {
  FART_DCHECK(from <= to);
  const ByteCount size = to - from;
  if (size.is_zero()) return;
  const WordCount words = size.InWords();
  FART_DCHECK(size <= kRegionSize);  // fits the header's size field (H-G3)
  const ShapeId shape = words == WordCount(1) ? ShapeTable::kFillerWord : ShapeTable::kFiller;
  Header::Make(shape, words).StoreTo(from);
}

void OldAllocator::UseSpan(Span span, RegionIndex index) {
  if (logs_) {
    log_.push_back({log_from_, top_});
    log_from_ = span.from;
  }
  AddHole(top_, end_);  // The next object may be smaller.
  grown_ += TailGrowth();
  from_ = top_ = span.from;
  end_ = span.to;
  region_ = index;
  is_tail_ = regions_.Record(index).top == span.from;
}

void OldAllocator::BeginRegion(RegionIndex fresh) {
  UseSpan({regions_.StartOf(fresh), regions_.StartOf(fresh) + kRegionSize}, fresh);
}

namespace {

// The latest few: most requests fit any hole, and looking further costs more than a region.
constexpr std::size_t kTried = 16;

// What is promoted next goes to small holes that lie anywhere: the memory of one is asked for so
// many before its turn.
constexpr std::size_t kHolesAhead = 6;

}  // namespace

bool OldAllocator::TakeHole(ByteCount size, ByteCount headroom) {
  if (!MakeRoomForSpan()) return false;
  if (TakeRoomyHole(size, headroom)) return true;
  if (size >= kRoomyHole || are_closed_) return false;
  // One above a region's top may need headroom, and is left: it is small.
  const Span hole = small_.TakeLast(kTried, [&](const Span& span) {
    return span.to - span.from >= size && !IsAboveTop(span.from);
  });
  if (hole.from.is_null()) return false;
  in_holes_ -= hole.to - hole.from;
  small_.PrefetchBehind(kHolesAhead);
  UseSpan(hole, regions_.IndexOf(hole.from));
  return true;
}

bool OldAllocator::TakeRoomyHole(ByteCount size, ByteCount headroom) {
  const std::size_t last = holes_.size() - std::min(holes_.size(), kTried);
  for (std::size_t i = holes_.size(); i-- > last;) {
    const Span hole = holes_[i];
    if (hole.to - hole.from < size) continue;
    const RegionIndex index = regions_.IndexOf(hole.from);
    // A region of former large objects is charged by page until its rest is used.
    const bool is_tail = regions_.Record(index).top == hole.from;
    if (!is_tail && are_closed_) continue;
    if (is_tail && kRegionSize - regions_.Record(index).charged > headroom) continue;
    holes_.erase(holes_.begin() + static_cast<std::ptrdiff_t>(i));
    if (is_tail) {
      regions_.SetCharge(index, kRegionSize);
    } else {
      in_holes_ -= hole.to - hole.from;
    }
    UseSpan(hole, index);
    return true;
  }
  return false;
}

void OldAllocator::Abandon() {
  FART_DCHECK(!logs_);
  grown_ += TailGrowth();
  from_ = top_ = end_ = Address();
  region_ = kNoRegion;
  is_tail_ = false;
}

void OldAllocator::LeaveSpan() {
  if (top_.is_null()) return;
  AddHole(top_, end_);
  Abandon();
}

void OldAllocator::LeaveHole() {
  if (!is_tail_) Abandon();
}

void OldAllocator::ForgetHoles() {
  holes_.clear();
  small_.Clear();
  waiting_.Clear();
  in_holes_ = ByteCount();
  is_refused_ = are_closed_ = false;
  LeaveHole();
}

void OldAllocator::ForgetUnsweptHoles() {
  small_.Clear();
  waiting_.Clear();
  in_holes_ = ByteCount();
  std::erase_if(holes_, [this](const Span& hole) {
    if (regions_.Record(regions_.IndexOf(hole.from)).unswept) return true;
    if (!IsAboveTop(hole.from)) in_holes_ += hole.to - hole.from;
    return false;
  });
  is_refused_ = are_closed_ = false;
  LeaveHole();
}

void OldAllocator::CloseHoles() {
  are_closed_ = true;
  if (!is_tail_) LeaveSpan();
}

void OldAllocator::StartLog() {
  log_.clear();
  log_from_ = top_;
  logs_ = true;
  is_refused_ = false;
}

}  // namespace fart
