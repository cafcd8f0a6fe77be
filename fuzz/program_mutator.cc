#include "fuzz/program_mutator.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "fuzz/byte_program.h"

namespace fart::fuzz {
namespace {

using Tokens = std::vector<std::string>;

constexpr std::size_t kMaxTokens = 4000;
constexpr std::size_t kMaxEdits = 24;

bool IsWordPart(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

// Good enough to cut good programs: a string with its interpolations is one token, comments are
// none.
Tokens Cut(std::string_view text) {
  static constexpr std::string_view kLong[] = {
      "?\?=", "~/=", "<<=", "=>", "==", "!=", "<=", ">=", "&&", "||", "?\?",
      "?.",   "..",  "++",  "--", "+=", "-=", "*=", "/=", "~/", "<<"};
  Tokens tokens;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    const char c = text[at];
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      ++at;
      continue;
    }
    if (text.substr(at).starts_with("//")) {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    const bool is_raw =
        c == 'r' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\'');
    if (c == '"' || c == '\'' || is_raw) {
      if (is_raw) ++at;
      const std::string_view quote =
          text.substr(at, text.substr(at).starts_with(std::string(3, text[at])) ? 3 : 1);
      at += quote.size();
      int depth = 0;
      while (at < text.size() && (depth > 0 || !text.substr(at).starts_with(quote))) {
        if (!is_raw && text.substr(at).starts_with("${")) ++depth;
        if (depth > 0 && text[at] == '}') --depth;
        at += !is_raw && text[at] == '\\' ? 2 : 1;
      }
      at += quote.size();
    } else if (IsWordPart(c)) {
      while (at < text.size() && (IsWordPart(text[at]) ||
                                  (text[at] == '.' && at + 1 < text.size() &&
                                   std::isdigit(static_cast<unsigned char>(c)) != 0 &&
                                   std::isdigit(static_cast<unsigned char>(text[at + 1])) != 0))) {
        ++at;
      }
    } else {
      const auto longest =
          std::find_if(std::begin(kLong), std::end(kLong),
                       [&](std::string_view p) { return text.substr(at).starts_with(p); });
      at += longest != std::end(kLong) ? longest->size() : 1;
    }
    tokens.emplace_back(text.substr(begin, std::min(at, text.size()) - begin));
  }
  return tokens;
}

std::string Join(const Tokens& tokens) {
  std::string text;
  for (const std::string& token : tokens)
    text += token + (token == ";" || token == "}" ? "\n" : " ");
  return text;
}

bool Opens(const std::string& token) { return token == "(" || token == "[" || token == "{"; }
bool Closes(const std::string& token) { return token == ")" || token == "]" || token == "}"; }

// The place after the bracket that closes the one at `open`.
std::size_t AfterGroup(const Tokens& tokens, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (Opens(tokens[i])) ++depth;
    if (Closes(tokens[i]) && --depth == 0) return i + 1;
  }
  return tokens.size();
}

// A group of brackets, or else one token, at or after the place that the bytes say.
std::pair<std::size_t, std::size_t> PieceOf(const Tokens& tokens, ByteProgram& bytes) {
  std::size_t begin = bytes.Below(tokens.size());
  const bool wants_group = bytes.Byte() % 4 != 0;
  const auto open =
      std::find_if(tokens.begin() + static_cast<std::ptrdiff_t>(begin), tokens.end(), Opens);
  if (!wants_group || open == tokens.end()) return {begin, begin + 1};
  begin = static_cast<std::size_t>(open - tokens.begin());
  return {begin, AfterGroup(tokens, begin)};
}

