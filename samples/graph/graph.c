/*
 * A document as a graph of objects, by direct access: elements with attributes and text, links to
 * parent and previous sibling that keep nothing alive, and a history that undoes edits.
 *
 * What is raw (a Fart_Ref) is read anew from a root after every call that may collect. Functions
 * that make objects take slots, those that only link and walk take references.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fart_direct_api.h"
#include "fart_tools_api.h"

/* ---- What objects look like: references first, then weak ones, then raw words. */

enum { kElement, kAttribute, kText, kEdit, kShapes };

static const Fart_Layout kElementLayout = {4, 2, 1};
enum { kFirstChild = 1, kNextSibling, kAttributes, kContent, kParent, kPreviousSibling, kName };

static const Fart_Layout kAttributeLayout = {2, 0, 1};
enum { kNextAttribute = 1, kValue, kAttributeName };

/* What was done where; `kWhat` is the child, or the old value; `kBehind` its previous sibling. */
static const Fart_Layout kEditLayout = {4, 0, 1};
enum { kEarlier = 1, kWhere, kWhat, kBehind, kDeed };
typedef enum { kInserted, kRemoved, kValueSet, kContentSet } Deed;

/* A text's length is word 1. */
enum { kBytes = 2 };

typedef enum { kPage, kTitle, kList, kItem, kNumber, kColour, kNames } Name;
static const char* const names[kNames] = {"page", "title", "list", "item", "n", "colour"};

/* ---- The document: what lives, lives because of these two slots. */

enum { kRoot, kHistory, kSlots };

typedef struct {
  Fart_Direct* direct;
  uint32_t first_shape;
  Fart_Slot slots[kSlots];
  Fart_RootArray roots;
} Document;

static Fart_Ref Get(const Document* document, int slot) {
  return Fart_GetSlot(document->direct, &document->slots[slot]);
}
static void Set(Document* document, int slot, Fart_Ref value) {
  Fart_SetInArray(document->direct, &document->roots, slot, value);
}

static Fart_Ref MakeText(const Document* document, const char* text) {
  const size_t length = strlen(text);
  const Fart_Ref made =
      Fart_NewVariable(document->direct, document->first_shape + kText, (intptr_t)length);
  if (Fart_IsNone(made)) exit(1);
  memcpy(Fart_Word(document->direct, made, kBytes), text, length);
  return made;
}

static Fart_Ref MakeElement(const Document* document, Name name) {
  const Fart_Ref made =
      Fart_New(document->direct, document->first_shape + kElement, kElementLayout, NULL);
  if (Fart_IsNone(made)) exit(1);
  *Fart_Word(document->direct, made, kName) = name;
  return made;
}

/* Puts an edit in front of the history. What it is given survives, and is stale for the caller. */
static void Record(Document* document, Deed deed, Fart_Ref where, Fart_Ref what, Fart_Ref behind) {
  const Fart_Ref init[4] = {Get(document, kHistory), where, what, behind};
  const Fart_Ref made =
      Fart_New(document->direct, document->first_shape + kEdit, kEditLayout, init);
  if (Fart_IsNone(made)) exit(1);
  *Fart_Word(document->direct, made, kDeed) = deed;
  Set(document, kHistory, made);
}

/* ---- Links. Nothing is made here, so references stay good. */

static void Link(Fart_Direct* direct, Fart_Ref parent, Fart_Ref child, Fart_Ref behind) {
  const bool is_first = Fart_IsNullRef(behind);
  const Fart_Ref next =
      is_first ? Fart_Load(direct, parent, kFirstChild) : Fart_Load(direct, behind, kNextSibling);
  Fart_Store(direct, child, kParent, parent);
  Fart_Store(direct, child, kPreviousSibling, behind);
  Fart_Store(direct, child, kNextSibling, next);
  if (!Fart_IsNullRef(next)) Fart_Store(direct, next, kPreviousSibling, child);
  if (is_first) {
    Fart_Store(direct, parent, kFirstChild, child);
  } else {
    Fart_Store(direct, behind, kNextSibling, child);
  }
}

static void Unlink(Fart_Direct* direct, Fart_Ref child) {
  const Fart_Ref null = Fart_NullRef(direct);
  const Fart_Ref behind = Fart_LoadWeak(direct, child, kPreviousSibling);
  const Fart_Ref next = Fart_Load(direct, child, kNextSibling);
  if (!Fart_IsNullRef(next)) Fart_Store(direct, next, kPreviousSibling, behind);
  if (Fart_IsNullRef(behind)) {
    Fart_Store(direct, Fart_LoadWeak(direct, child, kParent), kFirstChild, next);
  } else {
    Fart_Store(direct, behind, kNextSibling, next);
  }
  Fart_Store(direct, child, kParent, null);
  Fart_Store(direct, child, kPreviousSibling, null);
  Fart_Store(direct, child, kNextSibling, null);
}

