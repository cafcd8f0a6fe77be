#include "lang/compiler/symbol_name.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace fart::lang {
namespace {

constexpr std::string_view kOperators[] = {"+",  "-",  "*",   "/",  "%",  "&",     "|",
                                           "^",  "[]", "[]=", "==", "~",  "~/",    "<",
                                           "<<", "<=", ">",   ">>", ">=", "unary-"};

constexpr std::string_view kReserved[] = {
    "assert", "break", "case",    "catch",   "class",  "const",   "continue", "default", "do",
    "else",   "enum",  "extends", "false",   "final",  "finally", "for",      "if",      "in",
    "is",     "new",   "null",    "rethrow", "return", "super",   "switch",   "this",    "throw",
    "true",   "try",   "var",     "void",    "while",  "with"};

template <std::size_t kCount>
bool IsOneOf(const std::string_view (&all)[kCount], std::string_view text) {
  return std::find(std::begin(all), std::end(all), text) != std::end(all);
}

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '$'; }

bool IsPublicName(std::string_view text) {
  if (text.empty() || !IsLetter(text.front()) || IsOneOf(kReserved, text)) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return IsLetter(c) || c == '_' || (c >= '0' && c <= '9'); });
}

}  // namespace

bool IsSymbolName(std::string_view text) {
  if (text.empty() || text == "void") return true;
  std::size_t dot = text.find('.');
  while (dot != std::string_view::npos && IsPublicName(text.substr(0, dot))) {
    text.remove_prefix(dot + 1);
    dot = text.find('.');
  }
  if (IsOneOf(kOperators, text)) return true;
  if (text.ends_with('=')) text.remove_suffix(1);
  return IsPublicName(text);
}

}  // namespace fart::lang
