#include "lang/syntax/syntax_error.h"

#include <cstddef>
#include <vector>

#include "lang/syntax/utf8.h"

namespace fart::lang {
namespace {

// Code points shown on each side of the column when a line is too long to be shown whole.
constexpr std::size_t kShownAround = 100;

// A NUL would end the text for whoever reads it in C, other control characters steer a terminal.
std::string_view Shown(std::string_view point) {
  const auto first = static_cast<unsigned char>(point[0]);
  return (first < 0x20 && first != '\t' && first != '\n') || first == 0x7F ? "\uFFFD" : point;
}

std::string Shown(const std::string& text) {
  std::string result;
  for (const std::string_view point : SplitCodePoints(text)) result += Shown(point);
  return result;
}

}  // namespace

std::string SyntaxError::Render() const {
  std::string result = Shown(file) + ":" + std::to_string(line) + ":" + std::to_string(column) +
                       ": Error: " + Shown(message);
  const std::vector<std::string_view> points = SplitCodePoints(line_text);
  const std::size_t caret = column > 0 ? static_cast<std::size_t>(column) - 1 : 0;
  const bool is_long = points.size() > 2 * kShownAround;
  const std::size_t first = is_long && caret > kShownAround ? caret - kShownAround : 0;
  result += '\n';
  std::string padding;
  for (std::size_t i = first; i < points.size(); ++i) {
    if (is_long && i > caret + kShownAround) break;
    result += Shown(points[i]);
    if (i < caret) padding += points[i] == "\t" ? '\t' : ' ';
  }
  return result + "\n" + padding + "^";
}

}  // namespace fart::lang
