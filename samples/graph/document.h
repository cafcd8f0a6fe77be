/*
 * A document as a graph of objects, by direct access: elements with attributes and text, links to
 * parent and previous sibling that keep nothing alive, and a history that undoes edits.
 *
 * What is raw (a Fart_Ref) is read anew from a root after every call that may collect. Functions
 * that make objects take slots, those that only link and walk take references.
 */
#ifndef SAMPLES_GRAPH_DOCUMENT_H_
#define SAMPLES_GRAPH_DOCUMENT_H_

#include <stdbool.h>
#include <stdio.h>

#include "fart_direct_api.h"

typedef enum { kPage, kTitle, kList, kItem, kNumber, kColour, kNames } Name;

/* What lives, lives because of these two slots. */
enum { kRoot, kHistory, kSlots };

typedef struct {
  Fart_Direct* direct;
  uint32_t first_shape;
  Fart_Slot slots[kSlots];
  Fart_RootArray roots;
} Document;

/* In the current isolate, with a scope open. False: *error says why, and is the caller's to free.
 */
bool Open(Document* document, char** error);

Fart_Ref Get(const Document* document, int slot);
void Set(Document* document, int slot, Fart_Ref value);

/* ---- These may collect. What they change, the history has. */

Fart_Ref MakeElement(const Document* document, Name name);
/* A new last child, into *child. */
void Insert(Document* document, const Fart_Slot* parent, Name name, Fart_Slot* child);
void Remove(Document* document, const Fart_Slot* child);
void SetContent(Document* document, const Fart_Slot* element, const char* content);
void SetAttribute(Document* document, const Fart_Slot* element, Name name, const char* value);

/* ---- These do not. */

/* False: there is nothing to undo. */
bool Undo(Document* document);
/* The element of this number, in the order of a walk from `element`; counts *number down. */
Fart_Ref Find(const Fart_Direct* direct, Fart_Ref element, int* number);
int Count(const Fart_Direct* direct, Fart_Ref element);
void Write(const Fart_Direct* direct, Fart_Ref element, FILE* out);

#endif /* SAMPLES_GRAPH_DOCUMENT_H_ */
