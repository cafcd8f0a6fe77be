// Strings -- made from text in any encoding, measured and copied out.

#include "vm/values/strings.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "heap/base/units.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// Inside the checks of `function`; `argument` holds `text`, which is not ASCII.
[[gnu::noinline]] Fart_Handle Decode(Isolate& isolate, const char* function, const char* argument,
                                     std::string_view text) FART_MAY_COLLECT {
  const Utf8Measure measure = MeasureUtf8(text);
  if (!measure.is_valid) [[unlikely]]
    return NewErrorHandle(isolate, Expects(function, argument, "valid UTF-8"));
  return Wrap(isolate, NewStringFromUtf8(isolate.mutator(), text, measure));
}

// The string in memory of the current scope, with a NUL behind it; null when that is used up.
char* CopyOut(Isolate& isolate, Rooted string, std::size_t* length) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  const ObjectPtr object = string.Get(quiet);
  *length = Utf8Length(object, quiet);
  void* const room = isolate.handles().locals.arena().Allocate(ByteCount(*length + 1));
  if (room == nullptr) [[unlikely]]
    return nullptr;
  auto* const text = static_cast<char*>(room);
  CopyToUtf8(object, text, quiet);
  text[*length] = '\0';
  return text;
}

// No array is longer, in whatever units.
constexpr std::uint64_t kMaxArrayLength = std::numeric_limits<std::intptr_t>::max();
constexpr char32_t kLastCodePoint = 0x10FFFF;

[[gnu::cold]] Fart_Handle NotACodePoint(Isolate& isolate, std::size_t index,
                                        std::int32_t value) FART_MAY_COLLECT {
  return NewErrorHandle(
      isolate,
      Expects("Fart_NewStringFromUTF32", "utf32_array[" + std::to_string(index) + "]",
              "a code point, at most 1114111 (U+10FFFF), but it is " + std::to_string(value)));
}

// What Copy... functions share: how many units go to a caller's array of `*length`, which becomes
// their number.
template <typename Unit>
void CopyUnitsOut(Rooted string, Unit* array, std::intptr_t* length) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  const ObjectPtr object = string.Get(quiet);
  const std::size_t count = std::min(StringLength(object), static_cast<std::size_t>(*length));
  CopyStringUnits(object, 0, count, array, quiet);
  *length = static_cast<std::intptr_t>(count);
}

bool IsLatin1(ObjectPtr object) { return IsString(object) && IsLatin1String(object); }

}  // namespace

bool Fart_IsString(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsString>(value);
}
FART_CATCH_OR(false)

bool Fart_IsStringLatin1(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsLatin1>(value);
}
FART_CATCH_OR(false)

Fart_Handle Fart_StringLength(Fart_Handle str, std::intptr_t* length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, string, str);
  FART_NEED_POINTER(isolate, length);
  FART_NEED_TYPE(isolate, string, str, IsString, "String");
  const NoSafepointScope quiet;
  *length = static_cast<std::intptr_t>(StringLength(string.Get(quiet)));
  return Success();
}
FART_CATCH

Fart_Handle Fart_NewStringFromCString(const char* str) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_POINTER(isolate, str);
  const CStringScan scan = ScanCString(str);
  if (scan.length > kMaxStringLength) [[unlikely]]
    return OutOfRange(isolate, __func__, "strlen(str)", static_cast<std::int64_t>(scan.length),
                      kMaxStringLength);
  const std::string_view text(str, scan.length);
  if (!scan.is_ascii) [[unlikely]]
    return Decode(isolate, __func__, "str", text);
  return Wrap(isolate, NewStringFromAscii(isolate.mutator(), text));
}
FART_CATCH

Fart_Handle Fart_NewStringFromUTF8(const std::uint8_t* utf8_array,
                                   std::intptr_t length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_RANGE(isolate, length, kMaxStringLength);
  if (length != 0) FART_NEED_POINTER(isolate, utf8_array);
  const std::string_view text(reinterpret_cast<const char*>(utf8_array),
                              static_cast<std::size_t>(length));
  if (!IsAscii(text)) [[unlikely]]
    return Decode(isolate, __func__, "utf8_array", text);
  return Wrap(isolate, NewStringFromAscii(isolate.mutator(), text));
}
FART_CATCH

