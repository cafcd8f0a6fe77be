#include "lang/syntax/syntax_error.h"

#include <cstddef>
#include <vector>

#include "lang/syntax/utf8.h"

namespace fart::lang {
namespace {

// Code points shown on each side of the column when a line is too long to be shown whole.
constexpr std::size_t kShownAround = 100;

}  // namespace

std::string SyntaxError::Render() const {
  std::string result =
      file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": Error: " + message;
  const std::vector<std::string_view> points = SplitCodePoints(line_text);
  const std::size_t caret = column > 0 ? static_cast<std::size_t>(column) - 1 : 0;
  const bool is_long = points.size() > 2 * kShownAround;
  const std::size_t first = is_long && caret > kShownAround ? caret - kShownAround : 0;
  result += '\n';
  std::string padding;
  for (std::size_t i = first; i < points.size(); ++i) {
    if (is_long && i > caret + kShownAround) break;
    result += points[i];
    if (i < caret) padding += points[i] == "\t" ? '\t' : ' ';
  }
  return result + "\n" + padding + "^";
}

}  // namespace fart::lang
