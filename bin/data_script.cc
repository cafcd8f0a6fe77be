#include "bin/data_script.h"

#include <charconv>
#include <cstddef>

namespace fart::program {

bool IsDataUri(std::string_view uri) { return uri.starts_with("data:"); }

std::string TextOfDataUri(std::string_view uri) {
  const std::size_t comma = uri.find(',');
  if (comma == std::string_view::npos) return "";
  const std::string_view encoded = uri.substr(comma + 1);
  std::string text;
  text.reserve(encoded.size());
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    unsigned char byte = 0;
    if (encoded[i] == '%' && i + 2 < encoded.size()) {
      const char* const digits = encoded.data() + i + 1;
      if (std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
        text += static_cast<char>(byte);
        i += 2;
        continue;
      }
    }
    text += encoded[i];
  }
  return text;
}

}  // namespace fart::program
