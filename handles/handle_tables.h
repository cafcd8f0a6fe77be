// HandleTables -- all handles of an isolate, and what any value a host hands in leads to.
//
// The owner registers `locals`, `persistents` and `constants` as roots and `weaks` and `peers` as
// weak providers with the collector.
//
// Not here: what an index of a constant or of an error text means (vm).

#ifndef FART_HANDLES_HANDLE_TABLES_H_
#define FART_HANDLES_HANDLE_TABLES_H_

#include <cstddef>
#include <cstdint>

#include "handles/handle_notes.h"
#include "handles/handle_value.h"
#include "handles/immortal_constants.h"
#include "handles/local_handles.h"
#include "handles/local_scope.h"
#include "handles/peer_table.h"
#include "handles/persistent_handles.h"
#include "handles/weak_handles.h"
#include "heap/base/safepoint.h"
#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/object/region_flags.h"

namespace fart {

struct ResolveResult {
  HandleStatus status;
  const ObjectPtr* slot;  // null unless kOk

  bool ok() const { return slot != nullptr; }
  // Only if ok().
  ObjectPtr Get(const NoSafepointScope&) const { return *slot; }
};

struct HandleCounts {
  struct Kind {
    std::size_t live;
    std::size_t made;
  };
  Kind local;
  Kind persistent;
  Kind weak;
  Kind finalizable;
  std::size_t pending_callbacks;
  ByteCount table_memory;  // of persistent and weak handles
};

struct HandleTables {
  HandleTables(RegionFlags flags, HandleOwner owner, LocalHandleKnobs knobs = {});
  HandleTables(const HandleTables&) = delete;
  HandleTables& operator=(const HandleTables&) = delete;

  // False when the system refused the address space; the isolate cannot be made then.
  bool is_usable() const { return locals.is_usable(); }

  // The slot of a value that a host passes where any handle is allowed: local, persistent or
  // immortal. A weak or finalizable one is of the wrong kind there, dead or alive. For an error
  // text the status says so, and value.index() says which.
  ResolveResult Resolve(HandleValue value) const {
    if (locals.IsLive(value)) [[likely]] {
      return {HandleStatus::kOk, value.As<const ObjectPtr>()};
    }
    return ResolveTagged(value);
  }

  // Of the handles made from now on every `every`th is to be noted; 0: none. (HN-P1) Local ones
  // only where all are: what is asked one time in a thousand must cost next to nothing, and they
  // are made without a call. In checked mode all are noted, whatever is asked.
  void SetProvenance(std::uint64_t every) {
    if (locals.is_checked()) every = 1;
    notes.SetSampling(every, MadeForHosts());
    locals.SetNoting(every == 1);
    persistents.SetQuickWay(every);
    weaks.SetQuickWay(every);
  }
  // Whether the persistent, weak or finalizable handle that has just been made, not by a quick way,
  // is one to be noted.
  bool TakeTurn() { return notes.is_sampling() && notes.TakeTurn(MadeForHosts()); }

  HandleCounts Counts() const;
  // Of all values given out by the tables of persistent and weak handles.
  std::uint32_t HighestGeneration() const;
  // Of all tables.
  void Verify(VerifyReporter& reporter) const;
  bool IsSound() const;

  HandleNotes notes;
  LocalHandles locals;
  PersistentHandles persistents;
  WeakHandles weaks;
  PeerTable peers;
  ImmortalConstants constants;

 private:
  std::uint64_t MadeForHosts() const {
    return persistents.made() + weaks.made(HandleKind::kWeak) +
           weaks.made(HandleKind::kFinalizable);
  }
  [[gnu::noinline]] ResolveResult ResolveTagged(HandleValue value) const;
};

}  // namespace fart

#endif  // FART_HANDLES_HANDLE_TABLES_H_
