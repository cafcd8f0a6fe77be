#include "vm/strings.h"

#include <algorithm>
#include <cstring>

#include "heap/base/check.h"
#include "vm/utf8.h"

namespace fart {

namespace {

const std::uint8_t* BytesOf(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::uint64_t WordAt(const void* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}

// Whether all bytes are ASCII. Words may overlap: so the last, shorter one needs no loop.
inline bool IsAscii(std::string_view text) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  std::uint64_t all = 0;
  if (text.size() < kWord) {
    for (const char byte : text) all |= static_cast<std::uint8_t>(byte);
  } else {
    const char* const last = text.data() + text.size() - kWord;
    for (const char* at = text.data(); at < last; at += kWord) all |= WordAt(at);
    all |= WordAt(last);
  }
  return (all & 0x8080808080808080) == 0;
}

// Calls visit(code point, well-formed) for each code point of `text`.
template <typename Visit>
void ForEachCodePoint(std::string_view text, Visit&& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint decoded = DecodeUtf8(BytesOf(text) + at, text.size() - at);
    visit(decoded.value, decoded.is_well_formed);
    at += decoded.bytes;
  }
}

template <typename Unit>
void DecodeInto(std::string_view text, Unit* to) {
  ForEachCodePoint(text, [&to](char32_t value, bool) {
    if (value > 0xFFFF) {
      *to++ = static_cast<Unit>(LeadSurrogateOf(value));
      *to++ = static_cast<Unit>(TrailSurrogateOf(value));
    } else {
      *to++ = static_cast<Unit>(value);
    }
  });
}

// Calls visit(code point) for a string's code points; a lone surrogate is one.
template <typename Visit>
void ForEachCodePointOf(ObjectPtr string, const NoSafepointScope& quiet, Visit&& visit) {
  if (IsLatin1String(string)) {
    for (const std::uint8_t unit : Latin1Units(string, quiet)) visit(char32_t{unit});
    return;
  }
  const std::span<const char16_t> units = Utf16Units(string, quiet);
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (IsLeadSurrogate(units[i]) && i + 1 < units.size() && IsTrailSurrogate(units[i + 1])) {
      visit(CombineSurrogates(units[i], units[i + 1]));
      ++i;
    } else {
      visit(char32_t{units[i]});
    }
  }
}

bool AllLatin1(std::span<const char16_t> units) {
  char16_t all = 0;
  for (const char16_t unit : units) all = static_cast<char16_t>(all | unit);
  return all <= 0xFF;
}

std::uint8_t* MutableLatin1(ObjectPtr string) {
  return (string.address() + kVariablePartOffset).As<std::uint8_t>();
}
char16_t* MutableUtf16(ObjectPtr string) {
  return (string.address() + kVariablePartOffset).As<char16_t>();
}

FreshObject AllocateLatin1(Mutator& mutator, std::size_t units) FART_MAY_COLLECT {
  FART_CHECK(units <= kMaxStringLength);
  return mutator.Allocate(core_shape::kLatin1String, units);
}
FreshObject AllocateUtf16(Mutator& mutator, std::size_t units) FART_MAY_COLLECT {
  FART_CHECK(units <= kMaxStringLength);
  return mutator.Allocate(core_shape::kUtf16String, units * sizeof(char16_t));
}

// Copies units [from, to) of a string of either shape as units of the wanted size.
template <typename Unit>
Unit* CopyUnits(ObjectPtr string, std::size_t from, std::size_t to, Unit* where,
                const NoSafepointScope& quiet) {
  const auto copy = [&](const auto& units) {
    return std::transform(units.begin() + static_cast<std::ptrdiff_t>(from),
                          units.begin() + static_cast<std::ptrdiff_t>(to), where,
                          [](auto unit) { return static_cast<Unit>(unit); });
  };
  return IsLatin1String(string) ? copy(Latin1Units(string, quiet))
                                : copy(Utf16Units(string, quiet));
}

// 1 to 2^25 - 1. Multiply and fold, eight bytes at a time.
std::uint32_t HashOfBytes(const void* data, std::size_t size) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  std::uint64_t hash = size;
  const auto mix = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * kFactor;
    hash ^= hash >> 32;
  };
  for (; size >= sizeof(std::uint64_t); size -= sizeof(std::uint64_t)) {
    mix(WordAt(bytes));
    bytes += sizeof(std::uint64_t);
  }
  if (size != 0) {
    std::uint64_t rest = 0;
    std::memcpy(&rest, bytes, size);
    mix(rest);
  }
  const auto result = static_cast<std::uint32_t>((hash * kFactor) >> 39);
  return result == 0 ? 1 : result;
}

}  // namespace

