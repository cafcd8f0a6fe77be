// Natives of package:ffi: texts in C's memory.

#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/foreign_pointer.h"
#include "lang/natives/natives.h"
#include "lang/natives/quick_foreign.h"
#include "vm/ffi/native_memory.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

// How many units lie before a zero one; nothing: *done is the error.
template <typename Unit>
std::optional<std::size_t> LengthOf(Interpreter& interpreter, ObjectPtr* arguments, Place place,
                                    Done* done) FART_MAY_COLLECT {
  if (!MayAccess(interpreter, arguments, place, sizeof(Unit), done)) return std::nullopt;
  std::size_t most = std::numeric_limits<std::size_t>::max();
  if (place.IsInBlock()) {
    const ffi::BlockRange range = ffi::RangeOf(place.block());
    most = (range.size - (place.address - range.address)) / sizeof(Unit);
  }
  const std::size_t length = UnitsBeforeZero<Unit>(place.address, most);
  if (length < most) return length;
  *done = interpreter.RefusePlace(0, "must be a text that ends with a zero within its " +
                                         BytesText(most * sizeof(Unit)) + HistoryInRule(place));
  return std::nullopt;
}

// The length that was given, if so many units may be read; or what LengthOf says.
template <typename Unit>
std::optional<std::size_t> LengthToRead(Interpreter& interpreter, ObjectPtr* arguments,
                                        const Place& place, const OrNull<Int64Arg>& given,
                                        Done* done) FART_MAY_COLLECT {
  if (!given.is_given) return LengthOf<Unit>(interpreter, arguments, place, done);
  if (given.given.value < 0 || given.given.value > static_cast<std::int64_t>(kMaxStringLength)) {
    *done = interpreter.RefuseRange(1, 0, static_cast<std::int64_t>(kMaxStringLength));
    return std::nullopt;
  }
  const auto length = static_cast<std::size_t>(given.given.value);
  if (!MayAccess(interpreter, arguments, place, length * sizeof(Unit), done)) return std::nullopt;
  return length;
}

// (pointer)
template <typename Unit>
Done TextLength(Interpreter& interpreter, ObjectPtr* arguments,
                PointerArg pointer) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const auto length = LengthOf<Unit>(interpreter, arguments, pointer.place, &done);
  if (!length) return done;
  return AnswerInteger(interpreter, arguments, static_cast<std::int64_t>(*length));
}

// Where the first sequence begins that is no character. There is one.
std::size_t FirstMalformed(std::string_view text) {
  // Of the longest valid beginning; a sequence has at most four bytes.
  std::size_t valid = 0;
  while (valid < text.size()) {
    std::size_t length = 1;
    while (length <= 4 && valid + length <= text.size() &&
           !IsValidUtf8(text.substr(valid, length))) {
      ++length;
    }
    if (length > 4 || valid + length > text.size()) break;
    valid += length;
  }
  return valid;
}

// As dart:convert's UTF-8 has it: half of a pair is no character. Written it is U+FFFD, which takes
// as many bytes.
char* FindSurrogate(char* text, std::size_t size) {
  constexpr unsigned char kLead = 0xED;
  constexpr unsigned char kFirst = 0xA0;
  char* const end = text + size;
  while (text != end) {
    text = static_cast<char*>(std::memchr(text, kLead, static_cast<std::size_t>(end - text)));
    if (text == nullptr || end - text < 3) return nullptr;
    if (static_cast<unsigned char>(text[1]) >= kFirst) return text;
    text += 3;
  }
  return nullptr;
}

// As dart:convert's has it too: at the beginning of a text it is no part of that.
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// (pointer, length or null): the text; of malformed bytes an int, where they begin.
Done TextFromUtf8(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                  OrNull<Int64Arg> given) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const auto length = LengthToRead<char>(interpreter, arguments, pointer.place, given, &done);
  if (!length) return done;
  std::string_view text(reinterpret_cast<const char*>(pointer.place.address), *length);
  const std::size_t mark = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  text.remove_prefix(mark);
  const Utf8Measure measure = MeasureUtf8(text);
  if (!measure.is_valid) {
    return Answer(arguments,
                  ObjectPtr::FromSmi(static_cast<std::int64_t>(mark + FirstMalformed(text))));
  }
  if (!measure.is_latin1) {
    auto* const first = reinterpret_cast<char*>(pointer.place.address);
    if (const char* const surrogate = FindSurrogate(first, *length)) {
      return Answer(arguments, ObjectPtr::FromSmi(surrogate - first));
    }
  }
  return Answer(interpreter, arguments, NewStringFromUtf8(interpreter.mutator(), text, measure));
}

