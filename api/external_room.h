// ExternalRoom -- how much more the objects of a heap may say that they hold outside of it.
//
// What one handle may say is bounded (WeakHandles::kMaxExternal), and so is what all of a heap say
// together: the counters that collections are paced by add those sizes up, and would come round.
//
// Not here: who counts (heap/mutator.h), and real memory, whose sizes cannot be absurd.

#ifndef FART_API_EXTERNAL_ROOM_H_
#define FART_API_EXTERNAL_ROOM_H_

#include <cstddef>

#include "handles/weak_handles.h"
#include "heap/heap.h"

namespace fart {

inline std::size_t ExternalRoom(Heap& heap) {
  const std::size_t charged = (heap.external_new() + heap.external_old()).value();
  const std::size_t most = WeakHandles::kMaxExternal.value();
  return charged < most ? most - charged : 0;
}

}  // namespace fart

#endif  // FART_API_EXTERNAL_ROOM_H_