Utf8Measure MeasureUtf8(std::string_view text) {
  Utf8Measure measure;
  if (IsAscii(text)) {
    measure.units = text.size();
    return measure;
  }
  ForEachCodePoint(text, [&measure](char32_t value, bool is_well_formed) {
    measure.is_valid &= is_well_formed;
    measure.is_latin1 &= value <= 0xFF;
    measure.units += value > 0xFFFF ? 2 : 1;
  });
  return measure;
}

FreshObject NewStringFromUtf8(Mutator& mutator, std::string_view text) {
  if (IsAscii(text)) [[likely]] {
    return NewStringFromLatin1(mutator, {BytesOf(text), text.size()});
  }
  return NewStringFromUtf8(mutator, text, MeasureUtf8(text));
}

FreshObject NewStringFromUtf8(Mutator& mutator, std::string_view text, const Utf8Measure& measure) {
  const FreshObject string = measure.is_latin1 ? AllocateLatin1(mutator, measure.units)
                                               : AllocateUtf16(mutator, measure.units);
  if (string.is_null()) return string;
  const NoSafepointScope quiet;
  if (!measure.is_latin1) {
    DecodeInto(text, MutableUtf16(string.Get(quiet)));
  } else if (measure.units == text.size() && measure.is_valid) {
    std::copy(text.begin(), text.end(), MutableLatin1(string.Get(quiet)));
  } else {
    DecodeInto(text, MutableLatin1(string.Get(quiet)));
  }
  return string;
}

FreshObject NewStringFromLatin1(Mutator& mutator, std::span<const std::uint8_t> units) {
  const FreshObject string = AllocateLatin1(mutator, units.size());
  if (string.is_null()) return string;
  const NoSafepointScope quiet;
  std::copy(units.begin(), units.end(), MutableLatin1(string.Get(quiet)));
  return string;
}

FreshObject NewStringFromUtf16(Mutator& mutator, std::span<const char16_t> units) {
  const bool is_latin1 = AllLatin1(units);
  const FreshObject string =
      is_latin1 ? AllocateLatin1(mutator, units.size()) : AllocateUtf16(mutator, units.size());
  if (string.is_null()) return string;
  const NoSafepointScope quiet;
  if (is_latin1) {
    std::transform(units.begin(), units.end(), MutableLatin1(string.Get(quiet)),
                   [](char16_t unit) { return static_cast<std::uint8_t>(unit); });
  } else {
    std::copy(units.begin(), units.end(), MutableUtf16(string.Get(quiet)));
  }
  return string;
}

FreshObject NewStringFromCodePoint(Mutator& mutator, char32_t code_point) {
  FART_DCHECK(code_point <= 0x10FFFF);
  char16_t units[2] = {static_cast<char16_t>(code_point), 0};
  if (code_point <= 0xFFFF) return NewStringFromUtf16(mutator, {units, 1});
  units[0] = LeadSurrogateOf(code_point);
  units[1] = TrailSurrogateOf(code_point);
  return NewStringFromUtf16(mutator, {units, 2});
}

namespace {

struct ConcatMeasure {
  bool is_latin1 = true;
  std::size_t units = 0;
};

ConcatMeasure MeasureConcat(Roots strings, const NoSafepointScope& quiet) {
  ConcatMeasure measure;
  for (std::size_t i = 0; i < strings.size(); ++i) {
    const ObjectPtr string = strings[i].Get(quiet);
    measure.is_latin1 &= IsLatin1String(string);  // S1: a wide operand makes a wide result
    measure.units += StringLength(string);
  }
  return measure;
}

template <typename Unit>
void CopyAll(Roots strings, Unit* to, const NoSafepointScope& quiet) {
  for (std::size_t i = 0; i < strings.size(); ++i) {
    const ObjectPtr string = strings[i].Get(quiet);
    to = CopyUnits(string, 0, StringLength(string), to, quiet);
  }
}

}  // namespace

bool IsTooLongToConcat(Roots strings, const NoSafepointScope& quiet) {
  return MeasureConcat(strings, quiet).units > kMaxStringLength;
}

FreshObject ConcatStrings(Mutator& mutator, Roots strings) {
  ConcatMeasure measure;
  {
    const NoSafepointScope quiet;
    measure = MeasureConcat(strings, quiet);
  }
  const FreshObject result = measure.is_latin1 ? AllocateLatin1(mutator, measure.units)
                                               : AllocateUtf16(mutator, measure.units);
  if (result.is_null()) return result;
  const NoSafepointScope quiet;
  if (measure.is_latin1) {
    CopyAll(strings, MutableLatin1(result.Get(quiet)), quiet);
  } else {
    CopyAll(strings, MutableUtf16(result.Get(quiet)), quiet);
  }
  return result;
}

