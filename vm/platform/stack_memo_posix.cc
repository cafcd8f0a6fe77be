#include "vm/platform/stack_memo.h"

#include <unwind.h>

#include <array>

namespace fart {

namespace {

// From the innermost out, an entry is among so many frames.
constexpr std::size_t kNear = 8;

}  // namespace

struct StackMemo::Taker {
  // With those of the VM itself.
  static constexpr std::size_t kMostReturns = 2 * kMostFrames;

  Walk& walk;
  const std::uintptr_t* innermost;
  std::uintptr_t entry;
  std::span<const void* const> beginnings;
  std::size_t seen = 0;
  bool is_seen_through = true;  // V-M2
  std::size_t return_count = 0;
  std::array<KnownWalks::Return, kMostReturns> returns = {};

  static _Unwind_Reason_Code Visit(_Unwind_Context* context, void* taker) {
    return static_cast<Taker*>(taker)->Take(context);
  }

  // The frame that the context is of goes on at its address, which lay at `place` while it waited.
  void Remember(std::uintptr_t frame_end, std::uintptr_t address) {
    const auto* const place = reinterpret_cast<const std::uintptr_t*>(frame_end) - 1;
    // Within StackMemo::Take; behind the place there is nothing but what it has called.
    if (return_count == 0 && place < innermost) return;
    is_seen_through = is_seen_through && return_count != kMostReturns &&
                      (return_count != 0 || place == innermost) && StackWordAt(place) == address;
    if (is_seen_through) returns[return_count++] = {place, address};
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

StackMemo::Walk& StackMemo::Take(const void* entry, std::span<const void* const> beginnings) {
  const auto* const innermost = static_cast<const std::uintptr_t*>(__builtin_frame_address(0)) + 1;
  if (Walk* const known = known_.Find(innermost, entry)) return *known;
  ++walks_;
  other_ = {};
  Taker taker{other_, innermost, reinterpret_cast<std::uintptr_t>(entry), beginnings};
  _Unwind_Backtrace(Taker::Visit, &taker);
  if (!taker.is_seen_through || taker.return_count == 0) return other_;
  Walk* const kept = known_.Keep(other_, {taker.returns.data(), taker.return_count}, entry);
  return kept == nullptr ? other_ : *kept;
}

}  // namespace fart
