// Classes -- types by name and of objects, and instances made without a constructor.

#include <cstdint>
#include <limits>
#include <string>

#include "api/call_arguments.h"
#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/native/libraries.h"
#include "vm/program.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/errors.h"
#include "vm/values/lists.h"
#include "vm/values/native_fields.h"
#include "vm/values/strings.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

bool IsType(ObjectPtr object) { return HasShape(object, core_shape::kType); }

std::string NameOf(Rooted string) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return ToUtf8(string.Get(quiet), quiet);
}

// Whether it is a built-in list of that many types.
bool IsListOfTypes(Rooted list, std::intptr_t length) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  const ObjectPtr types = list.Get(quiet);
  if (!IsBuiltInList(types)) return false;
  if (ListLength(types, quiet) != static_cast<std::size_t>(length)) return false;
  for (std::size_t i = 0; i < ListLength(types, quiet); ++i) {
    if (!IsType(ListAt(types, i, quiet))) return false;
  }
  return true;
}

// A type that the arguments lead to; they are held meanwhile (A-A3).
Fart_Handle Find(Isolate& isolate, Rooted library, Rooted name,
                 const ObjectPtr* arguments) FART_MAY_COLLECT {
  const std::string text = NameOf(name);
  StackRoots<2> held(isolate.stack());
  {
    const NoSafepointScope quiet;
    held.Set(0, library.Get(quiet));
    if (arguments != nullptr) held.Set(1, *arguments);
  }
  return Wrap(isolate, isolate.program().FindType(held[0], text, held[1]));
}

Outcome AllocateInstance(Isolate& isolate, Rooted type) FART_MAY_COLLECT {
  StackRoots<1> held(isolate.stack());  // A-A3
  {
    const NoSafepointScope quiet;
    held.Set(0, type.Get(quiet));
  }
  return isolate.program().AllocateInstance(held[0]);
}

}  // namespace

// ---- Types

bool Fart_IsType(Fart_Handle handle) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, object, handle, false);
  return Holds<IsType>(object);
}
FART_CATCH_OR(false)

bool Fart_IsFunction(Fart_Handle handle) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, object, handle, false);
  static_cast<void>(object);
  return false;  // Nothing makes one.
}
FART_CATCH_OR(false)

bool Fart_IsVariable(Fart_Handle handle) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, object, handle, false);
  static_cast<void>(object);
  return false;  // Nothing makes one.
}
FART_CATCH_OR(false)

bool Fart_IsTypeVariable(Fart_Handle handle) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, object, handle, false);
  static_cast<void>(object);
  return false;  // Nothing makes one.
}
FART_CATCH_OR(false)

Fart_Handle Fart_GetType(Fart_Handle library, Fart_Handle class_name,
                         std::intptr_t number_of_type_arguments,
                         Fart_Handle* type_arguments) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, home, library);
  FART_UNWRAP(isolate, name, class_name);
  FART_NEED_RANGE(isolate, number_of_type_arguments, std::numeric_limits<std::int32_t>::max());
  FART_NEED_TYPE(isolate, home, library, IsLibrary, "Library");
  FART_NEED_TYPE(isolate, name, class_name, IsString, "String");
  if (number_of_type_arguments == 0) return Find(isolate, home, name, nullptr);
  FART_NEED_POINTER(isolate, type_arguments);
  const Fart_Handle arguments = *type_arguments;
  FART_UNWRAP(isolate, list, arguments);
  if (Holds<IsError>(list)) return arguments;
  if (!IsListOfTypes(list, number_of_type_arguments)) {
    return NewErrorHandle(isolate, Expects(__func__, "type_arguments",
                                           "a handle to a list of as many types as are announced"));
  }
  return Find(isolate, home, name, list.slot());
}
FART_CATCH

Fart_Handle Fart_GetClass(Fart_Handle library, Fart_Handle class_name) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, home, library);
  FART_UNWRAP(isolate, name, class_name);
  FART_NEED_TYPE(isolate, home, library, IsLibrary, "Library");
  FART_NEED_TYPE(isolate, name, class_name, IsString, "String");
  return Find(isolate, home, name, nullptr);
}
FART_CATCH

Fart_Handle Fart_InstanceGetType(Fart_Handle instance) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, value, instance);
  if (!value.is_null() && !IsInstanceOf(isolate, value)) {
    return WrongType(isolate, __func__, "instance", instance, value, "Instance");
  }
  return Wrap(isolate, isolate.program().TypeOf(value));
}
FART_CATCH

Fart_Handle Fart_ObjectIsType(Fart_Handle object, Fart_Handle type,
                              bool* instanceof) FART_MAY_COLLECT FART_TRY {
  if (instanceof != nullptr) * instanceof = false;
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_UNWRAP(isolate, value, object);
  FART_UNWRAP(isolate, tested, type);
  FART_NEED_POINTER(isolate, instanceof);
  FART_NEED_TYPE(isolate, tested, type, IsType, "Type");
  if (value.is_null()) return Success();
  if (!IsInstanceOf(isolate, value)) {
    return WrongType(isolate, __func__, "object", object, value, "Instance");
  }
  * instanceof = isolate.program().IsInstanceOf(value, tested);
  return Success();
}
FART_CATCH

// ---- Instances

Fart_Handle Fart_Allocate(Fart_Handle type) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, type);
  FART_NEED_TYPE(isolate, object, type, IsType, "Type");
  return Wrap(isolate, AllocateInstance(isolate, object));
}
FART_CATCH

