// Natives of RegExp. What is compiled lives outside the heap; external typed data that no program
// sees is its owner, and frees it when it dies.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "lang/natives/regular_expression.h"
#include "vm/isolate.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

namespace {

constexpr const char* kCompiled = "must be compiled";

struct CompiledArg {
  RegularExpression* value = nullptr;
  bool Take(const Taken& argument) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    if (!IsExternalTypedData(argument.value())) return argument.Refuse(kCompiled);
    value = reinterpret_cast<RegularExpression*>(BytesOf(argument.value(), quiet).first);
    return value != nullptr || argument.Refuse(kCompiled);
  }
};

std::u16string UnitsOf(ObjectPtr string, const NoSafepointScope& quiet) {
  std::u16string units(StringLength(string), u'\0');
  CopyStringUnits(string, 0, units.size(), units.data(), quiet);
  return units;
}

void Free(void*, void* expression) { delete static_cast<RegularExpression*>(expression); }

// (pattern, multiLine, caseSensitive): the owner; of a pattern that is none, "offset message".
Done Compile(Interpreter& interpreter, ObjectPtr* arguments, StringArg, BoolArg multi_line,
             BoolArg case_sensitive) FART_MAY_COLLECT {
  std::u16string pattern;
  {
    const NoSafepointScope quiet;
    pattern = UnitsOf(arguments[0], quiet);
  }
  PatternError error;
  std::unique_ptr<RegularExpression> expression =
      RegularExpression::Compile(pattern, multi_line.value, case_sensitive.value, &error);
  if (expression == nullptr) {
    return AnswerText(interpreter, arguments, std::to_string(error.offset) + " " + error.message);
  }
  // As a rule of thumb: a unit of a pattern takes some hundred bytes.
  const ByteCount size(512 + pattern.size() * 100);
  const Outcome owner = NewFinalizableTypedData(
      interpreter.isolate(), TypedDataType::kUint8, expression.get(), 0, expression.get(), size,
      HandleKind::kFinalizable, reinterpret_cast<OpaqueCallback>(Free));
  if (owner.IsError()) return OutOfMemory(interpreter);
  static_cast<void>(expression.release());
  const NoSafepointScope quiet;
  return Answer(arguments, owner.Get(quiet));
}

Done GroupCount(Interpreter&, ObjectPtr* arguments, CompiledArg compiled) FART_MAY_COLLECT {
  return Answer(arguments,
                ObjectPtr::FromSmi(static_cast<std::int64_t>(compiled.value->group_count())));
}

// (text, start, compiled, whether there only, places): fills `places` with the starts and ends of
// the groups of matches that follow each other, -1 where there is none; as many as it has room for.
// The number of matches; null: the search was given up.
Done Find(Interpreter& interpreter, ObjectPtr* arguments, StringArg, PlaceArg<StringArg> start,
          CompiledArg compiled, BoolArg is_anchored, ListArg) FART_MAY_COLLECT {
  RegularExpression& expression = *compiled.value;
  const std::size_t words = 2 * (expression.group_count() + 1);
  const std::size_t most = ListArg::LengthOf(arguments[4]) / words;
  const std::function<bool()> is_to_stop = [&interpreter] { return interpreter.IsToStop(); };
  RegularExpression::Outcome outcome = RegularExpression::Outcome::kNoMatch;
  std::size_t count = 0;
  {
    const NoSafepointScope quiet;
    std::u16string copy;
    std::span<const char16_t> text;
    if (IsLatin1String(arguments[0])) {
      copy = UnitsOf(arguments[0], quiet);
      text = copy;
    } else {
      text = Utf16Units(arguments[0], quiet);
    }
    std::size_t from = start.value;
    while (count < most && from <= text.size()) {
      outcome = expression.Find(text, from, is_anchored.value, is_to_stop);
      if (outcome != RegularExpression::Outcome::kMatch) break;
      const std::span<const std::size_t> found = expression.found();
      for (std::size_t i = 0; i < words; ++i) {
        const auto place = static_cast<std::int64_t>(found[i]);  // kUnset becomes -1.
        ListSetAt(interpreter.mutator(), arguments[4], count * words + i, ObjectPtr::FromSmi(place),
                  quiet);
      }
      ++count;
      from = found[1] == found[0] ? found[1] + 1 : found[1];
    }
  }
  // What went wrong behind a match is found again by whoever asks for the next one.
  if (count != 0) outcome = RegularExpression::Outcome::kMatch;
  switch (outcome) {
    case RegularExpression::Outcome::kMatch:
    case RegularExpression::Outcome::kNoMatch:
      return Answer(arguments, ObjectPtr::FromSmi(static_cast<std::int64_t>(count)));
    case RegularExpression::Outcome::kStopped:
      return Done::kStopped;
    case RegularExpression::Outcome::kNoMemory:
      return OutOfMemory(interpreter);
    case RegularExpression::Outcome::kTooHard:
      return Answer(arguments, kNull);
  }
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<Compile>("RegExp_compile"),
    Native<GroupCount>("RegExp_groupCount"),
    Native<Find>("RegExp_find"),
};

}  // namespace

std::span<const IntrinsicEntry> RegularExpressionIntrinsics() { return kEntries; }

}  // namespace fart::lang
