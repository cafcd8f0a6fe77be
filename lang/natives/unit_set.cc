#include "lang/natives/unit_set.h"

#include <algorithm>

#include "lang/natives/letter_cases.h"

namespace fart::lang {

namespace {

constexpr char16_t kLastUnit = 0xFFFF;

void AppendUnit(std::u16string& text, char16_t unit) {
  constexpr char16_t kHexDigits[] = u"0123456789abcdef";
  text += u"\\x{";
  for (int shift = 12; shift >= 0; shift -= 4) text += kHexDigits[unit >> shift & 0xF];
  text += u"}";
}

}  // namespace

void UnitSet::Add(char16_t first, char16_t last) {
  // The ranges that it overlaps, or has no unit between. (LN-U1)
  const auto begin =
      std::partition_point(ranges_.begin(), ranges_.end(),
                           [first](const Range& range) { return range.last + 1 < first; });
  const auto end = std::partition_point(
      begin, ranges_.end(), [last](const Range& range) { return range.first <= last + 1; });
  if (begin == end) {
    ranges_.insert(begin, {first, last});
    return;
  }
  const Range joined = {std::min(first, begin->first), std::max(last, (end - 1)->last)};
  *begin = joined;
  ranges_.erase(begin + 1, end);
}

bool UnitSet::Contains(char16_t unit) const {
  const auto range = std::partition_point(ranges_.begin(), ranges_.end(),
                                          [unit](const Range& each) { return each.last < unit; });
  return range != ranges_.end() && range->first <= unit;
}

UnitSet UnitSet::Others() const {
  UnitSet others;
  char32_t next = 0;
  for (const Range& range : ranges_) {
    if (next < range.first) {
      others.Add(static_cast<char16_t>(next), static_cast<char16_t>(range.first - 1));
    }
    next = char32_t{range.last} + 1;
  }
  if (next <= kLastUnit) others.Add(static_cast<char16_t>(next), kLastUnit);
  return others;
}

void UnitSet::AddAlike() {
  constexpr char16_t kEndOfAscii = 0x80;
  const auto has_capital = [](char16_t small, char16_t capital) {
    return small < kEndOfAscii || capital >= kEndOfAscii;
  };
  UnitSet capitals;
  VisitSmallLetters([&](char16_t small, char16_t capital) {
    if (has_capital(small, capital) && (Contains(small) || Contains(capital))) {
      capitals.Add(capital);
    }
  });
  VisitSmallLetters([&](char16_t small, char16_t capital) {
    if (!has_capital(small, capital) || !capitals.Contains(capital)) return;
    Add(small);
    Add(capital);
  });
}

std::u16string UnitSet::ToPattern() const {
  if (empty()) return u"(?!)";
  std::u16string text = u"[";
  for (const Range& range : ranges_) {
    AppendUnit(text, range.first);
    if (range.first == range.last) continue;
    text += u"-";
    AppendUnit(text, range.last);
  }
  return text + u"]";
}

}  // namespace fart::lang
