// An extension in the style that existing ones have: it includes <string.h> and the header only,
// declares its resolver first, passes NULL, and checks each handle.

#include <string.h>
#include "dart_api.h"

Fart_NativeFunction ResolveName(Fart_Handle name, int argc, bool* auto_setup_scope);

DART_EXPORT Fart_Handle stdlib_numbers_Init(Fart_Handle parent_library) {
  if (Fart_IsError(parent_library)) return parent_library;
  Fart_Handle result_code = Fart_SetNativeResolver(parent_library, ResolveName, NULL);
  return Fart_IsError(result_code) ? result_code : Fart_Null();
}

Fart_Handle HandleError(Fart_Handle handle) {
  if (Fart_IsError(handle)) Fart_PropagateError(handle);
  return handle;
}

// <stdlib.h> comes with the header.
void ParseNumber(Fart_NativeArguments arguments) {
  Fart_Handle text = HandleError(Fart_GetNativeArgument(arguments, 0));
  const char* ctext;
  HandleError(Fart_StringToCString(text, &ctext));
  Fart_SetReturnValue(arguments, HandleError(Fart_NewInteger(strtoll(ctext, NULL, 10))));
}

void FitsIntoByte(Fart_NativeArguments arguments) {
  bool is_byte = false;
  Fart_Handle number = HandleError(Fart_GetNativeArgument(arguments, 0));
  if (Fart_IsInteger(number)) {
    bool fits;
    HandleError(Fart_IntegerFitsIntoInt64(number, &fits));
    if (fits) {
      int64_t value;
      HandleError(Fart_IntegerToInt64(number, &value));
      is_byte = value == static_cast<unsigned char>(value);
    }
  }
  Fart_SetReturnValue(arguments, HandleError(Fart_NewBoolean(is_byte)));
}

Fart_NativeFunction ResolveName(Fart_Handle name, int argc, bool* auto_setup_scope) {
  if (!Fart_IsString(name)) return NULL;
  const char* cname;
  HandleError(Fart_StringToCString(name, &cname));
  if (strcmp("ParseNumber", cname) == 0) return ParseNumber;
  if (strcmp("FitsIntoByte", cname) == 0) return FitsIntoByte;
  return NULL;
}