FreshObject Substring(Mutator& mutator, Rooted string, std::size_t from, std::size_t to) {
  bool is_latin1;
  {
    const NoSafepointScope quiet;
    const ObjectPtr whole = string.Get(quiet);
    FART_DCHECK(from <= to && to <= StringLength(whole));
    if (from == 0 && to == StringLength(whole)) return FreshObject(whole);
    is_latin1 =
        IsLatin1String(whole) || AllLatin1(Utf16Units(whole, quiet).subspan(from, to - from));
  }
  const FreshObject part =
      is_latin1 ? AllocateLatin1(mutator, to - from) : AllocateUtf16(mutator, to - from);
  if (part.is_null()) return part;
  const NoSafepointScope quiet;
  if (is_latin1) {
    CopyUnits(string.Get(quiet), from, to, MutableLatin1(part.Get(quiet)), quiet);
  } else {
    CopyUnits(string.Get(quiet), from, to, MutableUtf16(part.Get(quiet)), quiet);
  }
  return part;
}

bool StringsEqual(ObjectPtr a, ObjectPtr b, const NoSafepointScope& quiet) {
  if (a == b) return true;
  if (Header::Of(a).shape() != Header::Of(b).shape() || LengthWord(a) != LengthWord(b)) {
    return false;  // S1
  }
  const std::uint32_t hash_a = Header::Of(a).hash();
  const std::uint32_t hash_b = Header::Of(b).hash();
  if (hash_a != 0 && hash_b != 0 && hash_a != hash_b) return false;  // S2
  static_cast<void>(quiet);
  return std::memcmp(MutableLatin1(a), MutableLatin1(b), LengthWord(a)) == 0;
}

int CompareStrings(ObjectPtr a, ObjectPtr b, const NoSafepointScope& quiet) {
  const std::size_t length_a = StringLength(a);
  const std::size_t length_b = StringLength(b);
  for (std::size_t i = 0; i < std::min(length_a, length_b); ++i) {
    const char16_t unit_a = StringUnitAt(a, i, quiet);
    const char16_t unit_b = StringUnitAt(b, i, quiet);
    if (unit_a != unit_b) return unit_a < unit_b ? -1 : 1;
  }
  if (length_a == length_b) return 0;
  return length_a < length_b ? -1 : 1;
}

std::uint32_t StringHash(ObjectPtr string, const NoSafepointScope&) {
  FART_DCHECK(IsString(string));
  const Header header = Header::Of(string);
  if (header.hash() != 0) return header.hash();
  const std::uint32_t hash = HashOfBytes(MutableLatin1(string), LengthWord(string));
  header.WithHash(hash).StoreTo(string);
  return hash;
}

std::uint32_t StringHashOfUtf8(std::string_view text) {
  const Utf8Measure measure = MeasureUtf8(text);
  if (measure.units == text.size()) return HashOfBytes(text.data(), text.size());
  if (measure.is_latin1) {
    std::string units(measure.units, '\0');
    DecodeInto(text, units.data());
    return HashOfBytes(units.data(), units.size());
  }
  std::u16string units(measure.units, u'\0');
  DecodeInto(text, units.data());
  return HashOfBytes(units.data(), units.size() * sizeof(char16_t));
}

bool StringEqualsUtf8(ObjectPtr string, std::string_view text, const NoSafepointScope& quiet) {
  std::size_t at = 0;
  const std::size_t length = StringLength(string);
  bool equal = true;
  const auto compare = [&](char32_t unit) {
    equal = equal && at < length && StringUnitAt(string, at, quiet) == unit;
    ++at;
  };
  ForEachCodePoint(text, [&](char32_t value, bool) {
    if (value > 0xFFFF) {
      compare(LeadSurrogateOf(value));
      compare(TrailSurrogateOf(value));
    } else {
      compare(value);
    }
  });
  return equal && at == length;
}

std::size_t Utf8Length(ObjectPtr string, const NoSafepointScope& quiet) {
  std::size_t bytes = 0;
  ForEachCodePointOf(string, quiet, [&bytes](char32_t value) { bytes += Utf8BytesOf(value); });
  return bytes;
}

void CopyToUtf8(ObjectPtr string, char* to, const NoSafepointScope& quiet) {
  ForEachCodePointOf(string, quiet, [&to](char32_t value) { to = EncodeUtf8(value, to); });
}

std::string ToUtf8(ObjectPtr string, const NoSafepointScope& quiet) {
  std::string text(Utf8Length(string, quiet), '\0');
  CopyToUtf8(string, text.data(), quiet);
  return text;
}

}  // namespace fart
