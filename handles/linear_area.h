// LinearArea -- reserved address space that is used from its start upwards and never moves.
//
// Addresses in it can be handed out for as long as the area lives. It grows by committing, in steps
// that double what there is, and shrinks when asked. A small area is accessible as a whole from the
// start and only counts what it would have committed: that makes one mapping and not two, of which
// a process with thousands of isolates has too few.
//
// Invariants
//   HN-N1 inside   start <= limit <= end; [start, limit) is committed.
//
// Not here: what is used of it (local_handles.h, scope_arena.h).

#ifndef FART_HANDLES_LINEAR_AREA_H_
#define FART_HANDLES_LINEAR_AREA_H_

#include "heap/base/units.h"
#include "heap/platform/virtual_memory.h"

namespace fart {

class LinearArea {
 public:
  // Committed at once, and the unit in which the area grows.
  static constexpr ByteCount kGranule = KiB(64);
  // Shrinking leaves at least this much committed.
  static constexpr ByteCount kKept = MiB(1);

  // An area up to this size is small.
  static constexpr ByteCount kSmall = MiB(8);

  // `size` is rounded up to whole granules. When the system refuses, the area is empty: start,
  // limit and end are null.
  explicit LinearArea(ByteCount size);

  LinearArea(const LinearArea&) = delete;
  LinearArea& operator=(const LinearArea&) = delete;

  Address start() const { return memory_.start(); }
  Address limit() const { return limit_; }
  Address end() const { return memory_.end(); }
  bool is_empty() const { return memory_.is_empty(); }
  ByteCount committed() const { return limit_ - memory_.start(); }

  // Makes limit() at least `size` bytes beyond `top`. False when the area or memory is used up.
  [[nodiscard]] bool Grow(Address top, ByteCount size);
  // Gives back half of what is committed and neither used (below `top`) nor kept. Called at every
  // collection: what a burst has committed goes in a few of them; what is used again and again
  // between two stays.
  void ShrinkByHalf(Address top);
  // Gives back all that is neither used nor kept.
  void ShrinkTo(Address top);

  bool IsSound() const;

 private:
  bool Commit(Address first, ByteCount size);
  void GiveBackFrom(Address first);

  VirtualMemory memory_;
  bool is_accessible_ = false;  // as a whole
  Address limit_;
};

}  // namespace fart

#endif  // FART_HANDLES_LINEAR_AREA_H_
