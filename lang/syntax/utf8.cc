#include "lang/syntax/utf8.h"

#include <cstdint>
#include <cstring>

#include "heap/base/utf8.h"

namespace fart::lang {
namespace {

const std::uint8_t* BytesAt(std::string_view text, std::size_t offset) {
  return reinterpret_cast<const std::uint8_t*>(text.data()) + offset;
}

// The surrogate whose three-byte form begins at `offset`, or 0.
char16_t SurrogateAt(std::string_view text, std::size_t offset) {
  if (text.size() < offset + 3) return 0;
  const DecodedCodePoint point = DecodeUtf8(BytesAt(text, offset), 3);
  return IsSurrogate(point.value) ? static_cast<char16_t>(point.value) : 0;
}

}  // namespace

std::size_t Utf8SequenceLength(std::string_view text, std::size_t offset) {
  const DecodedCodePoint point = DecodeUtf8(BytesAt(text, offset), text.size() - offset);
  return point.is_well_formed && !IsSurrogate(point.value) ? point.bytes : 0;
}

std::size_t FindInvalidUtf8(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    // Almost all of a program is ASCII: 32 characters at once, and at the end eight.
    std::uint64_t four[4];
    if (text.size() - offset >= sizeof(four)) {
      std::memcpy(four, text.data() + offset, sizeof(four));
      if (((four[0] | four[1] | four[2] | four[3]) & 0x8080808080808080) == 0) {
        offset += sizeof(four);
        continue;
      }
    }
    std::uint64_t eight = 0;
    if (text.size() - offset >= sizeof(eight)) {
      std::memcpy(&eight, text.data() + offset, sizeof(eight));
      if ((eight & 0x8080808080808080) == 0) {
        offset += sizeof(eight);
        continue;
      }
    }
    const std::size_t length = Utf8SequenceLength(text, offset);
    if (length == 0) return offset;
    offset += length;
  }
  return std::string_view::npos;
}

std::vector<std::string_view> SplitCodePoints(std::string_view text) {
  std::vector<std::string_view> points;
  for (std::size_t offset = 0; offset < text.size();) {
    std::size_t length = Utf8SequenceLength(text, offset);
    if (length == 0) length = 1;
    points.push_back(text.substr(offset, length));
    offset += length;
  }
  return points;
}

std::string ReplaceInvalidUtf8(std::string_view text) {
  std::string result;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t length = Utf8SequenceLength(text, offset);
    if (length == 0) {
      result += "\xEF\xBF\xBD";
      ++offset;
    } else {
      result += text.substr(offset, length);
      offset += length;
    }
  }
  return result;
}

void AppendCodePoint(std::string& text, char32_t code_point) {
  if (IsTrailSurrogate(code_point) && text.size() >= 3) {
    const char16_t lead = SurrogateAt(text, text.size() - 3);
    if (IsLeadSurrogate(lead)) {
      text.resize(text.size() - 3);
      code_point = CombineSurrogates(lead, static_cast<char16_t>(code_point));
    }
  }
  char bytes[4];
  text.append(bytes, EncodeUtf8(code_point, bytes));
}

void AppendText(std::string& text, std::string_view more) {
  if (const char16_t unit = SurrogateAt(more, 0); IsTrailSurrogate(unit)) {
    AppendCodePoint(text, unit);
    more.remove_prefix(3);
  }
  text += more;
}

}  // namespace fart::lang
