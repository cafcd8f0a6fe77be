// Strings -- made from UTF-8, measured and copied out.

#include "vm/strings.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "heap/base/units.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// Inside the checks of `function`; `argument` holds `text`.
Fart_Handle NewString(Isolate& isolate, const char* function, const char* argument,
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

}  // namespace

bool Fart_IsString(Fart_Handle object) FART_READS_OBJECTS {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsString>(value);
}

Fart_Handle Fart_StringLength(Fart_Handle str, std::intptr_t* length) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, string, str);
  FART_NEED_POINTER(isolate, length);
  FART_NEED_TYPE(isolate, string, str, IsString, "String");
  const NoSafepointScope quiet;
  *length = static_cast<std::intptr_t>(StringLength(string.Get(quiet)));
  return Success();
}

Fart_Handle Fart_NewStringFromCString(const char* str) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_POINTER(isolate, str);
  const std::string_view text(str);
  if (text.size() > kMaxStringLength) [[unlikely]]
    return OutOfRange(isolate, __func__, "strlen(str)", kMaxStringLength);
  return NewString(isolate, __func__, "str", text);
}

Fart_Handle Fart_NewStringFromUTF8(const std::uint8_t* utf8_array,
                                   std::intptr_t length) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_RANGE(isolate, length, kMaxStringLength);
  if (length != 0) FART_NEED_POINTER(isolate, utf8_array);
  const std::string_view text(reinterpret_cast<const char*>(utf8_array),
                              static_cast<std::size_t>(length));
  return NewString(isolate, __func__, "utf8_array", text);
}

Fart_Handle Fart_StringToCString(Fart_Handle str, const char** cstr) FART_MAY_COLLECT {
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

Fart_Handle Fart_StringToUTF8(Fart_Handle str, std::uint8_t** utf8_array,
                              std::intptr_t* length) FART_MAY_COLLECT {
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
