/*
 * A host of a document: builds one, edits it, goes back, drops parts, and prints what there is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "fart_tools_api.h"

static void Show(const Document* document, const char* what) {
  printf("%s: ", what);
  Write(document->direct, Get(document, kRoot), stdout);
  putchar('\n');
}

/* The document as text, which the caller frees. */
static char* TextOf(const Document* document) {
  char* text = NULL;
  size_t length = 0;
  FILE* const out = open_memstream(&text, &length);
  if (out == NULL) exit(1);
  Write(document->direct, Get(document, kRoot), out);
  fclose(out);
  return text;
}

static void Build(Document* document) {
  static const char* const items[] = {"one", "two", "three"};
  Fart_Direct* const direct = document->direct;
  FART_ROOTS(direct, made, 2);
  int i;
  Set(document, kRoot, MakeElement(document, kPage));
  Insert(document, &document->slots[kRoot], kTitle, &made.at[0]);
  SetContent(document, &made.at[0], "Graph");
  Insert(document, &document->slots[kRoot], kList, &made.at[0]);
  for (i = 0; i < 3; ++i) {
    char number[2] = {(char)('1' + i), '\0'};
    Insert(document, &made.at[0], kItem, &made.at[1]);
    SetAttribute(document, &made.at[1], kNumber, number);
    SetContent(document, &made.at[1], items[i]);
  }
  Set(document, kHistory, Fart_NullRef(direct)); /* There is no way back behind this. */
}

static void EditAndUndo(Document* document) {
  Fart_Direct* const direct = document->direct;
  FART_ROOTS(direct, found, 1);
  int second_item = 4;
  Fart_SetSlot(direct, &found.at[0], Find(direct, Get(document, kRoot), &second_item));
  SetAttribute(document, &found.at[0], kColour, "red");
  SetContent(document, &found.at[0], "2");
  Show(document, "edited");
  Remove(document, &found.at[0]);
  Show(document, "removed");
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kEverything)); /* The history has it. */
  Undo(document);
  Show(document, "undone");
  while (Undo(document)) continue;
  Show(document, "all undone");
}

static void Gone(void* isolate_data, Fart_WeakPersistentHandle handle, void* peer) {
  (void)isolate_data;
  (void)handle;
  *(bool*)peer = true;
}

static void RemoveNumber(Document* document, int number) {
  FART_ROOTS(document->direct, found, 1);
  Fart_SetSlot(document->direct, &found.at[0],
               Find(document->direct, Get(document, kRoot), &number));
  Remove(document, &found.at[0]);
}

/* A bookmark is a weak handle: both ways to hold objects work side by side. */
static void DropWhatIsBookmarked(Document* document) {
  bool is_gone = false;
  int list = 2;
  const Fart_Ref found = Find(document->direct, Get(document, kRoot), &list);
  Fart_EnterScope();
  if (Fart_NewWeakPersistentHandle(Fart_HandleOf(document->direct, found), &is_gone, 0, Gone) ==
      NULL) {
    exit(1);
  }
  Fart_ExitScope();
  RemoveNumber(document, 2);
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kEverything));
  printf("removed, the list is %s\n", is_gone ? "gone" : "in the history");
  while (Undo(document)) continue;
  Show(document, "undone");
  RemoveNumber(document, 2);
  Set(document, kHistory, Fart_NullRef(document->direct));
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kEverything));
  printf("without a history it is %s\n", is_gone ? "gone" : "there");
  Show(document, "left");
}

static unsigned Random(unsigned below) {
  static uint32_t state = 1;
  state = state * 1664525U + 1013904223U;
  return (state >> 16) % below;
}

static void EditAtRandom(Document* document, int edits) {
  Fart_Direct* const direct = document->direct;
  char* const before = TextOf(document);
  char* after;
  int most = 0;
  int i;
  for (i = 0; i < edits; ++i) {
    FART_ROOTS(direct, found, 2);
    const int count = Count(direct, Get(document, kRoot));
    int number = (int)Random((unsigned)count);
    const bool is_root = number == 0;
    char text[16];
    snprintf(text, sizeof text, "%d", i);
    if (count > most) most = count;
    Fart_SetSlot(direct, &found.at[0], Find(direct, Get(document, kRoot), &number));
    switch (Random(8)) {
      case 0:
        if (!is_root) Remove(document, &found.at[0]);
        break;
      case 1:
        SetContent(document, &found.at[0], text);
        break;
      case 2:
        SetAttribute(document, &found.at[0], Random(2) == 0 ? kNumber : kColour, text);
        break;
      case 3:
        Undo(document);
        break;
      default:
        Insert(document, &found.at[0], Random(2) == 0 ? kItem : kList, &found.at[1]);
        break;
    }
  }
  printf("%d edits, at most %d elements\n", edits, most);
  while (Undo(document)) continue;
  after = TextOf(document);
  printf("all undone it is %s document\n", strcmp(before, after) == 0 ? "the same" : "ANOTHER");
  free(before);
  free(after);
}

int main(void) {
  Fart_InitializeParams params = {.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION};
  Document document;
  const char* finding;
  char* error = Fart_Initialize(&params);
  bool is_open = false;
  if (error == NULL && Fart_CreateHeapIsolate(NULL, &error) != NULL) {
    Fart_EnterScope();
    is_open = Open(&document, &error);
  }
  if (!is_open) {
    fprintf(stderr, "%s\n", error);
    free(error);
    return 1;
  }
  Build(&document);
  Show(&document, "built");
  EditAndUndo(&document);
  EditAtRandom(&document, 400);
  DropWhatIsBookmarked(&document);
  finding = Fart_VerifyHeap();
  if (finding != NULL) printf("%s\n", finding);
  Fart_ShutdownIsolate();
  return Fart_Cleanup() == NULL && finding == NULL ? 0 : 1;
}
