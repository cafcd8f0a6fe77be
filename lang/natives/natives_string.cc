// Natives of String.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/letter_cases.h"
#include "lang/natives/natives.h"
#include "lang/natives/text_units.h"
#include "vm/values/big_integers.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

ObjectPtr Length(ObjectPtr string) {
  return ObjectPtr::FromSmi(static_cast<std::int64_t>(StringLength(string)));
}

Done StringLengthOf(Interpreter&, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  return Answer(arguments, Length(arguments[0]));
}

Done At(Interpreter& interpreter, ObjectPtr* arguments, StringArg,
        IndexArg<StringArg> index) FART_MAY_COLLECT {
  return Answer(interpreter, arguments,
                Substring(interpreter.mutator(), Rooted(arguments), index.value, index.value + 1));
}

Done CodeUnitAt(Interpreter&, ObjectPtr* arguments, StringArg,
                IndexArg<StringArg> index) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, ObjectPtr::FromSmi(StringUnitAt(arguments[0], index.value, quiet)));
}

Done Concatenate(Interpreter& interpreter, ObjectPtr* arguments, StringArg,
                 StringArg) FART_MAY_COLLECT {
  const Roots parts(arguments, 2);
  bool is_too_long;
  {
    const NoSafepointScope quiet;
    is_too_long = IsTooLongToConcat(parts, quiet);
  }
  if (is_too_long) return OutOfMemory(interpreter);
  return Answer(interpreter, arguments, ConcatStrings(interpreter.mutator(), parts));
}

Done Equals(Interpreter&, ObjectPtr* arguments, StringArg, AnyArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, BoolObject(IsString(arguments[1]) &&
                                      StringsEqual(arguments[0], arguments[1], quiet)));
}

Done HashCode(Interpreter&, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, ObjectPtr::FromSmi(StringHash(arguments[0], quiet)));
}

Done CompareTo(Interpreter&, ObjectPtr* arguments, StringArg, StringArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const int order = CompareStrings(arguments[0], arguments[1], quiet);
  return Answer(arguments, ObjectPtr::FromSmi(order < 0 ? -1 : (order > 0 ? 1 : 0)));
}

Done SubstringOf(Interpreter& interpreter, ObjectPtr* arguments, StringArg,
                 PlaceArg<StringArg> start, EndArg<StringArg> end) FART_MAY_COLLECT {
  return Answer(interpreter, arguments,
                Substring(interpreter.mutator(), Rooted(arguments), start.value, end.value));
}

// *piece `times` times, between what is there once; null: nothing is.
Done AnswerRepeated(Interpreter& interpreter, ObjectPtr* arguments, ObjectPtr* piece,
                    std::uint64_t times, ObjectPtr* before, ObjectPtr* behind) FART_MAY_COLLECT {
  const auto length_of = [](const ObjectPtr* part) {
    return part == nullptr ? std::size_t{0} : StringLength(*part);
  };
  const std::size_t length = StringLength(*piece);
  const std::size_t rest = length_of(before) + length_of(behind);
  if (length != 0 && times > kMaxStringLength / length) return OutOfMemory(interpreter);
  const std::size_t repeated = length == 0 ? 0 : length * static_cast<std::size_t>(times);
  bool is_narrow = true;
  {
    const NoSafepointScope quiet;
    for (const ObjectPtr* const part : {repeated != 0 ? piece : nullptr, before, behind}) {
      is_narrow = is_narrow && (part == nullptr || IsNarrow(*part, quiet));
    }
  }
  return AnswerFilled(
      interpreter, arguments, rest + repeated, is_narrow,
      [&](auto* to, const NoSafepointScope& quiet) {
        if (before != nullptr) to = Append(*before, to, quiet);
        if (repeated != 0) {
          // What is there already is copied: each time as much again.
          auto* const first = to;
          Append(*piece, to, quiet);
          for (std::size_t done = length; done < repeated;) {
            if (interpreter.IsToStop()) return;
            const std::size_t count = std::min({done, repeated - done, kMostToCopy});
            std::copy_n(first, count, first + done);
            done += count;
          }
          to += repeated;
        }
        if (behind != nullptr) Append(*behind, to, quiet);
      });
}

// A count of any size: what is less than nothing is nothing.
struct CountArg {
  std::uint64_t value = 0;
  bool Take(const Taken& argument) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    const ObjectPtr count = argument.value();
    if (IsInt64(count)) {
      value = static_cast<std::uint64_t>(
          std::max<std::int64_t>(IntegerValue(count, quiet), std::int64_t{0}));
    } else if (IsBigInteger(count)) {
      value = IntegerToDouble(count, quiet) < 0 ? 0 : ~std::uint64_t{0};
    } else {
      return argument.Refuse(argument_rules::kInt);
    }
    return true;
  }
};

Done Repeat(Interpreter& interpreter, ObjectPtr* arguments, StringArg,
            CountArg times) FART_MAY_COLLECT {
  return AnswerRepeated(interpreter, arguments, arguments, times.value, nullptr, nullptr);
}

