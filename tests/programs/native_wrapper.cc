// An extension that declares the superclass that its library's classes extend, and keeps a number
// in each object.

#include <string.h>

#include "dart_api.h"

namespace {

Fart_Handle Check(Fart_Handle handle) {
  if (Fart_IsError(handle)) Fart_PropagateError(handle);
  return handle;
}

void Set(Fart_NativeArguments arguments) {
  int64_t value = 0;
  Check(Fart_GetNativeIntegerArgument(arguments, 1, &value));
  Check(Fart_SetNativeInstanceField(Fart_GetNativeArgument(arguments, 0), 0, (intptr_t)value));
}

void Get(Fart_NativeArguments arguments) {
  intptr_t value = 0;
  Check(Fart_GetNativeReceiver(arguments, &value));
  Fart_SetIntegerReturnValue(arguments, value);
}

Fart_NativeFunction Resolve(Fart_Handle name, int, bool*) {
  const char* text = "";
  if (Fart_IsError(Fart_StringToCString(name, &text))) return NULL;
  if (strcmp(text, "Set") == 0) return Set;
  return strcmp(text, "Get") == 0 ? Get : NULL;
}

}  // namespace

DART_EXPORT Fart_Handle native_wrapper_Init(Fart_Handle library) {
  // The library is not linked yet: this fails, and does no harm.
  const Fart_Handle early = Fart_Invoke(library, Fart_NewStringFromCString("main"), 0, NULL);
  if (!Fart_IsError(early)) return Fart_NewApiError("main ran too early");
  const Fart_Handle made =
      Fart_CreateNativeWrapperClass(library, Fart_NewStringFromCString("Wrapper"), 1);
  if (Fart_IsError(made)) return made;
  return Fart_SetNativeResolver(library, Resolve, NULL);
}
