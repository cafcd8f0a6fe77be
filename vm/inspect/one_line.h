// OneLine -- names as reports for people show them.
//
// Hosts give classes, handles and isolates any names. A report has a line for each, goes to a
// terminal, and is read by programs (fart_report): so no name may end a line, begin another, or
// move the cursor.
//
// Not here: JSON (text_sink.h).

#ifndef FART_VM_INSPECT_ONE_LINE_H_
#define FART_VM_INSPECT_ONE_LINE_H_

#include <string>
#include <string_view>

namespace fart::inspect {

// Of bytes that steer a terminal: \n, or \x and two digits; all others as they are, UTF-8 or not.
inline std::string OneLine(std::string_view name) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  for (const char each : name) {
    const auto byte = static_cast<unsigned char>(each);
    if (byte >= 0x20 && byte != 0x7f) {
      text += each;
    } else if (byte == '\n') {
      text += "\\n";
    } else {
      text += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return text;
}

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_ONE_LINE_H_
