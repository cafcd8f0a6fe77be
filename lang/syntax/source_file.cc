#include "lang/syntax/source_file.h"

#include <algorithm>
#include <utility>

#include "lang/syntax/utf8.h"

namespace fart::lang {

SourceFile::SourceFile(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
  line_starts_.push_back(0);
  const std::size_t size = std::min(text_.size(), kMaxSize);
  for (std::size_t i = 0; i < size; ++i) {
    if (text_[i] == '\n' || (text_[i] == '\r' && (i + 1 == size || text_[i + 1] != '\n'))) {
      line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
    }
  }
}

std::size_t SourceFile::LineIndexOf(std::uint32_t offset) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<std::size_t>(after - line_starts_.begin()) - 1;
}

SourcePlace SourceFile::PlaceOf(std::uint32_t offset) const {
  const std::size_t line = LineIndexOf(offset);
  int column = 1;
  for (std::size_t i = line_starts_[line]; i < offset && i < text_.size(); ++column) {
    i += std::max<std::size_t>(Utf8SequenceLength(text_, i), 1);
  }
  return {static_cast<int>(line) + 1, column};
}

SyntaxError SourceFile::ErrorAt(std::uint32_t offset, std::string message) const {
  const std::size_t start = line_starts_[LineIndexOf(offset)];
  const std::size_t end = text_.find_first_of("\r\n", start);
  const SourcePlace place = PlaceOf(offset);
  return {name_, place.line, place.column, std::move(message),
          ReplaceInvalidUtf8(std::string_view(text_).substr(start, end - start))};
}

SourcePlace PlaceCursor::PlaceOf(std::uint32_t offset) {
  const std::string_view text = file_.text();
  const auto begins_code_point = [text](std::uint32_t at) {
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
  };
  const std::uint32_t low = std::min(offset, offset_);
  const std::uint32_t high = std::max(offset, offset_);
  // Far away, or across a line's end: counting from the line's start is right, and as cheap.
  constexpr std::uint32_t kNear = 1000;
  if (high - low > kNear ||
      text.substr(low, high - low).find_first_of("\r\n") != std::string_view::npos) {
    place_ = file_.PlaceOf(offset);
    offset_ = offset;
    return place_;
  }
  for (std::uint32_t at = low; at < high; ++at) {
    if (begins_code_point(at)) place_.column += offset > offset_ ? 1 : -1;
  }
  offset_ = offset;
  return place_;
}

}  // namespace fart::lang
