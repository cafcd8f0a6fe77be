// Lists -- of every kind: built in, typed, and those that a program's classes implement.
//
// Reading and storing elements of built-in lists is done here, at the cost of a few checks; the
// others, which may allocate or run the program, go through vm/list_access.h.

#include "vm/values/lists.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "heap/base/units.h"
#include "vm/list_access.h"
#include "vm/values/errors.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// A list held in a root of our own (A-A3).
class HeldList {
 public:
  HeldList(Isolate& isolate, Rooted list) FART_READS_OBJECTS : roots_(isolate.stack()) {
    const NoSafepointScope quiet;
    roots_.Set(0, list.Get(quiet));
  }
  Rooted get() const { return roots_[0]; }

 private:
  StackRoots<1> roots_;
};

[[gnu::cold]] Fart_Handle NotAList(Isolate& isolate, Fart_Handle handle,
                                   Rooted object) FART_MAY_COLLECT {
  if (Holds<IsError>(object)) return handle;
  return NewErrorHandle(isolate, "Object does not implement the List interface");
}

bool IsByteData(ObjectPtr object) { return IsTypedData(object) && !IsTypedList(object); }

// Like ListKindOf; ByteData, whose bytes can be read and stored as if it were one, counts as a
// list.
ListKind KindForBytes(Isolate& isolate, Rooted object) FART_MAY_COLLECT {
  return Holds<IsByteData>(object) ? ListKind::kTyped : ListKindOf(isolate, object);
}

inline std::size_t LengthOf(Rooted list) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return ListLength(list.Get(quiet), quiet);
}

Fart_Handle Answer(Isolate& isolate, const Outcome& outcome) FART_READS_OBJECTS {
  return outcome.IsError() ? Wrap(isolate, outcome) : Success();
}

bool IsRangeOf(std::size_t size, std::intptr_t offset, std::intptr_t length) {
  return IsInRange(offset, size) && IsInRange(length, size - static_cast<std::size_t>(offset));
}

[[gnu::cold]] Fart_Handle BadRange(Isolate& isolate) FART_MAY_COLLECT {
  return NewErrorHandle(isolate, "Invalid offset/length passed in to access list elements");
}

// What a call wants of a range of a list.
enum class Wanted {
  kElements,  // as objects: those of typed data are made
  kBytes,
};

// A list that a call reads or stores a range of, held (A-A3).
class OpenedList {
 public:
  OpenedList(Isolate& isolate, Wanted wanted)
      : isolate_(isolate), wanted_(wanted), roots_(isolate.stack()) {}

  // Whether `object`, which `handle` leads to, is a list that [offset, offset + length) is a range
  // of. False: answer() is what `function` answers.
  bool Open(const char* function, Fart_Handle handle, Rooted object, std::intptr_t offset,
            std::intptr_t length) FART_MAY_COLLECT {
    kind_ =
        wanted_ == Wanted::kBytes ? KindForBytes(isolate_, object) : ListKindOf(isolate_, object);
    if (kind_ == ListKind::kNone) return Refuse(NotAList(isolate_, handle, object));
    // Whoever stops the program means all elements.
    if (kind_ == ListKind::kOfProgram) running_.emplace(isolate_);
    const bool may_collect = kind_ == ListKind::kOfProgram ||
                             (wanted_ == Wanted::kElements && kind_ == ListKind::kTyped);
    if (may_collect && isolate_.IsInCallback()) {
      return Refuse(AtPlace(ErrorText::kInCallback, function));
    }
    {
      const NoSafepointScope quiet;
      roots_.Set(0, object.Get(quiet));
    }
    std::size_t size = 0;
    const Outcome measured = LengthOfList(isolate_, list(), kind_, &size);
    if (measured.IsError()) return Refuse(Wrap(isolate_, measured));
    if (!IsRangeOf(size, offset, length)) return Refuse(BadRange(isolate_));
    offset_ = static_cast<std::size_t>(offset);
    count_ = static_cast<std::size_t>(length);
    return true;
  }
  Fart_Handle answer() const { return answer_; }

