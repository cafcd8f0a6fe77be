// Programs of bytes, for properties.

#ifndef FART_TESTS_PROGRAMS_H_
#define FART_TESTS_PROGRAMS_H_

#include <cstdint>
#include <string>
#include <vector>

namespace fart::tests {

// As one can hand it to printf, to have it as a file for tools/fuzz.
inline std::string InHex(const std::vector<std::uint8_t>& program) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : program) {
    text += "\\x";
    text += kDigits[byte / 16];
    text += kDigits[byte % 16];
  }
  return text;
}

}  // namespace fart::tests

#endif  // FART_TESTS_PROGRAMS_H_
