#include "lang/syntax/body_skipper.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

namespace fart::lang {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// The first of the characters in [at, end), or `end`.
template <char... kMarks>
const char* FindAny(const char* at, const char* end) {
  using Block __attribute__((vector_size(16))) = unsigned char;
  for (; end - at >= static_cast<std::ptrdiff_t>(sizeof(Block)); at += sizeof(Block)) {
    Block block;
    std::memcpy(&block, at, sizeof block);
    const auto found = ((block == static_cast<unsigned char>(kMarks)) | ...);  // All bits where so.
    std::uint64_t halves[2];
    std::memcpy(halves, &found, sizeof halves);
    if ((halves[0] | halves[1]) == 0) continue;
    if constexpr (std::endian::native != std::endian::little) break;
    const int bits =
        halves[0] != 0 ? std::countr_zero(halves[0]) : 64 + std::countr_zero(halves[1]);
    return at + bits / 8;
  }
  while (at != end && ((*at != kMarks) && ...)) ++at;
  return at;
}

class Skipper {
 public:
  Skipper(std::string_view text, std::size_t begin) : text_(text), at_(begin) {}

  // Brackets in a block are of no account: its braces stand in pairs without them.
  std::size_t OfBlock() { return Run<'{', '}', '\'', '"', '/'>(); }
  std::size_t OfExpression() {
    at_ += 2;
    return Run<'{', '}', '(', ')', '[', ']', ';', '\'', '"', '/'>();
  }

 private:
  struct OpenString {
    char quote;
    bool is_raw;
    bool is_multiline;
    std::size_t depth;  // Of the brackets around it.
  };

  template <char... kMarks>
  bool Find() {
    const char* const end = text_.data() + text_.size();
    if (at_ >= text_.size()) return false;
    const char* const found = FindAny<kMarks...>(text_.data() + at_, end);
    at_ = static_cast<std::size_t>(found - text_.data());
    return found != end;
  }

  // To the `}` that closes the first bracket, if that is a brace, or to the `;` in no brackets.
  template <char... kMarks>
  std::size_t Run() {
    const bool is_block = text_[at_] == '{';
    for (std::size_t depth = 0; Find<kMarks...>();) {
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
    for (++at_; Find<'\'', '"', '\\', '$'>();) {
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
  Skipper skipper(text, begin);
  return text[begin] == '{' ? skipper.OfBlock() : skipper.OfExpression();
}

}  // namespace fart::lang
