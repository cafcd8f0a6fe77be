// Natives of lists.

#include <cstdint>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "vm/values/lists.h"

namespace fart::lang {

namespace {

Done NewFixed(Interpreter& interpreter, ObjectPtr* arguments, LengthArg length) FART_MAY_COLLECT {
  return Answer(interpreter, arguments,
                NewArray(interpreter.mutator(), static_cast<std::size_t>(length.value)));
}

// The mark of a list of what the call of a native with one type parameter says; null: nothing.
ObjectPtr MarkAsked(Interpreter& interpreter) {
  const TypeArguments* const types = interpreter.TypeArgumentsAsked();
  return types == nullptr ? kNull : AsWord(types);
}

Done NewFixedOf(Interpreter& interpreter, ObjectPtr* arguments, LengthArg length) FART_MAY_COLLECT {
  return Answer(interpreter, arguments,
                NewMarkedArray(interpreter.mutator(), static_cast<std::size_t>(length.value),
                               MarkAsked(interpreter)));
}

// arguments: how many elements, what each is, whether there may be more later.
Done NewFilled(Interpreter& interpreter, ObjectPtr* arguments, LengthArg length, AnyArg,
               BoolArg is_growable) FART_MAY_COLLECT {
  const auto count = static_cast<std::size_t>(length.value);
  const ObjectPtr mark = MarkAsked(interpreter);
  const FreshObject list = is_growable.value
                               ? NewGrowableList(interpreter.mutator(), interpreter.stack(), count)
                               : NewMarkedArray(interpreter.mutator(), count, mark);
  if (list.is_null()) return OutOfMemory(interpreter);
  const NoSafepointScope quiet;
  if (is_growable.value && !mark.is_null()) GrowableListMark(list.Get(quiet), quiet) = mark;
  const ListElements elements = ElementsOf(list.Get(quiet), quiet);
  for (std::size_t i = 0; i < elements.length; ++i) {
    if (i % kStepsToPoll == 0 && interpreter.IsToStop()) return Done::kStopped;
    interpreter.mutator().StoreField(elements.holder, elements.first + i, arguments[1]);
  }
  return Answer(arguments, list.Get(quiet));
}

Done At(Interpreter&, ObjectPtr* arguments, ListArg, IndexArg<ListArg> index) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, ListAt(arguments[0], index.value, quiet));
}

// A list whose elements can be set.
struct MutableListArg {
  static std::size_t LengthOf(ObjectPtr list) { return ListArg::LengthOf(list); }
  bool Take(const Taken& argument) {
    if (IsImmutableArray(argument.value())) return argument.Refuse("must not be unmodifiable");
    return ListArg().Take(argument);
  }
};

Done SetAt(Interpreter& interpreter, ObjectPtr* arguments, MutableListArg,
           IndexArg<MutableListArg> index, AnyArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  ListSetAt(interpreter.mutator(), arguments[0], index.value, arguments[2], quiet);
  return Answer(arguments, kNull);
}

Done LengthOf(Interpreter&, ObjectPtr* arguments, ListArg) FART_MAY_COLLECT {
  return Answer(arguments,
                ObjectPtr::FromSmi(static_cast<std::int64_t>(ListArg::LengthOf(arguments[0]))));
}

Done SetLength(Interpreter& interpreter, ObjectPtr* arguments, GrowableListArg,
               LengthArg length) FART_MAY_COLLECT {
  if (!GrowableListSetLength(interpreter.mutator(), Rooted(arguments),
                             static_cast<std::size_t>(length.value))) {
    return OutOfMemory(interpreter);
  }
  return Answer(arguments, kNull);
}

Done Add(Interpreter& interpreter, ObjectPtr* arguments, GrowableListArg, AnyArg) FART_MAY_COLLECT {
  if (!GrowableListAdd(interpreter.mutator(), Rooted(arguments), Rooted(arguments + 1))) {
    return OutOfMemory(interpreter);
  }
  return Answer(arguments, kNull);
}

Done Insert(Interpreter& interpreter, ObjectPtr* arguments, GrowableListArg,
            PlaceArg<GrowableListArg> index, AnyArg) FART_MAY_COLLECT {
  if (!GrowableListInsertNulls(interpreter.mutator(), Rooted(arguments), index.value, 1)) {
    return OutOfMemory(interpreter);
  }
  const NoSafepointScope quiet;
  ListSetAt(interpreter.mutator(), arguments[0], index.value, arguments[2], quiet);
  return Answer(arguments, kNull);
}

