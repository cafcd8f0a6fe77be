// Structs and unions as values of a program: objects that say where one lies.
//
// Such an object, a view, has what the value lies in (a Pointer, or typed data) and an offset from
// there. So has an array, which is part of one.

#ifndef FART_LANG_NATIVES_NATIVES_FFI_STRUCT_H_
#define FART_LANG_NATIVES_NATIVES_FFI_STRUCT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "lang/natives/foreign_pointer.h"
#include "lang/natives/natives.h"
#include "vm/ffi/native_type.h"

namespace fart::lang {

// The fields of a view (lang/lib/ffi/compounds.dart).
inline constexpr std::uint32_t kViewBase = FieldOffset(0);
inline constexpr std::uint32_t kViewOffset = FieldOffset(1);
inline constexpr std::uint32_t kViewArray =
    FieldOffset(2);  // Of arrays: the number of an ArrayType.

// The one at a place that the Pointer in arguments[0] leads to.
Done AnswerCompoundAt(Interpreter& interpreter, ObjectPtr* arguments, TypeEntity& type,
                      const Place& place) FART_MAY_COLLECT;
// Copies the one that is an argument there.
Done StoreCompoundAt(Interpreter& interpreter, ObjectPtr* arguments, TypeEntity& type,
                     const Place& place, std::uint32_t which) FART_MAY_COLLECT;

// A new one, in memory of its own, with so many bytes from there.
Done AnswerCompound(Interpreter& interpreter, ObjectPtr* arguments, TypeEntity& type,
                    const void* bytes, std::size_t size) FART_MAY_COLLECT;
// The bytes of an argument, which stay there until something may collect. Null: it is no such
// struct, or does not lie where it may be read; *done is the error.
const void* TakeCompound(Interpreter& interpreter, ObjectPtr* arguments, std::uint32_t which,
                         const ffi::NativeType& native, const TypeEntity& type,
                         Done* done) FART_MAY_COLLECT;
// The same of a value; *rule says what it must be.
const void* FindCompound(Interpreter& interpreter, ObjectPtr value, const ffi::NativeType& native,
                         const TypeEntity& type, std::string* rule, const NoSafepointScope& quiet);

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_NATIVES_FFI_STRUCT_H_
