// External strings -- strings whose units lie in memory that the host has lent.
//
// The memory comes back to the host through a finalizer, which runs exactly once: when the string
// has died, like the callback of a dead handle (H-C2, G-C4), or when the isolate ends. A handle of
// kind kExternal watches each string; it has the peer and the finalizer, and its external size is
// what the memory is charged as.
//
// Invariants
//   VV-X1 watched  an external string that is not empty has a live watcher, and knows its index.
//   VV-X2 empty    one that has no watcher is empty and refers to no memory.
//   VV-X3 lent     nobody reads a string's memory after its finalizer was called: the string is
//                  dead, or was emptied before.
//
// Not here: reading them (strings.h), when finalizers run (callback_runner.h).

#ifndef FART_VM_VALUES_EXTERNAL_STRINGS_H_
#define FART_VM_VALUES_EXTERNAL_STRINGS_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "handles/handle_tables.h"
#include "handles/weak_handles.h"
#include "heap/base/safepoint.h"
#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "vm/entry/foreign_types.h"
#include "vm/roots/rooted.h"

namespace fart {

class ObjectMemory;

// Who gets the memory back.
struct Lender {
  void* peer = nullptr;
  PeerFinalizer finalizer = nullptr;  // null: the host does not want to know
};

// A string over `units`, at most kMaxStringLength of them, charged with their bytes. An error: the
// memory is the caller's still, and the finalizer will not be called.
Outcome NewExternalString(ObjectMemory& memory, std::span<const std::uint8_t> units,
                          Lender lender) FART_MAY_COLLECT;
Outcome NewExternalString(ObjectMemory& memory, std::span<const char16_t> units,
                          Lender lender) FART_MAY_COLLECT;

// Copies the units of `string`, which is in the heap and not empty, to `buffer`, which has room for
// them and is aligned to units, and makes it an external one over that, charged with `charge`: the
// same object, so that whoever has it has an external string now. (The empty string's object is too
// small for that.) False: memory for its watcher is used up; nothing has changed then.
[[nodiscard]] bool MakeExternal(ObjectMemory& memory, ObjectPtr string, void* buffer,
                                ByteCount charge, Lender lender, const NoSafepointScope& quiet);
// After both: Mutator::PollExternalSize, at the next place where a collection is possible.

// The string becomes empty, and the memory is the caller's again: the finalizer will not run.
void TakeBack(ObjectMemory& memory, ObjectPtr string, const NoSafepointScope& quiet);

// The lender's peer; if there is none, what the host attached to the string (handles/peer_table.h).
void* PeerOfString(const HandleTables& handles, ObjectPtr string, const NoSafepointScope& quiet);

// Before the finalizers of all strings are run, in no order and with handles to others at hand.
// (VV-X3)
void EmptyExternalStrings(WeakHandles& weaks, const NoSafepointScope&);

}  // namespace fart

#endif  // FART_VM_VALUES_EXTERNAL_STRINGS_H_
