#include "vm/values/strings.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "heap/base/check.h"
#include "heap/base/utf8.h"

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
constexpr std::uint64_t kHighBits = 0x8080808080808080;

// Calls visit(code point, well-formed) for each code point of `text`.
template <typename Visit>
void ForEachCodePoint(std::string_view text, Visit&& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint decoded = DecodeUtf8(BytesOf(text) + at, text.size() - at);
    visit(decoded.value, decoded.is_well_formed);
    at += decoded.bytes;
  }
}

// A code point as one unit or two; answers the place behind.
template <typename Unit>
Unit* PutUnits(char32_t code_point, Unit* to) {
  if (code_point > 0xFFFF) {
    *to++ = static_cast<Unit>(LeadSurrogateOf(code_point));
    *to++ = static_cast<Unit>(TrailSurrogateOf(code_point));
  } else {
    *to++ = static_cast<Unit>(code_point);
  }
  return to;
}

// Calls visit_words(bytes, count) for what is ASCII in whole words, and visit(code point,
// well-formed) for each code point of the rest: most texts are ASCII but for a few.
template <typename VisitWords, typename Visit>
void ForEachRun(std::string_view text, VisitWords&& visit_words, Visit&& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (text.size() - at >= sizeof(std::uint64_t) && (WordAt(text.data() + at) & kHighBits) == 0)
      at += sizeof(std::uint64_t);
    if (at != begin) visit_words(BytesOf(text) + begin, at - begin);
    if (at == text.size()) return;
    const DecodedCodePoint decoded = DecodeUtf8(BytesOf(text) + at, text.size() - at);
    visit(decoded.value, decoded.is_well_formed);
    at += decoded.bytes;
  }
}

template <typename Unit>
void DecodeInto(std::string_view text, Unit* to) {
  ForEachRun(
      text,
      [&to](const std::uint8_t* bytes, std::size_t count) { to = std::copy_n(bytes, count, to); },
      [&to](char32_t value, bool) { to = PutUnits(value, to); });
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
  return mutator.AllocateBytes(core_shape::kLatin1String, units);
}
FreshObject AllocateUtf16(Mutator& mutator, std::size_t units) FART_MAY_COLLECT {
  FART_CHECK(units <= kMaxStringLength);
  return mutator.AllocateBytes(core_shape::kUtf16String, units * sizeof(char16_t));
}

template <typename Unit>
void CopyUnits(ObjectPtr string, std::size_t from, std::size_t to, Unit* where,
               const NoSafepointScope& quiet) {
  FART_DCHECK(from <= to && to <= StringLength(string));
  const auto copy = [&](const auto& units) {
    if constexpr (sizeof(units[0]) == sizeof(Unit)) {
      if (from != to) std::memcpy(where, units.data() + from, (to - from) * sizeof(Unit));
    } else {
      std::transform(units.begin() + static_cast<std::ptrdiff_t>(from),
                     units.begin() + static_cast<std::ptrdiff_t>(to), where,
                     [](auto unit) { return static_cast<Unit>(unit); });
    }
  };
  if (IsLatin1String(string)) {
    copy(Latin1Units(string, quiet));
  } else {
    copy(Utf16Units(string, quiet));
  }
}

// Of bytes without a loop: two words, or two pairs of them, that may overlap. Short strings are
// most strings, and a call costs more than they do.
inline void CopyBytes(std::uint8_t* to, const char* from, std::size_t size) {
  struct Pair {
    std::uint64_t words[2];
  };
  const auto copy = [&]<typename Chunk>(Chunk first, Chunk last) {
    std::memcpy(&first, from, sizeof(Chunk));
    std::memcpy(&last, from + size - sizeof(Chunk), sizeof(Chunk));
    std::memcpy(to, &first, sizeof(Chunk));
    std::memcpy(to + size - sizeof(Chunk), &last, sizeof(Chunk));
  };
  if (size > 2 * sizeof(Pair)) {
    std::memcpy(to, from, size);
  } else if (size >= sizeof(Pair)) {
    copy(Pair{}, Pair{});
  } else if (size >= sizeof(std::uint64_t)) {
    copy(std::uint64_t{}, std::uint64_t{});
  } else if (size >= sizeof(std::uint32_t)) {
    copy(std::uint32_t{}, std::uint32_t{});
  } else if (size != 0) {
    to[size / 2] = static_cast<std::uint8_t>(from[size / 2]);
    to[size - 1] = static_cast<std::uint8_t>(from[size - 1]);
    to[0] = static_cast<std::uint8_t>(from[0]);
  }
}