// As many paddings as units are missing: a padding of several units makes the result longer.
std::uint64_t Missing(ObjectPtr string, CountArg width) {
  const std::size_t length = StringLength(string);
  return width.value > length ? width.value - length : 0;
}

// arguments: a string, the width, the padding or null: a space.
bool HasPadding(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (!arguments[2].is_null()) return true;
  const FreshObject space = NewStringFromAscii(interpreter.mutator(), " ");
  if (space.is_null()) return false;
  const NoSafepointScope quiet;
  arguments[2] = space.Get(quiet);
  return true;
}

Done PadLeft(Interpreter& interpreter, ObjectPtr* arguments, StringArg, CountArg width,
             OrNull<StringArg>) FART_MAY_COLLECT {
  if (!HasPadding(interpreter, arguments)) return OutOfMemory(interpreter);
  return AnswerRepeated(interpreter, arguments, arguments + 2, Missing(arguments[0], width),
                        nullptr, arguments);
}

Done PadRight(Interpreter& interpreter, ObjectPtr* arguments, StringArg, CountArg width,
              OrNull<StringArg>) FART_MAY_COLLECT {
  if (!HasPadding(interpreter, arguments)) return OutOfMemory(interpreter);
  return AnswerRepeated(interpreter, arguments, arguments + 2, Missing(arguments[0], width),
                        arguments, nullptr);
}

// ---- Searching

Done AnswerFound(ObjectPtr* arguments, std::int64_t found) {
  return found == Search::kStopped ? Done::kStopped : Answer(arguments, ObjectPtr::FromSmi(found));
}

template <typename Text, typename Pattern>
bool IsThere(const Text& text, const Pattern& pattern, std::size_t at) {
  return at <= text.size() && pattern.size() <= text.size() - at &&
         std::equal(pattern.begin(), pattern.end(), text.begin() + static_cast<std::ptrdiff_t>(at));
}

// A place to begin at; null: `fallback`, which is one end.
template <bool is_end>
struct StartArg {
  std::size_t value = 0;
  bool Take(const Taken& argument) {
    if (argument.value().is_null()) {
      value = is_end ? StringLength(argument.arguments[0]) : 0;
      return true;
    }
    PlaceArg<StringArg> place;
    if (!place.Take(argument)) return false;
    value = place.value;
    return true;
  }
};

Done IndexOf(Interpreter& interpreter, ObjectPtr* arguments, StringArg, StringArg,
             StartArg<false> start) FART_MAY_COLLECT {
  Search search(interpreter);
  const NoSafepointScope quiet;
  const std::int64_t found = WithUnits(arguments[0], quiet, [&](auto text) {
    return WithUnits(arguments[1], quiet,
                     [&](auto pattern) { return search.First(text, pattern, start.value); });
  });
  return AnswerFound(arguments, found);
}

Done LastIndexOf(Interpreter& interpreter, ObjectPtr* arguments, StringArg, StringArg,
                 StartArg<true> start) FART_MAY_COLLECT {
  Search search(interpreter);
  const NoSafepointScope quiet;
  const std::int64_t found = WithUnits(arguments[0], quiet, [&](auto text) {
    return WithUnits(arguments[1], quiet,
                     [&](auto pattern) { return search.Last(text, pattern, start.value); });
  });
  return AnswerFound(arguments, found);
}

Done MatchesAt(Interpreter&, ObjectPtr* arguments, StringArg, StringArg,
               StartArg<false> at) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const bool is_there = WithUnits(arguments[0], quiet, [&](auto text) {
    return WithUnits(arguments[1], quiet,
                     [&](auto pattern) { return IsThere(text, pattern, at.value); });
  });
  return Answer(arguments, BoolObject(is_there));
}

Done EndsWith(Interpreter&, ObjectPtr* arguments, StringArg, StringArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const bool is_there = WithUnits(arguments[0], quiet, [&](auto text) {
    return WithUnits(arguments[1], quiet, [&](auto pattern) {
      return pattern.size() <= text.size() && IsThere(text, pattern, text.size() - pattern.size());
    });
  });
  return Answer(arguments, BoolObject(is_there));
}

// ---- Letters

// Whether with(piece) holds for all pieces that `units` are cut into; leaves off when the isolate
// is to stop.
template <typename Units, typename With>
bool InPieces(const Interpreter& interpreter, Units units, With&& with) {
  while (!units.empty() && !interpreter.IsToStop()) {
    const std::size_t length = std::min(units.size(), kStepsToPoll);
    if (!with(units.first(length))) return false;
    units = units.subspan(length);
  }
  return true;
}

constexpr bool IsSecondOfPair(char16_t unit) { return (unit & 0xFC00) == 0xDC00; }