constexpr const char* kWords[] = {"this",
                                  "super",
                                  "const",
                                  "new",
                                  "var",
                                  "final",
                                  "static",
                                  "abstract",
                                  "class",
                                  "extends",
                                  "with",
                                  "implements",
                                  "factory",
                                  "operator",
                                  "get",
                                  "set",
                                  "native \"n\"",
                                  "external",
                                  "return",
                                  "break",
                                  "continue",
                                  "throw",
                                  "rethrow",
                                  "try",
                                  "catch",
                                  "finally",
                                  "on",
                                  "switch",
                                  "case",
                                  "default",
                                  "is",
                                  "as",
                                  "in",
                                  "null",
                                  "true",
                                  "this.x",
                                  "super.x",
                                  "[x = y]",
                                  "{x: y}",
                                  "(x) {}",
                                  "() => x",
                                  "x:",
                                  "=",
                                  "?\?=",
                                  "..",
                                  "?.",
                                  "<",
                                  ">",
                                  ",",
                                  ";",
                                  "=>",
                                  "#x",
                                  "@x",
                                  "-",
                                  "!",
                                  "++",
                                  "9223372036854775808",
                                  "0x8000000000000000",
                                  "1e999",
                                  "'\\u{D800}'",
                                  "'$x'",
                                  "'${x}'",
                                  "part of x;",
                                  "import 'dart:core' as x;",
                                  "typedef x();",
                                  "enum x { y }",
                                  "class x = y with z;"};

void Edit(const std::vector<Tokens>& programs, ByteProgram& bytes, Tokens* tokens) {
  const auto place = [](std::size_t at) { return static_cast<std::ptrdiff_t>(at); };
  if (tokens->empty()) tokens->emplace_back(";");
  const std::uint8_t kind = bytes.Byte() % 8;
  const auto [begin, end] = PieceOf(*tokens, bytes);
  switch (kind) {
    case 0:
      tokens->erase(tokens->begin() + place(begin), tokens->begin() + place(end));
      break;
    case 1:
      tokens->erase(tokens->begin() + place(begin));
      break;
    case 2: {
      const Tokens piece(tokens->begin() + place(begin), tokens->begin() + place(end));
      tokens->insert(tokens->begin() + place(bytes.Below(tokens->size() + 1)), piece.begin(),
                     piece.end());
      break;
    }
    case 3:
      std::swap((*tokens)[begin], (*tokens)[bytes.Below(tokens->size())]);
      break;
    case 4:
    case 5: {
      const Tokens& other = programs[bytes.Below(programs.size())];
      const auto [first, last] = PieceOf(other, bytes);
      if (kind == 4) tokens->erase(tokens->begin() + place(begin), tokens->begin() + place(end));
      tokens->insert(tokens->begin() + place(begin), other.begin() + place(first),
                     other.begin() + place(last));
      break;
    }
    case 6:
      tokens->insert(tokens->begin() + place(begin), kWords[bytes.Below(std::size(kWords))]);
      break;
    case 7:
      (*tokens)[begin] = (*tokens)[bytes.Below(tokens->size())];
      break;
  }
}

}  // namespace

std::string MutatedProgram(const std::vector<std::string>& programs, const std::uint8_t* data,
                           std::size_t size) {
  ByteProgram bytes(data, size);
  std::vector<Tokens> cut;
  for (const std::string& program : programs) cut.push_back(Cut(program));
  Tokens tokens = cut[bytes.Below(cut.size())];
  for (std::size_t i = 0; i < kMaxEdits && !bytes.AtEnd() && tokens.size() < kMaxTokens; ++i) {
    Edit(cut, bytes, &tokens);
  }
  return Join(tokens);
}

std::string WithStops(const std::string& program) {
  const Tokens tokens = Cut(program);
  std::vector<std::size_t> loop_ends;  // Where the body of a `for` begins.
  Tokens out;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string& token = tokens[i];
    if (std::find(loop_ends.begin(), loop_ends.end(), i) != loop_ends.end()) {
      out.emplace_back("if (!stop_())");
    }
    out.push_back(token);
    const std::string before = i > 0 ? tokens[i - 1] : "";
    const std::string before_that = i > 1 ? tokens[i - 2] : "";
    if (token == "=>") out.emplace_back("stop_() ? null :");
    if (token == "(" && before == "while") out.emplace_back("!stop_() &&");
    if (token == "(" && before == "for") loop_ends.push_back(AfterGroup(tokens, i));
    if (token == "{" && (before == ")" || before_that == "get" || before == "do")) {
      out.emplace_back("stop_();");
    }
  }
  return Join(out) + "\nstop_() native \"stop_\";\n";
}

}  // namespace fart::fuzz
