// Natives of dart:ffi: what happens to native memory when objects of the program die: finalizers,
// and lists over that memory.

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "heap/base/units.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/foreign_pointer.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/natives.h"
#include "lang/natives/natives_ffi.h"
#include "vm/ffi/callback_stubs.h"
#include "vm/ffi/native_finalizer.h"
#include "vm/ffi/native_memory.h"
#include "vm/platform/process_allocator.h"
#include "vm/values/numbers.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

namespace {

using ffi::NativeFinalizers;
using ffi::NativeKind;
using ffi::NativeType;

// ---- Finalizers

// Whether C may be called with a token when an object dies: Void Function(Pointer).
bool IsFinalizerType(Interpreter& interpreter, const TypeEntity* target) {
  if (target == nullptr || target->kind != TypeRef::Kind::kClass || target->arguments == nullptr ||
      target->cls->compiled->name.text != "NativeFunction") {
    return false;
  }
  const TypeEntity& type = *target->arguments->types[0];
  if (type.kind != TypeRef::Kind::kFunction || type.parameter_count() != 1) return false;
  ForeignState& state = ForeignState::Of(interpreter);
  std::string ignored;
  const NativeType* const result = state.NativeTypeOf(*type.result(), &ignored);
  const NativeType* const parameter = state.NativeTypeOf(*type.parameter_type(0), &ignored);
  return result != nullptr && result->kind == NativeKind::kVoid && parameter != nullptr &&
         parameter->kind == NativeKind::kPointer;
}

// The function of the argument, a Pointer. False: it is refused.
bool TakeFunction(Interpreter& interpreter, ObjectPtr* arguments, std::uint32_t which,
                  const Place& place, NativeFinalizers::Function* function) {
  ForeignState& state = ForeignState::Of(interpreter);
  const auto refuse = [&](std::string rule) {
    interpreter.Refuse(which, std::move(rule));
    return false;
  };
  if (!IsFinalizerType(interpreter, TargetOf(interpreter, arguments[which]))) {
    return refuse("must point to a native function 'Void Function(Pointer<Void>)'");
  }
  const std::string why = WhyDead(state, place);
  if (!why.empty()) return refuse("must be valid: " + why);
  if (place.address < kNullPage) return refuse("must not be nullptr: there is no function");
  const auto* const address = reinterpret_cast<const void*>(place.address);
  if (ffi::StubAt(address)) {
    return refuse("must be a function of C: no code of the program may run when an object dies");
  }
  function->run = reinterpret_cast<void (*)(void*)>(place.address);
  function->library = LibraryOf(state, place);
  return true;
}

// The token for the function. False: it is refused.
bool TakeToken(Interpreter& interpreter, std::uint32_t which, const Place& place,
               const NativeFinalizers::Function& function, NativeFinalizers::Token* token) {
  const std::string why = WhyDead(ForeignState::Of(interpreter), place);
  if (!why.empty()) {
    interpreter.Refuse(which, "must be valid: " + why + HistoryInRule(place));
    return false;
  }
  token->address = place.address;
  token->block = place.block();
  const ProcessAllocator* const process = ProcessAllocator::Get();
  if (process == nullptr || function.run != process->free || !place.IsInBlock()) return true;
  const ffi::BlockRange range = ffi::RangeOf(place.block());
  if (place.address == range.address) return true;
  interpreter.Refuse(which, "must be the beginning of the block that is to be freed, which is at " +
                                Hex(range.address) + HistoryInRule(place));
  return false;
}

// (callback): refuses one that no finalizer can have; a number for what will be attached by it.
Done OpenFinalizer(Interpreter& interpreter, ObjectPtr* arguments,
                   PointerArg callback) FART_MAY_COLLECT {
  NativeFinalizers::Function function;
  if (!TakeFunction(interpreter, arguments, 0, callback.place, &function)) return Done::kRefused;
  const std::uint64_t number = ForeignState::Of(interpreter).TakeFinalizerNumber();
  return Answer(arguments, ObjectPtr::FromSmi(static_cast<std::int64_t>(number)));
}

bool HasIdentity(ObjectPtr object) {
  return object.IsHeapObject() && !IsBool(object) && !IsDouble(object) && !IsInteger(object) &&
         !IsString(object);
}

// (number, callback, value, token, detach or null, external size or null, whether the value is
// Finalizable)
Done AttachFinalizer(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg number,
                     PointerArg callback, AnyArg, PointerArg token, AnyArg,
                     OrNull<Int64Arg> external, BoolArg is_finalizable) FART_MAY_COLLECT {
  if (!is_finalizable.value || !HasIdentity(arguments[2])) {
    return interpreter.Refuse(2, "must be Finalizable: an object of a class that implements it");
  }
  NativeFinalizers::Function function;
  if (!TakeFunction(interpreter, arguments, 1, callback.place, &function)) return Done::kRefused;
  NativeFinalizers::Token taken;
  if (!TakeToken(interpreter, 3, token.place, function, &taken)) return Done::kRefused;
  if (!arguments[4].is_null() && !HasIdentity(arguments[4])) {
    return interpreter.Refuse(4, "must be an object with an identity: no number, String or bool");
  }
  // What all of a heap say together is bounded as what one says is (api/external_room.h).
  Heap& heap = interpreter.isolate().heap();
  const ByteCount charged = heap.external_new() + heap.external_old();
  const ByteCount room = WeakHandles::kMaxExternal - std::min(WeakHandles::kMaxExternal, charged);
  const auto most = static_cast<std::int64_t>(room.value());
  if (external.is_given && (external.given.value < 0 || external.given.value > most)) {
    return interpreter.RefuseRange(5, 0, most);
  }
  const ByteCount size(external.is_given ? static_cast<std::size_t>(external.given.value) : 0);
  const bool is_attached = ForeignState::Of(interpreter)
                               .finalizers()
                               .Attach(static_cast<std::uint64_t>(number.value), function,
                                       Rooted(arguments + 2), taken, Rooted(arguments + 4), size);
  return is_attached ? Answer(arguments, kNull) : OutOfMemory(interpreter);
}

// (number, detach)
Done DetachFinalizer(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg number,
                     AnyArg) FART_MAY_COLLECT {
  if (!HasIdentity(arguments[1])) {
    return interpreter.Refuse(1,
                              "must be an object with an identity: no null, number, String or "
                              "bool");
  }
  ForeignState::Of(interpreter)
      .finalizers()
      .Detach(static_cast<std::uint64_t>(number.value), Rooted(arguments + 1));
  return Answer(arguments, kNull);
}

// ---- Lists over native memory

}  // namespace

