#include "vm/platform/stack_memo.h"

#include <unwind.h>

namespace fart {

namespace {

// From the innermost out, an entry is among so many frames.
constexpr std::size_t kNear = 8;

// Redzones of AddressSanitizer may lie between the return addresses, which it does not know.
[[gnu::no_sanitize_address]] std::uintptr_t WordAt(const std::uintptr_t* place) { return *place; }

}  // namespace

struct StackMemo::Taker {
  Walk& walk;
  const std::uintptr_t* innermost;
  std::uintptr_t entry;
  std::span<const void* const> beginnings;
  std::size_t seen = 0;
  bool is_seen_through = true;  // V-M2

  static _Unwind_Reason_Code Visit(_Unwind_Context* context, void* taker) {
    return static_cast<Taker*>(taker)->Take(context);
  }

  // The frame that the context is of goes on at its address, which lay at `place` while it waited.
  void Remember(std::uintptr_t frame_end, std::uintptr_t address) {
    const auto* const place = reinterpret_cast<const std::uintptr_t*>(frame_end) - 1;
    // Within StackMemo::Take; behind the place there is nothing but what it has called.
    if (walk.return_count_ == 0 && place < innermost) return;
    is_seen_through = is_seen_through && walk.return_count_ != Walk::kMostReturns &&
                      (walk.return_count_ != 0 || place == innermost) && WordAt(place) == address;
    if (is_seen_through) walk.returns_[walk.return_count_++] = {place, address};
  }

  _Unwind_Reason_Code Take(_Unwind_Context* context) {
    const auto address = static_cast<std::uintptr_t>(_Unwind_GetIP(context));
    if (address == 0) return _URC_END_OF_STACK;
    Remember(static_cast<std::uintptr_t>(_Unwind_GetCFA(context)), address);
    if (seen++ < kNear && IsEntry(context, address)) {
      walk.frame_count = 0;
      return _URC_NO_REASON;
    }
    if (walk.frame_count == kMostFrames) return seen < kNear ? _URC_NO_REASON : _URC_END_OF_STACK;
    // An address behind a call may belong to the next function already.
    walk.frames[walk.frame_count++] = address - 1;
    return _URC_NO_REASON;
  }

  bool IsEntry(_Unwind_Context* context, std::uintptr_t address) const {
    if (address == entry) return true;
    const auto start = static_cast<std::uintptr_t>(_Unwind_GetRegionStart(context));
    for (const void* const beginning : beginnings) {
      if (start == reinterpret_cast<std::uintptr_t>(beginning)) return true;
    }
    return false;
  }
};

bool StackMemo::Walk::IsOf(const std::uintptr_t* innermost, const void* entry) const {
  if (return_count_ == 0 || returns_[0].place != innermost || entry_ != entry) return false;
  // Innermost first: each says that the frame is there in which the next lies.
  for (std::size_t i = 0; i < return_count_; ++i) {
    if (WordAt(returns_[i].place) != returns_[i].address) return false;  // V-M1
  }
  return true;
}

StackMemo::Walk& StackMemo::Take(const void* entry, std::span<const void* const> beginnings) {
  const auto* const innermost = static_cast<const std::uintptr_t*>(__builtin_frame_address(0)) + 1;
  if (known_.empty()) known_.resize(kSets * kWays);
  const std::size_t set = reinterpret_cast<std::uintptr_t>(innermost) / (2 * sizeof(void*)) % kSets;
  Walk* const ways = known_.data() + set * kWays;
  for (std::size_t way = 0; way < kWays; ++way) {
    if (ways[way].IsOf(innermost, entry)) return ways[way];
  }
  Walk& walk = ways[next_way_++ % kWays];
  walk.frame_count = 0;
  walk.said = nullptr;
  walk.return_count_ = 0;
  walk.entry_ = entry;
  ++walks_;
  Taker taker{walk, innermost, reinterpret_cast<std::uintptr_t>(entry), beginnings};
  _Unwind_Backtrace(Taker::Visit, &taker);
  if (!taker.is_seen_through) walk.return_count_ = 0;
  return walk;
}

}  // namespace fart
