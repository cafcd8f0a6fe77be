// An extension with a native function, for programs that are loaded where memory runs out.

#include "dart_api.h"

namespace {

void Seven(Fart_NativeArguments arguments) { Fart_SetIntegerReturnValue(arguments, 7); }

Fart_NativeFunction Find(Fart_Handle, int, bool*) { return Seven; }

}  // namespace

DART_EXPORT Fart_Handle swept_extension_Init(Fart_Handle library) {
  return Fart_SetNativeResolver(library, Find, nullptr);
}
