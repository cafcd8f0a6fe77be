// QuickForeign -- the quick ways of most values of C that a program gets and gives: ints and
// doubles behind a Pointer. Those of calls are in quick_calls.h.
//
// Each answers whether it has done all there was to do; if not, nothing has happened, and the ways
// of natives_ffi.cc are gone, which do the same for everything, and know what to say of what is
// wrong.
//
// Not for use outside this package.

#ifndef FART_LANG_NATIVES_QUICK_FOREIGN_H_
#define FART_LANG_NATIVES_QUICK_FOREIGN_H_

#include <string.h>  // strnlen, strlen

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

#include "heap/base/safepoint.h"
#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "lang/natives/foreign_pointer.h"
#include "lang/natives/foreign_state.h"
#include "vm/ffi/native_memory.h"
#include "vm/ffi/native_type.h"
#include "vm/values/numbers.h"

namespace fart::lang {

// The address and origin of a Pointer, where both are Smis and it comes from an allocator or from
// nowhere that is known.
struct QuickPlace {
  std::uint64_t address = 0;
  ffi::BlockId block = ffi::kNoBlock;
};
inline bool FindPlace(const ForeignState& state, ObjectPtr pointer,
                      QuickPlace* place) FART_NO_SAFEPOINT_ANALYSIS {
  if (!state.HasPointerShape(pointer)) return false;
  const NoSafepointScope quiet;
  const ObjectPtr address = *SlotAt(pointer, kPointerAddress, quiet);
  const ObjectPtr origin = *SlotAt(pointer, kPointerOrigin, quiet);
  if (!address.IsSmi() || !origin.IsSmi() || origin.SmiValue() < 0) return false;
  *place = {static_cast<std::uint64_t>(address.SmiValue()),
            static_cast<ffi::BlockId>(origin.SmiValue())};
  return true;
}

// A Pointer of these type arguments, whose address and origin are yet to be set. Null: there is no
// memory, or its class has not been seen.
inline FreshObject AllocatePointerQuickly(Interpreter& interpreter, const ForeignState& state,
                                          const TypeArguments* types) FART_MAY_COLLECT {
  const Class* const cls = state.pointer_class();
  if (cls == nullptr || cls->shape == ShapeTable::kInvalid) return FreshObject();
  FART_DCHECK(cls->types_offset == kPointerTypes);
  return interpreter.mutator().AllocateInitialised(
      cls->shape, ByteCount(kPointerTypes + kWordSize),
      [types](ObjectPtr* words, const NoSafepointScope&) {
        words[0] = ObjectPtr::FromSmi(0);
        words[1] = ObjectPtr::FromSmi(kUnknownOrigin);
        words[2] = kNull;
        words[3] = AsWord(types);
      });
}

// ---- Results

inline bool AnswerQuickly(Interpreter& interpreter, ObjectPtr* arguments,
                          double value) FART_MAY_COLLECT {
  const FreshObject fresh = NewDouble(interpreter.mutator(), value);
  if (fresh.is_null()) [[unlikely]]
    return false;
  const NoSafepointScope quiet;
  arguments[0] = fresh.Get(quiet);
  return true;
}

inline bool AnswerQuickly(ObjectPtr* arguments, std::int64_t value) {
  if (!ObjectPtr::IsSmiValue(value)) [[unlikely]]
    return false;
  arguments[0] = ObjectPtr::FromSmi(value);
  return true;
}

// ---- Elements

// A number that may be accessed.
struct QuickElement {
  ffi::NativeKind kind = ffi::NativeKind::kVoid;
  std::uint64_t address = 0;
};
[[gnu::always_inline]] inline bool FindElement(Interpreter& interpreter, ObjectPtr pointer,
                                               ObjectPtr index,
                                               QuickElement* element) FART_NO_SAFEPOINT_ANALYSIS {
  const ForeignState* const state = ForeignState::IfAny(interpreter);
  QuickPlace place;
  if (state == nullptr || !index.IsSmi() || !FindPlace(*state, pointer, &place)) return false;
  const NoSafepointScope quiet;
  const ffi::NativeType* const type = state->KnownTargetOf(pointer, quiet);
  std::int64_t offset = 0;
  if (type == nullptr ||
      __builtin_mul_overflow(index.SmiValue(), static_cast<std::int64_t>(type->size), &offset)) {
    return false;
  }
  *element = {type->kind, place.address + static_cast<std::uint64_t>(offset)};
  if (!CanBeMemory({.address = element->address})) return false;
  return place.block == ffi::kNoBlock || ffi::IsWithin(place.block, element->address, type->size);
}

namespace quick_foreign_internal {

template <typename T>
T ReadAt(std::uint64_t address) {
  T value;
  std::memcpy(&value, reinterpret_cast<const void*>(address), sizeof(T));
  return value;
}
// The lowest bits of an int.
template <typename T>
bool WriteSmiAt(std::uint64_t address, ObjectPtr value) {
  if (!value.IsSmi()) return false;
  const auto number = static_cast<T>(value.SmiValue());
  std::memcpy(reinterpret_cast<void*>(address), &number, sizeof(T));
  return true;
}
template <typename T>
bool WriteDoubleAt(std::uint64_t address, ObjectPtr value) FART_NO_SAFEPOINT_ANALYSIS {
  if (!IsDouble(value)) return false;
  const NoSafepointScope quiet;
  const auto number = static_cast<T>(DoubleValue(value, quiet));
  std::memcpy(reinterpret_cast<void*>(address), &number, sizeof(T));
  return true;
}

}  // namespace quick_foreign_internal

// arguments[0] becomes the element `index` of the pointer in it.
[[gnu::always_inline]] inline bool LoadQuickly(Interpreter& interpreter, ObjectPtr* arguments,
                                               ObjectPtr index) FART_MAY_COLLECT {
  using namespace quick_foreign_internal;  // NOLINT: its own
  QuickElement element;
  if (!FindElement(interpreter, arguments[0], index, &element)) return false;
  switch (element.kind) {
    case ffi::NativeKind::kInt8:
      return AnswerQuickly(arguments, ReadAt<std::int8_t>(element.address));
    case ffi::NativeKind::kUint8:
      return AnswerQuickly(arguments, ReadAt<std::uint8_t>(element.address));
    case ffi::NativeKind::kInt16:
      return AnswerQuickly(arguments, ReadAt<std::int16_t>(element.address));
    case ffi::NativeKind::kUint16:
      return AnswerQuickly(arguments, ReadAt<std::uint16_t>(element.address));
    case ffi::NativeKind::kInt32:
      return AnswerQuickly(arguments, ReadAt<std::int32_t>(element.address));
    case ffi::NativeKind::kUint32:
      return AnswerQuickly(arguments, ReadAt<std::uint32_t>(element.address));
    case ffi::NativeKind::kInt64:
    case ffi::NativeKind::kUint64:
      return AnswerQuickly(arguments, ReadAt<std::int64_t>(element.address));
    case ffi::NativeKind::kFloat:
      return AnswerQuickly(interpreter, arguments,
                           static_cast<double>(ReadAt<float>(element.address)));
    case ffi::NativeKind::kDouble:
      return AnswerQuickly(interpreter, arguments, ReadAt<double>(element.address));
    default:
      return false;
  }
}

// Stores a value as the element `index` of the pointer in arguments[0], which becomes the value.
[[gnu::always_inline]] inline bool StoreQuickly(Interpreter& interpreter, ObjectPtr* arguments,
                                                ObjectPtr index,
                                                ObjectPtr value) FART_NO_SAFEPOINT_ANALYSIS {
  using namespace quick_foreign_internal;  // NOLINT: its own
  QuickElement element;
  if (!FindElement(interpreter, arguments[0], index, &element)) return false;
  bool is_stored;
  switch (element.kind) {
    case ffi::NativeKind::kInt8:
    case ffi::NativeKind::kUint8:
      is_stored = WriteSmiAt<std::uint8_t>(element.address, value);
      break;
    case ffi::NativeKind::kInt16:
    case ffi::NativeKind::kUint16:
      is_stored = WriteSmiAt<std::uint16_t>(element.address, value);
      break;
    case ffi::NativeKind::kInt32:
    case ffi::NativeKind::kUint32:
      is_stored = WriteSmiAt<std::uint32_t>(element.address, value);
      break;
    case ffi::NativeKind::kInt64:
    case ffi::NativeKind::kUint64:
      is_stored = WriteSmiAt<std::uint64_t>(element.address, value);
      break;
    case ffi::NativeKind::kFloat:
      is_stored = WriteDoubleAt<float>(element.address, value);
      break;
    case ffi::NativeKind::kDouble:
      is_stored = WriteDoubleAt<double>(element.address, value);
      break;
    default:
      return false;
  }
  if (is_stored) arguments[0] = value;
  return is_stored;
}

// How many units there lie before a zero one; `most` if none of so many is zero.
template <typename Unit>
std::size_t UnitsBeforeZero(std::uint64_t address, std::size_t most) {
  const auto* const units = reinterpret_cast<const char*>(address);
  if constexpr (sizeof(Unit) == 1) {
    return most == std::numeric_limits<std::size_t>::max() ? strlen(units) : strnlen(units, most);
  }
  std::size_t length = 0;
  for (; length < most; ++length) {
    Unit unit;
    std::memcpy(&unit, units + length * sizeof(Unit), sizeof(Unit));
    if (unit == 0) break;
  }
  return length;
}

// ---- Natives that have one of these (arguments.h)

inline bool QuickPointerValue(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return LoadQuickly(interpreter, arguments, ObjectPtr::FromSmi(0));
}
inline bool QuickPointerSetValue(Interpreter& interpreter,
                                 ObjectPtr* arguments) FART_NO_SAFEPOINT_ANALYSIS {
  return StoreQuickly(interpreter, arguments, ObjectPtr::FromSmi(0), arguments[1]);
}
inline bool QuickPointerAt(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return LoadQuickly(interpreter, arguments, arguments[1]);
}
inline bool QuickPointerSetAt(Interpreter& interpreter,
                              ObjectPtr* arguments) FART_NO_SAFEPOINT_ANALYSIS {
  return StoreQuickly(interpreter, arguments, arguments[1], arguments[2]);
}

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_QUICK_FOREIGN_H_
