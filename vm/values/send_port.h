// Send ports and capabilities -- the two kinds of object that mean the same in every isolate.
//
// A send port names a port and the port of the isolate that it came from first (its origin; 0 where
// that is unknown). A capability is known by its id alone. Neither keeps anything alive, and a
// message carries both by value.
//
// Constructors answer a null FreshObject when the heap limit is reached.
//
// Not here: which ports there are and what is done with a message.

#ifndef FART_VM_VALUES_SEND_PORT_H_
#define FART_VM_VALUES_SEND_PORT_H_

#include <cstdint>

#include "heap/base/check.h"
#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/object_ptr.h"
#include "vm/memory/core_shapes.h"

namespace fart {

// Never reused in a process.
using PortId = std::int64_t;
inline constexpr PortId kNoPort = 0;

// `id` is not kNoPort; whether the port exists is nobody's question here.
inline FreshObject NewSendPort(Mutator& mutator, PortId id, PortId origin_id) FART_MAY_COLLECT {
  FART_DCHECK(id != kNoPort);
  const FreshObject port = mutator.Allocate(core_shape::kSendPort);
  if (port.is_null()) return port;
  const NoSafepointScope quiet;
  auto* const ids = (port.Get(quiet).address() + kNumberOffset).As<std::int64_t>();
  ids[0] = id;
  ids[1] = origin_id;
  return port;
}

inline FreshObject NewCapability(Mutator& mutator, std::int64_t id) FART_MAY_COLLECT {
  const FreshObject capability = mutator.Allocate(core_shape::kCapability);
  if (capability.is_null()) return capability;
  const NoSafepointScope quiet;
  *(capability.Get(quiet).address() + kNumberOffset).As<std::int64_t>() = id;
  return capability;
}

inline bool IsSendPort(ObjectPtr object) { return HasShape(object, core_shape::kSendPort); }
inline bool IsCapability(ObjectPtr object) { return HasShape(object, core_shape::kCapability); }

inline PortId SendPortId(ObjectPtr port, const NoSafepointScope&) {
  FART_DCHECK(IsSendPort(port));
  return (port.address() + kNumberOffset).As<PortId>()[0];
}
inline PortId SendPortOriginId(ObjectPtr port, const NoSafepointScope&) {
  FART_DCHECK(IsSendPort(port));
  return (port.address() + kNumberOffset).As<PortId>()[1];
}
inline std::int64_t CapabilityId(ObjectPtr capability, const NoSafepointScope&) {
  FART_DCHECK(IsCapability(capability));
  return *(capability.address() + kNumberOffset).As<std::int64_t>();
}

}  // namespace fart

#endif  // FART_VM_VALUES_SEND_PORT_H_
