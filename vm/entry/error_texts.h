// Error texts -- the errors that must be had without an isolate or without allocating, and how the
// sentences of all others are put together.
//
// A host sees such an error as HandleValue::ErrorText(index) (handles/handle_value.h). Each isolate
// also has a ready-made error object of every text (Isolate::ReadyError), for when one travels as
// an object: as a native function's result, say.

#ifndef FART_VM_ENTRY_ERROR_TEXTS_H_
#define FART_VM_ENTRY_ERROR_TEXTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "handles/handle_value.h"

namespace fart {

enum class ErrorText : std::uint32_t {
  kNoIsolate,      // ENTRY
  kNoScope,        // SCOPE
  kInCallback,     // CALLBACK
  kOutOfMemory,    // MEMORY: the heap limit
  kNoHandleSpace,  // MEMORY: no room for another handle
  kOffHeapMemory,  // MEMORY: outside the heap
  kStackOverflow,
  kNoFrameToPropagate,
  kNoFrameToThrow,
};
inline constexpr std::uint32_t kErrorTexts = 9;

// Never null for an index below kErrorTexts; else a text that says so.
const char* TextOf(ErrorText text);

inline constexpr HandleValue ErrorHandle(ErrorText text) {
  return HandleValue::ErrorText(static_cast<std::uint32_t>(text));
}
// Only of a value of kind kErrorText.
inline const char* TextOfErrorHandle(HandleValue value) {
  return TextOf(static_cast<ErrorText>(value.index()));
}

// ---- Sentences: which function, which argument, which rule, and what was found. Arguments are
// names.
// "<function> expects argument '<argument>' to be non-null."
std::string ExpectsNonNull(std::string_view function, std::string_view argument);
// "<function> expects argument '<argument>' to be of type <type>. It is of type <found>."
std::string ExpectsType(std::string_view function, std::string_view argument, std::string_view type,
                        std::string_view found);
// "<function> expects argument '<argument>' to be in the range [0..<max>]. It is <found>."
std::string ExpectsRange(std::string_view function, std::string_view argument, std::uint64_t max,
                         std::int64_t found);
// "<function> expects argument '<argument>' to be a live handle, but ...". `is_null` tells NULL
// from other values that are no handles; the status is not kOk and not kErrorText.
std::string ExpectsLiveHandle(std::string_view function, std::string_view argument,
                              HandleStatus status, bool is_null);
// "<function> expects argument '<argument>' to be <rule>."
std::string Expects(std::string_view function, std::string_view argument, std::string_view rule);
// What is put behind the rule, which stays as older implementations had it: " It is of type
// <found>."
std::string ItIsOfType(std::string_view found);
std::string ItIs(std::int64_t found);

}  // namespace fart

#endif  // FART_VM_ENTRY_ERROR_TEXTS_H_