bool ListTypeOf(NativeKind kind, TypedDataType* type) {
  switch (kind) {
    case NativeKind::kInt8:
      *type = TypedDataType::kInt8;
      return true;
    case NativeKind::kUint8:
      *type = TypedDataType::kUint8;
      return true;
    case NativeKind::kInt16:
      *type = TypedDataType::kInt16;
      return true;
    case NativeKind::kUint16:
      *type = TypedDataType::kUint16;
      return true;
    case NativeKind::kInt32:
      *type = TypedDataType::kInt32;
      return true;
    case NativeKind::kUint32:
      *type = TypedDataType::kUint32;
      return true;
    case NativeKind::kInt64:
      *type = TypedDataType::kInt64;
      return true;
    case NativeKind::kUint64:
      *type = TypedDataType::kUint64;
      return true;
    case NativeKind::kFloat:
      *type = TypedDataType::kFloat32;
      return true;
    case NativeKind::kDouble:
      *type = TypedDataType::kFloat64;
      return true;
    default:
      return false;
  }
}

namespace {

// The place that a list of `length` elements would see. False: *done is the error.
bool MaySee(Interpreter& interpreter, ObjectPtr* arguments, const Place& place,
            const NativeType& element, std::int64_t length, Done* done) FART_MAY_COLLECT {
  if (place.address % element.size != 0 && place.origin != kTypedDataOrigin) {
    *done = interpreter.Refuse(0, "must be aligned: its address, " + Hex(place.address) +
                                      ", is no multiple of " + BytesText(element.size));
    return false;
  }
  const bool is_null = place.address < kNullPage && place.origin == kUnknownOrigin;
  if (is_null && length == 0) return true;
  return MayAccess(interpreter, arguments, place, static_cast<std::uint64_t>(length) * element.size,
                   done);
}

// (pointer, length, finalizer or null, token or null)
Done AsTypedList(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                 Int64Arg length, OrNull<PointerArg> finalizer,
                 OrNull<PointerArg> token) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const NativeType* const element = ElementTypeOf(interpreter, arguments, &done);
  if (element == nullptr) return done;
  TypedDataType type{};
  if (!ListTypeOf(element->kind, &type)) {
    return interpreter.Refuse(0, "must point to numbers, of which there are lists");
  }
  const auto most = static_cast<std::int64_t>(MaxTypedDataLength(type));
  if (length.value < 0 || length.value > most) return interpreter.RefuseRange(1, 0, most);
  const Place& place = pointer.place;
  if (!MaySee(interpreter, arguments, place, *element, length.value, &done)) return done;
  if (token.is_given && !finalizer.is_given) {
    return interpreter.Refuse(3, "must not be given without a finalizer, which it is for");
  }
  NativeFinalizers::Function function;
  NativeFinalizers::Token taken;
  if (finalizer.is_given) {
    if (!TakeFunction(interpreter, arguments, 2, finalizer.given.place, &function) ||
        !TakeToken(interpreter, token.is_given ? 3 : 0, token.is_given ? token.given.place : place,
                   function, &taken)) {
      return Done::kRefused;
    }
  }

