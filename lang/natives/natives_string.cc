// Natives of String.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/natives.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

ObjectPtr Length(ObjectPtr string) {
  return ObjectPtr::FromSmi(static_cast<std::int64_t>(StringLength(string)));
}

// Whether arguments[which] is a string; if not, the error is raised in *done.
bool TakesString(Interpreter& interpreter, ObjectPtr* arguments, std::size_t which,
                 Done* done) FART_MAY_COLLECT {
  if (IsString(arguments[which])) return true;
  *done = RaiseArgument(interpreter, arguments, which, "Not a string");
  return false;
}

// The same for an index into the string arguments[0].
bool TakesIndex(Interpreter& interpreter, ObjectPtr* arguments, Done* done) {
  const ObjectPtr index = arguments[1];
  const std::size_t length = StringLength(arguments[0]);
  if (index.IsSmi() && static_cast<std::uint64_t>(index.SmiValue()) < length) return true;
  *done = Raise(interpreter, arguments, Helper::kIndexError,
                {index, arguments[0], Length(arguments[0])});
  return false;
}

std::size_t IndexOfArgument(ObjectPtr smi) { return static_cast<std::size_t>(smi.SmiValue()); }

Done StringLengthOf(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(arguments, Length(arguments[0]));
}

Done At(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  Done done;
  if (!TakesIndex(interpreter, arguments, &done)) return done;
  const std::size_t index = IndexOfArgument(arguments[1]);
  return Answer(interpreter, arguments,
                Substring(interpreter.mutator(), Rooted(arguments), index, index + 1));
}

Done CodeUnitAt(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  Done done;
  if (!TakesIndex(interpreter, arguments, &done)) return done;
  const NoSafepointScope quiet;
  return Answer(arguments, ObjectPtr::FromSmi(
                               StringUnitAt(arguments[0], IndexOfArgument(arguments[1]), quiet)));
}

Done Concatenate(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  Done done;
  if (!TakesString(interpreter, arguments, 1, &done)) return done;
  const Roots parts(arguments, 2);
  bool is_too_long;
  {
    const NoSafepointScope quiet;
    is_too_long = IsTooLongToConcat(parts, quiet);
  }
  if (is_too_long) {
    interpreter.SetPendingOutOfMemory();
    return Done::kThrow;
  }
  return Answer(interpreter, arguments, ConcatStrings(interpreter.mutator(), parts));
}

Done Equals(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, BoolObject(IsString(arguments[1]) &&
                                      StringsEqual(arguments[0], arguments[1], quiet)));
}

Done HashCode(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, ObjectPtr::FromSmi(StringHash(arguments[0], quiet)));
}

Done CompareTo(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  Done done;
  if (!TakesString(interpreter, arguments, 1, &done)) return done;
  const NoSafepointScope quiet;
  const int order = CompareStrings(arguments[0], arguments[1], quiet);
  return Answer(arguments, ObjectPtr::FromSmi(order < 0 ? -1 : (order > 0 ? 1 : 0)));
}

// arguments[1] and [2] are within the string: the library has checked.
Done SubstringOf(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(interpreter, arguments,
                Substring(interpreter.mutator(), Rooted(arguments), IndexOfArgument(arguments[1]),
                          IndexOfArgument(arguments[2])));
}

// ---- Searching

std::u16string UnitsOf(ObjectPtr string) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  if (!IsLatin1String(string)) {
    const auto units = Utf16Units(string, quiet);
    return std::u16string(units.begin(), units.end());
  }
  const auto units = Latin1Units(string, quiet);
  return std::u16string(units.begin(), units.end());
}

ObjectPtr PlaceOrMinusOne(std::size_t place) {
  return ObjectPtr::FromSmi(place == std::u16string::npos ? -1 : static_cast<std::int64_t>(place));
}

template <typename Char>
std::basic_string_view<Char> ViewOf(std::span<const std::uint8_t> units) {
  return {reinterpret_cast<const Char*>(units.data()), units.size()};
}

