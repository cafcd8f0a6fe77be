// Native resolvers -- how a library's native functions are found.

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/native/libraries.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

Library& LibraryOf(Isolate& isolate, Rooted library) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return isolate.libraries().Of(library.Get(quiet), quiet);
}

}  // namespace

Fart_Handle Fart_SetNativeResolver(Fart_Handle library, Fart_NativeEntryResolver resolver,
                                   Fart_NativeEntrySymbol symbol) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, library);
  FART_NEED_TYPE(isolate, object, library, IsLibrary, "Library");
  Library& changed = LibraryOf(isolate, object);
  changed.resolver = resolver;
  changed.symbolizer = symbol;
  return Success();
}

Fart_Handle Fart_GetNativeResolver(Fart_Handle library,
                                   Fart_NativeEntryResolver* resolver) FART_MAY_COLLECT {
  if (resolver != nullptr) *resolver = nullptr;
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, library);
  FART_NEED_POINTER(isolate, resolver);
  FART_NEED_TYPE(isolate, object, library, IsLibrary, "Library");
  *resolver = LibraryOf(isolate, object).resolver;
  return Success();
}

Fart_Handle Fart_GetNativeSymbol(Fart_Handle library,
                                 Fart_NativeEntrySymbol* resolver) FART_MAY_COLLECT {
  if (resolver != nullptr) *resolver = nullptr;
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, library);
  FART_NEED_POINTER(isolate, resolver);
  FART_NEED_TYPE(isolate, object, library, IsLibrary, "Library");
  *resolver = LibraryOf(isolate, object).symbolizer;
  return Success();
}
