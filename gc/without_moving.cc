// Stands for sliced_evacuation.cc in a library that was built without looks into the heap
// (FART_LOOKS=OFF of the CMake build) and is to be small: what is sparse is moved all at once
// there.

#include "gc/sliced_evacuation.h"

namespace fart {

SlicedEvacuation::SlicedEvacuation(Heap& heap)
    : heap_(heap), regions_(heap.regions()), flags_(heap.flags()), shapes_(heap.shapes()) {
  heap.mutable_knobs().move_in_slices = false;  // So it never begins.
}

bool SlicedEvacuation::is_idle() const { return true; }
bool SlicedEvacuation::is_looking() const { return false; }
bool SlicedEvacuation::is_moving() const { return false; }
bool SlicedEvacuation::Begin() { return false; }
bool SlicedEvacuation::Look(SliceBudget) { return true; }
void SlicedEvacuation::MoveSome(const Collection&, std::int64_t) {}
void SlicedEvacuation::Forget() {}
void SlicedEvacuation::LookAt(Address, const Shape&) {}
void SlicedEvacuation::NoteStored(ObjectPtr, const ObjectPtr*, ObjectPtr) {}
std::string SlicedEvacuation::Verify() const { return {}; }
void SlicedEvacuation::VisitSlots(RootKind, ObjectPtr*, ObjectPtr*) {}
bool SlicedEvacuation::Visit(RootKind, ObjectPtr*, ByteCount) { return true; }

}  // namespace fart
