// An extension that uses handles after their life, and says what comes of it.

#include <string.h>

#include "dart_api.h"
#include "fart_tools_api.h"

namespace {

// "error" for an error, else "no error".
void Tell(Fart_NativeArguments arguments, Fart_Handle handle) {
  Fart_SetReturnValue(arguments,
                      Fart_NewStringFromCString(Fart_IsError(handle) ? "error" : "no error"));
}

void UseDeleted(Fart_NativeArguments arguments) {
  const Fart_PersistentHandle handle = Fart_NewPersistentHandle(Fart_NewInteger(1));
  Fart_DeletePersistentHandle(handle);
  int64_t value = 0;
  Tell(arguments, Fart_IntegerToInt64(handle, &value));
}

void DeleteTwice(Fart_NativeArguments arguments) {
  const uint64_t before = Fart_MisuseCount();
  const Fart_PersistentHandle handle = Fart_NewPersistentHandle(Fart_NewInteger(1));
  Fart_DeletePersistentHandle(handle);
  Fart_DeletePersistentHandle(handle);
  Fart_SetIntegerReturnValue(arguments, (int64_t)(Fart_MisuseCount() - before));
}

void Nothing(void*, Fart_WeakPersistentHandle, void*) {}

void ReadDead(Fart_NativeArguments arguments) {
  Fart_EnterScope();
  const Fart_WeakPersistentHandle handle =
      Fart_NewWeakPersistentHandle(Fart_NewList(1), NULL, 0, Nothing);
  Fart_ExitScope();
  Fart_Collect(Fart_Collection_kEverything);
  Fart_SetWeakHandleReturnValue(arguments, handle);
}

void UseEndedLocal(Fart_NativeArguments arguments) {
  Fart_EnterScope();
  const Fart_Handle handle = Fart_NewInteger(1);
  Fart_ExitScope();
  // It has the same place.
  Fart_NewInteger(2);
  int64_t value = 0;
  Tell(arguments, Fart_IntegerToInt64(handle, &value));
}

// An api error that nobody handles.
void PropagateDeleted(Fart_NativeArguments) {
  const Fart_PersistentHandle handle = Fart_NewPersistentHandle(Fart_NewInteger(1));
  Fart_DeletePersistentHandle(handle);
  int64_t value = 0;
  const Fart_Handle result = Fart_IntegerToInt64(handle, &value);
  if (Fart_IsError(result)) Fart_PropagateError(result);
}

Fart_NativeFunction Resolve(Fart_Handle name, int, bool*) {
  const char* text = "";
  if (Fart_IsError(Fart_StringToCString(name, &text))) return NULL;
  if (strcmp(text, "UseDeleted") == 0) return UseDeleted;
  if (strcmp(text, "DeleteTwice") == 0) return DeleteTwice;
  if (strcmp(text, "ReadDead") == 0) return ReadDead;
  if (strcmp(text, "UseEndedLocal") == 0) return UseEndedLocal;
  if (strcmp(text, "PropagateDeleted") == 0) return PropagateDeleted;
  return NULL;
}

}  // namespace

DART_EXPORT Fart_Handle ended_handles_Init(Fart_Handle library);
Fart_Handle ended_handles_Init(Fart_Handle library) {
  return Fart_SetNativeResolver(library, Resolve, NULL);
}
