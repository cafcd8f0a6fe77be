// Strings -- constructors and readers of string objects.
//
// A string is a sequence of UTF-16 units. One whose units are all below 256 is stored as Latin-1,
// every other as UTF-16; lone surrogates are kept. UTF-8 text may contain a surrogate as three
// bytes: that is how a lone one leaves and comes back.
//
// Invariants
//   S1 narrow  a string has the UTF-16 shape iff some unit is above 255. So equal strings have
//              equal shapes, and equality is a comparison of bytes.
//   S2 hash    the header's hash of a string is its content's: equal strings have equal hashes.
//              So never Mutator::IdentityHash of a string (IdentityHashOf in objects.h knows).
//
// Constructors answer a null FreshObject when the heap limit is reached.

#ifndef FART_VM_STRINGS_H_
#define FART_VM_STRINGS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/object_ptr.h"
#include "vm/core_shapes.h"
#include "vm/rooted.h"

namespace fart {

// Units of the longest string.
inline constexpr std::size_t kMaxStringLength = (std::size_t{1} << 30) - 1;

// What UTF-8 text would become.
struct Utf8Measure {
  bool is_valid = true;  // false: with every malformed sequence read as U+FFFD ...
  bool is_latin1 = true;
  std::size_t units = 0;
};
Utf8Measure MeasureUtf8(std::string_view text);
inline bool IsValidUtf8(std::string_view text) { return MeasureUtf8(text).is_valid; }

// ---- Constructors. Lengths are at most kMaxStringLength units (FART_CHECK).
// Malformed sequences become U+FFFD.
FreshObject NewStringFromUtf8(Mutator& mutator, std::string_view text) FART_MAY_COLLECT;
// The same with the text measured before.
FreshObject NewStringFromUtf8(Mutator& mutator, std::string_view text,
                              const Utf8Measure& measure) FART_MAY_COLLECT;
FreshObject NewStringFromLatin1(Mutator& mutator,
                                std::span<const std::uint8_t> units) FART_MAY_COLLECT;
FreshObject NewStringFromUtf16(Mutator& mutator, std::span<const char16_t> units) FART_MAY_COLLECT;
// One code point (two units above 0xFFFF), at most 0x10FFFF.
FreshObject NewStringFromCodePoint(Mutator& mutator, char32_t code_point) FART_MAY_COLLECT;
// All of `strings` (each a string; none: the empty string), one after the other.
FreshObject ConcatStrings(Mutator& mutator, Roots strings) FART_MAY_COLLECT;
// Whether ConcatStrings would pass kMaxStringLength.
bool IsTooLongToConcat(Roots strings, const NoSafepointScope& quiet);
// Units [from, to) of `string`; from <= to <= length.
FreshObject Substring(Mutator& mutator, Rooted string, std::size_t from,
                      std::size_t to) FART_MAY_COLLECT;

// ---- Readers
inline bool IsString(ObjectPtr object) {
  if (!object.IsHeapObject()) return false;
  const ShapeId shape = Header::Of(object).shape();
  return shape == core_shape::kLatin1String || shape == core_shape::kUtf16String;
}
inline bool IsLatin1String(ObjectPtr object) { return HasShape(object, core_shape::kLatin1String); }
inline std::size_t StringLength(ObjectPtr string) {
  FART_DCHECK(IsString(string));
  const std::uint64_t length = LengthWord(string);
  return IsLatin1String(string) ? length : length / 2;
}
// Where the units of a string of each shape are.
inline std::span<const std::uint8_t> Latin1Units(ObjectPtr string, const NoSafepointScope&) {
  FART_DCHECK(IsLatin1String(string));
  return {(string.address() + kVariablePartOffset).As<std::uint8_t>(), LengthWord(string)};
}
inline std::span<const char16_t> Utf16Units(ObjectPtr string, const NoSafepointScope&) {
  FART_DCHECK(HasShape(string, core_shape::kUtf16String));
  return {(string.address() + kVariablePartOffset).As<char16_t>(), LengthWord(string) / 2};
}
// One unit of either shape; index < length.
inline char16_t StringUnitAt(ObjectPtr string, std::size_t index, const NoSafepointScope& quiet) {
  FART_DCHECK(index < StringLength(string));
  return IsLatin1String(string) ? static_cast<char16_t>(Latin1Units(string, quiet)[index])
                                : Utf16Units(string, quiet)[index];
}

bool StringsEqual(ObjectPtr a, ObjectPtr b, const NoSafepointScope&);
// Less than, equal to or greater than 0, unit by unit.
int CompareStrings(ObjectPtr a, ObjectPtr b, const NoSafepointScope&);
// 1 to 2^25 - 1; kept in the header. (S2)
std::uint32_t StringHash(ObjectPtr string, const NoSafepointScope&);
// The hash that a string of this (valid) UTF-8 text would have.
std::uint32_t StringHashOfUtf8(std::string_view text);
// Compares with (valid) UTF-8 text.
bool StringEqualsUtf8(ObjectPtr string, std::string_view text, const NoSafepointScope&);

// ---- To UTF-8
std::size_t Utf8Length(ObjectPtr string, const NoSafepointScope&);
// Writes exactly Utf8Length bytes, without a NUL.
void CopyToUtf8(ObjectPtr string, char* to, const NoSafepointScope&);
std::string ToUtf8(ObjectPtr string, const NoSafepointScope&);

}  // namespace fart

#endif  // FART_VM_STRINGS_H_
