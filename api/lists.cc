// Lists -- those built in: of fixed length, growable, unmodifiable.

#include "vm/lists.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "heap/base/units.h"
#include "vm/errors.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

[[gnu::cold]] Fart_Handle NotAList(Isolate& isolate, Fart_Handle handle,
                                   Rooted object) FART_MAY_COLLECT {
  if (Holds<IsError>(object)) return handle;
  return NewErrorHandle(isolate, "Object does not implement the List interface");
}

inline std::size_t LengthOf(Rooted list) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return ListLength(list.Get(quiet), quiet);
}

}  // namespace

bool Fart_IsList(Fart_Handle object) FART_READS_OBJECTS {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsBuiltInList>(value);
}

Fart_Handle Fart_NewList(std::intptr_t length) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_RANGE(isolate, length, kMaxListLength);
  return Wrap(isolate, NewArray(isolate.mutator(), static_cast<std::size_t>(length)));
}

Fart_Handle Fart_ListLength(Fart_Handle list, std::intptr_t* length) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, list);
  FART_NEED_POINTER(isolate, length);
  if (!Holds<IsBuiltInList>(object)) [[unlikely]]
    return NotAList(isolate, list, object);
  *length = static_cast<std::intptr_t>(LengthOf(object));
  return Success();
}

Fart_Handle Fart_ListGetAt(Fart_Handle list, std::intptr_t index) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, list);
  if (!Holds<IsBuiltInList>(object)) [[unlikely]]
    return NotAList(isolate, list, object);
  {
    const NoSafepointScope quiet;
    const ListElements elements = ElementsOf(object.Get(quiet), quiet);
    if (static_cast<std::size_t>(index) < elements.length) [[likely]]
      return WrapObject(isolate, elements.first[index], quiet);
  }
  return NewErrorHandle(isolate, "Invalid index passed in to access list element");
}

Fart_Handle Fart_ListGetRange(Fart_Handle list, std::intptr_t offset, std::intptr_t length,
                              Fart_Handle* result) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, list);
  FART_NEED_POINTER(isolate, result);
  if (!Holds<IsBuiltInList>(object)) return NotAList(isolate, list, object);
  const std::size_t size = LengthOf(object);
  if (!IsInRange(offset, size) || !IsInRange(length, size - static_cast<std::size_t>(offset))) {
    return NewErrorHandle(isolate, "Invalid offset/length passed in to access list elements");
  }
  // All of them or none: until the last handle is there they wait in memory of the scope.
  LocalHandles& locals = isolate.handles().locals;
  const LocalHandles::SavedTop handles_before = locals.Top();
  const Address memory_before = locals.arena().top();
  const auto count = static_cast<std::size_t>(length);
  auto* const made =
      static_cast<Fart_Handle*>(locals.arena().Allocate(ByteCount(count * sizeof(Fart_Handle))));
  if (made == nullptr) return ToForeign(ErrorText::kOffHeapMemory);
  const NoSafepointScope quiet;
  for (std::size_t i = 0; i < count; ++i) {
    const ObjectPtr element =
        ListAt(object.Get(quiet), static_cast<std::size_t>(offset) + i, quiet);
    const HandleValue handle = locals.CreateHandle(element);
    if (handle.is_empty()) [[unlikely]] {
      locals.RestoreTop(handles_before);
      locals.arena().Release(memory_before);
      return ToForeign(ErrorText::kNoHandleSpace);
    }
    made[i] = ToForeign(handle);
  }
  std::copy_n(made, count, result);
  locals.arena().Release(memory_before);
  return Success();
}

Fart_Handle Fart_ListSetAt(Fart_Handle list, std::intptr_t index,
                           Fart_Handle value) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, list);
  FART_UNWRAP(isolate, element, value);
  if (!Holds<IsBuiltInList>(object)) [[unlikely]]
    return NotAList(isolate, list, object);
  if (!element.is_null() && !IsInstanceOf(isolate, element)) [[unlikely]]
    return WrongType(isolate, __func__, "value", value, element, "Instance");
  if (Holds<IsImmutableArray>(object)) [[unlikely]]
    return NewErrorHandle(isolate, Expects(__func__, "list", "modifiable"));
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