static Fart_Ref LastChild(const Fart_Direct* direct, Fart_Ref parent) {
  Fart_Ref last = Fart_NullRef(direct);
  Fart_Ref child = Fart_Load(direct, parent, kFirstChild);
  for (; !Fart_IsNullRef(child); child = Fart_Load(direct, child, kNextSibling)) last = child;
  return last;
}

static Fart_Ref FindAttribute(const Fart_Direct* direct, Fart_Ref element, Name name) {
  Fart_Ref attribute = Fart_Load(direct, element, kAttributes);
  while (!Fart_IsNullRef(attribute) && *Fart_Word(direct, attribute, kAttributeName) != name) {
    attribute = Fart_Load(direct, attribute, kNextAttribute);
  }
  return attribute;
}

/* The element of this number, in the order of a walk; counts *number down. */
static Fart_Ref Find(const Fart_Direct* direct, Fart_Ref element, int* number) {
  Fart_Ref child;
  if ((*number)-- == 0) return element;
  child = Fart_Load(direct, element, kFirstChild);
  for (; !Fart_IsNullRef(child); child = Fart_Load(direct, child, kNextSibling)) {
    const Fart_Ref found = Find(direct, child, number);
    if (!Fart_IsNullRef(found)) return found;
  }
  return Fart_NullRef(direct);
}

static int Count(const Fart_Direct* direct, Fart_Ref element) {
  int count = 1;
  Fart_Ref child = Fart_Load(direct, element, kFirstChild);
  for (; !Fart_IsNullRef(child); child = Fart_Load(direct, child, kNextSibling)) {
    count += Count(direct, child);
  }
  return count;
}

/* ---- Edits */

/* A new last child, into *child. */
static void Insert(Document* document, const Fart_Slot* parent, Name name, Fart_Slot* child) {
  Fart_Direct* const direct = document->direct;
  Fart_SetSlot(direct, child, MakeElement(document, name));
  Record(document, kInserted, Fart_GetSlot(direct, parent), Fart_GetSlot(direct, child),
         Fart_NullRef(direct));
  Link(direct, Fart_GetSlot(direct, parent), Fart_GetSlot(direct, child),
       LastChild(direct, Fart_GetSlot(direct, parent)));
}

static void Remove(Document* document, const Fart_Slot* child) {
  Fart_Direct* const direct = document->direct;
  const Fart_Ref it = Fart_GetSlot(direct, child);
  Record(document, kRemoved, Fart_LoadWeak(direct, it, kParent), it,
         Fart_LoadWeak(direct, it, kPreviousSibling));
  Unlink(direct, Fart_GetSlot(direct, child));
}

static void SetContent(Document* document, const Fart_Slot* element, const char* content) {
  Fart_Direct* const direct = document->direct;
  Fart_Ref it = Fart_GetSlot(direct, element);
  Record(document, kContentSet, it, Fart_Load(direct, it, kContent), Fart_NullRef(direct));
  /* Made first: arguments of one call are evaluated in any order. */
  const Fart_Ref text = MakeText(document, content);
  Fart_Store(direct, Fart_GetSlot(direct, element), kContent, text);
}

static void SetAttribute(Document* document, const Fart_Slot* element, Name name,
                         const char* value) {
  Fart_Direct* const direct = document->direct;
  FART_ROOTS(direct, attribute, 1);
  Fart_SetSlot(direct, &attribute.at[0],
               FindAttribute(direct, Fart_GetSlot(direct, element), name));
  if (Fart_IsNullRef(Fart_GetSlot(direct, &attribute.at[0]))) {
    const Fart_Ref init[2] = {Fart_Load(direct, Fart_GetSlot(direct, element), kAttributes),
                              Fart_NullRef(direct)};
    const Fart_Ref made =
        Fart_New(direct, document->first_shape + kAttribute, kAttributeLayout, init);
    if (Fart_IsNone(made)) exit(1);
    *Fart_Word(direct, made, kAttributeName) = name;
    Fart_SetSlot(direct, &attribute.at[0], made);
    Fart_Store(direct, Fart_GetSlot(direct, element), kAttributes, made);
  }
  const Fart_Ref old = Fart_GetSlot(direct, &attribute.at[0]);
  Record(document, kValueSet, old, Fart_Load(direct, old, kValue), Fart_NullRef(direct));
  const Fart_Ref text = MakeText(document, value);
  Fart_Store(direct, Fart_GetSlot(direct, &attribute.at[0]), kValue, text);
}

