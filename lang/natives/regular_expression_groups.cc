#include "lang/natives/regular_expression_groups.h"

#include <algorithm>

namespace fart::lang {

namespace {

bool IsDigit(char16_t unit) { return unit >= '0' && unit <= '9'; }

// Digits from `at` on.
bool ReadNumber(std::u16string_view pattern, std::size_t* at, std::size_t* value) {
  const std::size_t first = *at;
  *value = 0;
  for (; *at < pattern.size() && IsDigit(pattern[*at]); ++*at) {
    *value = std::min<std::size_t>(*value * 10 + pattern[*at] - '0', kMostTimes + 1);
  }
  return *at != first;
}

class Scan {
 public:
  explicit Scan(std::u16string_view pattern) : pattern_(pattern) {}

  void Run() {
    while (at_ < pattern_.size()) Item(pattern_[at_++]);
  }
  PatternOutline& outline() { return outline_; }

 private:
  [[nodiscard]] char16_t Peek(std::size_t ahead = 0) const {
    return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : u'\0';
  }

  void Item(char16_t unit) {
    switch (unit) {
      case '\\':
        return Escape();
      case '[':
        return Class();
      case '(':
        return Open();
      case ')':
        return Close();
      case '|':
        return EndAlternative();
      case '^':
      case '$':
        return;
      default:
        return Consume();
    }
  }

  // What has been read takes a unit of the text, unless what comes next lets it be left out.
  void Consume() {
    std::size_t least = 1;
    static_cast<void>(Quantifier(&least));
    if (least > 0) consumes_ = true;
  }

  // Reads one, if it is there.
  bool Quantifier(std::size_t* least) {
    const char16_t unit = Peek();
    std::size_t most = 0;
    std::size_t end = at_ + 1;
    const bool is_star = unit == '*' || unit == '?' || unit == '+';
    if (!is_star && (unit != '{' || !ReadBraces(pattern_, &end, least, &most))) return false;
    if (is_star) *least = unit == '+' ? 1 : 0;
    at_ = end;
    if (Peek() == '?') ++at_;  // As few turns as will do.
    return true;
  }

  void Escape() {
    const char16_t unit = Peek();
    ++at_;
    if (unit == 'b' || unit == 'B' || unit == 'k' || (IsDigit(unit) && unit != '0')) return;
    // What of it is not there is as if it were: too much is nothing worse than a quantifier that is
    // taken for a letter's.
    if (unit == 'x') at_ += 2;
    if (unit == 'u') at_ += 4;
    if (unit == 'c') ++at_;
    Consume();
  }

  void Class() {
    while (at_ < pattern_.size() && pattern_[at_] != ']') at_ += pattern_[at_] == '\\' ? 2 : 1;
    ++at_;
    Consume();
  }

  void Open() {
    if (outside_.size() == PatternOutline::kMostDepth) {
      outline_.too_deep = at_ - 1;
      at_ = pattern_.size();
      return;
    }
    Parentheses group;
    group.parent = open_;
    const bool is_special = Peek() == '?';
    const bool looks_behind = Peek(1) == '<' && (Peek(2) == '=' || Peek(2) == '!');
    const bool is_named = is_special && Peek(1) == '<' && !looks_behind;
    group.looks_around = is_special && (looks_behind || Peek(1) == '=' || Peek(1) == '!');
    group.captures = !is_special || is_named;
    if (group.captures) ++groups_;
    std::size_t around = open_;
    for (; group.captures && around != Parentheses::kNone; around = all_[around].parent) {
      all_[around].has_groups = true;
    }
    outside_.push_back(consumes_);
    consumes_ = false;
    all_.push_back(group);
    open_ = all_.size() - 1;
    // Letters of its beginning are none of its contents.
    const std::size_t name_end = is_named ? pattern_.find(u'>', at_) : pattern_.npos;
    if (name_end != pattern_.npos) {
      outline_.names.push_back({pattern_.substr(at_ + 2, name_end - at_ - 2), groups_});
      at_ = name_end + 1;
    } else if (is_special) {
      at_ += looks_behind ? 3 : 2;
    }
  }

  void EndAlternative() {
    if (open_ != Parentheses::kNone && !consumes_) all_[open_].can_be_empty = true;
    consumes_ = false;
  }

  void Close() {
    if (open_ == Parentheses::kNone) return;
    EndAlternative();
    Parentheses& group = all_[open_];
    const char16_t next = Peek();
    group.is_quantified = Quantifier(&group.least);
    group.is_repeated = group.is_quantified && next != '?';
    consumes_ = outside_.back();
    outside_.pop_back();
    if (group.least > 0 && !group.can_be_empty && !group.looks_around) consumes_ = true;
    open_ = group.parent;
  }

  const std::u16string_view pattern_;
  std::size_t at_ = 0;
  PatternOutline outline_;
  std::vector<Parentheses>& all_ = outline_.parentheses;
  std::size_t groups_ = 0;
  std::size_t open_ = Parentheses::kNone;
  bool consumes_ = false;  // the alternative so far
  std::vector<bool> outside_;
};

}  // namespace

bool ReadBraces(std::u16string_view pattern, std::size_t* at, std::size_t* least,
                std::size_t* most) {
  std::size_t end = *at;
  std::size_t first = 0;
  if (!ReadNumber(pattern, &end, &first)) return false;
  std::size_t last = first;
  if (end < pattern.size() && pattern[end] == ',') {
    ++end;
    if (!ReadNumber(pattern, &end, &last)) last = kMostTimes + 1;
  }
  if (end >= pattern.size() || pattern[end] != '}') return false;
  *at = end + 1;
  *least = first;
  *most = last;
  return true;
}

// In the order of PCRE2's: the loop's marker, the group itself if it captures, the turn's marker.
PatternOutline ReadOutline(std::u16string_view pattern,
                           std::vector<TranslatedPattern::Group>* groups) {
  Scan scan(pattern);
  scan.Run();
  std::vector<Parentheses>& all = scan.outline().parentheses;
  std::size_t last = 0;
  for (Parentheses& each : all) {
    if (each.is_checked() && each.least > 0) each.loop_marker = ++last;
    if (each.captures) {
      TranslatedPattern::Group& group = groups->emplace_back();
      group.number = ++last;
      for (std::size_t at = each.parent; at != Parentheses::kNone; at = all[at].parent) {
        if (all[at].turn_marker != 0) group.markers.push_back(all[at].turn_marker);
      }
    }
    if (each.is_checked() || (each.is_repeated && each.has_groups)) each.turn_marker = ++last;
  }
  return std::move(scan.outline());
}

}  // namespace fart::lang
