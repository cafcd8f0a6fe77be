// Verifier -- walks the whole heap and everything that holds objects, and names the first
// invariant it finds broken, with the edge that breaks it:
//
//   H-R1 complete: Pair@0x..+8 -> 0x.. (new), holder not remembered
//
// Checked: HO-G1, HO-G2, H-G3, H-G4 and H-H1 (regions and lists), HO-O1 (walkable), HO-S2 (sizes
// fit shapes), G-N2 (every reference leads to an object), H-R1 and H-R2 (remembered set), HO-F3 and
// G-K1 (nothing left over from a pause), HO-P1 (providers visit every young slot), H-Q1 and H-Q2
// (pins), H-J1 to H-J3 (holes), H-G5 to H-G7 (large objects), G-S4 to G-S6 (nothing leads to what
// waits to be swept, but weak slots and ephemerons that wait to be cleared), G-S7 (what is dead
// there is counted), and each provider's own invariants. G-V1 to G-V4, who refers to what is to be
// moved, are in verifier_moving.cc.
//
// Cost: two walks over the heap; mark bits serve as the set of object starts and are cleared again,
// those of a marking in slices put away and back.
//
// Not here: repairing anything.

#ifndef FART_GC_VERIFIER_H_
#define FART_GC_VERIFIER_H_

#include <array>
#include <cstdint>
#include <string>

#include "heap/heap.h"
#include "heap/object/providers.h"
#include "heap/platform/off_heap.h"

namespace fart {

class Verifier final : private VerifyReporter, private SlotVisitor, private WeakVisitor {
 public:
  Verifier(Heap& heap, const Vector<RootProvider*>& roots, const Vector<WeakProvider*>& weaks);

  // Empty, or the first finding. Throws std::bad_alloc when there is no memory to look with; the
  // heap is as it was then.
  std::string Run();

  static std::string Hex(std::uint64_t value);

 private:
  enum class Pass { kAll, kYoung, kUncleared };
  struct SavedMarks {
    RegionIndex index;
    std::array<std::uint64_t, RegionSpace::kMarkWords> words;
  };

  void Report(const char* invariant, const char* detail) override;
  void VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) override;
  bool Visit(RootKind kind, ObjectPtr* referent, ByteCount external) override;

  void Fail(const char* invariant, const std::string& detail);
  std::string Describe(Address object) const;
  std::string Edge(Address holder, const ObjectPtr* slot) const;

  // Marks of a marking in slices are put away while they serve as the set of object starts.
  void SaveMarks();
  void RestoreMarks();
  // Null: none of this region were. For each region once, in the order of saved_.
  const SavedMarks* NextSaved(RegionIndex index);
  bool IsUnsweptDead(Address object, const SavedMarks* marks) const;
  bool IsUnsweptDead(Address object) const;
  bool IsUnsweptDead(ObjectPtr value) const;
  bool HasFlags(RegionIndex index, std::uint8_t flags) const;
  void CheckRegions();
  void CheckList(const RegionList& list, std::uint8_t flags, const char* name);
  void NoteObjects();
  // `marks`: of its region, that were put away; null: none were.
  bool NoteObject(Address object, Header header, ByteCount size, const SavedMarks* marks);
  void CheckReferences();
  void CheckObject(Address object, ByteCount size);
  void CheckSlot(Address holder, ByteCount size, const ObjectPtr* slot);
  bool IsObject(ObjectPtr value) const;
  void CheckRememberedSet();
  void CheckLarge();
  void CheckRuns();
  void CheckHoles();
  void CheckGaps(const Vector<Span>& old_holes);
  void CheckHolesIn(Vector<Span> holes, ByteCount least, std::uint8_t flags);
  void CheckPins();
  void CheckProviders();
  void CheckUncleared();
  void CheckUnclearedPairs();
  // What its owner calls the slot, to be put behind its address; empty: nothing.
  std::string NameOf(const ObjectPtr* slot) const;
  void CheckRoot(RootKind kind, const ObjectPtr* slot);
  void ForgetObjects();
  void CheckAll();
  // That was noted.
  template <typename VisitObject>
  void ForEachObject(VisitObject&& visit);

  Heap& heap_;
  RegionSpace& regions_;
  const Vector<RootProvider*>& roots_;
  const Vector<WeakProvider*>& weaks_;
  Pass pass_ = Pass::kAll;
  Vector<const ObjectPtr*> young_slots_;    // found by kAll
  Vector<const ObjectPtr*> visited_slots_;  // by kYoung
  Vector<const ObjectPtr*> dead_slots_;     // weak ones, found by kAll
  Vector<const ObjectPtr*> uncleared_;      // by kUncleared
  Vector<Address> dead_pairs_;              // ephemerons with dead keys
  std::string finding_;
  Vector<SavedMarks> saved_;  // in the order of the list of old regions, then of old runs
  std::size_t next_saved_ = 0;
};

}  // namespace fart

#endif  // FART_GC_VERIFIER_H_