/* False: there is nothing to undo. */
static bool Undo(Document* document) {
  Fart_Direct* const direct = document->direct;
  const Fart_Ref edit = Get(document, kHistory);
  if (Fart_IsNullRef(edit)) return false;
  const Fart_Ref where = Fart_Load(direct, edit, kWhere);
  const Fart_Ref what = Fart_Load(direct, edit, kWhat);
  switch ((Deed)*Fart_Word(direct, edit, kDeed)) {
    case kInserted:
      Unlink(direct, what);
      break;
    case kRemoved:
      Link(direct, where, what, Fart_Load(direct, edit, kBehind));
      break;
    case kValueSet:
      Fart_Store(direct, where, kValue, what);
      break;
    case kContentSet:
      Fart_Store(direct, where, kContent, what);
      break;
  }
  Set(document, kHistory, Fart_Load(direct, edit, kEarlier));
  return true;
}

/* ---- Walking */

static void WriteText(const Fart_Direct* direct, Fart_Ref text, FILE* out) {
  if (Fart_IsNullRef(text)) return;
  fwrite((const void*)Fart_Word(direct, text, kBytes), 1, (size_t)Fart_LengthOf(direct, text), out);
}

static void Write(const Fart_Direct* direct, Fart_Ref element, FILE* out) {
  const char* const name = names[*Fart_Word(direct, element, kName)];
  Fart_Ref attribute = Fart_Load(direct, element, kAttributes);
  Fart_Ref child = Fart_Load(direct, element, kFirstChild);
  fprintf(out, "<%s", name);
  for (; !Fart_IsNullRef(attribute); attribute = Fart_Load(direct, attribute, kNextAttribute)) {
    const Fart_Ref value = Fart_Load(direct, attribute, kValue);
    if (Fart_IsNullRef(value)) continue; /* It was set, and that is undone. */
    fprintf(out, " %s=\"", names[*Fart_Word(direct, attribute, kAttributeName)]);
    WriteText(direct, value, out);
    fputc('"', out);
  }
  fputc('>', out);
  WriteText(direct, Fart_Load(direct, element, kContent), out);
  for (; !Fart_IsNullRef(child); child = Fart_Load(direct, child, kNextSibling)) {
    Write(direct, child, out);
  }
  fprintf(out, "</%s>", name);
}

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

/* ---- A host that edits */

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

/* A bookmark is a weak handle: both ways to hold objects work side by side. */
static void DropWhatIsBookmarked(Document* document) {
  Fart_Direct* const direct = document->direct;
  bool is_gone = false;
  int list = 2;
  {
    FART_ROOTS(direct, found, 1);
    Fart_SetSlot(direct, &found.at[0], Find(direct, Get(document, kRoot), &list));
    Fart_EnterScope();
    if (Fart_NewWeakPersistentHandle(Fart_HandleOf(direct, Fart_GetSlot(direct, &found.at[0])),
                                     &is_gone, 0, Gone) == NULL) {
      exit(1);
    }
    Fart_ExitScope();
    Remove(document, &found.at[0]);
  }
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kEverything));
  printf("removed, the list is %s\n", is_gone ? "gone" : "in the history");
  while (Undo(document)) continue;
  Show(document, "undone");
  list = 2;
  {
    FART_ROOTS(direct, found, 1);
    Fart_SetSlot(direct, &found.at[0], Find(direct, Get(document, kRoot), &list));
    Remove(document, &found.at[0]);
  }
  Set(document, kHistory, Fart_NullRef(direct));
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
  const Fart_DirectAbi abi = FART_DIRECT_ABI;
  Fart_InitializeParams params = {.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION};
  Fart_ShapeDescription shapes[kShapes] = {
      {.name = "Element", .reference_count = 4, .weak_reference_count = 2, .byte_count = 8},
      {.name = "Attribute", .reference_count = 2, .byte_count = 8},
      {.name = "Text", .variable_part = Fart_VariablePart_kBytes},
      {.name = "Edit", .reference_count = 4, .byte_count = 8}};
  Document document = {.slots = {{FART_DIRECT_NULL}, {FART_DIRECT_NULL}}};
  const char* finding;
  char* error = Fart_Initialize(&params);
  int i;
  for (i = 0; i < kShapes; ++i) shapes[i].struct_size = sizeof shapes[i];
  if (error == NULL && Fart_CreateHeapIsolate(NULL, &error) != NULL) {
    document.direct =
        Fart_DirectAttach(&abi, shapes, kShapes, &document.first_shape, NULL, NULL, &error);
  }
  if (document.direct == NULL) {
    fprintf(stderr, "%s\n", error);
    free(error);
    return 1;
  }
  Fart_EnterScope();
  document.roots = (Fart_RootArray){document.slots, kSlots, 0};
  DART_CHECK_VALID(Fart_AddRootArray(&document.roots, "document"));
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