Fart_Handle Fart_AllocateWithNativeFields(Fart_Handle type, std::intptr_t num_native_fields,
                                          const std::intptr_t* native_fields)
    FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, type);
  FART_NEED_POINTER(isolate, native_fields);
  FART_NEED_RANGE(isolate, num_native_fields, kMaxNativeFields);
  FART_NEED_TYPE(isolate, object, type, IsType, "Type");
  const Outcome outcome = AllocateInstance(isolate, object);
  if (outcome.IsError()) return Wrap(isolate, outcome);
  std::size_t count;
  {
    const NoSafepointScope quiet;
    const ObjectPtr instance = outcome.Get(quiet);
    const NativeFields fields = NativeFieldsOf(isolate.heap(), isolate.shapes(), instance, quiet);
    count = fields.count;
    if (count == static_cast<std::size_t>(num_native_fields)) {
      for (std::size_t i = 0; i < count; ++i) fields.first[i] = native_fields[i];
      return WrapObject(isolate, instance, quiet);
    }
  }
  return NewErrorHandle(isolate, Expects(__func__, "num_native_fields",
                                         "the number of native fields of the class, which is " +
                                             std::to_string(count)));
}
FART_CATCH

Fart_Handle Fart_New(Fart_Handle type, Fart_Handle constructor_name, int number_of_arguments,
                     Fart_Handle* arguments) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, type);
  FART_UNWRAP(isolate, name, constructor_name);
  FART_NEED_RANGE(isolate, number_of_arguments, std::numeric_limits<int>::max());
  if (number_of_arguments != 0) FART_NEED_POINTER(isolate, arguments);
  FART_NEED_TYPE(isolate, object, type, IsType, "Type");
  if (!name.is_null()) FART_NEED_TYPE(isolate, name, constructor_name, IsString, "String");
  FART_PUSH_CALL(isolate, words, object);
  const std::string text = name.is_null() ? "" : NameOf(name);
  const ProgramSection running(isolate);
  return FinishCall(isolate, isolate.program().New(words[0], text, words.From(1)));
}
FART_CATCH

Fart_Handle Fart_InvokeConstructor(Fart_Handle object, Fart_Handle name, int number_of_arguments,
                                   Fart_Handle* arguments) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, made, object);
  FART_UNWRAP(isolate, name_string, name);
  FART_NEED_RANGE(isolate, number_of_arguments, std::numeric_limits<int>::max());
  if (number_of_arguments != 0) FART_NEED_POINTER(isolate, arguments);
  if (!IsInstanceOf(isolate, made)) {
    return WrongType(isolate, __func__, "object", object, made, "Instance");
  }
  if (!name_string.is_null()) FART_NEED_TYPE(isolate, name_string, name, IsString, "String");
  FART_PUSH_CALL(isolate, words, made);
  const std::string text = name_string.is_null() ? "" : NameOf(name_string);
  const ProgramSection running(isolate);
  return FinishCall(isolate, isolate.program().InvokeConstructor(words[0], text, words.From(1)));
}
FART_CATCH

Fart_Handle Fart_CreateNativeWrapperClass(Fart_Handle library, Fart_Handle class_name,
                                          int field_count) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, home, library);
  FART_UNWRAP(isolate, name, class_name);
  FART_NEED_RANGE(isolate, field_count, kMaxNativeFields);
  FART_NEED_TYPE(isolate, home, library, IsLibrary, "Library");
  FART_NEED_TYPE(isolate, name, class_name, IsString, "String");
  const std::string text = NameOf(name);
  StackRoots<1> held(isolate.stack());  // A-A3
  {
    const NoSafepointScope quiet;
    held.Set(0, home.Get(quiet));
  }
  return Wrap(isolate, isolate.program().NewNativeWrapperClass(
                           held[0], text, static_cast<std::uint32_t>(field_count)));
}
FART_CATCH

// ---- Native fields of an instance

#define FART_NEED_INSTANCE(isolate, object, handle) \
  if (!IsInstanceOf(isolate, object)) [[unlikely]]  \
  return WrongType(isolate, __func__, #handle, handle, object, "Instance")

Fart_Handle Fart_GetNativeInstanceFieldCount(Fart_Handle obj,
                                             int* count) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, obj);
  FART_NEED_POINTER(isolate, count);
  FART_NEED_INSTANCE(isolate, object, obj);
  const NoSafepointScope quiet;
  *count = static_cast<int>(
      NativeFieldsOf(isolate.heap(), isolate.shapes(), object.Get(quiet), quiet).count);
  return Success();
}
FART_CATCH

Fart_Handle Fart_GetNativeInstanceField(Fart_Handle obj, int index,
                                        std::intptr_t* value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, obj);
  FART_NEED_POINTER(isolate, value);
  FART_NEED_INSTANCE(isolate, object, obj);
  std::size_t count;
  {
    const NoSafepointScope quiet;
    const NativeFields fields =
        NativeFieldsOf(isolate.heap(), isolate.shapes(), object.Get(quiet), quiet);
    count = fields.count;
    if (index >= 0 && static_cast<std::size_t>(index) < count) {
      *value = fields.first[index];
      return Success();
    }
  }
  return BadIndex(isolate, __func__, "index", index, count);
}
FART_CATCH

Fart_Handle Fart_SetNativeInstanceField(Fart_Handle obj, int index,
                                        std::intptr_t value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, obj);
  FART_NEED_INSTANCE(isolate, object, obj);
  std::size_t count;
  {
    const NoSafepointScope quiet;
    const NativeFields fields =
        NativeFieldsOf(isolate.heap(), isolate.shapes(), object.Get(quiet), quiet);
    count = fields.count;
    if (index >= 0 && static_cast<std::size_t>(index) < count) {
      fields.first[index] = value;
      return Success();
    }
  }
  return BadIndex(isolate, __func__, "index", index, count);
}
FART_CATCH
