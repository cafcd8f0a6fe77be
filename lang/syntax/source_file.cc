#include "lang/syntax/source_file.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "lang/syntax/utf8.h"

namespace fart::lang {
namespace {

constexpr std::uint32_t kMarkStep = 1024;

// Of the code point at `offset`; what is none is taken byte by byte.
std::uint32_t LengthAt(std::string_view text, std::uint32_t offset) {
  if (static_cast<unsigned char>(text[offset]) < 0x80) return 1;
  return static_cast<std::uint32_t>(std::max<std::size_t>(Utf8SequenceLength(text, offset), 1));
}

}  // namespace

SourceFile::SourceFile(std::string name, std::string text, int hidden_lines)
    : name_(std::move(name)),
      own_text_(std::move(text)),
      text_(own_text_),
      hidden_lines_(hidden_lines) {}

SourceFile::SourceFile(std::string name, Lasting text)
    : name_(std::move(name)), text_(text.text), hidden_lines_(0) {}

SourceFile::~SourceFile() { delete places_.load(std::memory_order_relaxed); }

// Two that ask at once both count, and one of them in vain.
const SourceFile::Places& SourceFile::CountedPlaces() const {
  const Places* known = places_.load(std::memory_order_acquire);
  if (known != nullptr) return *known;
  auto counted = std::make_unique<const Places>(Count());
  if (places_.compare_exchange_strong(known, counted.get(), std::memory_order_acq_rel)) {
    known = counted.release();
  }
  return *known;
}

SourceFile::Places SourceFile::Count() const {
  Places places;
  const auto size = static_cast<std::uint32_t>(std::min(text_.size(), kMaxSize));
  Counted here{.offset = 0, .code_points = 0};
  places.lines.push_back(here);
  for (std::uint32_t next_mark = 0; here.offset < size;) {
    if (here.offset >= next_mark) {
      places.marks.push_back(here);
      next_mark += kMarkStep;
    }
    // What ends no line and is one byte long needs no more than to be counted.
    const std::uint32_t begin = here.offset;
    const std::uint32_t until = std::min(size, next_mark);
    while (here.offset < until && static_cast<signed char>(text_[here.offset]) >= ' ') {
      ++here.offset;
    }
    here.code_points += here.offset - begin;
    if (here.offset == until) continue;
    const char c = text_[here.offset];
    here.offset += LengthAt(text_, here.offset);
    ++here.code_points;
    const bool is_followed_by_lf = here.offset < size && text_[here.offset] == '\n';
    if (c == '\n' || (c == '\r' && !is_followed_by_lf)) places.lines.push_back(here);
  }
  return places;
}

std::size_t SourceFile::Places::LineIndexOf(std::uint32_t offset) const {
  const auto after = std::upper_bound(
      lines.begin(), lines.end(), offset,
      [](std::uint32_t wanted, const Counted& line) { return wanted < line.offset; });
  return static_cast<std::size_t>(after - lines.begin()) - 1;
}

SourcePlace SourceFile::PlaceOf(std::uint32_t offset) const {
  const Places& places = CountedPlaces();
  const std::size_t index = places.LineIndexOf(offset);
  const Counted& line = places.lines[index];
  Counted at = line;
  std::size_t mark = std::min<std::size_t>(offset / kMarkStep + 1, places.marks.size());
  while (mark > 0 && places.marks[mark - 1].offset > offset) --mark;
  if (mark > 0 && places.marks[mark - 1].offset > line.offset) at = places.marks[mark - 1];
  while (at.offset < offset && at.offset < text_.size()) {
    at.offset += LengthAt(text_, at.offset);
    ++at.code_points;
  }
  return {std::max(static_cast<int>(index) + 1 - hidden_lines_, 1),
          static_cast<int>(at.code_points - line.code_points) + 1};
}

SyntaxError SourceFile::ErrorAt(std::uint32_t offset, std::string message) const {
  const Places& places = CountedPlaces();
  const std::size_t start = places.lines[places.LineIndexOf(offset)].offset;
  const std::size_t end = text_.find_first_of("\r\n", start);
  const SourcePlace place = PlaceOf(offset);
  return {name_, place.line, place.column, std::move(message),
          ReplaceInvalidUtf8(text_.substr(start, end - start))};
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