// arguments: a list, where, how many nulls.
Done InsertNulls(Interpreter& interpreter, ObjectPtr* arguments, GrowableListArg,
                 PlaceArg<GrowableListArg> index, LengthArg count) FART_MAY_COLLECT {
  if (!GrowableListInsertNulls(interpreter.mutator(), Rooted(arguments), index.value,
                               static_cast<std::size_t>(count.value))) {
    return OutOfMemory(interpreter);
  }
  return Answer(arguments, kNull);
}

Done RemoveAt(Interpreter& interpreter, ObjectPtr* arguments, GrowableListArg,
              IndexArg<GrowableListArg> index) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const ObjectPtr removed = ListAt(arguments[0], index.value, quiet);
  GrowableListRemove(interpreter.mutator(), arguments[0], index.value, index.value + 1, quiet);
  return Answer(arguments, removed);
}

Done RemoveRange(Interpreter& interpreter, ObjectPtr* arguments, GrowableListArg,
                 PlaceArg<GrowableListArg> start, EndArg<GrowableListArg> end) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  GrowableListRemove(interpreter.mutator(), arguments[0], start.value, end.value, quiet);
  return Answer(arguments, kNull);
}

Done UnmodifiableCopy(Interpreter& interpreter, ObjectPtr* arguments, ListArg) FART_MAY_COLLECT {
  return Answer(
      interpreter, arguments,
      NewImmutableArray(interpreter.mutator(), Rooted(arguments), MarkAsked(interpreter)));
}

// The fields of a _ListIterator, in the order of core/list.dart; its type arguments are behind
// them.
enum class IteratorField : std::uint32_t { kList, kLength, kEnd, kIndex, kCurrent };

ObjectPtr* SlotOf(ObjectPtr iterator, IteratorField field, const NoSafepointScope& quiet) {
  return SlotAt(iterator, FieldOffset(static_cast<std::uint32_t>(field)), quiet);
}

// Of a list of a program's own, and of one whose length has changed, the body knows more.
bool MoveNext(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const ObjectPtr iterator = arguments[0];
  ObjectPtr* const index = SlotOf(iterator, IteratorField::kIndex, quiet);
  ObjectPtr* const last = SlotOf(iterator, IteratorField::kEnd, quiet);
  FART_DCHECK(IsInteger(*index) && IsInteger(*last));   // Else the fields are others.
  if (!index->IsSmi() || !last->IsSmi()) return false;  // Skipped by more than there can be.
  const ObjectPtr list = *SlotOf(iterator, IteratorField::kList, quiet);
  if (!IsBuiltInList(list)) return false;
  const ListElements elements = ElementsOf(list, quiet);
  const auto length = static_cast<std::int64_t>(elements.length);
  if (*SlotOf(iterator, IteratorField::kLength, quiet) != ObjectPtr::FromSmi(length)) return false;
  const std::int64_t at = index->SmiValue();
  const std::int64_t end = last->SmiValue();
  if (end > length) return false;
  const bool is_there = at < end;
  if (is_there) interpreter.mutator().StoreField(iterator, index, ObjectPtr::FromSmi(at + 1));
  interpreter.mutator().StoreField(iterator, SlotOf(iterator, IteratorField::kCurrent, quiet),
                                   is_there ? elements.first[at] : kNull);
  arguments[0] = BoolObject(is_there);
  return true;
}

constexpr IntrinsicEntry kEntries[] = {
    Native<NewFixed>("List_newFixed"),
    Native<NewFixedOf>("List_newFixedOf"),
    Native<At>("List_at"),
    Native<SetAt>("List_setAt"),
    Native<LengthOf>("List_length"),
    Native<SetLength>("List_setLength"),
    Native<Add>("List_add"),
    QuickWay<MoveNext, 1>("ListIterator_moveNext"),
    Native<NewFilled>("List_newFilled"),
    Native<Insert>("List_insert"),
    Native<InsertNulls>("List_insertNulls"),
    Native<RemoveAt>("List_removeAt"),
    Native<RemoveRange>("List_removeRange"),
    Native<UnmodifiableCopy>("List_unmodifiableCopy"),
};

}  // namespace

std::span<const IntrinsicEntry> ListIntrinsics() { return kEntries; }

}  // namespace fart::lang
