// Natives of String that take a text apart at another one, or put several together.

#include <cstddef>
#include <cstdint>
#include <span>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "lang/natives/text_units.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

// A text that is not empty.
struct SeparatorArg {
  bool Take(const Taken& argument) {
    if (!StringArg().Take(argument)) return false;
    return StringLength(argument.value()) != 0 || argument.Refuse("must not be empty");
  }
};

// Where arguments[1] begins in arguments[0], at `start` or behind.
std::int64_t FindPart(Search& search, const ObjectPtr* arguments, std::size_t start,
                      const NoSafepointScope& quiet) {
  return WithUnits(arguments[0], quiet, [&](auto text) {
    return WithUnits(arguments[1], quiet,
                     [&](auto pattern) { return search.First(text, pattern, start); });
  });
}

// arguments: a text, what separates its parts, the list that they are added to, which is answered.
Done SplitInto(Interpreter& interpreter, ObjectPtr* arguments, StringArg, SeparatorArg,
               GrowableListArg) FART_MAY_COLLECT {
  StackRoots<1> part(interpreter.stack());
  Search search(interpreter);
  const std::size_t separator = StringLength(arguments[1]);
  for (std::size_t from = 0;;) {
    std::int64_t found = 0;
    {
      const NoSafepointScope quiet;
      found = FindPart(search, arguments, from, quiet);
    }
    if (found == Search::kStopped) return Done::kStopped;
    const bool is_last = found == Search::kNowhere;
    const std::size_t to = is_last ? StringLength(arguments[0]) : static_cast<std::size_t>(found);
    const FreshObject cut = Substring(interpreter.mutator(), Rooted(arguments), from, to);
    if (cut.is_null()) return OutOfMemory(interpreter);
    {
      const NoSafepointScope quiet;
      part.Set(0, cut.Get(quiet));
    }
    if (!GrowableListAdd(interpreter.mutator(), Rooted(arguments + 2), part[0])) {
      return OutOfMemory(interpreter);
    }
    if (is_last) return Answer(arguments, arguments[2]);
    from = to + separator;
  }
}

// arguments: a text, what is replaced in it, by what. Null: the text is not narrow, so that it is
// not known how wide the result is.
Done ReplaceAll(Interpreter& interpreter, ObjectPtr* arguments, StringArg, SeparatorArg,
                StringArg) FART_MAY_COLLECT {
  Search search(interpreter);
  const std::size_t old_length = StringLength(arguments[0]);
  const std::size_t wanted = StringLength(arguments[1]);
  const std::size_t put_in = StringLength(arguments[2]);
  std::size_t count = 0;
  bool is_narrow = false;
  {
    const NoSafepointScope quiet;
    if (!IsLatin1String(arguments[0])) return Answer(arguments, kNull);
    for (std::size_t from = 0;; ++count) {
      const std::int64_t found = FindPart(search, arguments, from, quiet);
      if (found == Search::kStopped) return Done::kStopped;
      if (found == Search::kNowhere) break;
      from = static_cast<std::size_t>(found) + wanted;
    }
    if (count == 0) return Done::kResult;  // The text itself.
    is_narrow = IsNarrow(arguments[2], quiet);
  }
  const std::size_t kept = old_length - count * wanted;
  if (put_in != 0 && count > kMaxStringLength / put_in) return OutOfMemory(interpreter);
  return AnswerFilled(interpreter, arguments, kept + count * put_in, is_narrow,
                      [&](auto* to, const NoSafepointScope& quiet) {
                        const auto text = Latin1Units(arguments[0], quiet);
                        std::size_t from = 0;
                        for (std::size_t i = 0; i < count; ++i) {
                          const std::int64_t found = FindPart(search, arguments, from, quiet);
                          if (found < 0) return;  // It is to stop.
                          const std::size_t next = static_cast<std::size_t>(found);
                          to = std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(from),
                                           next - from, to);
                          to = Append(arguments[2], to, quiet);
                          from = next + wanted;
                        }
                        std::copy(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), to);
                      });
}

enum class Parts : std::uint8_t { kTexts, kOthersToo, kStopped };

struct Measure {
  std::size_t length = 0;
  bool is_narrow = true;

  void Add(ObjectPtr text, const NoSafepointScope& quiet) {
    length += StringLength(text);
    // Nearly all are of one byte to a unit, which is told without a call.
    is_narrow = is_narrow && (IsLatin1String(text) || IsNarrow(text, quiet));
  }
};

