/* Runs a Fart script from C and takes a result out of it. */
#include <stdio.h>

#include "dart_api.h"

static const char kScript[] = "greet(name) => 'Hello, $name!';";

int main(void) {
  Fart_InitializeParams params = {.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION};
  if (Fart_Initialize(&params) != NULL) return 1;
  if (Fart_CreateIsolate("embedding", "greet", NULL, NULL, NULL, NULL) == NULL) return 1;
  Fart_EnterScope();
  Fart_Handle url = Fart_NewStringFromCString("embedding.dart");
  Fart_Handle source = Fart_NewStringFromCString(kScript);
  Fart_Handle library = Fart_LoadScript(url, url, source, 0, 0);
  Fart_Handle name = Fart_NewStringFromCString("world");
  Fart_Handle text = Fart_Invoke(library, Fart_NewStringFromCString("greet"), 1, &name);
  const char* greeting = NULL;
  DART_CHECK_VALID(Fart_StringToCString(text, &greeting)); /* an error of any call comes here */
  puts(greeting);
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  return Fart_Cleanup() != NULL;
}
