#include "lang/syntax/body_skipper.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace fart::lang {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

constexpr std::array<bool, 256> Marked(std::string_view characters) {
  std::array<bool, 256> marked{};
  for (const char c : characters) marked[static_cast<unsigned char>(c)] = true;
  return marked;
}

// What may matter outside of strings, and in them.
constexpr std::array<bool, 256> kInCode = Marked("{}()[];'\"/");
constexpr std::array<bool, 256> kInString = Marked("'\"\\$");

class Skipper {
 public:
  Skipper(std::string_view text, std::size_t begin) : text_(text), at_(begin) {}

  std::size_t Run() {
    const bool is_block = text_[at_] == '{';
    if (!is_block) at_ += 2;
    for (std::size_t depth = 0; Find(kInCode);) {
      switch (text_[at_]) {
        case '{':
        case '(':
        case '[':
          ++depth;
          break;
        case '}':
        case ')':
        case ']':
          if (!strings_.empty() && strings_.back().depth == depth) {
            if (!PassString()) return kNone;
            continue;
          }
          if (depth == 0) return kNone;
          if (--depth == 0 && is_block) return at_;
          break;
        case ';':
          if (depth == 0) return at_;
          break;
        case '/':
          if (!PassComment()) return kNone;
          continue;
        default:
          EnterString(depth);
          if (!PassString()) return kNone;
          continue;
      }
      ++at_;
    }
    return kNone;
  }

 private:
  struct OpenString {
    char quote;
    bool is_raw;
    bool is_multiline;
    std::size_t depth;  // Of the brackets around it.
  };

  bool Find(const std::array<bool, 256>& marked) {
    const char* const end = text_.data() + text_.size();
    const char* at = text_.data() + std::min(at_, text_.size());
    const auto is_marked = [&marked](char c) { return marked[static_cast<unsigned char>(c)]; };
    constexpr std::ptrdiff_t kStep = 4;  // Looked at without asking for the end.
    while (end - at >= kStep) {
      if (is_marked(at[0])) break;
      if (is_marked(at[1])) break;
      if (is_marked(at[2])) break;
      if (is_marked(at[3])) break;
      at += kStep;
    }
    while (at != end && !is_marked(*at)) ++at;
    at_ = static_cast<std::size_t>(at - text_.data());
    return at != end;
  }

  [[nodiscard]] bool IsThrice(char c) const {
    const std::string_view three = text_.substr(at_, 3);
    return three.size() == 3 && three[0] == c && three[1] == c && three[2] == c;
  }

  // At a `/`, which may be an operator.
  bool PassComment() {
    const std::string_view rest = text_.substr(at_, 2);
    if (rest == "//") {
      at_ = text_.find('\n', at_);
      return at_ != kNone;
    }
    if (rest != "/*") return ++at_, true;
    std::size_t depth = 0;
    do {
      const std::string_view next = text_.substr(at_, 2);
      if (next.size() < 2) return false;
      if (next == "/*") ++depth;
      if (next == "*/") --depth;
      at_ += next == "/*" || next == "*/" ? 2 : 1;
    } while (depth > 0);
    return true;
  }

  // At its first quote.
  void EnterString(std::size_t depth) {
    const char quote = text_[at_];
    const auto is_of_name = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '_' || c == '$';
    };
    const bool is_raw =
        at_ > 0 && text_[at_ - 1] == 'r' && (at_ < 2 || !is_of_name(text_[at_ - 2]));
    const bool is_multiline = IsThrice(quote);
    strings_.push_back({quote, is_raw, is_multiline, depth});
    at_ += is_multiline ? 2 : 0;
  }

  // At a character before the rest of the innermost string: to its end, or into braces.
  bool PassString() {
    const OpenString string = strings_.back();
    for (++at_; Find(kInString);) {
      const char c = text_[at_];
      if (c == string.quote && (!string.is_multiline || IsThrice(c))) {
        at_ += string.is_multiline ? 3 : 1;
        strings_.pop_back();
        return true;
      }
      if (!string.is_raw && text_.substr(at_, 2) == "${") {
        at_ += 2;
        return true;
      }
      at_ += c == '\\' && !string.is_raw ? 2 : 1;
    }
    return false;
  }

  const std::string_view text_;
  std::size_t at_;
  std::vector<OpenString> strings_;  // Each in the braces of the one before.
};

}  // namespace

std::size_t EndOfBody(std::string_view text, std::size_t begin) {
  return Skipper(text, begin).Run();
}

}  // namespace fart::lang
