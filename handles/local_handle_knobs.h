// LocalHandleKnobs -- how much memory the local handles of an isolate may take.
//
// Not here: what is done with it (local_handles.h).

#ifndef FART_HANDLES_LOCAL_HANDLE_KNOBS_H_
#define FART_HANDLES_LOCAL_HANDLE_KNOBS_H_

#include <cstddef>

#include "heap/base/units.h"

namespace fart {

struct LocalHandleKnobs {
  ByteCount area = MiB(256);  // reserved for slots: 32 million handles
  ByteCount arena = GiB(4);   // reserved for scope memory
  bool checked = false;
  // So many handles at a time are more than anybody wants: a scope has been forgotten. 0: no bound.
  std::size_t forgotten_at = 0;

  // In proportion to a heap of this limit: a handle for every 128 bytes of it, and as much scope
  // memory as heap.
  static LocalHandleKnobs ForHeap(ByteCount heap_limit, bool checked);
};

}  // namespace fart

#endif  // FART_HANDLES_LOCAL_HANDLE_KNOBS_H_