  Rooted list() const { return roots_[0]; }
  ListKind kind() const { return kind_; }
  std::size_t offset() const { return offset_; }
  std::size_t count() const { return count_; }

 private:
  bool Refuse(Fart_Handle answer) {
    answer_ = answer;
    return false;
  }

  Isolate& isolate_;
  const Wanted wanted_;
  std::optional<ProgramSection> running_;
  StackRoots<1> roots_;
  ListKind kind_ = ListKind::kNone;
  std::size_t offset_ = 0;
  std::size_t count_ = 0;
  Fart_Handle answer_ = nullptr;
};

// Of a list whose elements are objects that are there: nothing stands in between.
Fart_Handle GetRangeOfBuiltIn(Isolate& isolate, Rooted list, std::intptr_t offset,
                              std::intptr_t length, Fart_Handle* result) FART_MAY_COLLECT {
  if (!IsRangeOf(LengthOf(list), offset, length)) return BadRange(isolate);
  const auto count = static_cast<std::size_t>(length);
  if (!isolate.handles().locals.Reserve(count)) return ToForeign(ErrorText::kNoHandleSpace);
  const NoSafepointScope quiet;
  const ObjectPtr* const first = ElementsOf(list.Get(quiet), quiet).first + offset;
  for (std::size_t i = 0; i < count; ++i) result[i] = WrapObject(isolate, first[i], quiet);
  return Success();
}

// Makes handles of the elements at `made`. Success: true; anything else: an error object or text,
// and the scope is as before.
Fart_Handle MakeHandles(Isolate& isolate, const OpenedList& opened,
                        Fart_Handle* made) FART_MAY_COLLECT {
  LocalHandles& locals = isolate.handles().locals;
  const LocalHandles::SavedTop handles_before = locals.Top();
  StackRoots<1> error(isolate.stack());
  for (std::size_t i = 0; i < opened.count(); ++i) {
    const Outcome element = ElementOfList(isolate, opened.list(), opened.kind(),
                                          static_cast<std::int64_t>(opened.offset() + i));
    if (!element.IsError()) [[likely]] {
      made[i] = Wrap(isolate, element);
      if (made[i] != ToForeign(ErrorText::kNoHandleSpace)) [[likely]]
        continue;
      locals.RestoreTop(handles_before);
      return made[i];
    }
    {
      const NoSafepointScope quiet;
      error.Set(0, element.Get(quiet));
    }
    locals.RestoreTop(handles_before);
    return Wrap(isolate, error[0]);
  }
  return Success();
}

}  // namespace

bool Fart_IsList(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return ListKindOf(isolate, value) != ListKind::kNone;
}
FART_CATCH_OR(false)

namespace whole {

[[gnu::noinline]] static Fart_Handle Fart_NewList(std::intptr_t length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_RANGE(isolate, length, kMaxListLength);
  return Wrap(isolate, NewArray(isolate.mutator(), static_cast<std::size_t>(length)));
}
FART_CATCH

}  // namespace whole

Fart_Handle Fart_NewList(std::intptr_t length) FART_MAY_COLLECT {
  Isolate* const isolate = WithRoomForObject();
  if (isolate != nullptr && IsInRange(length, kShortArray)) [[likely]] {
    const NoSafepointScope quiet;
    const ObjectPtr list =
        TryNewShortArray(isolate->mutator(), static_cast<std::size_t>(length), quiet);
    if (!list.is_null()) [[likely]]
      return QuickHandle(*isolate, list, quiet);
  }
  return whole::Fart_NewList(length);
}