  const ByteCount size(static_cast<std::size_t>(length.value) * element->size);
  const FreshObject made =
      NewExternalTypedData(interpreter.mutator(), type, reinterpret_cast<void*>(place.address),
                           static_cast<std::size_t>(length.value));
  if (made.is_null()) return Answer(interpreter, arguments, made);
  {
    const NoSafepointScope quiet;
    arguments[0] = made.Get(quiet);
  }
  const Rooted list(arguments);
  ForeignState& state = ForeignState::Of(interpreter);
  ffi::ForeignLibrary* const library = LibraryOf(state, place);
  if ((place.IsInBlock() && !state.finalizers().KeepBlock(list, place.block())) ||
      (library != nullptr && !state.finalizers().KeepLibrary(list, library))) {
    return OutOfMemory(interpreter);
  }
  const ObjectPtr no_key = kNull;
  if (finalizer.is_given &&
      !state.finalizers().Attach(0, function, list, taken, Rooted(&no_key), size)) {
    return OutOfMemory(interpreter);
  }
  return Done::kResult;
}

// The number of the type of a list of typed data, as dart:typed_data has it; of other lists 0.
Done TypedDataKind(Interpreter&, ObjectPtr* arguments, AnyArg) FART_MAY_COLLECT {
  const ObjectPtr list = arguments[0];
  const bool is_typed = list.IsHeapObject() && IsTypedList(list);
  return Answer(arguments, ObjectPtr::FromSmi(
                               is_typed ? static_cast<std::int64_t>(TypedDataTypeOf(list)) : 0));
}

constexpr IntrinsicEntry kEntries[] = {
    Native<OpenFinalizer>("NativeFinalizer_open"),
    Native<AttachFinalizer>("NativeFinalizer_attach"),
    Native<DetachFinalizer>("NativeFinalizer_detach"),
    Native<AsTypedList>("Pointer_asTypedList"),
    Native<TypedDataKind>("Ffi_typedDataKind"),
};

}  // namespace

std::span<const IntrinsicEntry> FfiFinalizerIntrinsics() { return kEntries; }

}  // namespace fart::lang
