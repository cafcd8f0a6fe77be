// Collector -- what the heap asks of whoever collects it.
//
// Invariants
//   H-C2 prompt  callbacks of dead handles run after the pause and before the allocation that
//                caused it is retried.
//   H-T1 alone   while a collection or a callback is under way nothing is allocated, for that might
//                begin another one.
//
// Not here: how a collection works (gc/controller.h). The heap never learns who collects it.

#ifndef FART_HEAP_COLLECTOR_H_
#define FART_HEAP_COLLECTOR_H_

#include <cstdint>

#include "heap/base/safepoint.h"

namespace fart {

enum class GcReason : std::uint8_t {
  kNewSpaceFull,
  kOldSpaceFull,  // old space grew past its threshold
  kHeapLimit,     // the last try before "out of memory"
  kExternalSize,  // bytes charged to objects grew past their threshold
  kStress,        // --gc-stress
  kRequested,     // the tools API
  kIdle,          // the host has nothing else to do
  kLowMemory,     // the host says that the system runs short
};
const char* GcReasonName(GcReason reason);

enum class GcKind : std::uint8_t { kMinor, kMajor };

class Collector {
 public:
  // Collects at least as much as `least` says. The caller has retired its allocation area.
  virtual void Collect(GcKind least, GcReason reason) FART_MAY_COLLECT = 0;
  // Runs callbacks of dead handles for one slice; a no-op when none are pending.
  virtual void RunPendingCallbacks() FART_MAY_COLLECT = 0;
  // A slice of what goes on beside the mutator, if there is any; called as often as an area for
  // allocation is taken. Nothing moves, and nothing young is looked at.
  virtual void MakeProgress() {}
  // Whether new space is to be collected though it has room; asked as often as that.
  virtual bool WantsScavenge() { return false; }
  // Whether it wants to be asked that more often: at areas that are a part of a region.
  virtual bool WantsShortAreas() { return false; }
  // Whether progress is wanted at each of those, too, and not at regions alone: it is late.
  virtual bool IsLate() { return false; }
  // Whether a collection or a callback is under way.
  virtual bool IsBusy() const { return false; }
  // The heap limit is reached, and a full collection did not help. True: it is higher now.
  virtual bool RaiseHeapLimit() FART_MAY_COLLECT { return false; }

 protected:
  ~Collector() = default;
};

}  // namespace fart

#endif  // FART_HEAP_COLLECTOR_H_
