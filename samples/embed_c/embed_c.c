/*
 * A cache in C that holds objects of the heap for a long time.
 *
 * The pages used last are held by persistent handles. Every page ever made and not yet collected is
 * watched by a weak handle besides, so one that fell out of the cache is found again for as long as
 * somebody else keeps it alive. When a page dies, the callback of its weak handle cleans up.
 */
#include <stdio.h>
#include <string.h>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

enum { kPages = 8, kHeld = 3 };

typedef struct {
  Fart_PersistentHandle held;     /* NULL while the page is not held */
  Fart_WeakPersistentHandle seen; /* NULL while no page of this number is alive */
  unsigned last_use;
} Entry;

static Entry cache[kPages];
static unsigned uses;
static Fart_Shape page_shape; /* one reference: its text; 8 bytes: its number */

/* A page has died. Callbacks may not allocate or throw; this one only writes down what happened. */
static void PageDied(void* isolate_data, Fart_WeakPersistentHandle handle, void* peer) {
  (void)isolate_data;
  (void)handle;
  ((Entry*)peer)->seen = NULL;
}

static Fart_Handle MakePage(int64_t number) {
  char text[32];
  snprintf(text, sizeof text, "page %d", (int)number);
  Fart_Handle page = Fart_AllocateObject(page_shape, 0);
  DART_CHECK_VALID(Fart_SetReference(page, 0, Fart_NewStringFromCString(text)));
  DART_CHECK_VALID(Fart_WriteBytes(page, 0, &number, sizeof number));
  return page;
}

static void Hold(Entry* entry, Fart_Handle page) {
  Entry* oldest = NULL;
  int held = 0;
  for (int i = 0; i < kPages; ++i) {
    if (cache[i].held == NULL) continue;
    ++held;
    if (oldest == NULL || cache[i].last_use < oldest->last_use) oldest = &cache[i];
  }
  if (held == kHeld) {
    Fart_DeletePersistentHandle(oldest->held);
    oldest->held = NULL;
  }
  entry->held = Fart_NewPersistentHandle(page);
}

/* The page of this number as a handle of the current scope, and in *how where it came from. */
static Fart_Handle GetPage(int number, const char** how) {
  Entry* entry = &cache[number];
  entry->last_use = ++uses;
  if (entry->held != NULL) {
    *how = "held";
    return Fart_HandleFromPersistent(entry->held);
  }
  Fart_Handle page = entry->seen == NULL ? Fart_Null() : Fart_HandleFromWeakPersistent(entry->seen);
  *how = "found again";
  if (Fart_IsNull(page)) {
    *how = "made";
    page = MakePage(number);
    entry->seen = Fart_NewWeakPersistentHandle(page, entry, 0, PageDied);
  }
  Hold(entry, page);
  return page;
}

static void Show(int number) {
  Fart_EnterScope();
  const char* how = NULL;
  const char* text = NULL;
  Fart_Handle page = GetPage(number, &how);
  DART_CHECK_VALID(Fart_StringToCString(Fart_GetReference(page, 0), &text));
  printf("%s: %s\n", text, how);
  Fart_ExitScope();
}

int main(void) {
  Fart_InitializeParams params = {.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION};
  char* error = Fart_Initialize(&params);
  if (error != NULL || Fart_CreateHeapIsolate(NULL, &error) == NULL) {
    fprintf(stderr, "%s\n", error);
    free(error);
    return 1;
  }
  Fart_EnterScope();
  Fart_ShapeDescription description = {
      .struct_size = sizeof description, .name = "Page", .reference_count = 1, .byte_count = 8};
  DART_CHECK_VALID(Fart_RegisterShape(&description, &page_shape));
  const char* how = NULL;
  /* The program itself keeps page 1: its handle belongs to this scope. */
  Fart_Handle bookmark = GetPage(1, &how);
  for (int number = 0; number < 6; ++number) Show(number);
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kEverything)); /* pages move, or die */
  Show(5);
  Show(4);
  Show(1); /* not held any more, but alive */
  Show(0); /* dead: made anew */
  Fart_Handle same = GetPage(1, &how);
  printf("the bookmark is %s page\n", Fart_IdentityEquals(bookmark, same) ? "the same" : "another");
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  return Fart_Cleanup() == NULL ? 0 : 1;
}
