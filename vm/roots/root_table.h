// RootTable -- stable root slots for what lives as long as an isolate, or as long as a part of its
// program: constants, static variables.
//
// A slot's address never changes, so compiled code and constant pools may keep it. The table keeps
// a list of the slots that may refer to new space, so that a minor collection does no work for the
// others, whatever their number. Slots of a group end with it.
//
// Invariants
//   VR-T1 listed  a slot that refers to new space is in the list, once. Only a collection unlists,
//                 and the end of the slot's group.
//   VR-T2 room    the list has room for all slots there are, so that Set needs no memory.
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

  // Slots that end together. It ends before its table.
  class Group {
   public:
    // Throws std::bad_alloc.
    explicit Group(RootTable& table);
    ~Group();
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

    // A new slot holding null. Throws std::bad_alloc.
    Slot* Add();
    // All of them hold null from now on.
    void Clear();
    // Visits its slots, which a table that holds groups back does not.
    void VisitSlots(SlotVisitor& visitor) {
      ForEach([&](Slot* slot) { visitor.VisitSlot(RootKind::kConstant, &slot->value); });
    }

   private:
    friend class RootTable;
    struct Chunk {
      Slot* first = nullptr;
      std::size_t slots = 0;
      std::size_t used = 0;
    };
    struct OfTable {};  // The table's own, which is in no list.
    Group(RootTable& table, OfTable) : table_(table) {}

    void AddChunk();
    bool Holds(const Slot* slot) const;
    template <typename Visit>
    void ForEach(Visit&& visit) const {
      for (const Chunk& chunk : chunks_) {
        for (std::size_t i = 0; i < chunk.used; ++i) visit(chunk.first + i);
      }
    }

    RootTable& table_;
    Vector<Chunk> chunks_;
  };

  explicit RootTable(RegionFlags flags) : flags_(flags), own_(*this, Group::OfTable()) {}
  ~RootTable() = default;
  RootTable(const RootTable&) = delete;
  RootTable& operator=(const RootTable&) = delete;

  // A new slot holding null, for the table's life. Throws std::bad_alloc.
  Slot* Add() { return own_.Add(); }
  // A slot of any group.
  void Set(Slot* slot, ObjectPtr value) {
    slot->value = value;
    if (flags_.IsYoung(value) && !slot->listed) [[unlikely]]
      List(slot);
  }
  // Those of all groups.
  std::size_t size() const { return size_; }

  // As long as one of these lives, VisitSlots(kAll) leaves the slots of groups out: for a census
  // (gc/census.h), which asks the groups. No collection meanwhile.
  class HoldingGroupsBack {
   public:
    explicit HoldingGroupsBack(RootTable& table) : table_(table) { table_.holds_back_ = true; }
    ~HoldingGroupsBack() { table_.holds_back_ = false; }
    HoldingGroupsBack(const HoldingGroupsBack&) = delete;
    HoldingGroupsBack& operator=(const HoldingGroupsBack&) = delete;

   private:
    RootTable& table_;
  };

  // RootProvider
  void VisitSlots(SlotSet set, SlotVisitor& visitor) override;
  void Verify(VerifyReporter& reporter) const override;

 private:
  void List(Slot* slot);
  template <typename Visit>
  void ForEach(Visit&& visit) const {
    own_.ForEach(visit);
    for (const Group* const group : groups_) group->ForEach(visit);
  }

  RegionFlags flags_;
  Vector<Group*> groups_;  // without the table's own
  std::size_t size_ = 0;
  std::size_t room_ = 0;  // slots of all chunks
  Vector<Slot*> young_;
  bool holds_back_ = false;
  Group own_;
};

}  // namespace fart

#endif  // FART_VM_ROOTS_ROOT_TABLE_H_
