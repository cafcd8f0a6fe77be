#include "vm/list_access.h"

#include <bit>
#include <cstring>
#include <string>

#include "heap/base/check.h"
#include "vm/isolate.h"
#include "vm/program.h"
#include "vm/values/errors.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/objects.h"
#include "vm/values/typed_data.h"

namespace fart {

namespace {

Outcome Done() { return Outcome::Immediate(kTrue); }

constexpr const char* kBadReadIndex = "Invalid index passed in to access list element";
constexpr const char* kBadWriteIndex = "Invalid index passed in to set list element";
constexpr const char* kNoElements =
    "Elements of a Float32x4List are no objects: use Fart_TypedDataAcquireData";

bool HoldsObjects(ObjectPtr list) {
  return !IsTypedData(list) || TypedDataTypeOf(list) != TypedDataType::kFloat32x4;
}

// Of a list that is not the program's.
std::size_t LengthWithoutProgram(ObjectPtr list, const NoSafepointScope& quiet) {
  return IsTypedData(list) ? TypedDataLength(list, quiet) : ListLength(list, quiet);
}

// An index of a list as an object in a root.
[[nodiscard]] bool SetIndex(Isolate& isolate, StackRoots<2>& roots,
                            std::int64_t index) FART_MAY_COLLECT {
  const FreshObject integer = NewInteger(isolate.mutator(), index);
  if (integer.is_null()) return false;
  const NoSafepointScope quiet;
  roots.Set(0, integer.Get(quiet));
  return true;
}

Outcome AskProgram(Isolate& isolate, Rooted list, std::int64_t index) FART_MAY_COLLECT {
  StackRoots<2> roots(isolate.stack());
  if (!SetIndex(isolate, roots, index)) return isolate.ReadyErrorOutcome(ErrorText::kOutOfMemory);
  return isolate.program().Invoke(list, "[]", Roots(roots[0].slot(), 1));
}

Outcome TellProgram(Isolate& isolate, Rooted list, std::int64_t index,
                    Rooted value) FART_MAY_COLLECT {
  StackRoots<2> roots(isolate.stack());
  if (!SetIndex(isolate, roots, index)) return isolate.ReadyErrorOutcome(ErrorText::kOutOfMemory);
  {
    const NoSafepointScope quiet;
    roots.Set(1, value.Get(quiet));
  }
  const Outcome outcome = isolate.program().Invoke(list, "[]=", roots.all());
  return outcome.IsError() ? outcome : Done();
}

Outcome NotAnInteger(Isolate& isolate, std::size_t index) FART_MAY_COLLECT {
  return NewApiError(isolate,
                     "The list's element " + std::to_string(index) + " is not an integer.");
}

// Whether the list's bytes are its elements, or may be taken for them.
bool HasByteElements(ObjectPtr list) {
  return IsTypedData(list) && ElementSizeOf(TypedDataTypeOf(list)) == 1;
}

// ByteData's bytes are taken for integers too. All before kFloat32 are.
bool HasIntegers(TypedDataType type) { return type < TypedDataType::kFloat32; }

// CopyBytesOfList of typed data, `length` > 0. Makes no object of an element: where a collection
// has called the host, none may be made.
Outcome CopyBytesOfData(Isolate& isolate, Rooted data, std::size_t offset, std::size_t length,
                        std::uint8_t* bytes) FART_MAY_COLLECT {
  {
    const NoSafepointScope quiet;
    const ObjectPtr object = data.Get(quiet);
    const TypedDataType type = TypedDataTypeOf(object);
    const std::size_t size = ElementSizeOf(type);
    const std::uint8_t* const first = BytesOf(object, quiet).first + offset * size;
    if (size == 1) {
      std::memmove(bytes, first, length);  // The host's bytes may be those of an external list.
      return Done();
    }
    if (HasIntegers(type)) {
      static_assert(std::endian::native == std::endian::little);
      for (std::size_t i = 0; i < length; ++i) bytes[i] = first[i * size];  // lowest byte first
      return Done();
    }
  }
  if (!HoldsObjects(*data.slot())) return NewApiError(isolate, kNoElements);
  return NotAnInteger(isolate, offset);
}

}  // namespace

ListKind ListKindOf(Isolate& isolate, Rooted object) {
  if (!object.IsHeapObject()) return ListKind::kNone;
  {
    const NoSafepointScope quiet;
    const ObjectPtr value = object.Get(quiet);
    if (IsBuiltInList(value)) return ListKind::kBuiltIn;
    if (IsTypedList(value)) return ListKind::kTyped;
    if (!IsInstance(isolate.shapes(), value)) return ListKind::kNone;
  }
  return isolate.program().IsList(object) ? ListKind::kOfProgram : ListKind::kNone;
}

Outcome LengthOfList(Isolate& isolate, Rooted list, ListKind kind, std::size_t* length) {
  if (kind != ListKind::kOfProgram) {
    const NoSafepointScope quiet;
    *length = LengthWithoutProgram(list.Get(quiet), quiet);
    return Done();
  }
  const Outcome outcome = isolate.program().GetProperty(list, "length");
  if (outcome.IsError()) return outcome;
  {
    const NoSafepointScope quiet;
    const ObjectPtr answer = outcome.Get(quiet);
    if (IsInt64(answer) && IntegerValue(answer, quiet) >= 0) {
      *length = static_cast<std::size_t>(IntegerValue(answer, quiet));
      return Done();
    }
  }
  return NewApiError(isolate, "Length of List object is not an integer that a length can be.");
}

Outcome ElementOfList(Isolate& isolate, Rooted list, ListKind kind, std::int64_t index) {
  if (kind == ListKind::kOfProgram) return AskProgram(isolate, list, index);
  bool is_within;
  {
    const NoSafepointScope quiet;
    const ObjectPtr object = list.Get(quiet);
    is_within = static_cast<std::uint64_t>(index) < LengthWithoutProgram(object, quiet);
    if (is_within && kind == ListKind::kBuiltIn) {
      return Outcome::Value(ListAt(object, static_cast<std::size_t>(index), quiet), quiet);
    }
  }
  if (!is_within) return NewApiError(isolate, kBadReadIndex);
  if (!HoldsObjects(*list.slot())) return NewApiError(isolate, kNoElements);
  return isolate.OrOutOfMemory(
      TypedDataAt(isolate.mutator(), list, static_cast<std::size_t>(index)));
}

Outcome SetElementOfList(Isolate& isolate, Rooted list, ListKind kind, std::int64_t index,
                         Rooted value) {
  if (kind == ListKind::kOfProgram) return TellProgram(isolate, list, index, value);
  bool is_within;
  {
    const NoSafepointScope quiet;
    const ObjectPtr object = list.Get(quiet);
    is_within = static_cast<std::uint64_t>(index) < LengthWithoutProgram(object, quiet);
    if (is_within && HoldsObjects(object)) {
      const auto place = static_cast<std::size_t>(index);
      if (kind == ListKind::kBuiltIn) {
        ListSetAt(isolate.mutator(), object, place, value.Get(quiet), quiet);
        return Done();
      }
      if (TypedDataSetAt(object, place, value.Get(quiet), quiet)) return Done();
    }
  }
  if (!is_within) return NewApiError(isolate, kBadWriteIndex);
  if (!HoldsObjects(*list.slot())) return NewApiError(isolate, kNoElements);
  return NewApiError(isolate, "The value is no number that the typed list's elements can be.");
}

Outcome CopyBytesOfList(Isolate& isolate, Rooted list, ListKind kind, std::size_t offset,
                        std::size_t length, std::uint8_t* bytes) {
  if (length == 0) return Done();
  if (kind == ListKind::kTyped) return CopyBytesOfData(isolate, list, offset, length, bytes);
  for (std::size_t i = 0; i < length; ++i) {
    const Outcome element =
        ElementOfList(isolate, list, kind, static_cast<std::int64_t>(offset + i));
    if (element.IsError()) return element;
    {
      const NoSafepointScope quiet;
      const ObjectPtr value = element.Get(quiet);
      if (IsInteger(value)) {
        bytes[i] = static_cast<std::uint8_t>(LowBitsOfInteger(value, quiet));
        continue;
      }
    }
    return NotAnInteger(isolate, offset + i);
  }
  return Done();
}

Outcome StoreBytesInList(Isolate& isolate, Rooted list, ListKind kind, std::size_t offset,
                         std::size_t length, const std::uint8_t* bytes) {
  {
    const NoSafepointScope quiet;
    const ObjectPtr object = list.Get(quiet);
    if (HasByteElements(object)) {
      if (length != 0) std::memmove(BytesOf(object, quiet).first + offset, bytes, length);
      return Done();
    }
  }
  for (std::size_t i = 0; i < length; ++i) {
    const ObjectPtr byte = ObjectPtr::FromSmi(bytes[i]);  // No heap object: needs no root.
    const Outcome stored =
        SetElementOfList(isolate, list, kind, static_cast<std::int64_t>(offset + i), Rooted(&byte));
    if (stored.IsError()) return stored;
  }
  return Done();
}

}  // namespace fart