Fart_Handle Fart_ListLength(Fart_Handle list, std::intptr_t* length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, list);
  FART_NEED_POINTER(isolate, length);
  if (Holds<IsBuiltInList>(object)) [[likely]] {
    *length = static_cast<std::intptr_t>(LengthOf(object));
    return Success();
  }
  const ListKind kind = ListKindOf(isolate, object);
  if (kind == ListKind::kNone) return NotAList(isolate, list, object);
  if (kind == ListKind::kOfProgram) {
    FART_NEED_NO_CALLBACK(isolate);
    FART_NEED_SCOPE(isolate);
  }
  const HeldList held(isolate, object);
  std::size_t answer = 0;
  const Outcome outcome = LengthOfList(isolate, held.get(), kind, &answer);
  if (outcome.IsError()) return Wrap(isolate, outcome);
  *length = static_cast<std::intptr_t>(answer);
  return Success();
}
FART_CATCH

namespace whole {

[[gnu::noinline]] static Fart_Handle Fart_ListGetAt(Fart_Handle list,
                                                    std::intptr_t index) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, list);
  if (Holds<IsBuiltInList>(object)) [[likely]] {
    {
      const NoSafepointScope quiet;
      const ListElements elements = ElementsOf(object.Get(quiet), quiet);
      if (static_cast<std::size_t>(index) < elements.length) [[likely]]
        return WrapObject(isolate, elements.first[index], quiet);
    }
    return NewErrorHandle(isolate, "Invalid index passed in to access list element");
  }
  const ListKind kind = ListKindOf(isolate, object);
  if (kind == ListKind::kNone) return NotAList(isolate, list, object);
  FART_NEED_NO_CALLBACK(isolate);
  const HeldList held(isolate, object);
  return Wrap(isolate, ElementOfList(isolate, held.get(), kind, index));
}
FART_CATCH

}  // namespace whole

Fart_Handle Fart_ListGetAt(Fart_Handle list, std::intptr_t index) FART_MAY_COLLECT {
  Isolate* const isolate = WithRoomForHandle();
  if (isolate != nullptr && IsLocal(*isolate, list)) [[likely]] {
    const NoSafepointScope quiet;
    const ObjectPtr array = LocalSlot(list).Get(quiet);
    if (HasShape(array, core_shape::kArray) && static_cast<std::size_t>(index) < LengthWord(array))
        [[likely]]
      return QuickValue(*isolate, ArrayElements(array, quiet)[index], quiet);
  }
  return whole::Fart_ListGetAt(list, index);
}

Fart_Handle Fart_ListGetRange(Fart_Handle list, std::intptr_t offset, std::intptr_t length,
                              Fart_Handle* result) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, list);
  FART_NEED_POINTER(isolate, result);
  if (Holds<IsBuiltInList>(object)) [[likely]]
    return GetRangeOfBuiltIn(isolate, object, offset, length, result);
  OpenedList opened(isolate, Wanted::kElements);
  if (!opened.Open(__func__, list, object, offset, length)) return opened.answer();
  // All of them or none: until the last handle is there they wait in memory of the scope.
  ScopeArena& arena = isolate.handles().locals.arena();
  const Address memory_before = arena.top();
  const std::size_t count = opened.count();
  if (count > kMaxListLength) return ToForeign(ErrorText::kOffHeapMemory);
  auto* const made =
      static_cast<Fart_Handle*>(arena.Allocate(ByteCount(count * sizeof(Fart_Handle))));
  if (made == nullptr) return ToForeign(ErrorText::kOffHeapMemory);
  const Fart_Handle outcome = MakeHandles(isolate, opened, made);
  if (outcome == Success()) std::copy_n(made, count, result);
  arena.Release(memory_before);
  return outcome;
}
FART_CATCH

