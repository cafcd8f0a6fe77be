// Values of C as those of a program: which native type a type is, from words to values and back.

#include <bit>
#include <cstdint>
#include <optional>
#include <string>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "lang/natives/arguments.h"
#include "lang/natives/foreign_pointer.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/natives.h"
#include "lang/natives/natives_ffi.h"
#include "vm/ffi/native_type.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/big_integers.h"
#include "vm/values/numbers.h"

namespace fart::lang {

using ffi::NativeKind;
using ffi::NativeType;

// ---- Types

TypeEntity* TargetOf(Interpreter& interpreter, ObjectPtr pointer) {
  const NoSafepointScope quiet;
  const TypeArguments* const arguments = interpreter.TypeArgumentsOf(pointer, quiet);
  return arguments == nullptr ? nullptr : arguments->types[0];
}

const NativeType* SizedTypeOf(Interpreter& interpreter, const TypeEntity& type,
                              std::string* error) {
  const NativeType* const native = ForeignState::Of(interpreter).NativeTypeOf(type, error);
  if (native == nullptr || native->size != 0) return native;
  *error = "'" + type.text + "' has no size";
  return nullptr;
}

const NativeType* ElementTypeOf(Interpreter& interpreter, ObjectPtr* arguments, Done* done) {
  const TypeEntity* const target = TargetOf(interpreter, arguments[0]);
  if (target != nullptr) [[likely]] {
    const NativeType* const known = ForeignState::Of(interpreter).KnownType(*target);
    if (known != nullptr && known->size != 0) [[likely]]
      return known;
  }
  std::string error = "its type is not known";
  const NativeType* const type =
      target == nullptr ? nullptr : SizedTypeOf(interpreter, *target, &error);
  if (type == nullptr) {
    *done = interpreter.Refuse(0, "must point to a native type that has values: " + error);
  }
  return type;
}

// ---- Values

namespace {

FreshObject InitPointer(Interpreter& interpreter, const TypeEntity& type, FreshObject fresh,
                        ObjectPtr address) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  const ObjectPtr pointer = fresh.Get(quiet);
  Mutator& mutator = interpreter.mutator();
  mutator.InitField(pointer, SlotAt(pointer, kPointerAddress, quiet), address);
  mutator.InitField(pointer, SlotAt(pointer, kPointerOrigin, quiet), ObjectPtr::FromSmi(0));
  if (type.arguments != nullptr) {
    mutator.InitField(pointer, SlotAt(pointer, type.cls->types_offset, quiet),
                      AsWord(type.arguments));
  }
  return fresh;
}

// C has no memory there, but pointers: (void*)-1.
[[gnu::cold]] FreshObject NewWidePointer(Interpreter& interpreter, const TypeEntity& type,
                                         std::uint64_t address) FART_MAY_COLLECT {
  StackRoots<1> number(interpreter.stack());
  {
    const FreshObject fresh = NewInteger(interpreter.mutator(), static_cast<std::int64_t>(address));
    if (fresh.is_null()) return fresh;
    const NoSafepointScope quiet;
    number.Set(0, fresh.Get(quiet));
  }
  const FreshObject fresh = interpreter.mutator().Allocate(type.cls->shape);
  if (fresh.is_null()) return fresh;
  const NoSafepointScope quiet;
  return InitPointer(interpreter, type, fresh, number[0].Get(quiet));
}

}  // namespace

FreshObject NewPointerTo(Interpreter& interpreter, TypeEntity& type, std::uint64_t address) {
  if (!interpreter.linker().RegisterInstanceShape(type.cls)) return FreshObject();
  if (!ObjectPtr::IsSmiValue(static_cast<std::int64_t>(address))) {
    return NewWidePointer(interpreter, type, address);
  }
  const FreshObject fresh = interpreter.mutator().Allocate(type.cls->shape);
  if (fresh.is_null()) return fresh;
  return InitPointer(interpreter, type, fresh,
                     ObjectPtr::FromSmi(static_cast<std::int64_t>(address)));
}

Done AnswerForeignWord(Interpreter& interpreter, ObjectPtr* arguments, const NativeType& type,
                       TypeEntity& of_program, std::uint64_t word) {
  switch (type.kind) {
    case NativeKind::kVoid:
      return Answer(arguments, kNull);
    case NativeKind::kBool:
      return Answer(arguments, BoolObject(ffi::Narrowed(type.kind, word) != 0));
    case NativeKind::kFloat:
      return AnswerDouble(
          interpreter, arguments,
          static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(word))));
    case NativeKind::kDouble:
      return AnswerDouble(interpreter, arguments, std::bit_cast<double>(word));
    case NativeKind::kHandle:
      return Done::kResult;  // The call has put it there.
    case NativeKind::kPointer:
      return Answer(interpreter, arguments, NewPointerTo(interpreter, of_program, word));
    default:
      return AnswerInteger(interpreter, arguments, ffi::Narrowed(type.kind, word));
  }
}

bool TakeStoredWord(Interpreter& interpreter, const NativeType& type, ObjectPtr value,
                    std::uint64_t* word, const char** rule) {
  const NoSafepointScope quiet;
  switch (type.kind) {
    case NativeKind::kBool:
      *rule = argument_rules::kBool;
      *word = value == kTrue ? 1 : 0;
      return IsBool(value);
    case NativeKind::kFloat:
    case NativeKind::kDouble: {
      *rule = argument_rules::kDouble;
      if (!IsDouble(value) && !IsInt64(value)) return false;
      const double number = IsDouble(value) ? DoubleValue(value, quiet)
                                            : static_cast<double>(IntegerValue(value, quiet));
      *word = type.kind == NativeKind::kDouble
                  ? std::bit_cast<std::uint64_t>(number)
                  : std::bit_cast<std::uint32_t>(static_cast<float>(number));
      return true;
    }
    case NativeKind::kPointer:
      *rule = "must be a Pointer";
      if (!IsPointer(interpreter, value)) return false;
      *word = PlaceOf(value, quiet).address;
      if (PlaceOf(value, quiet).origin != kTypedDataOrigin) return true;
      *rule = "must be a Pointer that has an address: typed data has one in calls only";
      return false;
    default:
      *rule = argument_rules::kInt;
      if (IsBigInteger(value)) {  // Up to 2^64: the bits are C's.
        const std::optional<std::uint64_t> bits = ReadInteger(value, quiet).ToUint64();
        *word = bits.value_or(0);
        return bits.has_value();
      }
      if (!IsInt64(value)) return false;
      *word = static_cast<std::uint64_t>(IntegerValue(value, quiet));
      return true;
  }
}

bool TakeForeignWord(Interpreter& interpreter, const NativeType& type, ObjectPtr value,
                     std::uint64_t* word, std::string* rule) {
  const char* kind_rule = nullptr;
  if (!TakeStoredWord(interpreter, type, value, word, &kind_rule)) {
    *rule = kind_rule;
    return false;
  }
  if (type.IsFloating() || type.kind == NativeKind::kBool) return true;
  if (type.kind == NativeKind::kPointer) {
    const NoSafepointScope quiet;
    const std::string why = WhyDead(ForeignState::Of(interpreter), PlaceOf(value, quiet));
    if (!why.empty()) *rule = "must be valid: " + why;
    return why.empty();
  }
  *word = static_cast<std::uint64_t>(ffi::Narrowed(type.kind, *word));
  return true;
}

}  // namespace fart::lang
