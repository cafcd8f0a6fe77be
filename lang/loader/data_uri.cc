#include "lang/loader/data_uri.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>

namespace fart::lang {

namespace {

constexpr std::string_view kScheme = "data:";
constexpr std::string_view kBase64 = "base64";
constexpr std::string_view kCharset = "charset=";

std::string InSmallLetters(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

// What the letter of Base64 stands for, in either alphabet; -1: it is none.
int SixBitsOf(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

std::optional<std::string> WithoutBase64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) {
    text.remove_suffix(1);
    ++padding;
  }
  std::string bytes;
  std::uint32_t bits = 0;
  std::size_t count = 0;
  for (const char c : text) {
    const int six = SixBitsOf(c);
    if (six < 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(six);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFF);
  }
  return bytes;
}

// Of what lies between the scheme and the comma. Empty: it is as it should be.
std::string WhyNoSource(std::string_view header, bool* is_base64) {
  for (bool is_type = true;; is_type = false) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string part = InSmallLetters(header.substr(0, end));
    constexpr std::array<std::string_view, 3> kTypes = {"", "text/plain", "application/dart"};
    constexpr std::array<std::string_view, 2> kCharsets = {"utf-8", "us-ascii"};
    if (is_type && std::find(kTypes.begin(), kTypes.end(), part) == kTypes.end()) {
      return "'" + part + "' is no type of a source: that is 'application/dart'.";
    }
    if (part.starts_with(kCharset)) {
      const std::string charset = part.substr(kCharset.size());
      if (std::find(kCharsets.begin(), kCharsets.end(), charset) == kCharsets.end()) {
        return "Its charset is '" + charset + "', and a source's is 'utf-8'.";
      }
    }
    *is_base64 = part == kBase64;
    if (end == header.size()) return "";
    header.remove_prefix(end + 1);
  }
}

}  // namespace

bool IsDataUri(std::string_view uri) { return uri.starts_with(kScheme); }

std::optional<std::string> WithoutPercents(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    unsigned char byte = 0;
    const char* const digits = text.data() + i + 1;
    const std::size_t count = std::min<std::size_t>(2, text.size() - i - 1);
    if (count < 2 || std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2) {
      return std::nullopt;
    }
    plain += static_cast<char>(byte);
    i += 2;
  }
  return plain;
}

std::optional<std::string> TextOfDataUri(std::string_view uri, std::string* error) {
  uri.remove_prefix(kScheme.size());
  const std::size_t comma = uri.find(',');
  if (comma == std::string_view::npos) {
    *error = "This 'data:' URI has no ',' in front of what it holds.";
    return std::nullopt;
  }
  bool is_base64 = false;
  *error = WhyNoSource(uri.substr(0, comma), &is_base64);
  if (!error->empty()) return std::nullopt;
  uri.remove_prefix(comma + 1);
  std::optional<std::string> text = WithoutPercents(uri.substr(0, uri.find('#')));
  if (!text) {
    *error = "A '%' in this 'data:' URI has no two hexadecimal digits behind it.";
    return std::nullopt;
  }
  if (!is_base64) return text;
  text = WithoutBase64(*text);
  if (!text) *error = "What this 'data:' URI holds is no Base64.";
  return text;
}

}  // namespace fart::lang