// What a list's elements come to, with `separator` between each two of them; null: nothing.
Parts MeasureParts(const Interpreter& interpreter, ObjectPtr list, const ObjectPtr* separator,
                   Measure* measure, const NoSafepointScope& quiet) {
  const ListElements parts = ElementsOf(list, quiet);
  for (std::size_t i = 0; i < parts.length; ++i) {
    if (i % kStepsToPoll == 0 && interpreter.IsToStop()) return Parts::kStopped;
    if (!IsString(parts.first[i])) return Parts::kOthersToo;
    measure->Add(parts.first[i], quiet);
  }
  if (separator != nullptr && parts.length > 1) {
    Measure between;
    between.Add(*separator, quiet);
    measure->length += between.length * (parts.length - 1);
    measure->is_narrow = measure->is_narrow && between.is_narrow;
  }
  return Parts::kTexts;
}

Done AnswerParts(Interpreter& interpreter, ObjectPtr* arguments, const Measure& measure,
                 const ObjectPtr* separator) FART_MAY_COLLECT {
  return AnswerFilled(interpreter, arguments, measure.length, measure.is_narrow,
                      [&](auto* to, const NoSafepointScope& quiet) {
                        const ListElements parts = ElementsOf(arguments[0], quiet);
                        for (std::size_t i = 0; i < parts.length; ++i) {
                          if (i % kStepsToPoll == 0 && interpreter.IsToStop()) return;
                          if (i != 0 && separator != nullptr) to = Append(*separator, to, quiet);
                          to = Append(parts.first[i], to, quiet);
                        }
                      });
}

// arguments: a list of strings.
Done ConcatenateAll(Interpreter& interpreter, ObjectPtr* arguments, ListArg) FART_MAY_COLLECT {
  Measure measure;
  Parts parts;
  {
    const NoSafepointScope quiet;
    parts = MeasureParts(interpreter, arguments[0], nullptr, &measure, quiet);
  }
  if (parts == Parts::kStopped) return Done::kStopped;
  if (parts == Parts::kOthersToo) return interpreter.Refuse(0, "must be a List of Strings");
  return AnswerParts(interpreter, arguments, measure, nullptr);
}

// arguments: a list, what is to stand between its elements. Null: not all of them are strings.
Done Join(Interpreter& interpreter, ObjectPtr* arguments, ListArg, StringArg) FART_MAY_COLLECT {
  Measure measure;
  Parts parts;
  {
    const NoSafepointScope quiet;
    parts = MeasureParts(interpreter, arguments[0], arguments + 1, &measure, quiet);
  }
  if (parts == Parts::kStopped) return Done::kStopped;
  if (parts == Parts::kOthersToo) return Answer(arguments, kNull);
  return AnswerParts(interpreter, arguments, measure, arguments + 1);
}

// The fields of a StringBuffer, in the order of core/string.dart. No class mixes one in, for it has
// a constructor; those that extend it have theirs behind.
enum class BufferField : std::uint32_t { kParts, kLength };

ObjectPtr* SlotOf(ObjectPtr buffer, BufferField field, const NoSafepointScope& quiet) {
  return SlotAt(buffer, FieldOffset(static_cast<std::uint32_t>(field)), quiet);
}

// arguments: a StringBuffer, what is written. Of what is no text, the body makes one.
Done Write(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, AnyArg) FART_MAY_COLLECT {
  if (!IsString(arguments[1])) return Done::kBody;
  StackRoots<1> roots(interpreter.stack());
  {
    const NoSafepointScope quiet;
    roots.Set(0, *SlotOf(arguments[0], BufferField::kParts, quiet));
  }
  if (!GrowableListAdd(interpreter.mutator(), roots[0], Rooted(arguments + 1))) {
    return OutOfMemory(interpreter);
  }
  const NoSafepointScope quiet;
  ObjectPtr* const length = SlotOf(arguments[0], BufferField::kLength, quiet);
  const auto added = static_cast<std::int64_t>(StringLength(arguments[1]));
  interpreter.mutator().StoreField(arguments[0], length,
                                   ObjectPtr::FromSmi(length->SmiValue() + added));
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<Write>("StringBuffer_write"),
    Native<SplitInto>("String_splitInto"),
    Native<ReplaceAll>("String_replaceAllText"),
    Native<ConcatenateAll>("String_concatenateAll"),
    Native<Join>("String_join"),
};

}  // namespace

std::span<const IntrinsicEntry> StringPartsIntrinsics() { return kEntries; }

}  // namespace fart::lang