// (pointer, length or null, free or null): as the program's toDartString.
bool QuickTextFromUtf8(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const ForeignState* const state = ForeignState::IfAny(interpreter);
  QuickPlace place;
  if (state == nullptr || !arguments[1].is_null() || !arguments[2].is_null() ||
      !FindPlace(*state, arguments[0], &place) || !CanBeMemory({.address = place.address})) {
    return false;
  }
  CStringScan found{};
  const auto* const text = reinterpret_cast<const char*>(place.address);
  if (place.block == ffi::kNoBlock) {
    found = ScanCString(text);
  } else {
    const ffi::BlockRange range = ffi::RangeOf(place.block);
    const std::uint64_t offset = place.address - range.address;
    if (!range.is_live || offset >= range.size) return false;
    found.length = strnlen(text, range.size - offset);
    if (found.length == range.size - offset) return false;
    found.is_ascii = IsAscii({text, found.length});
  }
  if (!found.is_ascii || found.length > kMaxStringLength) return false;
  const FreshObject fresh = NewStringFromAscii(interpreter.mutator(), {text, found.length});
  if (fresh.is_null()) [[unlikely]]
    return false;
  const NoSafepointScope quiet;
  arguments[0] = fresh.Get(quiet);
  return true;
}

Done TextFromUtf16(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                   OrNull<Int64Arg> given) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const auto length = LengthToRead<char16_t>(interpreter, arguments, pointer.place, given, &done);
  if (!length) return done;
  // Copied first: it need not be aligned.
  std::vector<char16_t> units(*length);
  if (!units.empty()) {
    std::memcpy(units.data(), reinterpret_cast<const void*>(pointer.place.address),
                units.size() * sizeof(char16_t));
  }
  return Answer(interpreter, arguments, NewStringFromUtf16(interpreter.mutator(), units));
}

Done TextUtf8Length(Interpreter&, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments,
                ObjectPtr::FromSmi(static_cast<std::int64_t>(Utf8Length(arguments[0], quiet))));
}

// (pointer, text): writes it and a zero.
Done TextToUtf8(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                StringArg) FART_MAY_COLLECT {
  std::size_t length;
  {
    const NoSafepointScope quiet;
    length = Utf8Length(arguments[1], quiet);
  }
  Done done = Done::kRefused;
  if (!MayAccess(interpreter, arguments, pointer.place, length + 1, &done)) return done;
  auto* const to = reinterpret_cast<char*>(pointer.place.address);
  const NoSafepointScope quiet;
  CopyToUtf8(arguments[1], to, quiet);
  to[length] = '\0';
  if (length != StringLength(arguments[1])) {
    char* at = to;
    while ((at = FindSurrogate(at, static_cast<std::size_t>(to + length - at))) != nullptr) {
      std::memcpy(at, "\xEF\xBF\xBD", 3);
    }
  }
  return Answer(arguments, kNull);
}

Done TextToUtf16(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                 StringArg) FART_MAY_COLLECT {
  const std::size_t length = StringLength(arguments[1]);
  Done done = Done::kRefused;
  if (!MayAccess(interpreter, arguments, pointer.place, (length + 1) * sizeof(char16_t), &done)) {
    return done;
  }
  auto* const to = reinterpret_cast<char*>(pointer.place.address);
  const NoSafepointScope quiet;
  for (std::size_t i = 0; i <= length; ++i) {
    const char16_t unit = i < length ? StringUnitAt(arguments[1], i, quiet) : u'\0';
    std::memcpy(to + i * sizeof(unit), &unit, sizeof(unit));
  }
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<TextLength<char>>("Utf8_length"), Native<TextLength<char16_t>>("Utf16_length"),
    Native<TextFromUtf8>("Utf8_text"),       Native<TextFromUtf16>("Utf16_text"),
    Native<TextUtf8Length>("Utf8_lengthOf"), Native<TextToUtf8>("Utf8_write"),
    Native<TextToUtf16>("Utf16_write"),      QuickWay<QuickTextFromUtf8, 3>("Utf8_toDartString"),
};

}  // namespace

std::span<const IntrinsicEntry> FfiTextIntrinsics() { return kEntries; }

}  // namespace fart::lang
