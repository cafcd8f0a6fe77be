#include "handles/noting_budget.h"

#include <algorithm>

namespace fart {

namespace {

std::int64_t Span(std::uint64_t from, std::uint64_t to, std::uint64_t most) {
  return to < from ? 0 : static_cast<std::int64_t>(std::min(to - from, most));
}

}  // namespace

void NotingBudget::Start(std::uint64_t every) {
  divisor_ = std::max<std::uint64_t>(std::min(every, kRare) * kParts / kRare, 1);
  credit_ = std::int64_t{kCredit};
  awaited_ = 0;
  noted_ = 0;
  left_out_ = 0;
}

bool NotingBudget::Begin(std::uint64_t now) {
  credit_ += Span(last_turn_, now, kLongestGap) / static_cast<std::int64_t>(divisor_);
  credit_ = std::min(credit_, std::int64_t{kCredit});  // HN-P6
  last_turn_ = now;
  if (credit_ < awaited_) {
    ++left_out_;
    return false;
  }
  awaited_ = 0;
  begun_ = now;
  ++noted_;
  return true;
}

void NotingBudget::End(std::uint64_t now) {
  credit_ -= Span(begun_, now, kLongestNote);
  if (credit_ < 0) awaited_ = static_cast<std::int64_t>(Draw() % kMostAwaited);  // HN-P7
}

// Marsaglia's xorshift.
std::uint64_t NotingBudget::Draw() {
  lot_ ^= lot_ << 13;
  lot_ ^= lot_ >> 7;
  lot_ ^= lot_ << 17;
  return lot_;
}

}  // namespace fart
