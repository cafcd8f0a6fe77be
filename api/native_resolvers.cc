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

// Declares `record`, the Library that the parameter `library` leads to.
#define FART_UNWRAP_LIBRARY(isolate, record, library)             \
  FART_UNWRAP(isolate, object, library);                          \
  FART_NEED_TYPE(isolate, object, library, IsLibrary, "Library"); \
  Library& record = LibraryOf(isolate, object)

Fart_Handle Fart_SetNativeResolver(Fart_Handle library, Fart_NativeEntryResolver resolver,
                                   Fart_NativeEntrySymbol symbol) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP_LIBRARY(isolate, changed, library);
  changed.resolver = resolver;
  changed.symbolizer = symbol;
  return Success();
}
FART_CATCH

Fart_Handle Fart_GetNativeResolver(Fart_Handle library,
                                   Fart_NativeEntryResolver* resolver) FART_MAY_COLLECT FART_TRY {
  if (resolver != nullptr) *resolver = nullptr;
  FART_ENTER(isolate);
  FART_NEED_POINTER(isolate, resolver);
  FART_UNWRAP_LIBRARY(isolate, asked, library);
  *resolver = asked.resolver;
  return Success();
}
FART_CATCH

Fart_Handle Fart_GetNativeSymbol(Fart_Handle library,
                                 Fart_NativeEntrySymbol* resolver) FART_MAY_COLLECT FART_TRY {
  if (resolver != nullptr) *resolver = nullptr;
  FART_ENTER(isolate);
  FART_NEED_POINTER(isolate, resolver);
  FART_UNWRAP_LIBRARY(isolate, asked, library);
  *resolver = asked.symbolizer;
  return Success();
}
FART_CATCH
