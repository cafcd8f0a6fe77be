// From ECMAScript's patterns to PCRE2's: TranslatePattern.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "lang/natives/regular_expression.h"
#include "lang/natives/regular_expression_groups.h"
#include "lang/natives/unit_set.h"

namespace fart::lang {

namespace {

// What \d, \s and \w stand for. Made anew each time: nothing is torn down when a process ends.
UnitSet Digits() { return {{'0', '9'}}; }
UnitSet Spaces() {
  return {{0x9, 0xD},       {' ', ' '},       {0xA0, 0xA0},     {0x1680, 0x1680},
          {0x180E, 0x180E}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
          {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
}
UnitSet Words() { return {{'A', 'Z'}, {'a', 'z'}, {'0', '9'}, {'_', '_'}}; }
constexpr std::u16string_view kNoNewline = u"[^\\n\\r\\x{2028}\\x{2029}]";

bool IsDigit(char16_t unit) { return unit >= '0' && unit <= '9'; }
bool IsOctal(char16_t unit) { return unit >= '0' && unit <= '7'; }
bool IsLetter(char16_t unit) { return (unit | 0x20) >= 'a' && (unit | 0x20) <= 'z'; }

int HexValue(char16_t unit) {
  if (IsDigit(unit)) return unit - '0';
  const int letter = unit | 0x20;
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

class Translator {
 public:
  Translator(std::u16string_view pattern, bool multi_line, bool case_sensitive,
             TranslatedPattern* out, PatternError* error)
      : pattern_(pattern),
        multi_line_(multi_line),
        ignores_case_(!case_sensitive),
        out_(out),
        error_(error) {
    outline_ = ReadOutline(pattern, &out->groups);
    const bool has_far_letters =
        std::any_of(pattern.begin(), pattern.end(), [](char16_t unit) { return unit >= 0x80; }) ||
        pattern.find(u"\\u") != pattern.npos || pattern.find(u"\\x") != pattern.npos;
    out->is_unicode = ignores_case_ && has_far_letters;
  }

  bool Run() {
    if (outline_.too_deep != PatternOutline::kNowhere) {
      return Fail(outline_.too_deep, "Parentheses are too deeply nested");
    }
    while (!IsAtEnd()) {
      if (!Item()) return false;
    }
    if (depth_ != 0) return Fail(pattern_.size(), "Unterminated group");
    out_->places.push_back(pattern_.size());
    return true;
  }

 private:
  // An element of a class: one unit, or a set of them.
  struct ClassAtom {
    char16_t unit = 0;
    UnitSet set;
  };

  bool IsAtEnd() const { return at_ >= pattern_.size(); }
  char16_t Peek(std::size_t ahead = 0) const {
    return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : u'\0';
  }
  bool Has(std::size_t ahead = 0) const { return at_ + ahead < pattern_.size(); }
  bool Fail(std::size_t offset, const char* message) {
    *error_ = {message, offset};
    return false;
  }

  void Emit(std::u16string_view text) {
    out_->text.append(text);
    out_->places.resize(out_->text.size(), began_);
  }
  void EmitLiteral(char16_t unit) {
    if (unit < 0x80 && !IsDigit(unit) && !IsLetter(unit)) Emit(u"\\");
    Emit({&unit, 1});
  }
  bool Atom(std::u16string_view text) {
    Emit(text);
    can_repeat_ = true;
    return true;
  }
  bool AtomOf(char16_t unit) {
    if (out_->is_unicode && IsCased(unit)) return SetAtom({{unit, unit}});
    EmitLiteral(unit);
    can_repeat_ = true;
    return true;
  }
  static bool IsCased(char16_t unit) { return unit >= 0x80 || IsLetter(unit); }
  // PCRE2 ignores the case of ASCII alone, or none; what is alike beyond it is said here.
  bool SetAtom(UnitSet set) {
    if (out_->is_unicode) set.AddAlike();
    return Atom(set.ToPattern());
  }
  bool Assertion(std::u16string_view text) {
    Emit(text);
    can_repeat_ = false;
    return true;
  }

  bool Item() {
    began_ = at_;
    const char16_t unit = pattern_[at_++];
    switch (unit) {
      case '\\':
        return Escape();
      case '[':
        return CharacterClass();
      case '(':
        return Group();
      case ')':
        if (depth_ == 0) return Fail(began_, "Unmatched ')'");
        --depth_;
        EndTurn(outline_.parentheses[open_]);
        open_ = outline_.parentheses[open_].parent;
        return Atom(u")");
      case '|':
        return Assertion(u"|");
      case '*':
      case '+':
      case '?':
        return Quantifier({&pattern_[began_], 1});
      case '{':
        return Braces();
      case '^':
        return Assertion(multi_line_ ? u"(?<![^\\n\\r\\x{2028}\\x{2029}])" : u"\\A");
      case '$':
        return Assertion(multi_line_ ? u"(?![^\\n\\r\\x{2028}\\x{2029}])" : u"\\z");
      case '.':
        return Atom(kNoNewline);
      default:
        return AtomOf(unit);
    }
  }

  bool Group() {
    ++depth_;
    can_repeat_ = false;
    open_ = entered_++;
    if (outline_.parentheses[open_].loop_marker != 0) Emit(u"()");
    if (!Parenthesis()) return false;
    if (outline_.parentheses[open_].turn_marker != 0) Emit(u"()(?:");
    return true;
  }

  void EndTurn(const Parentheses& group) {
    if (group.turn_marker == 0) return;
    Emit(u")");
    if (!group.is_checked()) return;
    static_cast<void>(EmitCheck({.kind = PatternCheck::Kind::kHasMoved,
                                 .turn_marker = group.turn_marker,
                                 .loop_marker = group.loop_marker}));
  }

  // False: PCRE2 has no number for another.
  bool EmitCheck(const PatternCheck& check) {
    if (out_->checks.size() == kMostChecks) return false;
    Emit(u"(?C" + Decimal(out_->checks.size()) + u")");
    out_->checks.push_back(check);
    return true;
  }

  // What the group matched in the turns that it is in; nothing, if it did not take part.
  bool Reference(std::size_t group) {
    const TranslatedPattern::Group& referred = out_->groups[group - 1];
    const std::u16string number = u"\\g{" + Decimal(referred.number) + u"}";
    const std::u16string text = out_->is_unicode ? u"(?i:" + number + u")" : number;
    if (referred.markers.empty() || out_->checks.size() + 2 > kMostChecks) return Atom(text);
    Emit(u"(?:");
    static_cast<void>(EmitCheck({.kind = PatternCheck::Kind::kTakesPart, .group = group}));
    Emit(text + u"|");
    static_cast<void>(EmitCheck({.kind = PatternCheck::Kind::kTakesNoPart, .group = group}));
    return Atom(u")");
  }

  bool Parenthesis() {
    if (Peek() != '?') {
      Emit(u"(");
      return true;
    }
    for (const std::u16string_view kind : {u"?:", u"?=", u"?!", u"?<=", u"?<!"}) {
      if (pattern_.substr(at_, kind.size()) != kind) continue;
      at_ += kind.size();
      Emit(u"(");
      Emit(kind);
      return true;
    }
    if (Peek(1) != '<' || Peek(2) == '>') return Fail(began_, "Invalid group");
    const std::size_t end = pattern_.find(u'>', at_);
    if (end == pattern_.npos) return Fail(began_, "Invalid group");
    Emit(u"(");
    Emit(pattern_.substr(at_, end + 1 - at_));
    at_ = end + 1;
    return true;
  }

  bool Quantifier(std::u16string_view text) {
    if (!can_repeat_) return Fail(began_, "Nothing to repeat");
    Emit(text);
    if (Peek() == '?' && Has()) {
      ++at_;
      Emit(u"?");
    }
    can_repeat_ = false;
    return true;
  }

  // {n}, {n,} or {n,m}; anything else stands for itself.
  bool Braces() {
    std::size_t least = 0;
    std::size_t most = 0;
    if (!ReadBraces(pattern_, &at_, &least, &most)) return AtomOf(u'{');
    if (least > most) return Fail(began_, "Numbers out of order in quantifier");
    if (least > kMostTimes) return Fail(began_, "Number too large in quantifier");
    std::u16string text = u"{" + Decimal(least) + u",";
    if (most <= kMostTimes) text += Decimal(most);
    return Quantifier(text + u"}");
  }

  static std::u16string Decimal(std::size_t number) {
    const std::string digits = std::to_string(number);
    return {digits.begin(), digits.end()};
  }

  bool Escape() {
    if (IsAtEnd()) return Fail(began_, "\\ at end of pattern");
    const char16_t unit = Peek();
    if (unit == 'b' || unit == 'B') {
      ++at_;
      if (!out_->is_unicode) return Assertion(unit == 'b' ? u"\\b" : u"\\B");
      return Assertion(unit == 'b' ? u"(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|"
                                     u"(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))"
                                   : u"(?:(?<=[A-Za-z0-9_])(?=[A-Za-z0-9_])|"
                                     u"(?<![A-Za-z0-9_])(?![A-Za-z0-9_]))");
    }
    if (IsDigit(unit) && unit != '0') {
      std::size_t at = at_;
      std::size_t number = 0;
      for (; at < pattern_.size() && IsDigit(pattern_[at]); ++at) {
        number = std::min<std::size_t>(number * 10 + pattern_[at] - '0', kMostTimes);
      }
      if (number <= out_->groups.size()) {
        at_ = at;
        return Reference(number);
      }
    }
    if (unit == 'k' && !outline_.names.empty()) {
      const std::size_t end = pattern_.find(u'>', at_);
      if (Peek(1) != '<' || end == pattern_.npos) return Fail(began_, "Invalid named reference");
      const std::u16string_view reference = pattern_.substr(at_, end + 1 - at_);
      at_ = end + 1;
      for (const PatternOutline::Name& name : outline_.names) {
        if (name.text == reference.substr(2, reference.size() - 3)) return Reference(name.group);
      }
      Emit(u"\\");
      return Atom(reference);
    }
    const ClassAtom atom = EscapedAtom(/*is_in_class=*/false);
    return atom.set.empty() ? AtomOf(atom.unit) : SetAtom(atom.set);
  }

  // What is the same in a class and outside; the backslash has been read.
  ClassAtom EscapedAtom(bool is_in_class) {
    const char16_t unit = pattern_[at_++];
    switch (unit) {
      case 'd':
        return {0, Digits()};
      case 'D':
        return {0, Digits().Others()};
      case 's':
        return {0, Spaces()};
      case 'S':
        return {0, Spaces().Others()};
      case 'w':
        return {0, Words()};
      case 'W':
        return {0, Words().Others()};
      case 't':
        return {'\t', {}};
      case 'n':
        return {'\n', {}};
      case 'v':
        return {'\v', {}};
      case 'f':
        return {'\f', {}};
      case 'r':
        return {'\r', {}};
      case 'x':
        return {Hex(2, unit), {}};
      case 'u':
        return {Hex(4, unit), {}};
      case 'c':
        if (IsLetter(Peek()) || (is_in_class && (IsDigit(Peek()) || Peek() == '_'))) {
          return {static_cast<char16_t>(pattern_[at_++] % 32), {}};
        }
        --at_;  // The backslash stands for itself.
        return {'\\', {}};
      default:
        break;
    }
    if (!IsOctal(unit)) return {unit, {}};
    int value = unit - '0';
    for (int i = 0; i < 2 && IsOctal(Peek()) && value * 8 + Peek() - '0' <= 0377; ++i) {
      value = value * 8 + pattern_[at_++] - '0';
    }
    return {static_cast<char16_t>(value), {}};
  }

  // So many hexadecimal digits; `otherwise` if they are not there.
  char16_t Hex(std::size_t digits, char16_t otherwise) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const int digit = HexValue(Peek(i));
      if (digit < 0) return otherwise;
      value = value * 16 + digit;
    }
    at_ += digits;
    return static_cast<char16_t>(value);
  }

  bool TakeClassAtom(ClassAtom* atom) {
    const char16_t unit = pattern_[at_++];
    if (unit != '\\') {
      *atom = {unit, {}};
      return true;
    }
    if (IsAtEnd()) return Fail(at_ - 1, "\\ at end of pattern");
    if (Peek() == 'b') {
      ++at_;
      *atom = {'\b', {}};
      return true;
    }
    *atom = EscapedAtom(/*is_in_class=*/true);
    return true;
  }

  static void AddTo(UnitSet& set, const ClassAtom& atom) {
    if (atom.set.empty()) {
      set.Add(atom.unit);
    } else {
      set.Add(atom.set);
    }
  }

  bool CharacterClass() {
    const bool is_negative = Peek() == '^';
    if (is_negative) ++at_;
    UnitSet set;
    while (!IsAtEnd() && Peek() != ']') {
      const std::size_t place = at_;
      ClassAtom first;
      if (!TakeClassAtom(&first)) return false;
      if (Peek() != '-' || !Has(1) || Peek(1) == ']') {
        AddTo(set, first);
        continue;
      }
      ++at_;
      ClassAtom last;
      if (!TakeClassAtom(&last)) return false;
      if (first.set.empty() && last.set.empty()) {
        if (first.unit > last.unit) return Fail(place, "Range out of order in character class");
        set.Add(first.unit, last.unit);
        continue;
      }
      AddTo(set, first);
      set.Add(u'-');
      AddTo(set, last);
    }
    if (IsAtEnd()) return Fail(began_, "Unterminated character class");
    ++at_;
    // Before it is turned round: what is like a unit of the class is of the class.
    if (ignores_case_) set.AddAlike();
    return Atom((is_negative ? set.Others() : set).ToPattern());
  }

  static constexpr std::size_t kMostChecks = 255;

  const std::u16string_view pattern_;
  const bool multi_line_;
  const bool ignores_case_;
  TranslatedPattern* const out_;
  PatternError* const error_;
  std::size_t at_ = 0;
  std::size_t began_ = 0;  // the item
  std::size_t depth_ = 0;
  PatternOutline outline_;
  std::size_t entered_ = 0;                // So many of its parentheses.
  std::size_t open_ = Parentheses::kNone;  // The innermost that has not been left.
  bool can_repeat_ = false;
};

}  // namespace

bool TranslatePattern(std::u16string_view pattern, bool multi_line, bool case_sensitive,
                      TranslatedPattern* translated, PatternError* error) {
  return Translator(pattern, multi_line, case_sensitive, translated, error).Run();
}

}  // namespace fart::lang
