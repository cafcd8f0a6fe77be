// PersistentHandles -- strong handles that live until they are deleted.
//
// Invariants: HN-T1 to HN-T7 (slot_table.h), and
//   HN-S1 strong   every slot in use is of kind kStrong.
//
// Not here: local handles (local_handles.h); handles that keep nothing alive (weak_handles.h).

#ifndef FART_HANDLES_PERSISTENT_HANDLES_H_
#define FART_HANDLES_PERSISTENT_HANDLES_H_

#include <cstddef>
#include <cstdint>

#include "handles/handle_value.h"
#include "handles/slot_table.h"
#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/object/region_flags.h"

namespace fart {

class PersistentHandles final : public RootProvider {
 public:
  using Table = SlotTable<StrongSlot>;

  PersistentHandles(RegionFlags flags, HandleOwner owner,
                    std::uint32_t max_chunks = Table::kMaxChunks)
      : table_(flags, owner, max_chunks) {}

  // Empty when memory is used up.
  [[nodiscard]] HandleValue Create(ObjectPtr object) {
    const HandleValue value = table_.Claim(HandleKind::kStrong, object).value;
    made_ += value.is_empty() ? 0 : 1;
    return value;
  }

  // The same without a call: empty, and nothing happens, now and then.
  [[nodiscard]] HandleValue TryCreate(ObjectPtr object) {
    const HandleValue value = table_.TryClaim(HandleKind::kStrong, object).value;
    if (!value.is_empty()) [[likely]]
      ++made_;
    return value;
  }

  // The slot of a valid handle; null for anything else.
  const ObjectPtr* FindSlot(HandleValue value) const {
    const StrongSlot* const found = table_.Find(value);
    return found == nullptr ? nullptr : &found->referent;
  }
  // The slot of a valid handle, or why there is none (then `*slot` is unchanged).
  HandleStatus Find(HandleValue value, const ObjectPtr** slot) const {
    const StrongSlot* const found = table_.Find(value);
    if (found == nullptr) [[unlikely]]
      return Explain(value);
    *slot = &found->referent;
    return HandleStatus::kOk;
  }
  HandleStatus Set(HandleValue value, ObjectPtr object) {
    StrongSlot* const slot = table_.Find(value);
    if (slot == nullptr) [[unlikely]]
      return Explain(value);
    table_.Overwrite(slot, value.index(), object);
    return HandleStatus::kOk;
  }
  HandleStatus Delete(HandleValue value) {
    StrongSlot* const slot = table_.Find(value);
    if (slot == nullptr) [[unlikely]]
      return Explain(value);
    table_.Release(slot, value.index());
    return HandleStatus::kOk;
  }

  // Deletes a valid handle without a call: false, and nothing happens, for anything else and now
  // and then.
  bool TryDelete(HandleValue value) {
    StrongSlot* const slot = table_.Find(value);
    return slot != nullptr && table_.TryRelease(slot, value.index());
  }

  // How many in a row TryCreate may make (SlotTable::SetQuickWay).
  void SetQuickWay(std::uint64_t every) { table_.SetQuickWay(every); }
  // TryDelete does nothing from now on (SlotTable::CloseQuickRelease).
  void CloseQuickRelease() { table_.CloseQuickRelease(); }
  // Calls visit(value, slot) for each.
  template <typename Visit>
  void ForEach(Visit visit) const {
    table_.ForEachInUse([&](const StrongSlot* slot, std::uint32_t index) {
      visit(Table::ValueOf(*slot, index), &slot->referent);
    });
  }

  std::size_t live() const { return table_.in_use(); }
  std::size_t made() const { return made_; }
  ByteCount memory() const { return table_.memory(); }
  std::uint32_t HighestGeneration() const { return table_.HighestGeneration(); }

  void VisitSlots(SlotSet set, SlotVisitor& visitor) override;
  std::size_t YoungSlots() override { return table_.Listed(); }
  void BeginSeeing(SlotVisitor&) override { seen_chunks_ = 0; }
  bool SeeSome(SlotVisitor& visitor, std::size_t slots) override;
  void VisitUnseen(SlotVisitor& visitor) override;
  bool IsSeenInParts() const override { return true; }
  void GiveBackMemory() override { table_.GiveBackEmptyChunks(); }
  void Verify(VerifyReporter& reporter) const override;
  bool IsSound() const;

 private:
  friend struct HandlesTestPeer;

  [[gnu::noinline]] HandleStatus Explain(HandleValue value) const;

  // All in use of these chunks.
  void VisitChunks(std::uint32_t from, std::uint32_t to, SlotVisitor& visitor) const;

  Table table_;
  std::size_t made_ = 0;
  std::uint32_t seen_chunks_ = 0;  // HO-P3; what changes behind is on the table's list (HN-T6)
};

}  // namespace fart

#endif  // FART_HANDLES_PERSISTENT_HANDLES_H_