// 1 to 2^25 - 1. Multiply and fold, eight bytes at a time; the last of them count as a whole word,
// padded with zeros.
class Hasher {
 public:
  explicit Hasher(std::size_t bytes) : hash_(bytes) {}
  void Mix(std::uint64_t word) {
    hash_ = (hash_ ^ word) * kFactor;
    hash_ ^= hash_ >> 32;
  }
  std::uint32_t Result() const {
    const auto result = static_cast<std::uint32_t>((hash_ * kFactor) >> 39);
    return result == 0 ? 1 : result;
  }

 private:
  static constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;
  std::uint64_t hash_;
};

std::uint32_t HashOfBytes(const void* data, std::size_t size) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  Hasher hasher(size);
  for (; size >= sizeof(std::uint64_t); size -= sizeof(std::uint64_t)) {
    hasher.Mix(WordAt(bytes));
    bytes += sizeof(std::uint64_t);
  }
  if (size != 0) {
    std::uint64_t rest = 0;
    std::memcpy(&rest, bytes, size);
    hasher.Mix(rest);
  }
  return hasher.Result();
}

// As the Latin-1 bytes would have it.
std::uint32_t HashOfNarrow(std::span<const char16_t> units) {
  Hasher hasher(units.size());
  while (!units.empty()) {
    const std::size_t count = std::min(units.size(), sizeof(std::uint64_t));
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i) word |= std::uint64_t{units[i]} << (8 * i);
    hasher.Mix(word);
    units = units.subspan(count);
  }
  return hasher.Result();
}

}  // namespace

#if defined(__SSE2__)
// Aligned blocks, which lie in one page: what is read beyond the text is there to be read.
#if defined(__clang__)
[[clang::no_sanitize("address", "thread")]]
#else
[[gnu::no_sanitize("address"), gnu::no_sanitize("thread")]]
#endif
CStringScan
ScanCString(const char* text) {
  const std::size_t before = reinterpret_cast<std::uintptr_t>(text) % sizeof(__m128i);
  const auto* block = reinterpret_cast<const __m128i*>(text - before);
  const auto signs = [](__m128i bytes) { return static_cast<unsigned>(_mm_movemask_epi8(bytes)); };
  __m128i bytes = _mm_load_si128(block);
  unsigned ends = signs(_mm_cmpeq_epi8(bytes, _mm_setzero_si128())) >> before;
  unsigned high = signs(bytes) >> before;
  std::size_t passed = 0;  // bytes of the text in blocks before this one
  unsigned high_before = 0;
  while (ends == 0) {
    high_before |= high;
    passed = static_cast<std::size_t>(reinterpret_cast<const char*>(++block) - text);
    bytes = _mm_load_si128(block);
    ends = signs(_mm_cmpeq_epi8(bytes, _mm_setzero_si128()));
    high = signs(bytes);
  }
  const unsigned before_end = (ends & -ends) - 1;
  return {passed + static_cast<unsigned>(std::countr_zero(ends)),
          ((high & before_end) | high_before) == 0};
}
#else
CStringScan ScanCString(const char* text) {
  const std::size_t length = std::strlen(text);
  return {length, IsAscii({text, length})};
}
#endif

// Words may overlap: so the last, shorter one needs no loop.
bool IsAscii(std::string_view text) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  std::uint64_t all = 0;
  if (text.size() < kWord) {
    for (const char byte : text) all |= static_cast<std::uint8_t>(byte);
  } else {
    const char* const last = text.data() + text.size() - kWord;
    for (const char* at = text.data(); at < last; at += kWord) all |= WordAt(at);
    all |= WordAt(last);
  }
  return (all & kHighBits) == 0;
}

