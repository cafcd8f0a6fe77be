#include "heap/region_access.h"

#include <algorithm>
#include <atomic>

#include "heap/base/check.h"
#include "heap/object/region_flags.h"

namespace fart {
namespace {

constinit std::atomic<std::int64_t> borders_of_all{0};

// So many regions are asked for again at a time.
constexpr int kSettledAtOnce = 64;

}  // namespace

RegionAccess::~RegionAccess() { borders_of_all.fetch_sub(borders_, std::memory_order_relaxed); }

std::int64_t RegionAccess::BordersOfAll() { return borders_of_all.load(std::memory_order_relaxed); }

void RegionAccess::Attach(const VirtualMemory& range, std::uint8_t* states, RegionIndex regions,
                          RegionIndex open) {
  FART_DCHECK(states_ == nullptr && open > 0 && open <= regions);
  range_ = &range;
  states_ = states;
  regions_ = regions;
  Note(0, open, true, NewBorders(0, open, true));
}

Address RegionAccess::StartOf(RegionIndex index) const {
  return range_->start() + kRegionSize * index;
}

bool RegionAccess::AreOpen(RegionIndex first, std::uint32_t count) const {
  return std::ranges::all_of(states_ + first, states_ + first + count,
                             [](std::uint8_t state) { return (state & kOpen) != 0; });
}

std::int64_t RegionAccess::NewBorders(RegionIndex first, std::uint32_t count, bool open) const {
  std::int64_t before = 0;
  const RegionIndex last = std::min(first + count, regions_ - 1);
  for (RegionIndex index = std::max(first, RegionIndex{1}); index <= last; ++index) {
    before += IsOpen(index - 1) != IsOpen(index) ? 1 : 0;
  }
  std::int64_t after = 0;
  if (first > 0) after += IsOpen(first - 1) != open ? 1 : 0;
  if (first + count < regions_) after += IsOpen(first + count) != open ? 1 : 0;
  return after - before;
}

void RegionAccess::Note(RegionIndex first, std::uint32_t count, bool open, std::int64_t borders) {
  borders_ += borders;
  borders_of_all.fetch_add(borders, std::memory_order_relaxed);
  for (RegionIndex index = first; index < first + count; ++index) {
    states_[index] = static_cast<std::uint8_t>((states_[index] & kOwed) | (open ? kOpen : 0));
  }
  if (open) {
    end_ = std::max(end_, first + count);
  } else if (first + count >= end_) {
    end_ = std::min(end_, first);
    while (end_ > 0 && !IsOpen(end_ - 1)) --end_;
  }
}

bool RegionAccess::Open(RegionIndex first, std::uint32_t count, Borders borders) {
  if (AreOpen(first, count)) return true;
  if (borders == Borders::kBounded && !MayOpen(first, count)) return false;
  if (!range_->Commit(StartOf(first), kRegionSize * count)) return false;
  NoteOpened(first, count);
  return true;
}

bool RegionAccess::MayOpen(RegionIndex first, std::uint32_t count) const {
  const std::int64_t more = NewBorders(first, count, true);
  return more <= 0 || BordersOfAll() + more <= kMaxBorders;
}

void RegionAccess::NoteOpened(RegionIndex first, std::uint32_t count) {
  Note(first, count, true, NewBorders(first, count, true));
}

void RegionAccess::Discard(RegionIndex first, std::uint32_t count) {
  FART_DCHECK(AreOpen(first, count));
  if (range_->Discard(StartOf(first), kRegionSize * count)) {
    Reuse(first, count);
    return;
  }
  for (RegionIndex index = first; index < first + count; ++index) {
    owed_ += (states_[index] & kOwed) == 0 ? 1 : 0;
    states_[index] |= kOwed;
  }
}

bool RegionAccess::Close(RegionIndex first, std::uint32_t count) {
  Discard(first, count);
  const std::int64_t more = NewBorders(first, count, false);
  if (more > 0 && BordersOfAll() + more > kMaxBorders) return false;  // H-Z1
  if (!range_->Protect(StartOf(first), kRegionSize * count) &&
      range_->Commit(StartOf(first), kRegionSize * count)) {
    return false;
  }
  // Where both were refused, Open makes sure before the regions are used again.
  Note(first, count, false, more);
  return true;
}

void RegionAccess::Reuse(RegionIndex first, std::uint32_t count) {
  if (owed_ == 0) return;
  for (RegionIndex index = first; index < first + count; ++index) {
    owed_ -= (states_[index] & kOwed) != 0 ? 1 : 0;
    states_[index] = static_cast<std::uint8_t>(states_[index] & ~kOwed);
  }
}

void RegionAccess::SettleOwed() {
  int tries = kSettledAtOnce;
  for (RegionIndex index = 0; owed_ != 0 && tries != 0 && index < regions_; ++index) {
    if ((states_[index] & kOwed) == 0) continue;
    --tries;
    if (!range_->Discard(StartOf(index), kRegionSize)) return;
    Reuse(index, 1);
  }
}

}  // namespace fart