Fart_Handle Fart_NewStringFromUTF16(const std::uint16_t* utf16_array,
                                    std::intptr_t length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_RANGE(isolate, length, kMaxStringLength);
  if (length != 0) FART_NEED_POINTER(isolate, utf16_array);
  return Wrap(isolate,
              NewStringFromUtf16(isolate.mutator(), {reinterpret_cast<const char16_t*>(utf16_array),
                                                     static_cast<std::size_t>(length)}));
}
FART_CATCH

Fart_Handle Fart_NewStringFromUTF32(const std::int32_t* utf32_array,
                                    std::intptr_t length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_RANGE(isolate, length, kMaxStringLength);
  if (length != 0) FART_NEED_POINTER(isolate, utf32_array);
  const std::span<const char32_t> code_points(reinterpret_cast<const char32_t*>(utf32_array),
                                              static_cast<std::size_t>(length));
  std::size_t units = 0;
  for (std::size_t i = 0; i < code_points.size(); ++i) {
    if (code_points[i] > kLastCodePoint) return NotACodePoint(isolate, i, utf32_array[i]);
    units += code_points[i] > 0xFFFF ? 2 : 1;
  }
  if (units > kMaxStringLength)
    return OutOfRange(isolate, __func__, "length in UTF-16 units", static_cast<std::int64_t>(units),
                      kMaxStringLength);
  return Wrap(isolate, NewStringFromUtf32(isolate.mutator(), code_points));
}
FART_CATCH

Fart_Handle Fart_StringToCString(Fart_Handle str, const char** cstr) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, string, str);
  FART_NEED_POINTER(isolate, cstr);
  FART_NEED_TYPE(isolate, string, str, IsString, "String");
  std::size_t length = 0;
  const char* const text = CopyOut(isolate, string, &length);
  if (text == nullptr) [[unlikely]]
    return ToForeign(ErrorText::kOffHeapMemory);
  *cstr = text;
  return Success();
}
FART_CATCH

Fart_Handle Fart_StringToUTF8(Fart_Handle str, std::uint8_t** utf8_array,
                              std::intptr_t* length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, string, str);
  FART_NEED_POINTER(isolate, utf8_array);
  FART_NEED_POINTER(isolate, length);
  FART_NEED_TYPE(isolate, string, str, IsString, "String");
  std::size_t bytes = 0;
  char* const text = CopyOut(isolate, string, &bytes);
  if (text == nullptr) [[unlikely]]
    return ToForeign(ErrorText::kOffHeapMemory);
  *utf8_array = reinterpret_cast<std::uint8_t*>(text);
  *length = static_cast<std::intptr_t>(bytes);
  return Success();
}
FART_CATCH

Fart_Handle Fart_StringToLatin1(Fart_Handle str, std::uint8_t* latin1_array,
                                std::intptr_t* length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, string, str);
  FART_NEED_POINTER(isolate, length);
  if (*length != 0) FART_NEED_POINTER(isolate, latin1_array);
  FART_NEED_RANGE(isolate, *length, kMaxArrayLength);
  FART_NEED_TYPE(isolate, string, str, IsLatin1, "Latin-1 String");
  CopyUnitsOut(string, latin1_array, length);
  return Success();
}
FART_CATCH

Fart_Handle Fart_StringToUTF16(Fart_Handle str, std::uint16_t* utf16_array,
                               std::intptr_t* length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, string, str);
  FART_NEED_POINTER(isolate, length);
  if (*length != 0) FART_NEED_POINTER(isolate, utf16_array);
  FART_NEED_RANGE(isolate, *length, kMaxArrayLength);
  FART_NEED_TYPE(isolate, string, str, IsString, "String");
  CopyUnitsOut(string, reinterpret_cast<char16_t*>(utf16_array), length);
  return Success();
}
FART_CATCH

Fart_Handle Fart_StringStorageSize(Fart_Handle str, std::intptr_t* size) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, string, str);
  FART_NEED_POINTER(isolate, size);
  FART_NEED_TYPE(isolate, string, str, IsString, "String");
  const NoSafepointScope quiet;
  *size = static_cast<std::intptr_t>(StringByteLength(string.Get(quiet)));
  return Success();
}
FART_CATCH
