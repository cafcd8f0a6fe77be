// What the natives of dart:ffi share: types of pointers; from words of C to values of a program and
// back, for calls and callbacks.

#ifndef FART_LANG_NATIVES_NATIVES_FFI_H_
#define FART_LANG_NATIVES_NATIVES_FFI_H_

#include <cstdint>
#include <string>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/natives.h"
#include "vm/ffi/foreign_call.h"
#include "vm/ffi/native_type.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

struct ForeignFunction;
struct Place;

// The type argument of a Pointer; null: nobody has said it.
TypeEntity* TargetOf(Interpreter& interpreter, ObjectPtr pointer) FART_NO_SAFEPOINT_ANALYSIS;
// Of what can lie in memory: has a size. Null: *error is a rule for a type or pointer.
const ffi::NativeType* SizedTypeOf(Interpreter& interpreter, const TypeEntity& type,
                                   std::string* error);
// The type whose values the Pointer in arguments[0] points to. Null: *done is the error.
const ffi::NativeType* ElementTypeOf(Interpreter& interpreter, ObjectPtr* arguments, Done* done);

// A new Pointer of type `type` (Pointer<...>).
FreshObject NewPointerTo(Interpreter& interpreter, TypeEntity& type,
                         std::uint64_t address) FART_MAY_COLLECT;

// The value that the Pointer in arguments[0], whose place that is, points to: in arguments[0].
Done LoadPointedTo(Interpreter& interpreter, ObjectPtr* arguments,
                   const Place& place) FART_MAY_COLLECT;
// arguments[1] becomes it.
Done StorePointedTo(Interpreter& interpreter, ObjectPtr* arguments,
                    const Place& place) FART_MAY_COLLECT;

// Calls it with arguments[1] and so on; the result is in arguments[0].
Done CallForeign(Interpreter& interpreter, ObjectPtr* arguments, const ForeignFunction& function,
                 const ffi::ForeignTarget& target) FART_MAY_COLLECT;

// The bits of a scalar that are stored, however many were given: as the language's typed data do.
// False: it is no value of that type; *rule says what it must be.
bool TakeStoredWord(Interpreter& interpreter, const ffi::NativeType& type, ObjectPtr value,
                    std::uint64_t* word, const char** rule) FART_NO_SAFEPOINT_ANALYSIS;

// The value of a scalar, or null for void, in arguments[0]; `of_program` is the type of a Pointer.
// Of a Handle it is there already.
Done AnswerForeignWord(Interpreter& interpreter, ObjectPtr* arguments, const ffi::NativeType& type,
                       TypeEntity& of_program, std::uint64_t word) FART_MAY_COLLECT;

// The type of the lists of such numbers. False: there are none.
bool ListTypeOf(ffi::NativeKind kind, TypedDataType* type);

// The word of a scalar, extended to 64 bits. False: *rule says what the value "must" be.
bool TakeForeignWord(Interpreter& interpreter, const ffi::NativeType& type, ObjectPtr value,
                     std::uint64_t* word, std::string* rule) FART_NO_SAFEPOINT_ANALYSIS;

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_NATIVES_FFI_H_
