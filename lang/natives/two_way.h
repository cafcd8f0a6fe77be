// TwoWay -- where a pattern begins in a text, in time linear in both and with no memory of its own.
//
// Crochemore and Perrin, "Two-way string-matching", J. ACM 38(3), 1991, pp. 651-675: the pattern is
// cut where its local period is its period; its right half is compared forwards, then its left half
// backwards. We deviate where only the first place is wanted: of a pattern that repeats nothing is
// remembered when it is moved on by its period. That happens where its left half does not fit;
// where it lies next it does, so that the right half, all of which is compared again, does not, or
// the place is found. The search begins where it is told and asks whether it is to stop.
//
// Invariants
//   LN-T1 linear  no unit of the text is compared more than four times, nor of the pattern
//                 beforehand.
//
// Not here: what is quicker where mismatches come early, which is nearly everywhere (Search of
// text_units.h, which turns to this one when they do not).

#ifndef FART_LANG_NATIVES_TWO_WAY_H_
#define FART_LANG_NATIVES_TWO_WAY_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace fart::lang {

// Texts and patterns: random access by [], units that compare with each other; the pattern is not
// empty. IsToStop: called with a number of units that were compared since the last call.
template <typename Pattern, typename IsToStop>
class TwoWay {
 public:
  static constexpr std::int64_t kNowhere = -1;
  static constexpr std::int64_t kStopped = -2;

  TwoWay(const Pattern& pattern, std::size_t size, IsToStop is_to_stop)
      : pattern_(pattern), size_(static_cast<std::int64_t>(size)), is_to_stop_(is_to_stop) {}

  // Where it first begins in `text`, of `length` units, at `start` or behind.
  template <typename Text>
  std::int64_t First(const Text& text, std::size_t length, std::size_t start) {
    if (!Cut()) return kStopped;
    const std::int64_t last = static_cast<std::int64_t>(length) - size_;
    for (auto at = static_cast<std::int64_t>(start); at <= last;) {
      std::int64_t i = left_end_ + 1;
      while (i < size_ && Unit(i) == UnitOf(text, at + i)) ++i;
      if (is_to_stop_(static_cast<std::size_t>(i - left_end_))) return kStopped;
      if (i < size_) {
        at += i - left_end_;
        continue;
      }
      i = left_end_;
      while (i >= 0 && Unit(i) == UnitOf(text, at + i)) --i;
      if (is_to_stop_(static_cast<std::size_t>(left_end_ - i + 1))) return kStopped;
      if (i < 0) return at;
      at += period_;
    }
    return kNowhere;
  }

 private:
  struct Suffix {
    std::int64_t before = -1;  // It begins behind this unit.
    std::int64_t period = 1;
  };

  std::uint32_t Unit(std::int64_t i) const { return UnitOf(pattern_, i); }
  template <typename Units>
  static std::uint32_t UnitOf(const Units& units, std::int64_t i) {
    return static_cast<std::uint32_t>(units[static_cast<std::size_t>(i)]);
  }

  // Where the pattern is cut, and how far it is moved on.
  bool Cut() {
    Suffix by_least;
    Suffix by_greatest;
    if (!MaximalSuffix(false, &by_least) || !MaximalSuffix(true, &by_greatest)) return false;
    const Suffix& longer = by_least.before > by_greatest.before ? by_least : by_greatest;
    left_end_ = longer.before;
    period_ = longer.period;
    std::int64_t i = 0;
    while (i <= left_end_ && Unit(i) == Unit(i + period_)) ++i;
    const bool is_periodic = i > left_end_;
    if (!is_periodic) period_ = std::max(left_end_ + 1, size_ - left_end_ - 1) + 1;
    return !is_to_stop_(static_cast<std::size_t>(i + 1));
  }
  // The greatest suffix in the order of units, or in the opposite one (ibid., p. 662).
  bool MaximalSuffix(bool is_reversed, Suffix* suffix) {
    std::int64_t at = 0;    // The other suffix begins behind it.
    std::int64_t same = 1;  // Units of both that are alike.
    while (at + same < size_) {
      if (is_to_stop_(1)) return false;
      const std::uint32_t other = Unit(at + same);
      const std::uint32_t own = Unit(suffix->before + same);
      if (other == own) {
        if (same == suffix->period) {
          at += suffix->period;
          same = 1;
        } else {
          ++same;
        }
      } else if ((other < own) != is_reversed) {
        at += same;
        same = 1;
        suffix->period = at - suffix->before;
      } else {
        suffix->before = at++;
        same = suffix->period = 1;
      }
    }
    return true;
  }

  const Pattern& pattern_;
  const std::int64_t size_;
  IsToStop is_to_stop_;
  std::int64_t left_end_ = -1;  // The left half's last unit.
  std::int64_t period_ = 1;
};

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_TWO_WAY_H_