// Each unit stands for one. `convert_pair` is for the second of a pair, which is never in a text of
// bytes.
template <char16_t (*convert)(char16_t), char16_t (*convert_pair)(char16_t, char16_t)>
Done Converted(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  bool is_narrow;
  {
    const NoSafepointScope quiet;
    is_narrow = WithUnits(arguments[0], quiet, [&](auto units) {
      return InPieces(interpreter, units, [](auto piece) {
        return std::all_of(piece.begin(), piece.end(),
                           [](auto unit) { return convert(unit) <= 0xFF; });
      });
    });
  }
  return AnswerFilled(interpreter, arguments, StringLength(arguments[0]), is_narrow,
                      [&](auto* to, const NoSafepointScope& quiet) {
                        WithUnits(arguments[0], quiet, [&](auto units) {
                          using Unit = std::remove_reference_t<decltype(*to)>;
                          char16_t before = 0;
                          InPieces(interpreter, units, [&to, &before](auto piece) {
                            to = std::transform(piece.begin(), piece.end(), to, [&](char16_t unit) {
                              const bool is_second = IsSecondOfPair(unit);
                              const char16_t other =
                                  is_second ? convert_pair(before, unit) : convert(unit);
                              before = unit;
                              return static_cast<Unit>(other);
                            });
                            return true;
                          });
                        });
                      });
}

Done ToUpperCase(Interpreter& interpreter, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  return Converted<ToUpper, ToUpper>(interpreter, arguments);
}
Done ToLowerCase(Interpreter& interpreter, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  return Converted<ToLower, ToLower>(interpreter, arguments);
}

bool IsSpace(char16_t unit) {
  return (unit >= 0x09 && unit <= 0x0D) || unit == 0x20 || unit == 0x85 || unit == 0xA0 ||
         unit == 0x1680 || unit == 0x180E || (unit >= 0x2000 && unit <= 0x200A) || unit == 0x2028 ||
         unit == 0x2029 || unit == 0x202F || unit == 0x205F || unit == 0x3000 || unit == 0xFEFF;
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

Done Trim(Interpreter& interpreter, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  return TrimEnds(interpreter, arguments, true, true);
}
Done TrimLeft(Interpreter& interpreter, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  return TrimEnds(interpreter, arguments, true, false);
}
Done TrimRight(Interpreter& interpreter, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  return TrimEnds(interpreter, arguments, false, true);
}

// ---- From lists

// Whether an element is a code point, a lone surrogate included.
bool IsCodePoint(ObjectPtr code) {
  return code.IsSmi() && code.SmiValue() >= 0 && code.SmiValue() <= 0x10FFFF;
}

// arguments: a list, start, end (within it).
Done FromCharCodes(Interpreter& interpreter, ObjectPtr* arguments, ListArg, PlaceArg<ListArg> start,
                   EndArg<ListArg> end) FART_MAY_COLLECT {
  std::size_t length = 0;
  bool is_narrow = true;
  {
    const NoSafepointScope quiet;
    for (std::size_t i = start.value; i < end.value; ++i) {
      if (i % kStepsToPoll == 0 && interpreter.IsToStop()) return Done::kStopped;
      const ObjectPtr code = ListAt(arguments[0], i, quiet);
      if (!IsCodePoint(code)) {
        arguments[0] = code;
        return interpreter.Refuse(0, "must be code points, from 0 to 0x10FFFF");
      }
      length += code.SmiValue() > 0xFFFF ? 2 : 1;
      is_narrow = is_narrow && code.SmiValue() <= 0xFF;
    }
  }
  return AnswerFilled(interpreter, arguments, length, is_narrow,
                      [&](auto* to, const NoSafepointScope& quiet) {
                        using Unit = std::remove_reference_t<decltype(*to)>;
                        for (std::size_t i = start.value; i < end.value; ++i) {
                          if (i % kStepsToPoll == 0 && interpreter.IsToStop()) return;
                          const std::int64_t point = ListAt(arguments[0], i, quiet).SmiValue();
                          if (point > 0xFFFF) {
                            *to++ = static_cast<Unit>(0xD800 + ((point - 0x10000) >> 10));
                            *to++ = static_cast<Unit>(0xDC00 + ((point - 0x10000) & 0x3FF));
                          } else {
                            *to++ = static_cast<Unit>(point);
                          }
                        }
                      });
}

constexpr IntrinsicEntry kEntries[] = {
    Native<StringLengthOf>("String_length"),
    Native<At>("String_at"),
    Native<CodeUnitAt>("String_codeUnitAt"),
    Native<Concatenate>("String_concatenate"),
    Native<Equals>("String_equals"),
    Native<HashCode>("String_hashCode"),
    Native<CompareTo>("String_compareTo"),
    Native<SubstringOf>("String_substring"),
    NativeOfStrings<IndexOf>("String_indexOfPattern"),
    NativeOfStrings<LastIndexOf>("String_lastIndexOfPattern"),
    NativeOfStrings<MatchesAt>("String_matchesPatternAt"),
    Native<EndsWith>("String_endsWith"),
    Native<Repeat>("String_repeat"),
    Native<PadLeft>("String_padLeft"),
    Native<PadRight>("String_padRight"),
    Native<ToUpperCase>("String_toUpperCase"),
    Native<ToLowerCase>("String_toLowerCase"),
    Native<Trim>("String_trim"),
    Native<TrimLeft>("String_trimLeft"),
    Native<TrimRight>("String_trimRight"),
    Native<FromCharCodes>("String_fromCharCodes"),
};

}  // namespace

std::span<const IntrinsicEntry> StringIntrinsics() { return kEntries; }

}  // namespace fart::lang
