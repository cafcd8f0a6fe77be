// Place errors -- errors of calls that are wrong for where they are made: without an isolate,
// without a scope, inside a callback.
//
// They must be had without an isolate and without allocating in a heap, as the texts of
// vm/entry/error_texts.h, and say which function was called as well. So there is one for each text
// and function, made when first needed and kept for the life of the process. Their indices follow
// those of the texts. As an object each is the isolate's ready-made error of its text.

#ifndef FART_VM_ENTRY_PLACE_ERRORS_H_
#define FART_VM_ENTRY_PLACE_ERRORS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "handles/handle_value.h"
#include "vm/entry/error_texts.h"

namespace fart {

// "<function>: <text>". The same for the same text and function.
[[gnu::cold]] HandleValue PlaceErrorHandle(ErrorText text, std::string_view function);

// What such a value says, and one of ErrorHandle; never null. Only of a value of kind kErrorText.
const char* MessageOfErrorHandle(HandleValue value);

// For fork: the lock is held in between.
void HoldPlaceErrorsForFork();
void ReleasePlaceErrors();

namespace place_errors_internal {
std::optional<ErrorText> TextOfPlace(std::uint32_t index);
}  // namespace place_errors_internal

// The text that such a value, or one of ErrorHandle, stands for; nothing for any other value, and
// for one that was never given out.
inline std::optional<ErrorText> ErrorTextOf(HandleValue value) {
  if (value != HandleValue::ErrorText(value.index())) [[likely]]
    return std::nullopt;
  if (value.index() < kErrorTexts) return static_cast<ErrorText>(value.index());
  return place_errors_internal::TextOfPlace(value.index());
}

}  // namespace fart

#endif  // FART_VM_ENTRY_PLACE_ERRORS_H_
