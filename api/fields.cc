// Fields -- what a library, a class or an object has under a name is read and written.

#include <string>

#include "api/call_arguments.h"
#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/native/libraries.h"
#include "vm/program.h"
#include "vm/values/errors.h"
#include "vm/values/strings.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

bool IsNamed(ObjectPtr object) { return IsLibrary(object) || HasShape(object, core_shape::kType); }

}  // namespace

// A library, a type or an instance, not null.
#define FART_NEED_CONTAINER(isolate, object, handle)                          \
  if (!Holds<IsNamed>(object) && !IsInstanceOf(isolate, object)) [[unlikely]] \
  return WrongType(isolate, __func__, #handle, handle, object, "Instance, Type or Library")

Fart_Handle Fart_GetField(Fart_Handle container, Fart_Handle name) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, container);
  FART_UNWRAP(isolate, name_string, name);
  FART_NEED_CONTAINER(isolate, object, container);
  FART_NEED_TYPE(isolate, name_string, name, IsString, "String");
  if (!isolate.stack().HasRoomFor(1)) return ToForeign(ErrorText::kStackOverflow);
  StackRun held(isolate.stack());  // A-A3
  held.Add(object);
  const ProgramSection running(isolate);
  return FinishCall(isolate, isolate.program().GetField(held[0], TextOf(name_string)));
}
FART_CATCH

Fart_Handle Fart_SetField(Fart_Handle container, Fart_Handle name,
                          Fart_Handle value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, container);
  FART_UNWRAP(isolate, name_string, name);
  FART_UNWRAP(isolate, new_value, value);
  FART_NEED_CONTAINER(isolate, object, container);
  FART_NEED_TYPE(isolate, name_string, name, IsString, "String");
  if (!new_value.is_null() && !IsInstanceOf(isolate, new_value)) {
    return WrongType(isolate, __func__, "value", value, new_value, "Instance");
  }
  if (!isolate.stack().HasRoomFor(2)) return ToForeign(ErrorText::kStackOverflow);
  StackRun held(isolate.stack());  // A-A3
  held.Add(object);
  held.Add(new_value);
  const bool is_named = Holds<IsNamed>(held[0]);
  const ProgramSection running(isolate);
  const Fart_Handle result =
      FinishCall(isolate, isolate.program().SetField(held[0], TextOf(name_string), held[1]));
  return is_named && !Fart_IsError(result) ? Success() : result;
}
FART_CATCH
