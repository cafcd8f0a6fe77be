// Natives of lists.

#include <cstdint>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/natives.h"
#include "vm/values/lists.h"

namespace fart::lang {

namespace {

ObjectPtr Length(ObjectPtr list) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return ObjectPtr::FromSmi(static_cast<std::int64_t>(ListLength(list, quiet)));
}

bool IsIndexOf(ObjectPtr list, ObjectPtr index) {
  return index.IsSmi() && static_cast<std::uint64_t>(index.SmiValue()) <
                              static_cast<std::uint64_t>(Length(list).SmiValue());
}

Done RaiseIndex(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Raise(interpreter, arguments, Helper::kIndexError,
               {arguments[1], arguments[0], Length(arguments[0])});
}

bool IsLength(ObjectPtr value) {
  return value.IsSmi() && value.SmiValue() >= 0 &&
         value.SmiValue() <= static_cast<std::int64_t>(kMaxListLength);
}

Done OutOfMemory(Interpreter& interpreter) {
  interpreter.SetPendingOutOfMemory();
  return Done::kThrow;
}

Done NewFixed(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (!arguments[0].IsSmi()) {
    return RaiseArgument(interpreter, arguments, 0, "A length must be an integer");
  }
  if (!IsLength(arguments[0])) {
    return Raise(interpreter, arguments, Helper::kLengthError, {arguments[0]});
  }
  return Answer(interpreter, arguments,
                NewArray(interpreter.mutator(), static_cast<std::size_t>(arguments[0].SmiValue())));
}

Done At(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (!IsIndexOf(arguments[0], arguments[1])) return RaiseIndex(interpreter, arguments);
  const NoSafepointScope quiet;
  return Answer(arguments,
                ListAt(arguments[0], static_cast<std::size_t>(arguments[1].SmiValue()), quiet));
}

Done SetAt(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (!IsIndexOf(arguments[0], arguments[1])) return RaiseIndex(interpreter, arguments);
  const NoSafepointScope quiet;
  ListSetAt(interpreter.mutator(), arguments[0], static_cast<std::size_t>(arguments[1].SmiValue()),
            arguments[2], quiet);
  return Answer(arguments, kNull);
}

Done LengthOf(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(arguments, Length(arguments[0]));
}

Done SetLength(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (!arguments[1].IsSmi()) {
    return RaiseArgument(interpreter, arguments, 1, "A length must be an integer");
  }
  if (!IsLength(arguments[1])) {
    return Raise(interpreter, arguments, Helper::kLengthError, {arguments[1]});
  }
  if (!GrowableListSetLength(interpreter.mutator(), Rooted(arguments),
                             static_cast<std::size_t>(arguments[1].SmiValue()))) {
    return OutOfMemory(interpreter);
  }
  return Answer(arguments, kNull);
}

Done Add(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (!GrowableListAdd(interpreter.mutator(), Rooted(arguments), Rooted(arguments + 1))) {
    return OutOfMemory(interpreter);
  }
  return Answer(arguments, kNull);
}

Done UnmodifiableCopy(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(interpreter, arguments,
                NewImmutableArray(interpreter.mutator(), Rooted(arguments)));
}

constexpr IntrinsicEntry kEntries[] = {
    {"List_newFixed", NewFixed},
    {"List_at", At},
    {"List_setAt", SetAt},
    {"List_length", LengthOf},
    {"List_setLength", SetLength},
    {"List_add", Add},
    {"List_unmodifiableCopy", UnmodifiableCopy},
};

}  // namespace

std::span<const IntrinsicEntry> ListIntrinsics() { return kEntries; }

}  // namespace fart::lang