Utf8Measure MeasureUtf8(std::string_view text) {
  Utf8Measure measure;
  if (IsAscii(text)) {
    measure.units = text.size();
    return measure;
  }
  ForEachRun(
      text, [&measure](const std::uint8_t*, std::size_t count) { measure.units += count; },
      [&measure](char32_t value, bool is_well_formed) {
        measure.is_valid &= is_well_formed;
        measure.is_latin1 &= value <= 0xFF;
        measure.units += value > 0xFFFF ? 2 : 1;
      });
  return measure;
}

FreshObject NewStringFromUtf8(Mutator& mutator, std::string_view text) {
  if (IsAscii(text)) [[likely]]
    return NewStringFromAscii(mutator, text);
  return NewStringFromUtf8(mutator, text, MeasureUtf8(text));
}

FreshObject NewStringFromAscii(Mutator& mutator, std::string_view text) {
  const FreshObject string = AllocateLatin1(mutator, text.size());
  if (string.is_null()) [[unlikely]]
    return string;
  const NoSafepointScope quiet;
  CopyBytes(MutableLatin1(string.Get(quiet)), text.data(), text.size());
  return string;
}

FreshObject NewStringFromUtf8(Mutator& mutator, std::string_view text, const Utf8Measure& measure) {
  const FreshObject string = measure.is_latin1 ? AllocateLatin1(mutator, measure.units)
                                               : AllocateUtf16(mutator, measure.units);
  if (string.is_null()) return string;
  const NoSafepointScope quiet;
  if (!measure.is_latin1) {
    DecodeInto(text, MutableUtf16(string.Get(quiet)));
  } else if (measure.units == text.size() && measure.is_valid) {
    CopyBytes(MutableLatin1(string.Get(quiet)), text.data(), text.size());
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

FreshObject NewStringFromUtf32(Mutator& mutator, std::span<const char32_t> code_points) {
  char32_t all = 0;
  std::size_t units = 0;
  for (const char32_t value : code_points) {
    FART_DCHECK(value <= 0x10FFFF);
    all |= value;
    units += value > 0xFFFF ? 2 : 1;
  }
  const bool is_latin1 = all <= 0xFF;
  const FreshObject string =
      is_latin1 ? AllocateLatin1(mutator, units) : AllocateUtf16(mutator, units);
  if (string.is_null()) return string;
  const NoSafepointScope quiet;
  if (is_latin1) {
    std::transform(code_points.begin(), code_points.end(), MutableLatin1(string.Get(quiet)),
                   [](char32_t value) { return static_cast<std::uint8_t>(value); });
    return string;
  }
  char16_t* to = MutableUtf16(string.Get(quiet));
  for (const char32_t value : code_points) to = PutUnits(value, to);
  return string;
}

FreshObject NewStringFromCodePoint(Mutator& mutator, char32_t code_point) {
  return NewStringFromUtf32(mutator, {&code_point, 1});
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
    // VV-S1: a wide operand makes a wide result, but for an external one that need not be.
    measure.is_latin1 = measure.is_latin1 && IsNarrow(string, quiet);
    measure.units += StringLength(string);
  }
  return measure;
}

template <typename Unit>
void CopyAll(Roots strings, Unit* to, const NoSafepointScope& quiet) {
  for (std::size_t i = 0; i < strings.size(); ++i) {
    const ObjectPtr string = strings[i].Get(quiet);
    const std::size_t length = StringLength(string);
    CopyUnits(string, 0, length, to, quiet);
    to += length;
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

FreshObject NewUnwrittenString(Mutator& mutator, std::size_t length, bool is_narrow) {
  return is_narrow ? AllocateLatin1(mutator, length) : AllocateUtf16(mutator, length);
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

bool FitsLatin1(ObjectPtr string, const NoSafepointScope& quiet) {
  return IsLatin1String(string) || AllLatin1(Utf16Units(string, quiet));
}

bool IsNarrow(ObjectPtr string, const NoSafepointScope& quiet) {
  if (IsLatin1String(string)) return true;
  return IsExternalString(string) && FitsLatin1(string, quiet);  // VV-S1
}

void CopyStringUnits(ObjectPtr string, std::size_t from, std::size_t to, std::uint8_t* where,
                     const NoSafepointScope& quiet) {
  CopyUnits(string, from, to, where, quiet);
}
void CopyStringUnits(ObjectPtr string, std::size_t from, std::size_t to, char16_t* where,
                     const NoSafepointScope& quiet) {
  CopyUnits(string, from, to, where, quiet);
}

namespace {

// Of strings of different width: equal only if the wide one is external. (VV-S1)
bool EqualsAcrossWidths(ObjectPtr a, ObjectPtr b, const NoSafepointScope& quiet) {
  const auto narrow = Latin1Units(IsLatin1String(a) ? a : b, quiet);
  const ObjectPtr other = IsLatin1String(a) ? b : a;
  if (!IsExternalString(other)) return false;
  const auto wide = Utf16Units(other, quiet);
  return std::equal(narrow.begin(), narrow.end(), wide.begin(), wide.end());
}

}  // namespace

bool StringsEqual(ObjectPtr a, ObjectPtr b, const NoSafepointScope& quiet) {
  if (a == b) return true;
  const std::uint32_t hash_a = Header::Of(a).hash();
  const std::uint32_t hash_b = Header::Of(b).hash();
  if (hash_a != 0 && hash_b != 0 && hash_a != hash_b) return false;  // VV-S2
  if (IsLatin1String(a) != IsLatin1String(b)) [[unlikely]]
    return EqualsAcrossWidths(a, b, quiet);
  const std::size_t bytes = StringByteLength(a);
  return bytes == StringByteLength(b) &&
         (bytes == 0 || std::memcmp(StringBytes(a, quiet), StringBytes(b, quiet), bytes) == 0);
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

std::uint32_t StringHash(ObjectPtr string, const NoSafepointScope& quiet) {
  FART_DCHECK(IsString(string));
  const Header header = Header::Of(string);
  if (header.hash() != 0) return header.hash();
  const bool is_narrow_in_wide = !IsLatin1String(string) && IsNarrow(string, quiet);
  const std::uint32_t hash =
      is_narrow_in_wide ? HashOfNarrow(Utf16Units(string, quiet))
                        : HashOfBytes(StringBytes(string, quiet), StringByteLength(string));
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

namespace {

std::string_view TextOf(std::span<const std::uint8_t> units) {
  return {reinterpret_cast<const char*>(units.data()), units.size()};
}

// Two bytes for each of the upper half.
std::size_t Utf8LengthOf(std::span<const std::uint8_t> units) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  std::size_t bytes = units.size();
  for (; units.size() >= kWord; units = units.subspan(kWord)) {
    // The sum of eight bytes that are 0 or 1 comes to lie in the highest.
    bytes += ((WordAt(units.data()) & kHighBits) >> 7) * 0x0101010101010101 >> 56;
  }
  for (const std::uint8_t unit : units) bytes += unit >> 7;
  return bytes;
}

}  // namespace

std::size_t Utf8Length(ObjectPtr string, const NoSafepointScope& quiet) {
  if (IsLatin1String(string)) return Utf8LengthOf(Latin1Units(string, quiet));
  std::size_t bytes = 0;
  ForEachCodePointOf(string, quiet, [&bytes](char32_t value) { bytes += Utf8BytesOf(value); });
  return bytes;
}

void CopyToUtf8(ObjectPtr string, char* to, const NoSafepointScope& quiet) {
  if (IsLatin1String(string)) {
    const std::string_view text = TextOf(Latin1Units(string, quiet));
    if (IsAscii(text)) [[likely]] {
      std::copy(text.begin(), text.end(), to);
      return;
    }
  }
  ForEachCodePointOf(string, quiet, [&to](char32_t value) { to = EncodeUtf8(value, to); });
}

std::string ToUtf8(ObjectPtr string, const NoSafepointScope& quiet) {
  std::string text(Utf8Length(string, quiet), '\0');
  CopyToUtf8(string, text.data(), quiet);
  return text;
}

}  // namespace fart
