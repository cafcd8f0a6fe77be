// Natives of dart:ffi: what a Pointer leads to, sizes, errno. Calls are in natives_ffi_call.cc,
// libraries in natives_ffi_library.cc, memory in natives_ffi_memory.cc and
// natives_ffi_finalizer.cc, texts in natives_ffi_text.cc, structs in natives_ffi_struct.cc, what
// @Native is about in natives_ffi_native.cc.

#include <cstdint>
#include <cstring>
#include <limits>
#include <string>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/foreign_pointer.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/natives.h"
#include "lang/natives/natives_ffi.h"
#include "lang/natives/natives_ffi_struct.h"
#include "lang/natives/quick_foreign.h"
#include "vm/ffi/native_type.h"

namespace fart::lang {

namespace {

using ffi::NativeType;

Done SizeOf(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::string error;
  const NativeType* const type = SizedTypeOf(interpreter, *interpreter.TypeArgument(0), &error);
  if (type == nullptr) return RaiseUnsupported(interpreter, arguments, "sizeOf: " + error + ".");
  return Answer(arguments, ObjectPtr::FromSmi(static_cast<std::int64_t>(type->size)));
}

// ---- Access. arguments[0] is the pointer.

// Moves the place by so many elements. False: no address is that far away.
bool Move(Place* place, std::int64_t index, std::uint64_t size) {
  std::int64_t offset = 0;
  if (__builtin_mul_overflow(index, static_cast<std::int64_t>(size), &offset)) return false;
  place->address += static_cast<std::uint64_t>(offset);
  return true;
}

Done RefuseFar(Interpreter& interpreter) {
  return interpreter.Refuse(1, "must be the index of an element that has an address");
}

Done Load(Interpreter& interpreter, ObjectPtr* arguments, Place place,
          std::int64_t index) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const NativeType* const type = ElementTypeOf(interpreter, arguments, &done);
  if (type == nullptr) return done;
  if (!Move(&place, index, type->size)) return RefuseFar(interpreter);
  if (type->IsCompound()) {
    return AnswerCompoundAt(interpreter, arguments, *TargetOf(interpreter, arguments[0]), place);
  }
  if (!MayAccess(interpreter, arguments, place, type->size, &done)) return done;
  std::uint64_t word = 0;
  std::memcpy(&word, reinterpret_cast<const void*>(place.address), type->size);
  return AnswerForeignWord(interpreter, arguments, *type, *TargetOf(interpreter, arguments[0]),
                           word);
}

Done Store(Interpreter& interpreter, ObjectPtr* arguments, Place place, std::int64_t index,
           std::uint32_t which) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const NativeType* const type = ElementTypeOf(interpreter, arguments, &done);
  if (type == nullptr) return done;
  if (!Move(&place, index, type->size)) return RefuseFar(interpreter);
  if (type->IsCompound()) {
    return StoreCompoundAt(interpreter, arguments, *TargetOf(interpreter, arguments[0]), place,
                           which);
  }
  if (!MayAccess(interpreter, arguments, place, type->size, &done)) return done;
  std::uint64_t word = 0;
  const char* rule = nullptr;
  if (!TakeStoredWord(interpreter, *type, arguments[which], &word, &rule)) {
    return interpreter.Refuse(which, rule);
  }
  std::memcpy(reinterpret_cast<void*>(place.address), &word, type->size);
  return Answer(arguments, arguments[which]);
}

Done PointerValue(Interpreter& interpreter, ObjectPtr* arguments,
                  PointerArg pointer) FART_MAY_COLLECT {
  return Load(interpreter, arguments, pointer.place, 0);
}
Done PointerSetValue(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                     AnyArg) FART_MAY_COLLECT {
  return Store(interpreter, arguments, pointer.place, 0, 1);
}
Done PointerAt(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
               Int64Arg index) FART_MAY_COLLECT {
  return Load(interpreter, arguments, pointer.place, index.value);
}
Done PointerSetAt(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                  Int64Arg index, AnyArg) FART_MAY_COLLECT {
  return Store(interpreter, arguments, pointer.place, index.value, 2);
}

// ---- errno

Done Errno(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerInteger(interpreter, arguments, *ForeignState::Of(interpreter).kept_errno());
}

Done SetErrno(Interpreter& interpreter, ObjectPtr* arguments,
              RangeArg<std::numeric_limits<int>::min(), std::numeric_limits<int>::max()> value)
    FART_MAY_COLLECT {
  *ForeignState::Of(interpreter).kept_errno() = static_cast<int>(value.value);
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<SizeOf>("Ffi_sizeOf"),
    Native<Errno>("Ffi_errno"),
    Native<SetErrno>("Ffi_setErrno"),
    NativeWithQuickWay<QuickPointerValue, PointerValue>("Pointer_value"),
    NativeWithQuickWay<QuickPointerSetValue, PointerSetValue>("Pointer_setValue"),
    NativeWithQuickWay<QuickPointerAt, PointerAt>("Pointer_at"),
    NativeWithQuickWay<QuickPointerSetAt, PointerSetAt>("Pointer_setAt"),
};

}  // namespace

Done LoadPointedTo(Interpreter& interpreter, ObjectPtr* arguments, const Place& place) {
  return Load(interpreter, arguments, place, 0);
}

Done StorePointedTo(Interpreter& interpreter, ObjectPtr* arguments, const Place& place) {
  return Store(interpreter, arguments, place, 0, 1);
}

std::span<const IntrinsicEntry> FfiIntrinsics() { return kEntries; }

}  // namespace fart::lang
