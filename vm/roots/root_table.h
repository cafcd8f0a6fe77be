// RootTable -- stable root slots for what lives as long as an isolate: constants, static variables.
//
// A slot's address never changes, so compiled code and constant pools may keep it. The table keeps
// a list of the slots that may refer to new space, so that a minor collection does no work for the
// others, whatever their number.
//
// Invariants
//   VR-T1 listed  a slot that refers to new space is in the list, once. Only a collection unlists.
//
// Not here: handles, which come and go (handles).

#ifndef FART_VM_ROOTS_ROOT_TABLE_H_
#define FART_VM_ROOTS_ROOT_TABLE_H_

#include <cstddef>
#include <cstdint>

#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/object/region_flags.h"
#include "heap/platform/off_heap.h"

namespace fart {

class RootTable final : public RootProvider {
 public:
  struct Slot {
    ObjectPtr value;  // changed by Set only
    bool listed = false;
  };

  explicit RootTable(RegionFlags flags) : flags_(flags) {}
  ~RootTable();
  RootTable(const RootTable&) = delete;
  RootTable& operator=(const RootTable&) = delete;

  // A new slot holding null. Ends the process when off-heap memory is used up.
  Slot* Add();
  void Set(Slot* slot, ObjectPtr value) {
    slot->value = value;
    if (flags_.IsYoung(value) && !slot->listed) [[unlikely]]
      List(slot);
  }
  std::size_t size() const { return size_; }

  // RootProvider
  void VisitSlots(SlotSet set, SlotVisitor& visitor) override;
  void Verify(VerifyReporter& reporter) const override;

 private:
  static constexpr std::size_t kChunkSlots = 256;
  static constexpr ByteCount kChunkSize = ByteCount(kChunkSlots * sizeof(Slot));
  void List(Slot* slot);
  template <typename Visit>
  void ForEach(Visit&& visit) const;

  RegionFlags flags_;
  Vector<Slot*> chunks_;
  std::size_t size_ = 0;
  Vector<Slot*> young_;
};

}  // namespace fart

#endif  // FART_VM_ROOTS_ROOT_TABLE_H_
