#include "document.h"

#include <stdlib.h>
#include <string.h>

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

static const char* const names[kNames] = {"page", "title", "list", "item", "n", "colour"};

bool Open(Document* document, char** error) {
  const Fart_DirectAbi abi = FART_DIRECT_ABI;
  Fart_ShapeDescription shapes[kShapes] = {
      {.name = "Element", .reference_count = 4, .weak_reference_count = 2, .byte_count = 8},
      {.name = "Attribute", .reference_count = 2, .byte_count = 8},
      {.name = "Text", .variable_part = Fart_VariablePart_kBytes},
      {.name = "Edit", .reference_count = 4, .byte_count = 8}};
  int i;
  for (i = 0; i < kShapes; ++i) shapes[i].struct_size = sizeof shapes[i];
  for (i = 0; i < kSlots; ++i) document->slots[i].bits = FART_DIRECT_NULL;
  document->roots = (Fart_RootArray){document->slots, kSlots, 0};
  document->direct =
      Fart_DirectAttach(&abi, shapes, kShapes, &document->first_shape, NULL, NULL, error);
  if (document->direct == NULL) return false;
  DART_CHECK_VALID(Fart_AddRootArray(&document->roots, "document"));
  return true;
}

Fart_Ref Get(const Document* document, int slot) {
  return Fart_GetSlot(document->direct, &document->slots[slot]);
}
void Set(Document* document, int slot, Fart_Ref value) {
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

Fart_Ref MakeElement(const Document* document, Name name) {
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

Fart_Ref Find(const Fart_Direct* direct, Fart_Ref element, int* number) {
  Fart_Ref child;
  if ((*number)-- == 0) return element;
  child = Fart_Load(direct, element, kFirstChild);
  for (; !Fart_IsNullRef(child); child = Fart_Load(direct, child, kNextSibling)) {
    const Fart_Ref found = Find(direct, child, number);
    if (!Fart_IsNullRef(found)) return found;
  }
  return Fart_NullRef(direct);
}

int Count(const Fart_Direct* direct, Fart_Ref element) {
  int count = 1;
  Fart_Ref child = Fart_Load(direct, element, kFirstChild);
  for (; !Fart_IsNullRef(child); child = Fart_Load(direct, child, kNextSibling)) {
    count += Count(direct, child);
  }
  return count;
}

/* ---- Edits */

void Insert(Document* document, const Fart_Slot* parent, Name name, Fart_Slot* child) {
  Fart_Direct* const direct = document->direct;
  Fart_SetSlot(direct, child, MakeElement(document, name));
  Record(document, kInserted, Fart_GetSlot(direct, parent), Fart_GetSlot(direct, child),
         Fart_NullRef(direct));
  Link(direct, Fart_GetSlot(direct, parent), Fart_GetSlot(direct, child),
       LastChild(direct, Fart_GetSlot(direct, parent)));
}

void Remove(Document* document, const Fart_Slot* child) {
  Fart_Direct* const direct = document->direct;
  const Fart_Ref it = Fart_GetSlot(direct, child);
  Record(document, kRemoved, Fart_LoadWeak(direct, it, kParent), it,
         Fart_LoadWeak(direct, it, kPreviousSibling));
  Unlink(direct, Fart_GetSlot(direct, child));
}

void SetContent(Document* document, const Fart_Slot* element, const char* content) {
  Fart_Direct* const direct = document->direct;
  Fart_Ref it = Fart_GetSlot(direct, element);
  Record(document, kContentSet, it, Fart_Load(direct, it, kContent), Fart_NullRef(direct));
  /* Made first: arguments of one call are evaluated in any order. */
  const Fart_Ref text = MakeText(document, content);
  Fart_Store(direct, Fart_GetSlot(direct, element), kContent, text);
}

void SetAttribute(Document* document, const Fart_Slot* element, Name name, const char* value) {
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

bool Undo(Document* document) {
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

void Write(const Fart_Direct* direct, Fart_Ref element, FILE* out) {
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
