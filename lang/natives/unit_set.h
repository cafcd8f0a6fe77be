// UnitSet -- UTF-16 units, as a class of a regular expression names them.
//
// Invariants
//   LN-U1 apart   its ranges are in order, and between two of them a unit is missing.
//
// Not here: how a pattern is read (regular_expression_syntax.cc).

#ifndef FART_LANG_NATIVES_UNIT_SET_H_
#define FART_LANG_NATIVES_UNIT_SET_H_

#include <initializer_list>
#include <string>
#include <vector>

namespace fart::lang {

class UnitSet {
 public:
  struct Range {
    char16_t first;
    char16_t last;
  };

  UnitSet() = default;
  UnitSet(std::initializer_list<Range> ranges) {
    for (const Range& range : ranges) Add(range.first, range.last);
  }

  // Pre-condition: first <= last.
  void Add(char16_t first, char16_t last);
  void Add(char16_t unit) { Add(unit, unit); }
  void Add(const UnitSet& other) {
    for (const Range& range : other.ranges_) Add(range.first, range.last);
  }
  // And whatever differs from one of them in case alone: what has the same capital letter, where
  // that is one unit, and not one of ASCII unless it is itself (ECMA-262 5.1, 15.10.2.8).
  void AddAlike();

  bool empty() const { return ranges_.empty(); }
  bool Contains(char16_t unit) const;
  // All units that it does not contain.
  UnitSet Others() const;

  // As PCRE2 writes it.
  std::u16string ToPattern() const;

 private:
  std::vector<Range> ranges_;
};

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_UNIT_SET_H_
