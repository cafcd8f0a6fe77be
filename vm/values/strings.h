// Strings -- constructors and readers of string objects.
//
// A string is a sequence of UTF-16 units. One whose units are all below 256 is stored as Latin-1,
// every other as UTF-16; lone surrogates are kept. UTF-8 text may contain a surrogate as three
// bytes: that is how a lone one leaves and comes back.
//
// A string has one of four shapes: a byte or two a unit, the units in the object or outside the
// heap. In memory it is
//
//   in the heap   header | length in bytes (64 bits) | the bytes
//   external      header | length in bytes (32 bits), slot (32 bits) | address of the bytes
//
// so that the low half of the second word is the length of each.
//
// Invariants
//   VV-S1 narrow  a string in the heap has the UTF-16 shape iff some unit is above 255; an external
//                 one has the shape that its maker chose. So only an external UTF-16 string can
//                 equal one of the other width; all others are compared byte by byte.
//   VV-S2 hash    the header's hash of a string is its content's: equal strings have equal hashes.
//                 So never Mutator::IdentityHash of a string (IdentityHashOf in objects.h knows).
//
// Constructors answer a null FreshObject when the heap limit is reached.
//
// Not here: how external strings are made and what becomes of them (external_strings.h).

#ifndef FART_VM_VALUES_STRINGS_H_
#define FART_VM_VALUES_STRINGS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/object_ptr.h"
#include "vm/memory/core_shapes.h"
#include "vm/roots/rooted.h"

namespace fart {

// Units of the longest string.
inline constexpr std::size_t kMaxStringLength = (std::size_t{1} << 30) - 1;

// The length of a NUL-terminated text and whether all of it is ASCII, in one pass.
struct CStringScan {
  std::size_t length;
  bool is_ascii;
};
CStringScan ScanCString(const char* text);
bool IsAscii(std::string_view text);

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
// `text` is ASCII.
FreshObject NewStringFromAscii(Mutator& mutator, std::string_view text) FART_MAY_COLLECT;
FreshObject NewStringFromLatin1(Mutator& mutator,
                                std::span<const std::uint8_t> units) FART_MAY_COLLECT;
FreshObject NewStringFromUtf16(Mutator& mutator, std::span<const char16_t> units) FART_MAY_COLLECT;
// Code points, at most 0x10FFFF each; a surrogate is one unit.
FreshObject NewStringFromUtf32(Mutator& mutator,
                               std::span<const char32_t> code_points) FART_MAY_COLLECT;
// One code point (two units above 0xFFFF), at most 0x10FFFF.
FreshObject NewStringFromCodePoint(Mutator& mutator, char32_t code_point) FART_MAY_COLLECT;
// All of `strings` (each a string; none: the empty string), one after the other.
FreshObject ConcatStrings(Mutator& mutator, Roots strings) FART_MAY_COLLECT;
// Whether ConcatStrings would pass kMaxStringLength.
bool IsTooLongToConcat(Roots strings, const NoSafepointScope& quiet);
// Of at most kMaxStringLength units that the caller writes before anything may collect, in bytes if
// they are narrow (VV-S1).
FreshObject NewUnwrittenString(Mutator& mutator, std::size_t length,
                               bool is_narrow) FART_MAY_COLLECT;
// Where it writes them.
inline std::uint8_t* UnwrittenLatin1(ObjectPtr string, const NoSafepointScope&) {
  return (string.address() + kVariablePartOffset).As<std::uint8_t>();
}
inline char16_t* UnwrittenUtf16(ObjectPtr string, const NoSafepointScope&) {
  return (string.address() + kVariablePartOffset).As<char16_t>();
}
// Units [from, to) of `string`; from <= to <= length.
FreshObject Substring(Mutator& mutator, Rooted string, std::size_t from,
                      std::size_t to) FART_MAY_COLLECT;

// ---- Readers
inline bool IsString(ObjectPtr object) {
  static_assert(core_shape::CountOf(core_shape::kLatin1String, core_shape::kExternalUtf16String) ==
                4);
  return HasShapeOf(object, core_shape::kLatin1String, core_shape::kExternalUtf16String);
}
// Whether a unit takes a byte; of a string.
inline bool IsLatin1String(ObjectPtr object) {
  FART_DCHECK(IsString(object));
  return Header::Of(object).shape() <= core_shape::kExternalLatin1String;
}
// Whether the units lie outside the heap; of any object.
inline bool IsExternalString(ObjectPtr object) {
  return HasShape(object, core_shape::kExternalLatin1String) ||
         HasShape(object, core_shape::kExternalUtf16String);
}
inline std::size_t StringByteLength(ObjectPtr string) {
  FART_DCHECK(IsString(string));
  return static_cast<std::uint32_t>(LengthWord(string));
}
inline std::size_t StringLength(ObjectPtr string) {
  const std::size_t bytes = StringByteLength(string);
  return IsLatin1String(string) ? bytes : bytes / 2;
}
inline const std::uint8_t* StringBytes(ObjectPtr string, const NoSafepointScope&) {
  const Address where = string.address() + kVariablePartOffset;
  if (IsExternalString(string)) [[unlikely]]
    return *where.As<const std::uint8_t*>();
  return where.As<const std::uint8_t>();
}
// The units of a string of each width. Into the heap: good while nothing collects.
inline std::span<const std::uint8_t> Latin1Units(ObjectPtr string, const NoSafepointScope& quiet) {
  FART_DCHECK(IsLatin1String(string));
  return {StringBytes(string, quiet), StringByteLength(string)};
}
inline std::span<const char16_t> Utf16Units(ObjectPtr string, const NoSafepointScope& quiet) {
  FART_DCHECK(!IsLatin1String(string));
  return {reinterpret_cast<const char16_t*>(StringBytes(string, quiet)),
          StringByteLength(string) / 2};
}
// One unit of a string of either width; index < length.
inline char16_t StringUnitAt(ObjectPtr string, std::size_t index, const NoSafepointScope& quiet) {
  FART_DCHECK(index < StringLength(string));
  return IsLatin1String(string) ? static_cast<char16_t>(Latin1Units(string, quiet)[index])
                                : Utf16Units(string, quiet)[index];
}
// Whether no unit is above 255.
bool IsNarrow(ObjectPtr string, const NoSafepointScope&);
// The same, of what its units are: for checks of VV-S1.
bool FitsLatin1(ObjectPtr string, const NoSafepointScope&);
// Copies units [from, to), as they are or widened; of a narrow string, narrowed.
void CopyStringUnits(ObjectPtr string, std::size_t from, std::size_t to, std::uint8_t* where,
                     const NoSafepointScope&);
void CopyStringUnits(ObjectPtr string, std::size_t from, std::size_t to, char16_t* where,
                     const NoSafepointScope&);

bool StringsEqual(ObjectPtr a, ObjectPtr b, const NoSafepointScope&);
// Less than, equal to or greater than 0, unit by unit.
int CompareStrings(ObjectPtr a, ObjectPtr b, const NoSafepointScope&);
// 1 to 2^25 - 1; kept in the header. (VV-S2)
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

#endif  // FART_VM_VALUES_STRINGS_H_
