#include "lang/natives/foreign_pointer.h"

#include "vm/ffi/memory_report.h"
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

std::string BytesText(std::uint64_t size) {
  return std::to_string(size) + (size == 1 ? " byte" : " bytes");
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
    const std::string who = "the pointer " + Hex(place.address) + " is into ";
    if (!range.is_known) return who + "native memory that has been freed";
    const auto offset = static_cast<std::int64_t>(place.address - range.address);
    return who + "a block of " + BytesText(range.size) + " that has been freed, at byte " +
           std::to_string(offset);
  }
  if (place.origin == kTypedDataOrigin) {
    return "the pointer is into typed data of the program, which has an address in calls only";
  }
  const ffi::ForeignLibrary* const library = LibraryOf(state, place);
  if (library == nullptr || library->is_open()) return {};
  return "the pointer " + Hex(place.address) + " is into the library '" + library->name() +
         "', which has been closed";
}

std::string HistoryOf(const Place& place) {
  return place.IsInBlock() ? ffi::HistoryOf(place.block()) : std::string();
}

// "\nAllocated:\n  #0 f (..)\n  #1 g (..)" becomes " (allocated: #0 f (..) #1 g (..))".
std::string HistoryInRule(const Place& place) {
  std::string text;
  const std::string history = HistoryOf(place);
  for (std::size_t i = 0; i < history.size(); ++i) {
    if (history[i] != '\n') {
      text += history[i];
    } else if (i + 1 < history.size() && history[i + 1] == ' ') {
      ++i;  // A line of a stack, after two blanks.
    } else {
      text += text.empty() ? " (" : "; ";
    }
  }
  return text.empty() ? text : text + ")";
}

bool MayAccess(Interpreter& interpreter, ObjectPtr* arguments, const Place& place,
               std::uint64_t size, Done* done) {
  if (place.address - kNullPage >= kMemoryEnd - kNullPage && place.origin != kTypedDataOrigin)
      [[unlikely]] {
    *done = interpreter.Refuse(
        0, place.address == 0 ? "must not be nullptr"
           : place.address < kNullPage
               ? "must not be an address in the first page, " + Hex(place.address)
               : "must not be an address where there is no memory, " + Hex(place.address));
    return false;
  }
  if (place.origin == kUnknownOrigin) return true;
  if (place.IsInBlock()) {
    if (ffi::IsWithin(place.block(), place.address, size)) [[likely]]
      return true;
    const ffi::BlockRange range = ffi::RangeOf(place.block());
    if (range.is_live) {
      const auto offset = static_cast<std::int64_t>(place.address - range.address);
      *done = interpreter.RefusePlace(0, "must be used within its " + BytesText(range.size) +
                                             ", and not for " + BytesText(size) + " at byte " +
                                             std::to_string(offset) + HistoryInRule(place));
      return false;
    }
  }
  const std::string why = WhyDead(ForeignState::Of(interpreter), place);
  if (why.empty()) return true;
  *done = RaiseState(
      interpreter, arguments,
      "Access of " + BytesText(size) + " of native memory: " + why + "." + HistoryOf(place));
  return false;
}

}  // namespace fart::lang