Done IndexOf(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  Done done;
  if (!TakesString(interpreter, arguments, 1, &done)) return done;
  const std::size_t start = IndexOfArgument(arguments[2]);
  const NoSafepointScope quiet;
  if (IsLatin1String(arguments[0]) && IsLatin1String(arguments[1])) {
    const auto text = ViewOf<char>(Latin1Units(arguments[0], quiet));
    return Answer(arguments, PlaceOrMinusOne(
                                 text.find(ViewOf<char>(Latin1Units(arguments[1], quiet)), start)));
  }
  return Answer(arguments,
                PlaceOrMinusOne(UnitsOf(arguments[0]).find(UnitsOf(arguments[1]), start)));
}

Done LastIndexOf(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  Done done;
  if (!TakesString(interpreter, arguments, 1, &done)) return done;
  return Answer(
      arguments,
      PlaceOrMinusOne(
          UnitsOf(arguments[0]).rfind(UnitsOf(arguments[1]), IndexOfArgument(arguments[2]))));
}

Done MatchesAt(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  Done done;
  if (!TakesString(interpreter, arguments, 1, &done)) return done;
  const NoSafepointScope quiet;
  const std::size_t at = IndexOfArgument(arguments[2]);
  const std::size_t length = StringLength(arguments[1]);
  if (length > StringLength(arguments[0]) - at) return Answer(arguments, kFalse);
  for (std::size_t i = 0; i < length; ++i) {
    if (StringUnitAt(arguments[0], at + i, quiet) != StringUnitAt(arguments[1], i, quiet)) {
      return Answer(arguments, kFalse);
    }
  }
  return Answer(arguments, kTrue);
}

// ---- Letters. Of the alphabets in which upper and lower case lie at a fixed distance; letters of
// others, and those whose other case has more letters, stay as they are.

constexpr char16_t kSharpS = 0xDF;
constexpr char16_t kDivisionSign = 0xF7;
constexpr char16_t kMultiplicationSign = 0xD7;
constexpr char16_t kFinalSigma = 0x3C2;

char16_t ToUpper(char16_t unit) {
  const auto is_in = [unit](char16_t first, char16_t last) {
    return unit >= first && unit <= last;
  };
  if (is_in('a', 'z')) return static_cast<char16_t>(unit - 0x20);
  if (unit < 0x80) return unit;
  if (is_in(0xE0, 0xFE) && unit != kDivisionSign) return static_cast<char16_t>(unit - 0x20);
  if (unit == 0xFF) return 0x178;
  if (is_in(0x3B1, 0x3C9)) return unit == kFinalSigma ? 0x3A3 : static_cast<char16_t>(unit - 0x20);
  if (is_in(0x430, 0x44F)) return static_cast<char16_t>(unit - 0x20);
  if (is_in(0x450, 0x45F)) return static_cast<char16_t>(unit - 0x50);
  return unit;
}

char16_t ToLower(char16_t unit) {
  const auto is_in = [unit](char16_t first, char16_t last) {
    return unit >= first && unit <= last;
  };
  if (is_in('A', 'Z')) return static_cast<char16_t>(unit + 0x20);
  if (unit < 0x80) return unit;
  if (is_in(0xC0, 0xDE) && unit != kMultiplicationSign) return static_cast<char16_t>(unit + 0x20);
  if (unit == 0x178) return 0xFF;
  if (is_in(0x391, 0x3A9)) return static_cast<char16_t>(unit + 0x20);
  if (is_in(0x410, 0x42F)) return static_cast<char16_t>(unit + 0x20);
  if (is_in(0x400, 0x40F)) return static_cast<char16_t>(unit + 0x50);
  return unit;
}

static_assert(kSharpS < 0xE0);  // No case of its own above.

Done AnswerUnits(Interpreter& interpreter, ObjectPtr* arguments,
                 const std::u16string& units) FART_MAY_COLLECT {
  return Answer(interpreter, arguments, NewStringFromUtf16(interpreter.mutator(), units));
}

Done ToUpperCase(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::u16string units = UnitsOf(arguments[0]);
  std::transform(units.begin(), units.end(), units.begin(), ToUpper);
  return AnswerUnits(interpreter, arguments, units);
}