namespace whole {

[[gnu::noinline]] static Fart_Handle Fart_ListSetAt(Fart_Handle list, std::intptr_t index,
                                                    Fart_Handle value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, list);
  FART_UNWRAP(isolate, element, value);
  const ListKind kind =
      Holds<IsBuiltInList>(object) ? ListKind::kBuiltIn : ListKindOf(isolate, object);
  if (kind == ListKind::kNone) [[unlikely]]
    return NotAList(isolate, list, object);
  if (!element.is_null() && !IsInstanceOf(isolate, element)) [[unlikely]]
    return WrongType(isolate, __func__, "value", value, element, "Instance");
  if (Holds<IsImmutableArray>(object)) [[unlikely]]
    return NewErrorHandle(isolate, Expects(__func__, "list", "modifiable"));
  if (kind == ListKind::kBuiltIn) {
    {
      const NoSafepointScope quiet;
      const ListElements elements = ElementsOf(object.Get(quiet), quiet);
      if (static_cast<std::size_t>(index) < elements.length) [[likely]] {
        isolate.mutator().StoreField(elements.holder, elements.first + index, element.Get(quiet));
        return Success();
      }
    }
    return NewErrorHandle(isolate, "Invalid index passed in to set list element");
  }
  if (kind == ListKind::kOfProgram) {
    FART_NEED_NO_CALLBACK(isolate);
    FART_NEED_SCOPE(isolate);
  }
  const HeldList held(isolate, object);
  const HeldList stored(isolate, element);
  return Answer(isolate, SetElementOfList(isolate, held.get(), kind, index, stored.get()));
}
FART_CATCH

}  // namespace whole

namespace {

// A number, a string or a list, which are neighbours (VM-K1): an instance beyond question.
bool IsPlainValue(ObjectPtr object) {
  static_assert(core_shape::CountOf(core_shape::kLatin1String, core_shape::kGrowableList) == 12);
  if (object.IsSmi()) return true;
  // HasShapeOf would ask for the tag again, which compilers then keep for the barrier.
  if (object.bits() < ObjectPtr::kImmediateLimit) return false;
  return Header::Of(object).HasShapeOf(core_shape::kLatin1String, core_shape::kGrowableList);
}

}  // namespace

Fart_Handle Fart_ListSetAt(Fart_Handle list, std::intptr_t index,
                           Fart_Handle value) FART_MAY_COLLECT {
  Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr && IsLocal(*isolate, list) && IsLocal(*isolate, value)) [[likely]] {
    const NoSafepointScope quiet;
    const ObjectPtr array = LocalSlot(list).Get(quiet);
    const ObjectPtr element = LocalSlot(value).Get(quiet);
    if (HasShape(array, core_shape::kArray) &&
        static_cast<std::size_t>(index) < LengthWord(array) && IsPlainValue(element)) [[likely]] {
      isolate->mutator().StoreField(array, ArrayElements(array, quiet) + index, element);
      return Success();
    }
  }
  return whole::Fart_ListSetAt(list, index, value);
}

Fart_Handle Fart_ListGetAsBytes(Fart_Handle list, std::intptr_t offset, std::uint8_t* native_array,
                                std::intptr_t length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, list);
  if (length != 0) FART_NEED_POINTER(isolate, native_array);
  OpenedList opened(isolate, Wanted::kBytes);
  if (!opened.Open(__func__, list, object, offset, length)) return opened.answer();
  return Answer(isolate, CopyBytesOfList(isolate, opened.list(), opened.kind(), opened.offset(),
                                         opened.count(), native_array));
}
FART_CATCH

Fart_Handle Fart_ListSetAsBytes(Fart_Handle list, std::intptr_t offset,
                                const std::uint8_t* native_array,
                                std::intptr_t length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, list);
  if (length != 0) FART_NEED_POINTER(isolate, native_array);
  if (Holds<IsImmutableArray>(object))
    return NewErrorHandle(isolate, Expects(__func__, "list", "modifiable"));
  OpenedList opened(isolate, Wanted::kBytes);
  if (!opened.Open(__func__, list, object, offset, length)) return opened.answer();
  return Answer(isolate, StoreBytesInList(isolate, opened.list(), opened.kind(), opened.offset(),
                                          opened.count(), native_array));
}
FART_CATCH
