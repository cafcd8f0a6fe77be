// Inspect -- where handles are made is noted here, and what an isolate is asked to print at its
// end.

#ifndef FART_API_INSPECT_H_
#define FART_API_INSPECT_H_

#include <string>

#include "handles/handle_tables.h"
#include "handles/handle_value.h"
#include "heap/base/safepoint.h"
#include "vm/isolate.h"

namespace fart::api {

// Notes where the handle, which has just been made for the host, was made, if it is its turn.
// `entry` is the function that is asking, or that the exported one has called for it. It is neither
// cold nor is calling it said to be unlikely: what is so leaves its function, which is not known by
// its beginning then (StackMemo::Take).
[[gnu::noinline]] void NotePlaceOf(Isolate& isolate, HandleValue value, const void* entry);
template <typename Entry>
inline void NoteMade(Isolate& isolate, HandleValue value, Entry* entry) {
  if (isolate.handles().TakeTurn()) {
    NotePlaceOf(isolate, value, reinterpret_cast<const void*>(entry));
  }
}

// A line that the host says; or none, and the stack tells.
struct SourceLine {
  const char* file = nullptr;
  int number = 0;
};
// The same where there may be a line: then no stack is looked at.
[[gnu::noinline]] void NoteLineOf(Isolate& isolate, HandleValue value, SourceLine line);
template <typename Entry>
inline void NoteMadeAt(Isolate& isolate, HandleValue value, SourceLine line, Entry* entry) {
  if (!isolate.handles().TakeTurn()) return;
  if (line.file != nullptr) {
    NoteLineOf(isolate, value, line);
  } else {
    NotePlaceOf(isolate, value, reinterpret_cast<const void*>(entry));
  }
}

// The same of the bytes that have just been lent to the host, of the object there.
[[gnu::noinline]] void NoteAcquiredOf(Isolate& isolate, Address object, const void* entry);
template <typename Entry>
inline void NoteAcquired(Isolate& isolate, Address object, Entry* entry) {
  if (isolate.handles().notes.notes_all()) {
    NoteAcquiredOf(isolate, object, reinterpret_cast<const void*>(entry));
  }
}
// They have been given back. What was noted of them is forgotten, whether notes are taken or not.
inline void NoteReleased(Isolate& isolate, Address object) {
  HandleNotes& notes = isolate.handles().notes;
  if (notes.has_held() && !isolate.heap().pins().HasPinsIn(object, object + ByteCount(1))) {
    notes.NoteHeld(Held::kAcquired, object.value(), nullptr);
  }
}

// Notes that the host has just deleted a handle, and where, in checked mode. `entry` as above.
[[gnu::noinline]] void NoteEndOf(Isolate& isolate, HandleValue value, const void* entry);
template <typename Entry>
inline void NoteDeleted(Isolate& isolate, HandleValue value, Entry* entry) {
  if (isolate.handles().notes.remembers_ended()) {
    NoteEndOf(isolate, value, reinterpret_cast<const void*>(entry));
  }
}

// What is known of a handle that the host used though it had ended: " It was made at x.c:1, and
// deleted at x.c:2. It is used at x.c:3." Empty: nothing. `entry` is where the function goes on
// that was asked, as with PlaceFinder.
std::string EndedText(HandleTables& handles, HandleValue value, const void* entry);

// A CallbackRunnerOfIsolate::Look: of Fart_RequestHeapSnapshot.
void WriteRequestedSnapshot(Enterable& isolate);

// What --gc-histogram, --leak-report, --heap-snapshot and --why ask for. No handle is closed yet.
void InspectAtEnd(Isolate& isolate) FART_MAY_COLLECT;

}  // namespace fart::api

#endif  // FART_API_INSPECT_H_
