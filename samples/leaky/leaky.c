/*
 * A server that handles requests and leaks in two ways: docs/find-a-leak.md finds both.
 *
 * It has nothing in it for that but FART_HERE, and a label.
 */
#include <stdio.h>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

enum { kRequests = 1000 };

static Fart_Shape session_shape; /* one reference: its text */
static Fart_Shape entry_shape;   /* references: the text of a session; the entry before it */
static Fart_PersistentHandle journal;

/* Writes down that the session was there. Nobody ever shortens the journal. */
static void Note(Fart_Handle text) {
  Fart_Handle entry = Fart_AllocateObject(entry_shape, 0);
  DART_CHECK_VALID(Fart_SetReference(entry, 0, text));
  DART_CHECK_VALID(Fart_SetReference(entry, 1, journal));
  Fart_SetPersistentHandle(journal, entry);
}

static void HandleRequest(int number) {
  char text[32];
  Fart_EnterScope();
  snprintf(text, sizeof text, "session %d", number);
  Fart_Handle session = Fart_AllocateObject(session_shape, 0);
  DART_CHECK_VALID(Fart_SetReference(session, 0, Fart_NewStringFromCString(text)));
  Fart_PersistentHandle kept = Fart_NewPersistentHandleAt(session, FART_HERE);
  Note(Fart_GetReference(session, 0));
  Fart_ExitScope();
  if (number % 10 == 0) return; /* It went wrong; and who ends the handle now? */
  Fart_DeletePersistentHandle(kept);
}

static void Register(const char* name, uint32_t references, Fart_Shape* shape) {
  Fart_ShapeDescription description = {
      .struct_size = sizeof description, .name = name, .reference_count = references};
  DART_CHECK_VALID(Fart_RegisterShape(&description, shape));
}

int main(void) {
  Fart_InitializeParams params = {.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION};
  if (Fart_Initialize(&params) != NULL) return 1;
  if (Fart_CreateHeapIsolate(NULL, NULL) == NULL) return 1;
  Fart_EnterScope();
  Register("Session", 1, &session_shape);
  Register("Entry", 2, &entry_shape);
  journal = Fart_NewPersistentHandle(Fart_Null());
  Fart_SetHandleLabel(journal, "the journal");
  for (int i = 0; i < kRequests; ++i) HandleRequest(i);
  Fart_ExitScope();
  printf("%d requests\n", kRequests);
  fflush(stdout);
  Fart_ShutdownIsolate();
  return Fart_Cleanup() == NULL ? 0 : 1;
}