Done ToLowerCase(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::u16string units = UnitsOf(arguments[0]);
  std::transform(units.begin(), units.end(), units.begin(), ToLower);
  return AnswerUnits(interpreter, arguments, units);
}

bool IsSpace(char16_t unit) {
  return (unit >= 0x09 && unit <= 0x0D) || unit == 0x20 || unit == 0x85 || unit == 0xA0 ||
         unit == 0x1680 || (unit >= 0x2000 && unit <= 0x200A) || unit == 0x2028 || unit == 0x2029 ||
         unit == 0x202F || unit == 0x205F || unit == 0x3000 || unit == 0xFEFF;
}

Done TrimEnds(Interpreter& interpreter, ObjectPtr* arguments, bool left,
              bool right) FART_MAY_COLLECT {
  std::size_t from = 0;
  std::size_t to = StringLength(arguments[0]);
  {
    const NoSafepointScope quiet;
    while (left && from < to && IsSpace(StringUnitAt(arguments[0], from, quiet))) ++from;
    while (right && from < to && IsSpace(StringUnitAt(arguments[0], to - 1, quiet))) --to;
  }
  return Answer(interpreter, arguments,
                Substring(interpreter.mutator(), Rooted(arguments), from, to));
}

Done Trim(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return TrimEnds(interpreter, arguments, true, true);
}
Done TrimLeft(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return TrimEnds(interpreter, arguments, true, false);
}
Done TrimRight(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return TrimEnds(interpreter, arguments, false, true);
}

// ---- From lists

// arguments: a list, start, end (within it).
Done FromCharCodes(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::u16string units;
  const std::size_t end = IndexOfArgument(arguments[2]);
  for (std::size_t i = IndexOfArgument(arguments[1]); i < end; ++i) {
    ObjectPtr code;
    {
      const NoSafepointScope quiet;
      code = ListAt(arguments[0], i, quiet);
    }
    const std::int64_t point = code.IsSmi() ? code.SmiValue() : -1;
    if (point < 0 || point > 0x10FFFF) {
      arguments[0] = code;
      return RaiseArgument(interpreter, arguments, 0, "Not a code point");
    }
    if (point < 0x10000) {
      units += static_cast<char16_t>(point);
    } else {
      units += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
      units += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
    }
  }
  return AnswerUnits(interpreter, arguments, units);
}

// arguments: a list of strings, how many of them. They are joined on the stack's side of the
// border: through a copy of the text, because a list's elements are no root slots.
Done ConcatenateAll(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const std::size_t count = IndexOfArgument(arguments[1]);
  std::u16string units;
  std::size_t length = 0;
  {
    const NoSafepointScope quiet;
    for (std::size_t i = 0; i < count; ++i) {
      length += StringLength(ListAt(arguments[0], i, quiet));
    }
    if (length > kMaxStringLength) {
      interpreter.SetPendingOutOfMemory();
      return Done::kThrow;
    }
    units.reserve(length);
    for (std::size_t i = 0; i < count; ++i) units += UnitsOf(ListAt(arguments[0], i, quiet));
  }
  return AnswerUnits(interpreter, arguments, units);
}

constexpr IntrinsicEntry kEntries[] = {
    {"String_length", StringLengthOf},
    {"String_at", At},
    {"String_codeUnitAt", CodeUnitAt},
    {"String_concatenate", Concatenate},
    {"String_equals", Equals},
    {"String_hashCode", HashCode},
    {"String_compareTo", CompareTo},
    {"String_substring", SubstringOf},
    {"String_indexOf", IndexOf},
    {"String_lastIndexOf", LastIndexOf},
    {"String_matchesAt", MatchesAt},
    {"String_toUpperCase", ToUpperCase},
    {"String_toLowerCase", ToLowerCase},
    {"String_trim", Trim},
    {"String_trimLeft", TrimLeft},
    {"String_trimRight", TrimRight},
    {"String_fromCharCodes", FromCharCodes},
    {"String_concatenateAll", ConcatenateAll},
};

}  // namespace

std::span<const IntrinsicEntry> StringIntrinsics() { return kEntries; }

}  // namespace fart::lang
