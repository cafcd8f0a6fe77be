#include "lang/natives/foreign_pointer.h"

#include "vm/ffi/native_memory.h"
#include "vm/values/strings.h"

namespace fart::lang {

std::string Hex(std::uint64_t value) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  do {
    text.insert(text.begin(), kDigits[value % 16]);
    value /= 16;
  } while (value != 0);
  return "0x" + text;
}

Done RaiseState(Interpreter& interpreter, ObjectPtr* arguments, const std::string& message) {
  const FreshObject text = NewStringFromUtf8(interpreter.mutator(), message);
  if (text.is_null()) return Answer(interpreter, arguments, text);
  const NoSafepointScope quiet;
  return Raise(interpreter, arguments, Helper::kStateError, {text.Get(quiet)});
}

ffi::ForeignLibrary* LibraryOf(ForeignState& state, const Place& place) {
  if (place.origin >= 0) return nullptr;
  return state.libraries().Get(static_cast<std::uint64_t>(-1 - place.origin));
}

std::string WhyDead(ForeignState& state, const Place& place) {
  if (place.IsInBlock()) {
    const ffi::BlockRange range = ffi::RangeOf(place.block());
    if (range.is_live) return {};
    return "the pointer " + Hex(place.address) + " is into native memory that has been freed";
  }
  const ffi::ForeignLibrary* const library = LibraryOf(state, place);
  if (library == nullptr || library->is_open()) return {};
  return "the pointer " + Hex(place.address) + " is into the library '" + library->name() +
         "', which has been closed";
}

bool MayAccess(Interpreter& interpreter, ObjectPtr* arguments, const Place& place,
               std::uint64_t size, Done* done) {
  if (place.address < kNullPage) [[unlikely]] {
    *done = interpreter.Refuse(
        0, place.address == 0 ? "must not be nullptr"
                              : "must not be an address in the first page, " + Hex(place.address));
    return false;
  }
  if (place.origin == kUnknownOrigin) return true;
  if (place.IsInBlock()) {
    if (ffi::IsWithin(place.block(), place.address, size)) [[likely]]
      return true;
    const ffi::BlockRange range = ffi::RangeOf(place.block());
    if (range.is_live) {
      const auto offset = static_cast<std::int64_t>(place.address - range.address);
      *done = interpreter.RefusePlace(0, "must be used within its " + std::to_string(range.size) +
                                             " bytes, and not for " + std::to_string(size) +
                                             " bytes at " + std::to_string(offset));
      return false;
    }
  }
  const std::string why = WhyDead(ForeignState::Of(interpreter), place);
  if (why.empty()) return true;
  *done = RaiseState(interpreter, arguments, "Access of native memory: " + why + ".");
  return false;
}

}  // namespace fart::lang
