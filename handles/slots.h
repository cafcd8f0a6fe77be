// Slots -- what a persistent and a weak handle have in their table.
//
// Not here: what the tag says (slot_table.h).

#ifndef FART_HANDLES_SLOTS_H_
#define FART_HANDLES_SLOTS_H_

#include <cstdint>

#include "heap/base/bit_field.h"
#include "heap/object/object_ptr.h"

namespace fart {

struct StrongSlot {
  ObjectPtr referent;  // free: the next free slot of the chunk, as a Smi
  std::uint64_t tag;
};
static_assert(sizeof(StrongSlot) == 16);

// A function of the host, whose type only the caller above knows.
using OpaqueCallback = void (*)();

enum class WeakState : std::uint8_t {
  kLive,
  kQueued,   // dead; on the queue of callbacks, or deleted from it (kind 0) and not yet passed
  kRunning,  // dead; the callback has been handed out and has not finished
};

struct WeakSlot {
  using State = BitField<WeakState, 0, 2>;
  using External = BitField<std::uint64_t, State::kNext, 62>;

  ObjectPtr referent;  // free, as above; queued: the next slot of the queue, as a Smi
  std::uint64_t tag;
  void* peer;
  OpaqueCallback callback;
  std::uint64_t external_and_state;
};
static_assert(sizeof(WeakSlot) == 40);

}  // namespace fart

#endif  // FART_HANDLES_SLOTS_H_
